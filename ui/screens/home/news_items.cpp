#include "ui/screens/home/news_items.h"

#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTimeZone>

namespace ephor::ui::home {

namespace {

struct NewsWording {
    Q_DECLARE_TR_FUNCTIONS(NewsWording)
};

/// A deadline nearer than this is told in the colour of a warning.
constexpr qint64 nearDeadlineSeconds = 3'600;
constexpr qint64 secondsPerHour = 3'600;
constexpr qint64 secondsPerDay = 86'400;

/// Two items may lead to the same place; the moment keeps their keys apart.
QString keyOf(Instant at, const std::string& route)
{
    return QStringLiteral("%1 %2").arg(at.time_since_epoch().count()).arg(text(route));
}

Token iconTokenOf(State state)
{
    return state == State::neutral ? Token::textMuted : stateToken(state);
}

}

QString routeOfKey(const QVariant& key)
{
    return key.toString().section(QLatin1Char(' '), 1);
}

QString shortAge(Instant at, const QDateTime& now)
{
    const QDateTime when = dateTime(at);
    if (!when.isValid() || when.secsTo(now) < secondsPerHour)
        return relativeTime(at, now);
    if (when.secsTo(now) < secondsPerDay)
        return NewsWording::tr("%1 h ago").arg(when.secsTo(now) / secondsPerHour);
    const bool thisWeek = when.secsTo(now) < 6 * secondsPerDay;
    return QLocale::c().toString(when, thisWeek ? QStringLiteral("ddd") : QStringLiteral("d MMM"));
}

QString sinceTitle(Instant since, const QDateTime& now)
{
    const QDateTime when = dateTime(since);
    if (!when.isValid())
        return NewsWording::tr("What changed");
    QString pattern = QStringLiteral("d MMM");
    if (when.date() == now.toTimeZone(when.timeZone()).date())
        pattern = QStringLiteral("HH:mm");
    else if (when.secsTo(now) < 6 * secondsPerDay)
        pattern = QStringLiteral("dddd HH:mm");
    return NewsWording::tr("Changed since %1").arg(QLocale::c().toString(when, pattern));
}

std::vector<ListItem> changedItems(const std::vector<ChangedItem>& items, const QDateTime& now)
{
    std::vector<ListItem> rows;
    rows.reserve(items.size());
    for (const ChangedItem& item : items) {
        ListItem row;
        row.key = keyOf(item.at, item.route);
        row.icon = itemIcon(item.kind);
        row.iconToken = iconTokenOf(itemState(item.kind));
        row.title = text(item.title);
        row.trailing = shortAge(item.at, now);
        row.detail = text(item.detail);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<ListItem> waitingItems(const std::vector<InboxItem>& items, const QDateTime& now)
{
    std::vector<ListItem> rows;
    rows.reserve(items.size());
    for (const InboxItem& item : items) {
        ListItem row;
        row.key = keyOf(item.since, item.kind == "ratify" ? "inbox/" + item.id : item.route);
        row.icon = itemIcon(item.kind);
        row.iconToken = iconTokenOf(itemState(item.kind));
        row.title = text(item.title);
        row.trailing = item.deadline ? relativeTime(*item.deadline, now) : shortAge(item.since, now);
        if (item.deadline && now.secsTo(dateTime(*item.deadline)) < nearDeadlineSeconds)
            row.trailingToken = Token::warn;
        row.detail = text(item.detail);
        rows.push_back(std::move(row));
    }
    return rows;
}

RecordWords recordWords(const RecordStatus& record, const QDateTime& now)
{
    if (!record.fault.empty())
        return {State::failed, NewsWording::tr("Record broken: %1").arg(text(record.fault))};
    const QString copy = record.outsideCopy
        ? NewsWording::tr("outside copy %1").arg(relativeTime(record.outsideCopyAt, now))
        : NewsWording::tr("no outside copy yet");
    if (record.verified == 0)
        return {State::unknown, NewsWording::tr("Record not verified yet, %1").arg(copy)};
    return {record.outsideCopy ? State::ok : State::info,
        NewsWording::tr("Verified to #%1, %2").arg(numberText(record.verified - 1), copy)};
}

}
