#include "ui/bridge/propose_change.h"

#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/field.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/label.h"
#include "ui/kit/select.h"

#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace ephor::ui {

namespace {

constexpr int descriptionHeight = 72;
/// Shortest title that changes.create takes.
constexpr int shortestTitle = 3;

}

ProposeChange::ProposeChange(Session& session, Proposal proposal, QWidget* parent)
    : Dialog(tr("Submit as change"), proposal.summary, parent)
    , m_session(session)
    , m_proposal(std::move(proposal))
    , m_agent(new Select(tr("Agent"), this))
    , m_title(new TextField(tr("Title"), this))
    , m_description(new QPlainTextEdit(this))
    , m_error(new InlineError({}, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    for (const Agent& agent : m_proposal.agents)
        m_agent->addItem(agent.title.isEmpty() ? agent.name : agent.title, agent.name);
    m_title->setText(m_proposal.title);
    m_title->setMaxLength(200);
    m_description->setAccessibleName(tr("Why"));
    m_description->setTabChangesFocus(true);
    m_description->setFixedHeight(descriptionHeight);
    body()->addWidget(
        new FormRow(tr("Agent"), m_agent, tr("A change moves one agent. Its release is what rolls out.")));
    body()->addWidget(new FormRow(tr("Title"), m_title));
    body()->addWidget(new FormRow(tr("Why"), m_description, tr("Whoever approves reads this.")));
    body()->addWidget(m_error);
    m_error->hide();
    Button* cancel = addButton(tr("Cancel"), Button::Role::secondary);
    m_send = addButton(tr("Run checks and ask for approval"), Button::Role::primary);
    connect(cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_send, &QAbstractButton::clicked, this, &ProposeChange::send);
    connect(m_error, &InlineError::retryRequested, this, &ProposeChange::send);
    const auto judge = [this] {
        m_send->setEnabled(m_title->text().trimmed().size() >= shortestTitle && m_agent->currentIndex() >= 0);
    };
    connect(m_title, &QLineEdit::textChanged, this, judge);
    judge();
    m_title->setFocus();
}

void ProposeChange::send()
{
    m_error->hide();
    m_send->setEnabled(false);
    if (!m_draft.empty()) {
        submit();
        return;
    }
    CreateChange::Request ask;
    ask.agent = utf8(m_agent->currentData().toString());
    ask.title = utf8(m_title->text().trimmed());
    ask.description = utf8(m_description->toPlainText().trimmed());
    ask.items.assign(m_proposal.items.begin(), m_proposal.items.end());
    for (GrantRule rule : m_proposal.grants) {
        rule.agent = ask.agent;
        ask.grants.push_back(std::move(rule));
    }
    request<CreateChange>(this, m_session, std::move(ask), [this](Result<CreateChange::Response> answer) {
        if (!answer)
            return failed(answer.error());
        m_draft = answer->change.id;
        m_agent->setEnabled(false);
        m_title->setEnabled(false);
        m_description->setEnabled(false);
        submit();
    });
}

void ProposeChange::submit()
{
    request<SubmitChange>(this, m_session, {m_draft}, [this](Result<SubmitChange::Response> answer) {
        if (!answer)
            return failed(answer.error());
        Q_EMIT submitted(answer->change);
        accept();
    });
}

void ProposeChange::failed(const Error& error)
{
    ErrorText words = errorText(error);
    if (!m_draft.empty())
        words.hint = tr("The change %1 is drafted; only its checks are still to be run.").arg(text(m_draft));
    m_error->setError(words);
    m_error->show();
    m_send->setEnabled(true);
}

}
