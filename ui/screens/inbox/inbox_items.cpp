#include "ui/screens/inbox/inbox_items.h"

#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"

#include <QCoreApplication>
#include <algorithm>

namespace ephor::ui::inbox {

namespace {

struct InboxWording {
    Q_DECLARE_TR_FUNCTIONS(InboxWording)
};

/// A deadline nearer than this is told in the colour of a warning.
constexpr qint64 nearSeconds = 3'600;

bool matches(const InboxItem& item, const QString& filter)
{
    return filter.isEmpty() || text(item.title).contains(filter, Qt::CaseInsensitive)
        || text(item.detail).contains(filter, Qt::CaseInsensitive)
        || text(item.id).contains(filter, Qt::CaseInsensitive);
}

/// Whole hours once there is one: the minutes only take room from the title.
QString coarseAge(Instant since, const QDateTime& now)
{
    const qint64 seconds = dateTime(since).isValid() ? dateTime(since).secsTo(now) : 0;
    if (seconds < nearSeconds || seconds >= 24 * nearSeconds)
        return relativeTime(since, now);
    return InboxWording::tr("%1 h ago").arg(seconds / nearSeconds);
}

ListItem rowOf(const InboxItem& item, const QDateTime& now)
{
    ListItem row;
    row.key = QStringLiteral("%1/%2").arg(text(item.kind), text(item.id));
    row.icon = itemIcon(item.kind);
    const State state = itemState(item.kind);
    row.iconToken = state == State::neutral ? Token::textSecondary : stateToken(state);
    row.title = text(item.title);
    row.detail = text(item.detail);
    row.trailing = item.deadline ? relativeTime(*item.deadline, now) : coarseAge(item.since, now);
    if (item.deadline && now.secsTo(dateTime(*item.deadline)) < nearSeconds)
        row.trailingToken = Token::warn;
    return row;
}

ListItem doneRow(const InboxItem& item, const QDateTime& now)
{
    ListItem row = rowOf(item, now);
    row.key = QStringLiteral("done/%1/%2").arg(text(item.kind), text(item.id));
    row.kind = ListItem::Kind::quiet;
    row.iconToken = Token::textMuted;
    row.trailing = coarseAge(item.since, now);
    row.trailingToken = Token::textMuted;
    return row;
}

void addGroup(std::vector<ListItem>& rows, const QString& title, std::vector<ListItem> items)
{
    if (items.empty())
        return;
    ListItem group;
    group.kind = ListItem::Kind::group;
    group.title = title;
    group.trailing = numberText(items.size());
    rows.push_back(std::move(group));
    std::move(items.begin(), items.end(), std::back_inserter(rows));
}

}

std::vector<ListItem> inboxRows(const ReadInbox::Response& inbox, const QString& filter, const QDateTime& now)
{
    const auto ofKind = [&](std::string_view kind) {
        std::vector<ListItem> items;
        for (const InboxItem& item : inbox.items) {
            if (item.kind == kind && matches(item, filter))
                items.push_back(rowOf(item, now));
        }
        return items;
    };
    std::vector<ListItem> done;
    for (const InboxItem& item : inbox.doneByMe) {
        if (matches(item, filter))
            done.push_back(doneRow(item, now));
    }
    std::vector<ListItem> rows;
    addGroup(rows, InboxWording::tr("Approve actions"), ofKind("action"));
    addGroup(rows, InboxWording::tr("Approve changes"), ofKind("change"));
    addGroup(rows, InboxWording::tr("Ratify"), ofKind("ratify"));
    addGroup(rows, InboxWording::tr("Confirm erasures"), ofKind("erasure"));
    addGroup(rows, InboxWording::tr("Done by me"), std::move(done));
    return rows;
}

const InboxItem* waitingItem(const ReadInbox::Response& inbox, const QString& id)
{
    const auto found = std::find_if(
        inbox.items.begin(), inbox.items.end(), [id = utf8(id)](const InboxItem& item) { return item.id == id; });
    return found == inbox.items.end() ? nullptr : &*found;
}

const InboxItem* doneItem(const ReadInbox::Response& inbox, const QString& id)
{
    const auto found = std::find_if(
        inbox.doneByMe.begin(), inbox.doneByMe.end(), [id = utf8(id)](const InboxItem& item) { return item.id == id; });
    return found == inbox.doneByMe.end() ? nullptr : &*found;
}

QString keyOfId(const ReadInbox::Response& inbox, const QString& id)
{
    if (const InboxItem* item = waitingItem(inbox, id))
        return QStringLiteral("%1/%2").arg(text(item->kind), id);
    if (const InboxItem* item = doneItem(inbox, id))
        return QStringLiteral("done/%1/%2").arg(text(item->kind), id);
    return {};
}

QString idOfKey(const QString& key)
{
    return key.section(QLatin1Char('/'), -1);
}

bool isChange(const ReadInbox::Response& inbox, const QString& id)
{
    if (const InboxItem* item = waitingItem(inbox, id))
        return item->kind == "change" || item->kind == "ratify";
    return id.startsWith(QStringLiteral("CH-"));
}

bool isErasure(const QString& id)
{
    return id.startsWith(QStringLiteral("erasure-"));
}

QString fingerprint(const ReadInbox::Response& inbox, const QString& id)
{
    const InboxItem* item = waitingItem(inbox, id);
    return item ? text(item->kind) + QLatin1Char(' ') + text(item->detail) : QString();
}

}
