#include "ui/screens/policies/adopt_dialog.h"

#include "ui/bridge/definition_words.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/field.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/label.h"
#include "ui/kit/select.h"

#include <QVBoxLayout>
#include <algorithm>

namespace ephor::ui::policies {

AdoptDialog::AdoptDialog(Session& session, const ChangeItem& policy, QWidget* parent)
    : Dialog(tr("Use it in an agent"),
          tr("An agent keeps to the policies that it names. This adds %1 to one, as a new draft of the agent; a change "
             "then releases both.")
              .arg(text(policy.name)),
          parent)
    , m_session(session)
    , m_policy(policy)
    , m_agent(new Select(tr("Agent"), this))
    , m_note(new Label({}, TextStyle::small, Token::textSecondary, this))
    , m_error(new InlineError({}, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    m_note->setOverflow(Label::Overflow::wrap);
    body()->addWidget(new FormRow(tr("Agent"), m_agent));
    body()->addWidget(m_note);
    body()->addWidget(m_error);
    m_error->hide();
    Button* cancel = addButton(tr("Cancel"), Button::Role::secondary);
    m_act = addButton(tr("Add it and draft the change"), Button::Role::primary);
    m_act->setObjectName(QStringLiteral("adopt"));
    connect(cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_act, &QAbstractButton::clicked, this, &AdoptDialog::act);
    connect(m_error, &InlineError::retryRequested, this, &AdoptDialog::act);
    connect(m_agent, &QComboBox::currentIndexChanged, this, &AdoptDialog::judge);
    judge();
    loadAgents();
}

void AdoptDialog::loadAgents()
{
    request<ListDefinitions>(
        this, m_session, {DefinitionKind::Agent, false}, [this](Result<ListDefinitions::Response> answer) {
            if (!answer)
                return failed(answer.error());
            m_agents = std::move(answer->definitions);
            for (const DefinitionSummary& agent : m_agents)
                m_agent->addItem(text(agent.title.empty() ? agent.name : agent.title), text(agent.name));
            judge();
        });
}

const DefinitionSummary* AdoptDialog::chosen() const
{
    const auto found = std::ranges::find(m_agents, utf8(m_agent->currentData().toString()), &DefinitionSummary::name);
    return found == m_agents.end() ? nullptr : &*found;
}

void AdoptDialog::judge()
{
    const DefinitionSummary* agent = chosen();
    m_act->setEnabled(agent != nullptr);
    m_act->setToolTip(agent ? QString() : tr("There is no agent to choose."));
    if (agent)
        m_note->setText(agent->production
                ? tr("%1 has %2 in production; nothing changes there until the change is live.")
                      .arg(text(agent->name), versionText(*agent->production))
                : tr("%1 is not in production yet.").arg(text(agent->name)));
}

void AdoptDialog::act()
{
    const DefinitionSummary* found = chosen();
    if (!found)
        return;
    m_error->hide();
    m_act->setEnabled(false);
    const DefinitionSummary agent = *found;
    request<GetDefinition>(
        this, m_session, {DefinitionKind::Agent, agent.name, 0}, [this, agent](Result<DefinitionVersion> answer) {
            if (!answer)
                return failed(answer.error());
            auto body = agentBody(answer->body);
            if (!body)
                return failed(body.error());
            // Named already, by a version that may not be released yet.
            if (std::ranges::find(body->policies, std::string(m_policy.name)) != body->policies.end())
                return done(agent, answer->version.number);
            body->policies.push_back(m_policy.name);
            save(agent, std::move(*body));
        });
}

void AdoptDialog::save(const DefinitionSummary& agent, AgentBody body)
{
    SaveAgent::Request ask;
    ask.name = agent.name;
    ask.body = std::move(body);
    ask.message = utf8(tr("Keep to the policy %1").arg(text(m_policy.name)));
    ask.expectedVersion = agent.newest;
    request<SaveAgent>(this, m_session, std::move(ask), [this, agent](Result<SaveAgent::Response> answer) {
        if (!answer)
            return failed(answer.error());
        done(agent, answer->saved.version);
    });
}

void AdoptDialog::done(const DefinitionSummary& agent, std::uint64_t version)
{
    std::vector<ChangeItem> items;
    if (const std::uint64_t from = agent.production.value_or(0); from != version) {
        ChangeItem moved;
        moved.kind = DefinitionKind::Agent;
        moved.name = agent.name;
        moved.from = from;
        moved.to = version;
        items.push_back(moved);
    }
    if (m_policy.from != m_policy.to)
        items.push_back(m_policy);
    Q_EMIT adopted(text(agent.name), text(agent.title), items);
    accept();
}

void AdoptDialog::failed(const Error& error)
{
    m_error->setError(errorText(error));
    m_error->show();
    m_act->setEnabled(chosen() != nullptr);
}

}
