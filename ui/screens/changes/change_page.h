#pragma once

#include "core/api/changes.h"
#include "ui/bridge/load_view.h"
#include "ui/bridge/request.h"
#include "ui/bridge/screen.h"
#include "ui/screens/changes/next_act.h"

class QBoxLayout;
class QScrollArea;

namespace ephor::ui {
class Banner;
class PipelineStrip;
}

namespace ephor::ui::changes {

class ApprovalsCard;
class ChecksCard;
class CompareCard;
class HistoryCard;
class ItemsCard;
class NextCard;
class NextStepsCard;
class RollbackCard;

/// One change on one page: where it stands, what can be done, the numbers, what moves, who decided.
class ChangePage : public QWidget {
    Q_OBJECT

public:
    ChangePage(Screen& screen, QWidget* parent);

    /// `tab` of what moves, from the route.
    void open(const QString& id, int tab);
    void load();
    /// Numbers move all the time while it rolls out; the rest is asked for again with the change itself.
    void loadComparison();
    void putAway(QWidget* banner);
    const QString& id() const { return m_id; }
    int tab() const;
    QString title() const;
    QList<Command> commands();

Q_SIGNALS:
    void titleChanged();
    void commandsChanged();
    void moved();
    void navigate(const ephor::ui::Route& route);
    void notify(const ephor::ui::Notice& notice);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeContent();
    QWidget* makeLeft();
    QWidget* makeSide();
    void show();
    void begin(Act act);
    void carryOut(Act act, const QString& reason, const std::string& digest);
    template <class Op> void send(typename Op::Request ask, const QString& done);
    void ended(const Error* error, const QString& done);
    void scrollTo(int step);
    const CompareRollout::Response* compared() const { return m_compared ? &*m_compared : nullptr; }
    FourEyes fourEyes() const { return m_screen.session().info().fourEyes ? FourEyes::possible : FourEyes::notYet; }

    Screen& m_screen;
    QString m_id;
    int m_wantedTab = 0;
    std::optional<GetChange::Response> m_shown;
    std::optional<CompareRollout::Response> m_compared;
    Latest m_change;
    Latest m_comparison;
    bool m_isBusy = false;
    LoadView* m_view;
    QScrollArea* m_area = nullptr;
    QBoxLayout* m_columns = nullptr;
    QWidget* m_side = nullptr;
    Banner* m_setup = nullptr;
    Banner* m_movedOn = nullptr;
    PipelineStrip* m_strip = nullptr;
    NextCard* m_next = nullptr;
    CompareCard* m_compareCard = nullptr;
    ItemsCard* m_items = nullptr;
    ChecksCard* m_checks = nullptr;
    ApprovalsCard* m_approvals = nullptr;
    NextStepsCard* m_steps = nullptr;
    HistoryCard* m_history = nullptr;
    RollbackCard* m_rollback = nullptr;
};

}
