#pragma once

#include "core/api/audit.h"
#include "core/api/insight.h"
#include "ui/kit/item_list.h"

#include <QDateTime>

namespace ephor::ui::home {

/// Rows of "changed since" and "waiting for you". Pure. The key carries the route, which routeOfKey gives back.
std::vector<ListItem> changedItems(const std::vector<ChangedItem>& items, const QDateTime& now);
std::vector<ListItem> waitingItems(const std::vector<InboxItem>& items, const QDateTime& now);
QString routeOfKey(const QVariant& key);

/// "Changed since Friday 17:42".
QString sinceTitle(Instant since, const QDateTime& now);
/// "28 m ago" within a day, then "Fri", then "2 Mar".
QString shortAge(Instant at, const QDateTime& now);

/// "Record verified to #1,284,022, outside copy 14 min ago", and whether that is good.
struct RecordWords {
    State state = State::unknown;
    QString words;
};
RecordWords recordWords(const RecordStatus& record, const QDateTime& now);

}
