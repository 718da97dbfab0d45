#pragma once

#include "core/api/insight.h"
#include "ui/kit/item_list.h"

#include <QDateTime>

namespace ephor::ui::inbox {

/// Rows of the inbox in its groups, narrowed to those that contain `filter`. Pure.
std::vector<ListItem> inboxRows(const ReadInbox::Response& inbox, const QString& filter, const QDateTime& now);

/// The row an id stands for: first among what waits, then among what was done. An empty key: not in this inbox.
QString keyOfId(const ReadInbox::Response& inbox, const QString& id);
QString idOfKey(const QString& key);

/// What waits with that id, or null.
const InboxItem* waitingItem(const ReadInbox::Response& inbox, const QString& id);
/// What I have decided with that id, or null.
const InboxItem* doneItem(const ReadInbox::Response& inbox, const QString& id);
/// Whether an id names a change rather than a request of a run.
bool isChange(const ReadInbox::Response& inbox, const QString& id);
/// Whether it names the wish that a person be erased.
bool isErasure(const QString& id);

/// What is compared to notice that an open item moved on: its words among what waits, else that it is gone.
QString fingerprint(const ReadInbox::Response& inbox, const QString& id);

}
