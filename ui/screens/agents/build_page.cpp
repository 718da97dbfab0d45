#include "ui/screens/agents/build_page.h"

#include "ui/bridge/definition_words.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/button.h"
#include "ui/kit/card.h"
#include "ui/kit/code_view.h"
#include "ui/kit/field.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/label.h"
#include "ui/kit/segmented.h"
#include "ui/kit/select.h"
#include "ui/screens/agents/agent_form.h"
#include "ui/screens/agents/connect_text.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

namespace ephor::ui::agents {

std::vector<GrantRule> startingGrants(
    const std::string& agent, const std::vector<std::string>& tools, const std::vector<DefinitionSummary>& known)
{
    std::vector<GrantRule> grants;
    for (const std::string& tool : tools) {
        const auto found = std::ranges::find(known, tool, &DefinitionSummary::name);
        GrantRule rule;
        rule.agent = agent;
        rule.tool = tool;
        rule.access = found != known.end() && found->detail == "read" ? ephor::Access::Allow : ephor::Access::Ask;
        grants.push_back(std::move(rule));
    }
    return grants;
}

BuildPage::BuildPage(ScreenContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(
        metrics::contentPadding, metrics::contentPadding, metrics::contentPadding, metrics::contentPadding);
    rows->setSpacing(metrics::gap);
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* inside = new QWidget(scroll);
    auto* parts = new QVBoxLayout(inside);
    parts->setContentsMargins(0, 0, 0, 0);
    parts->setSpacing(metrics::gap);
    parts->addWidget(makeIdentity());
    m_promptCard = new Card(tr("Prompt"), Card::Padding::none, inside);
    m_promptCard->setSubtitle(tr("a template; {{variables}} come with the request"));
    m_prompt = new CodeEditor(tr("Text of the new prompt"), m_promptCard);
    m_prompt->setRules(templateRules());
    m_prompt->setFixedHeight(132);
    m_promptCard->setBody(m_prompt);
    parts->addWidget(m_promptCard);
    m_form = new AgentForm(inside);
    m_form->hideTitle();
    m_form->setPromptPlace(AgentForm::Prompt::writtenElsewhere);
    parts->addWidget(m_form, 1);
    scroll->setWidget(inside);
    rows->addWidget(scroll, 1);
    m_error = new InlineError({}, this);
    m_error->hide();
    rows->addWidget(m_error);
    auto* acts = new QHBoxLayout;
    acts->setSpacing(metrics::space8);
    m_note = new Label(
        tr("Nothing serves yet: this drafts a change. Tools that read are allowed, all others ask an officer first."),
        TextStyle::small, Token::textMuted, this);
    m_note->setOverflow(Label::Overflow::elide);
    m_create = new Button(tr("Create and draft the change"), Button::Role::primary, this);
    acts->addWidget(m_note, 1);
    acts->addWidget(m_create);
    rows->addLayout(acts);
    connect(m_create, &QAbstractButton::clicked, this, &BuildPage::create);
    connect(m_error, &InlineError::retryRequested, this, &BuildPage::create);
    connect(m_form, &AgentForm::edited, this, &BuildPage::judge);
    connect(m_prompt, &QPlainTextEdit::textChanged, this, &BuildPage::judge);
}

QWidget* BuildPage::makeIdentity()
{
    auto* card = new Card(tr("Who it is"), Card::Padding::standard, this);
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::gap);
    m_title = new TextField(tr("Title of the agent"), card);
    m_title->setPlaceholderText(tr("Supplier onboarding"));
    m_name = new TextField(tr("Name"), card);
    m_name->setMonospace();
    m_team = new Select(tr("Team"), card);
    m_whichPrompt
        = new Segmented(tr("Where the prompt comes from"), {tr("Write it here"), tr("From the library")}, card);
    row->addWidget(new FormRow(tr("Title of the agent"), m_title), 2);
    row->addWidget(new FormRow(tr("Name"), m_name), 2);
    row->addWidget(new FormRow(tr("Team"), m_team), 1);
    row->addWidget(new FormRow(tr("Prompt"), m_whichPrompt));
    card->body()->addLayout(row);
    connect(m_title, &QLineEdit::textEdited, this, [this](const QString& title) {
        if (!m_isNameTyped)
            m_name->setText(nameFrom(title));
        judge();
    });
    connect(m_name, &QLineEdit::textEdited, this, [this] {
        m_isNameTyped = true;
        judge();
    });
    connect(m_whichPrompt, &Segmented::currentChanged, this, [this](int which) {
        m_promptCard->setVisible(which == 0);
        m_form->setPromptPlace(which == 0 ? AgentForm::Prompt::writtenElsewhere : AgentForm::Prompt::chosenHere);
        judge();
    });
    return card;
}

void BuildPage::open()
{
    loadChoices();
    judge();
    m_title->setFocus();
}

bool BuildPage::hasUnsavedWork() const
{
    return !m_title->text().isEmpty() || !m_prompt->toPlainText().isEmpty();
}

void BuildPage::loadChoices()
{
    request<ListTeams>(this, m_context.session, {}, [this](Result<ListTeams::Response> answer) {
        if (!answer)
            return;
        const QString chosen = m_team->currentData().toString();
        m_team->clear();
        for (const Team& team : answer->teams)
            m_team->addItem(text(team.title.empty() ? team.name : team.title), text(team.name));
        m_team->setCurrentIndex(std::max(0, m_team->findData(chosen)));
        judge();
    });
    const auto ask = [this](DefinitionKind kind, void (AgentForm::*set)(const std::vector<DefinitionSummary>&)) {
        request<ListDefinitions>(
            this, m_context.session, {kind, false}, [this, kind, set](Result<ListDefinitions::Response> answer) {
                if (!answer)
                    return;
                if (kind == DefinitionKind::Tool)
                    m_tools = answer->definitions;
                (m_form->*set)(answer->definitions);
            });
    };
    ask(DefinitionKind::Prompt, &AgentForm::setPrompts);
    ask(DefinitionKind::Model, &AgentForm::setModels);
    ask(DefinitionKind::Tool, &AgentForm::setTools);
}

void BuildPage::judge()
{
    if (!permit(m_create, m_context.session, Permission::EditDefinitions))
        return;
    QString missing;
    if (m_title->text().trimmed().isEmpty())
        missing = tr("Give it a title.");
    else if (m_name->text() != nameFrom(m_name->text()) || m_name->text().isEmpty())
        missing = tr("Its name takes a to z, digits and . _ - only.");
    else if (m_team->currentIndex() < 0)
        missing = tr("Choose the team that answers for it.");
    else if (m_whichPrompt->current() == 0 && m_prompt->toPlainText().trimmed().isEmpty())
        missing = tr("Write its prompt.");
    else if (m_whichPrompt->current() == 1 && m_form->chosenPrompt().isEmpty())
        missing = tr("Choose its prompt.");
    else if (m_form->chosenModel().isEmpty())
        missing = tr("Choose its model.");
    m_create->setEnabled(missing.isEmpty());
    m_create->setToolTip(missing);
}

void BuildPage::create()
{
    auto body = m_form->body();
    if (!body)
        return;
    m_body = std::move(*body);
    m_body.title = utf8(m_title->text().trimmed());
    if (m_whichPrompt->current() == 0)
        m_body.prompt = utf8(ownPromptName(m_name->text()));
    m_error->hide();
    m_create->setEnabled(false);
    if (m_done == Done::agent)
        draftChange();
    else if (m_done == Done::prompt || m_whichPrompt->current() == 1)
        saveAgent();
    else
        savePrompt();
}

void BuildPage::savePrompt()
{
    SavePrompt::Request ask;
    ask.name = m_body.prompt;
    ask.team = utf8(m_team->currentData().toString());
    ask.body.title = utf8(tr("%1, system prompt").arg(m_title->text().trimmed()));
    ask.body.text = utf8(m_prompt->toPlainText());
    ask.body.variables = m_body.inputSchema;
    ask.message = utf8(tr("First version"));
    request<SavePrompt>(this, m_context.session, std::move(ask), [this](Result<SavePrompt::Response> answer) {
        if (!answer)
            return failed(answer.error());
        m_done = Done::prompt;
        saveAgent();
    });
}

void BuildPage::saveAgent()
{
    SaveAgent::Request ask;
    ask.name = utf8(m_name->text());
    ask.team = utf8(m_team->currentData().toString());
    ask.body = m_body;
    ask.message = utf8(tr("First version"));
    request<SaveAgent>(this, m_context.session, std::move(ask), [this](Result<SaveAgent::Response> answer) {
        if (!answer)
            return failed(answer.error());
        m_done = Done::agent;
        draftChange();
    });
}

void BuildPage::draftChange()
{
    CreateChange::Request ask;
    ask.agent = utf8(m_name->text());
    ask.title = utf8(tr("Release %1").arg(m_title->text().trimmed()));
    ask.description = m_body.description;
    ChangeItem agent;
    agent.kind = DefinitionKind::Agent;
    agent.name = ask.agent;
    agent.to = 1;
    ask.items.push_back(agent);
    if (m_whichPrompt->current() == 0) {
        ChangeItem prompt;
        prompt.kind = DefinitionKind::Prompt;
        prompt.name = m_body.prompt;
        prompt.to = 1;
        ask.items.push_back(prompt);
    }
    const auto grants = startingGrants(ask.agent, m_body.tools, m_tools);
    ask.grants.assign(grants.begin(), grants.end());
    request<CreateChange>(this, m_context.session, std::move(ask), [this](Result<CreateChange::Response> answer) {
        if (!answer)
            return failed(answer.error());
        m_done = Done::nothing;
        m_isNameTyped = false;
        m_title->clear();
        m_name->clear();
        m_prompt->clear();
        m_form->setBody({});
        Q_EMIT navigate(routes::change(text(answer->change.id)));
    });
}

void BuildPage::failed(const Error& error)
{
    ErrorText words = errorText(error);
    if (m_done == Done::agent)
        words.hint += u' ' + tr("The agent is saved; only the change is still to be drafted.");
    else if (m_done == Done::prompt)
        words.hint += u' ' + tr("The prompt is saved; the agent is not yet.");
    m_error->setError(words);
    m_error->show();
    judge();
}

}
