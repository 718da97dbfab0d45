#include "ui/screens/policies/call_form.h"

#include "core/domain/reflect.h"
#include "ui/bridge/definition_words.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/field.h"
#include "ui/kit/label.h"
#include "ui/kit/select.h"
#include "ui/library/form_parts.h"
#include "ui/screens/policies/arguments_form.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QVBoxLayout>
#include <array>

namespace ephor::ui::policies {

namespace {

constexpr std::array askedRoles{Role::Owner, Role::Officer, Role::Admin, Role::Auditor, Role::Viewer};

QString isoText(Instant at)
{
    return dateTime(at).toUTC().toString(Qt::ISODate);
}

}

CallForm::CallForm(Session& session, Claim claim, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_agent(new Select(tr("Agent"), this))
    , m_tool(new Select(tr("Tool"), this))
    , m_person(new Select(tr("Works for"), this))
    , m_claimed(new TextField(tr("Person the caller names"), this))
    , m_at(new TextField(tr("When"), this))
    , m_arguments(new ArgumentsForm(this))
    , m_trouble(new Label({}, TextStyle::small, Token::error, this))
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    library::FormColumn form(this, library::FormColumn::Frame::plain);
    form.pair(tr("Agent"), m_agent, tr("Tool"), m_tool);
    form.add(tr("Works for"), m_person, tr("Both must be permitted: the agent and whoever it works for."));
    form.add(tr("With the roles"), makeRoles(), tr("None ticked: the roles that the person has."));
    if (claim == Claim::asked)
        form.pair(tr("Person the caller names"), m_claimed, tr("When"), m_at);
    else
        form.add(tr("When"), m_at);
    form.add(tr("Arguments"), m_arguments);
    form.add(m_trouble);
    rows->addWidget(form.page());
    m_claimed->setVisible(claim == Claim::asked);
    m_at->setPlaceholderText(tr("now"));
    m_at->setToolTip(tr("A moment such as 2026-03-16T22:30:00Z; empty is now"));
    m_claimed->setPlaceholderText(tr("nobody"));
    m_trouble->setOverflow(Label::Overflow::wrap);
    m_trouble->hide();
    m_person->addItem(tr("Somebody without a role"), QString());
    connect(m_agent, &QComboBox::currentIndexChanged, this, &CallForm::loadTools);
    connect(m_tool, &QComboBox::currentIndexChanged, this, &CallForm::loadSchema);
    connect(m_person, &QComboBox::currentIndexChanged, this, &CallForm::edited);
    connect(m_claimed, &QLineEdit::textChanged, this, &CallForm::edited);
    connect(m_at, &QLineEdit::textChanged, this, &CallForm::edited);
    connect(m_arguments, &ArgumentsForm::edited, this, &CallForm::edited);
    loadAgents();
    loadPeople();
}

QWidget* CallForm::makeRoles()
{
    auto* row = new QWidget(this);
    auto* boxes = new QHBoxLayout(row);
    boxes->setContentsMargins(0, 0, 0, 0);
    boxes->setSpacing(metrics::space12);
    for (const Role role : askedRoles) {
        auto* box = new QCheckBox(role == Role::Officer ? tr("Officer")
                : role == Role::Owner                   ? tr("Owner")
                : role == Role::Admin                   ? tr("Admin")
                                                        : word(role),
            row);
        box->setToolTip(word(role));
        m_roles.push_back(box);
        boxes->addWidget(box);
        connect(box, &QCheckBox::toggled, this, &CallForm::edited);
    }
    boxes->addStretch(1);
    return row;
}

void CallForm::setQuestion(const CallQuestion& question)
{
    m_wanted = question;
    if (const int at = m_agent->findData(question.agent); at >= 0) {
        const bool same = at == m_agent->currentIndex();
        m_agent->setCurrentIndex(at);
        if (same)
            loadTools();
    }
    if (!question.person.isEmpty() && m_person->findData(question.person) < 0)
        m_person->addItem(question.person, question.person);
    m_person->setCurrentIndex(std::max(0, m_person->findData(question.person)));
    for (std::size_t at = 0; at < askedRoles.size(); ++at)
        m_roles[at]->setChecked(std::ranges::find(question.roles, wordOf(askedRoles[at])) != question.roles.end());
    m_claimed->setText(question.claimed);
    m_at->setText(question.at ? isoText(*question.at) : QString());
    m_arguments->setInput(question.input);
}

std::optional<CallQuestion> CallForm::question(QString& problem) const
{
    CallQuestion asked;
    asked.agent = m_agent->currentData().toString();
    asked.tool = m_tool->currentData().toString();
    if (asked.agent.isEmpty() || asked.tool.isEmpty()) {
        problem = asked.agent.isEmpty() ? tr("Choose an agent.") : tr("Choose a tool.");
        return std::nullopt;
    }
    asked.person = m_person->currentData().toString();
    for (std::size_t at = 0; at < askedRoles.size(); ++at) {
        if (m_roles[at]->isChecked())
            asked.roles.push_back(wordOf(askedRoles[at]));
    }
    asked.claimed = m_claimed->text().trimmed();
    if (const QString typed = m_at->text().trimmed(); !typed.isEmpty()) {
        const QDateTime at = QDateTime::fromString(typed, Qt::ISODate);
        if (!at.isValid()) {
            problem = tr("The time is no date and time, as 2026-03-16T22:30:00Z is.");
            return std::nullopt;
        }
        asked.at = instant(at);
    }
    auto input = m_arguments->input(problem);
    if (!input)
        return std::nullopt;
    asked.input = std::move(*input);
    return asked;
}

QString CallForm::agentTitle() const
{
    return m_agent->currentIndex() < 0 ? QString() : m_agent->currentText();
}

void CallForm::loadAgents()
{
    m_askAgents.request<ListDefinitions>(
        this, m_session, {DefinitionKind::Agent, false}, [this](Result<ListDefinitions::Response> answer) {
            m_trouble->setVisible(!answer);
            if (!answer)
                return m_trouble->setText(tr("Agents are not known: %1").arg(errorLine(answer.error())));
            {
                const QSignalBlocker quiet(m_agent);
                m_agent->clear();
                for (const DefinitionSummary& agent : answer->definitions)
                    m_agent->addItem(text(agent.title.empty() ? agent.name : agent.title), text(agent.name));
                m_agent->setCurrentIndex(std::max(0, m_agent->findData(m_wanted.agent)));
            }
            m_agent->updateGeometry();
            loadTools();
        });
}

void CallForm::loadPeople()
{
    request<ListPeople>(this, m_session, {}, [this](Result<ListPeople::Response> answer) {
        // Without the list anybody can still be told by roles.
        if (!answer)
            return;
        for (const Person& person : answer->people) {
            if (m_person->findData(text(person.id)) < 0)
                m_person->addItem(tr("%1, %2").arg(text(person.name), roleWords(person.roles)), text(person.id));
        }
        m_person->setCurrentIndex(std::max(0, m_person->findData(m_wanted.person)));
    });
}

void CallForm::loadTools()
{
    const QString agent = m_agent->currentData().toString();
    if (agent.isEmpty())
        return;
    m_askTools.request<GetDefinition>(
        this, m_session, {DefinitionKind::Agent, utf8(agent), 0}, [this](Result<DefinitionVersion> answer) {
            const auto body
                = answer ? agentBody(answer->body) : Result<AgentBody>(std::unexpected<Error>(answer.error()));
            m_trouble->setVisible(!body);
            if (!body)
                return m_trouble->setText(tr("Its tools are not known: %1").arg(errorLine(body.error())));
            const QString before = m_wanted.tool.isEmpty() ? m_tool->currentData().toString() : m_wanted.tool;
            {
                const QSignalBlocker quiet(m_tool);
                m_tool->clear();
                for (const std::string& tool : body->tools)
                    m_tool->addItem(text(tool), text(tool));
                m_tool->setCurrentIndex(std::max(0, m_tool->findData(before)));
            }
            m_tool->updateGeometry();
            loadSchema();
        });
}

void CallForm::loadSchema()
{
    m_wanted.tool = m_tool->currentData().toString();
    m_wanted.agent = m_agent->currentData().toString();
    Q_EMIT edited();
    if (m_wanted.tool.isEmpty())
        return m_arguments->setSchema({});
    m_askSchema.request<GetDefinition>(
        this, m_session, {DefinitionKind::Tool, utf8(m_wanted.tool), 0}, [this](Result<DefinitionVersion> answer) {
            const auto body
                = answer ? toolBody(answer->body) : Result<ToolBody>(std::unexpected<Error>(answer.error()));
            m_arguments->setSchema(body ? body->input : Document{});
            Q_EMIT edited();
        });
}

}
