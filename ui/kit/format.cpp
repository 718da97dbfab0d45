#include "ui/kit/format.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTimeZone>
#include <array>
#include <cmath>

namespace ephor::ui::format {

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("format", text);
}

// A minus sign as wide as a plus, so that columns of differences line up.
QString signedText(QString text)
{
    return text.startsWith(QLatin1Char('-')) ? QString(QChar(0x2212)) + text.mid(1) : text;
}

QString grouped(const QString& digits)
{
    qsizetype end = digits.indexOf(QLatin1Char('.'));
    if (end < 0)
        end = digits.size();
    const qsizetype first = digits.startsWith(QLatin1Char('-')) ? 1 : 0;
    QString text = digits;
    for (qsizetype at = end - 3; at > first; at -= 3)
        text.insert(at, QLatin1Char(','));
    return text;
}

QString withUnit(double value, int digits, const char* unit)
{
    return grouped(QString::number(value, 'f', digits)) + QLatin1Char(' ') + QLatin1String(unit);
}

QString spanOf(qint64 seconds)
{
    if (seconds < 60)
        return QStringLiteral("%1 s").arg(seconds);
    if (seconds < 3600)
        return QStringLiteral("%1 m").arg(seconds / 60);
    if (seconds < 24 * 3600) {
        const qint64 minutes = seconds % 3600 / 60;
        if (minutes == 0)
            return QStringLiteral("%1 h").arg(seconds / 3600);
        return QStringLiteral("%1 h %2 m").arg(seconds / 3600).arg(minutes, 2, 10, QLatin1Char('0'));
    }
    return QStringLiteral("%1 d").arg(seconds / (24 * 3600));
}

}

QString unknown()
{
    return QString(QChar(0x2014));
}

QString number(std::optional<std::int64_t> value)
{
    return value ? signedText(grouped(QString::number(*value))) : unknown();
}

QString shortNumber(std::optional<std::int64_t> value)
{
    if (!value || std::llabs(*value) < 10'000)
        return number(value);
    static constexpr std::array<std::pair<double, const char*>, 3> steps{{{1e9, "B"}, {1e6, "M"}, {1e3, "k"}}};
    const double amount = static_cast<double>(*value);
    for (std::size_t at = 0; at < steps.size(); ++at) {
        // 999,960 is 1.0M, not 1000.0k: rounding decides which step a number belongs to.
        if (std::abs(amount) < steps[at].first * 0.99995)
            continue;
        return signedText(QString::number(amount / steps[at].first, 'f', 1)) + QLatin1String(steps[at].second);
    }
    return number(value);
}

QString decimal(std::optional<double> value, int digits)
{
    return value && std::isfinite(*value) ? signedText(grouped(QString::number(*value, 'f', digits))) : unknown();
}

QString percent(std::optional<double> share, int digits)
{
    if (!share || !std::isfinite(*share))
        return unknown();
    return signedText(withUnit(*share * 100, digits, "%"));
}

QString percentOf(std::optional<std::int64_t> part, std::optional<std::int64_t> whole)
{
    if (!part || !whole || *whole <= 0)
        return unknown();
    return words(QT_TRANSLATE_NOOP("format", "%1 of %2"))
        .arg(percent(static_cast<double>(*part) / static_cast<double>(*whole)), number(whole));
}

QString duration(std::optional<double> milliseconds)
{
    if (!milliseconds || !std::isfinite(*milliseconds))
        return unknown();
    const double value = std::max(0.0, *milliseconds);
    // What was measured took its time, also where that rounds to nothing.
    if (value < 0.5)
        return QStringLiteral("< 1 ms");
    if (value < 999.5)
        return QStringLiteral("%1 ms").arg(std::llround(value));
    if (value < 9'995)
        return QStringLiteral("%1 s").arg(
            value / 1000, 0, 'f', value < 9'950 && std::llround(value) % 100 != 0 ? 2 : 1);
    if (value < 59'950)
        return QStringLiteral("%1 s").arg(value / 1000, 0, 'f', 1);
    const qint64 seconds = std::llround(value / 1000);
    if (seconds < 3600)
        return QStringLiteral("%1 m %2 s").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
    if (seconds < 24 * 3600)
        return spanOf(seconds);
    return QStringLiteral("%1 d %2 h").arg(seconds / 86'400).arg(seconds % 86'400 / 3600);
}

QString bytes(std::optional<std::int64_t> value)
{
    if (!value)
        return unknown();
    static constexpr std::array units{"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
    double amount = static_cast<double>(*value);
    std::size_t unit = 0;
    while (std::abs(amount) >= 1023.95 && unit + 1 < units.size()) {
        amount /= 1024;
        ++unit;
    }
    return signedText(withUnit(amount, unit == 0 ? 0 : 1, units[unit]));
}

QString money(std::optional<std::int64_t> nanoUnits, const QString& currency)
{
    if (!nanoUnits)
        return unknown();
    const QString symbol = currency == QLatin1String("EUR") ? QString(QChar(0x20AC))
        : currency == QLatin1String("USD")                  ? QStringLiteral("$")
        : currency == QLatin1String("GBP")                  ? QString(QChar(0x00A3))
                                                            : currency;
    // Rounded in whole numbers, half away from zero, so that no amount passes through binary fractions.
    const std::uint64_t amount
        = *nanoUnits < 0 ? 0 - static_cast<std::uint64_t>(*nanoUnits) : static_cast<std::uint64_t>(*nanoUnits);
    const bool small = amount < 1'000'000'000ULL && amount != 0;
    const int digits = small ? 4 : 2;
    const std::uint64_t step = small ? 100'000ULL : 10'000'000ULL;
    const std::uint64_t units = (amount + step / 2) / step;
    const std::uint64_t scale = small ? 10'000ULL : 100ULL;
    const QString text = grouped(QString::number(units / scale)) + QLatin1Char('.')
        + QString::number(units % scale).rightJustified(digits, QLatin1Char('0'));
    const QString sign = *nanoUnits < 0 ? QString(QChar(0x2212)) : QString();
    return sign + symbol + QLatin1Char(' ') + text;
}

QString delta(std::optional<double> value, int digits, const QString& unit)
{
    if (!value || !std::isfinite(*value))
        return unknown();
    const QString magnitude = grouped(QString::number(std::abs(*value), 'f', digits));
    const bool nothing = magnitude.count(QLatin1Char('0')) + magnitude.count(QLatin1Char('.')) == magnitude.size();
    const QString tail = unit.isEmpty() ? QString() : QLatin1Char(' ') + unit;
    if (nothing)
        return magnitude + tail;
    const QString sign = *value > 0 ? QStringLiteral("\u25B2 +") : QStringLiteral("\u25BC \u2212");
    return sign + magnitude + tail;
}

QString relative(const QDateTime& at, const QDateTime& now)
{
    if (!at.isValid() || !now.isValid())
        return unknown();
    const qint64 seconds = at.secsTo(now);
    if (seconds > -5 && seconds < 5)
        return words(QT_TRANSLATE_NOOP("format", "now"));
    if (seconds < 0)
        return words(QT_TRANSLATE_NOOP("format", "in %1")).arg(spanOf(-seconds));
    return words(QT_TRANSLATE_NOOP("format", "%1 ago")).arg(spanOf(seconds));
}

QString absolute(const QDateTime& at)
{
    if (!at.isValid())
        return unknown();
    return QLocale::c().toString(at, QStringLiteral("ddd d MMM yyyy, HH:mm:ss ")) + at.timeZoneAbbreviation();
}

}
