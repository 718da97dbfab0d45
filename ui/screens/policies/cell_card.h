#pragma once

#include "core/api/grants.h"
#include "ui/bridge/request.h"
#include "ui/kit/state.h"
#include "ui/screens/policies/cell_story.h"
#include "ui/screens/policies/staged_edits.h"

#include <QDateTime>
#include <QFrame>
#include <vector>

class QVBoxLayout;

namespace ephor::ui {
class Label;
class LinkLabel;
class LoadView;
class StatusBadge;
}

namespace ephor::ui::policies {

/// The card beside a cell: which rule makes it, what it overrules, which rules written as text may bear on its calls,
/// and what calls met it.
class CellCard : public QFrame {
    Q_OBJECT

public:
    CellCard(Session& session, QWidget* parent);

    /// Asks about the cell and shows beside `cell` (in the parent's coordinates) without taking the focus.
    void showFor(const CellAt& at, const QString& agentTitle, const QRect& cell, const QDateTime& now,
        const std::optional<StagedEdit>& staged = {});
    const CellAt& cell() const { return m_at; }

Q_SIGNALS:
    void runsWanted(const QString& agent, const QString& tool);
    void editWanted();
    /// The rules that bear on this agent, as text.
    void rulesWanted(const QString& agent);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void fill(const ExplainGrant::Response& explained);
    void fillWritten(const std::vector<StoryRule>& rules);
    void place();

    Session& m_session;
    CellAt m_at;
    QRect m_beside;
    QDateTime m_now;
    std::optional<StagedEdit> m_edited;
    Latest m_explained;
    Label* m_agent;
    Label* m_tool;
    StatusBadge* m_badge;
    LoadView* m_view;
    Label* m_staged;
    Label* m_sentence;
    QVBoxLayout* m_rules;
    Label* m_also;
    QVBoxLayout* m_alsoRules;
    LinkLabel* m_alsoLink;
    Label* m_calls;
    LinkLabel* m_runs;
    LinkLabel* m_edit;
};

}
