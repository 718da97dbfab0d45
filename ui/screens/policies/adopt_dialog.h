#pragma once

#include "core/api/definitions.h"
#include "core/domain/change.h"
#include "ui/bridge/request.h"
#include "ui/kit/dialogs.h"

#include <vector>

namespace ephor::ui {
class InlineError;
class Select;
}

namespace ephor::ui::policies {

/// "Use it in an agent": adds the policy's name to an agent's, as a new draft of the agent, and leads on to the change
/// that releases both.
class AdoptDialog : public Dialog {
    Q_OBJECT

public:
    /// What of the policy a change would move; `from` and `to` are equal where it is in production already.
    AdoptDialog(Session& session, const ChangeItem& policy, QWidget* parent);

Q_SIGNALS:
    /// The agent names it now; the items are what a change has to move.
    void adopted(const QString& agent, const QString& title, const std::vector<ephor::ChangeItem>& items);

private:
    void loadAgents();
    void judge();
    void act();
    void save(const DefinitionSummary& agent, AgentBody body);
    void done(const DefinitionSummary& agent, std::uint64_t version);
    void failed(const Error& error);
    const DefinitionSummary* chosen() const;

    Session& m_session;
    ChangeItem m_policy;
    std::vector<DefinitionSummary> m_agents;
    Select* m_agent;
    Label* m_note;
    InlineError* m_error;
    Button* m_act = nullptr;
};

}
