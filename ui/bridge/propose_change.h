#pragma once

#include "core/api/changes.h"
#include "ui/bridge/request.h"
#include "ui/kit/dialogs.h"

class QCheckBox;
class QVBoxLayout;

namespace ephor::ui {

class InlineError;
class Select;

/// "Submit as change": names what moves and for which agent, drafts the change and runs its checks. Two steps of the
/// backend; when the second fails, trying again does only the second.
class ProposeChange : public Dialog {
    Q_OBJECT

public:
    struct Agent {
        QString name;
        QString title;
    };
    struct Proposal {
        QString title; ///< suggested; can be edited
        std::vector<Agent> agents; ///< one is chosen
        std::vector<ChangeItem> items;
        std::vector<GrantRule> grants = {}; ///< `agent` of each is filled with the chosen one
        QString summary; ///< what moves, in words
    };

    ProposeChange(Session& session, Proposal proposal, QWidget* parent);

Q_SIGNALS:
    /// Drafted and submitted; the dialog has closed.
    void submitted(const ephor::ChangeSummary& change);

private:
    void send();
    void submit();
    void failed(const Error& error);

    Session& m_session;
    Proposal m_proposal;
    Select* m_agent;
    TextField* m_title;
    QPlainTextEdit* m_description;
    Button* m_send;
    InlineError* m_error;
    std::string m_draft; ///< id of the change that was drafted already
};

}
