#pragma once

#include "core/api/changes.h"
#include "core/api/insight.h"
#include "core/api/runs.h"
#include "ui/bridge/paced.h"
#include "ui/bridge/request.h"
#include "ui/bridge/screen.h"

class QStackedWidget;

namespace ephor::ui {

class Card;
class EmptyState;
class ItemList;
class LoadView;
class SearchField;
class StatusBadge;

namespace inbox {
class ApprovalPage;
class ChangePage;
}

/// What waits for the person, and the evidence for deciding it. Route: inbox/<id of a request or a change>.
class InboxScreen : public Screen {
    Q_OBJECT

public:
    InboxScreen(ScreenContext& context, QWidget* parent);

    void open(const Route& route) override;
    void refresh(const TopicSet& topics) override;
    QString title() const override { return tr("Inbox"); }
    QList<Command> commands() override;
    QString helpText() const override;
    void focusSearch() override;

private:
    Card* makeList();
    QWidget* makeDetail();
    void loadList();
    void showList();
    void select(const QString& id);
    void showNothing();
    void loadDetail();
    void loadApproval();
    void showErasure();
    void loadChange();
    void showChange();
    void showAgain();
    void showApproval(const GetApproval::Response& approval);
    void decide(bool approve, const QString& reason);
    void confirm(bool confirm, const QString& reason);
    void decided(Result<DecideApproval::Response> answer);
    void signInAgain();
    void ratify(const QString& reason);
    void go(const Route& route) { Q_EMIT navigate(route); }

    ReadInbox::Response m_inbox;
    GetApproval::Response m_approval;
    GetChange::Response m_change;
    QString m_current; ///< id of what is shown
    QString m_seen; ///< fingerprint of it
    bool m_hasList = false;
    bool m_filling = false;
    Paced m_paced;
    Latest m_listAsked;
    Latest m_detailAsked;
    Card* m_listCard = nullptr;
    StatusBadge* m_count = nullptr;
    SearchField* m_search = nullptr;
    ItemList* m_list = nullptr;
    EmptyState* m_nothingFits = nullptr;
    LoadView* m_listView = nullptr;
    LoadView* m_detail = nullptr;
    QStackedWidget* m_pages = nullptr;
    inbox::ApprovalPage* m_approvalPage = nullptr;
    inbox::ChangePage* m_changePage = nullptr;
};

Screen* makeInboxScreen(ScreenContext& context, QWidget* parent);

}
