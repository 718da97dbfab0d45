#pragma once

#include "core/api/audit.h"
#include "core/api/insight.h"
#include "ui/kit/card.h"

#include <QDateTime>

namespace ephor::ui {
class IconView;
class ItemList;
class LinkLabel;
class LoadView;
class StatusBadge;
}

namespace ephor::ui::home {

/// What waits for the person, soonest first, and under it how far the record is verified.
class WaitingCard : public Card {
    Q_OBJECT

public:
    explicit WaitingCard(QWidget* parent = nullptr);

    LoadView* view() const { return m_view; }
    void setInbox(const ReadInbox::Response& inbox, const QDateTime& now);
    void setRecord(const RecordStatus& record, const QDateTime& now);
    /// The record could not be asked about.
    void setRecordUnknown(const QString& why);

Q_SIGNALS:
    void opened(const QString& route);

private:
    ItemList* m_list;
    LoadView* m_view;
    StatusBadge* m_count;
    IconView* m_seal;
    LinkLabel* m_record;
};

}
