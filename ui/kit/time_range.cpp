#include "ui/kit/time_range.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>
#include <QTimeZone>

namespace ephor::ui {

namespace {

QString rangeWords(const char* text)
{
    return QCoreApplication::translate("TimeRange", text);
}

qint64 secondsOfUnit(QChar unit)
{
    switch (unit.unicode()) {
    case u's':
        return 1;
    case u'm':
        return 60;
    case u'h':
        return 3600;
    case u'd':
        return 24 * 3600;
    case u'w':
        return 7 * 24 * 3600;
    default:
        return 0;
    }
}

QDateTime startOfDay(const QDateTime& at, int daysLater)
{
    return QDateTime(at.date().addDays(daysLater), QTime(0, 0), at.timeZone());
}

std::optional<TimeRange> boundedRange(const QDateTime& from, const QDateTime& to)
{
    if (!from.isValid() || !to.isValid() || from >= to)
        return {};
    return TimeRange::between(from, to);
}

QDateTime readInstant(const QString& text, const QDateTime& now)
{
    if (text.compare(QLatin1String("now"), Qt::CaseInsensitive) == 0)
        return now;
    QString iso = text;
    iso.replace(QLatin1Char(' '), QLatin1Char('T'));
    QDateTime at = QDateTime::fromString(iso, Qt::ISODateWithMs);
    if (at.isValid() && at.timeSpec() == Qt::LocalTime)
        at = QDateTime(at.date(), at.time(), now.timeZone());
    return at;
}

}

TimeRange TimeRange::last(qint64 seconds)
{
    TimeRange range;
    range.relativeSeconds = seconds;
    return range;
}

TimeRange TimeRange::between(const QDateTime& from, const QDateTime& to)
{
    TimeRange range;
    range.from = from;
    range.to = to;
    return range;
}

QDateTime TimeRange::startAt(const QDateTime& now) const
{
    return isRelative() ? now.addSecs(-relativeSeconds) : from;
}

QDateTime TimeRange::endAt(const QDateTime& now) const
{
    return isRelative() ? now : to;
}

TimeRange TimeRange::moved(int lengths, const QDateTime& now) const
{
    const QDateTime start = startAt(now);
    const QDateTime end = endAt(now);
    const qint64 length = start.msecsTo(end) * lengths;
    return between(start.addMSecs(length), end.addMSecs(length));
}

std::optional<TimeRange> parseTimeRange(const QString& text, const QDateTime& now)
{
    const QString typed = text.trimmed();
    static const QRegularExpression relative(
        QStringLiteral("^(?:last )?(\\d{1,5}) ?([smhdw])$"), QRegularExpression::CaseInsensitiveOption);
    if (const auto match = relative.match(typed); match.hasMatch()) {
        const qint64 seconds = match.captured(1).toLongLong() * secondsOfUnit(match.captured(2).toLower()[0]);
        return seconds > 0 ? std::optional(TimeRange::last(seconds)) : std::nullopt;
    }
    if (typed.compare(QLatin1String("today"), Qt::CaseInsensitive) == 0)
        return TimeRange::between(startOfDay(now, 0), startOfDay(now, 1));
    if (typed.compare(QLatin1String("yesterday"), Qt::CaseInsensitive) == 0)
        return TimeRange::between(startOfDay(now, -1), startOfDay(now, 0));
    static const QRegularExpression parted(
        QStringLiteral("^(.+?)(?: to |\\.\\.)(.+)$"), QRegularExpression::CaseInsensitiveOption);
    if (const auto match = parted.match(typed); match.hasMatch())
        return boundedRange(
            readInstant(match.captured(1).trimmed(), now), readInstant(match.captured(2).trimmed(), now));
    if (const QDate day = QDate::fromString(typed, Qt::ISODate); day.isValid()) {
        const QDateTime start(day, QTime(0, 0), now.timeZone());
        return TimeRange::between(start, startOfDay(start, 1));
    }
    return {};
}

QString timeRangeLabel(const TimeRange& range)
{
    if (!range.isRelative()) {
        const QString pattern = QStringLiteral("ddd d MMM HH:mm");
        const QLocale locale = QLocale::c();
        return rangeWords(QT_TRANSLATE_NOOP("TimeRange", "%1 to %2"))
            .arg(locale.toString(range.from, pattern), locale.toString(range.to, pattern));
    }
    const qint64 seconds = range.relativeSeconds;
    const QString last = rangeWords(QT_TRANSLATE_NOOP("TimeRange", "Last %1"));
    if (seconds % 86'400 == 0 && seconds > 86'400)
        return last.arg(rangeWords(QT_TRANSLATE_NOOP("TimeRange", "%1 days")).arg(seconds / 86'400));
    if (seconds % 3600 == 0)
        return last.arg(QStringLiteral("%1 h").arg(seconds / 3600));
    if (seconds % 60 == 0)
        return last.arg(QStringLiteral("%1 min").arg(seconds / 60));
    return last.arg(QStringLiteral("%1 s").arg(seconds));
}

QString timeRangeCode(const TimeRange& range)
{
    if (!range.isRelative())
        return range.from.toUTC().toString(Qt::ISODate) + QStringLiteral("..") + range.to.toUTC().toString(Qt::ISODate);
    const qint64 seconds = range.relativeSeconds;
    if (seconds % 86'400 == 0 && seconds > 86'400)
        return QStringLiteral("%1d").arg(seconds / 86'400);
    if (seconds % 3600 == 0)
        return QStringLiteral("%1h").arg(seconds / 3600);
    if (seconds % 60 == 0)
        return QStringLiteral("%1m").arg(seconds / 60);
    return QStringLiteral("%1s").arg(seconds);
}

}
