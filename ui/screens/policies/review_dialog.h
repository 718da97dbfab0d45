#pragma once

#include "core/api/changes.h"
#include "core/api/grants.h"
#include "ui/bridge/request.h"
#include "ui/kit/diff_lines.h"
#include "ui/kit/dialogs.h"
#include "ui/screens/policies/staged_edits.h"

#include <map>

class QCheckBox;
class QVBoxLayout;

namespace ephor::ui {
class InlineError;
}

namespace ephor::ui::policies {

/// Edits as a difference of two texts, a line a cell and one for each limit: "customer-refunds  payments.send  Allow".
/// Pure.
std::vector<DiffLine> editLines(const StagedCells& cells);

/// The staged edits before they go: tightenings at once with a reason, the rest as a drafted change an agent, submitted
/// too if wanted. What was done stays done when a later step fails; trying again does only what is left.
class ReviewDialog : public Dialog {
    Q_OBJECT

public:
    /// `titles` names the agents for people.
    ReviewDialog(Session& session, StagedCells cells, std::map<std::string, QString> titles, QWidget* parent);

Q_SIGNALS:
    /// A tightening binds, or a change was drafted that carries the edit.
    void carriedOut(const ephor::ui::policies::CellAt& at);
    /// Everything that this person may do was done.
    void completed(int tightened, const QStringList& changes);

private:
    void addPart(const QString& title, const QString& note, const StagedCells& cells);
    void refresh();
    void carryOut();
    void next();
    void tightenNext();
    void draftNext();
    void submitNext();
    void failed(const Error& error);

    Session& m_session;
    StagedCells m_now; ///< tighten at once
    StagedCells m_later; ///< by a change
    std::map<std::string, QString> m_titles;
    bool m_mayTighten;
    bool m_mayDraft;
    std::vector<GrantRule> m_tighten;
    std::map<std::string, std::vector<GrantRule>> m_draft;
    std::vector<std::string> m_submit; ///< drafted, not submitted
    QStringList m_changes;
    int m_tightened = 0;
    bool m_isBegun = false;
    std::string m_reason;
    ReasonPicker* m_picker;
    QCheckBox* m_submitToo;
    InlineError* m_error;
    Button* m_act = nullptr;
};

}
