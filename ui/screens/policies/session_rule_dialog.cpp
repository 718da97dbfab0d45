#include "ui/screens/policies/session_rule_dialog.h"

#include "ui/bridge/definition_words.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/code_view.h"
#include "ui/kit/field.h"
#include "ui/kit/label.h"
#include "ui/kit/segmented.h"
#include "ui/kit/select.h"
#include "ui/screens/policies/argument_fields.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>

namespace ephor::ui::policies {

namespace {

constexpr int sessionRuleWidth = 600;
constexpr int ruleTextTall = 96;

/// What a rule names and the lists do not have is named all the same.
void chooseOne(Select* select, const QString& name)
{
    if (!name.isEmpty() && select->findData(name) < 0)
        select->addItem(name, name);
    select->setCurrentIndex(std::max(0, select->findData(name)));
}

QHBoxLayout* beside(QWidget* left, QWidget* right)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::gap);
    row->addWidget(left, 1, Qt::AlignTop);
    row->addWidget(right, 1, Qt::AlignTop);
    return row;
}

}

SessionRuleDialog::SessionRuleDialog(Session& session, std::optional<SessionRule> begun, QWidget* parent)
    : Dialog(tr("Rule over a session"),
          tr("The form writes the text; more than it can say is written by hand. Calls under way count."), parent)
    , m_session(session)
    , m_begun(std::move(begun))
    , m_kind(new Segmented(tr("Kind of rule"), {tr("At most"), tr("Only after"), tr("Never after")}, this))
    , m_agent(new Select(tr("Agent"), this))
    , m_tool(new Select(tr("Calls of"), this))
    , m_most(new TextField(tr("At most"), this))
    , m_argument(new Select(tr("What is counted"), this))
    , m_before(new Select(tr("The call before"), this))
    , m_same(new Select(tr("Both agree in"), this))
    , m_window(new TextField(tr("Within"), this))
    , m_unit(new Select(tr("Unit of the window"), this))
    , m_sentence(new Label({}, TextStyle::strong, Token::textPrimary, this))
    , m_text(new CodeView(tr("Text of the rule"), this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(sessionRuleWidth);
    makeFields();
    m_sentence->setOverflow(Label::Overflow::wrap);
    m_text->setRules(policyRules());
    m_text->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    m_text->setFixedHeight(ruleTextTall);
    body()->addWidget(m_sentence);
    body()->addWidget(m_text);
    Button* cancel = addButton(tr("Cancel"), Button::Role::secondary);
    m_act = addButton(m_begun ? tr("Rewrite the rule") : tr("Put it into the text"), Button::Role::primary);
    m_act->setObjectName(QStringLiteral("put-rule"));
    connect(cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_act, &QAbstractButton::clicked, this, [this] {
        Q_EMIT chosen(sessionRuleText(rule()));
        accept();
    });
    connect(m_kind, &Segmented::currentChanged, this, &SessionRuleDialog::show);
    for (Select* select : {m_agent, m_argument, m_before, m_same, m_unit})
        connect(select, &QComboBox::currentIndexChanged, this, &SessionRuleDialog::show);
    connect(m_tool, &QComboBox::currentIndexChanged, this, &SessionRuleDialog::loadArguments);
    for (TextField* field : {m_most, m_window})
        connect(field, &QLineEdit::textChanged, this, &SessionRuleDialog::show);
    begin();
    loadTools();
    show();
}

void SessionRuleDialog::begin()
{
    if (!m_begun)
        return;
    m_kind->setCurrent(int(m_begun->kind));
    m_most->setText(m_begun->most);
    const bool hours = m_begun->minutes % 60 == 0;
    m_unit->setCurrentIndex(m_unit->findData(hours ? 60 : 1));
    m_window->setText(QString::number(hours ? m_begun->minutes / 60 : m_begun->minutes));
}

void SessionRuleDialog::makeFields()
{
    m_agent->addItem(tr("Every agent"), QString());
    m_argument->addItem(tr("calls"), QString());
    m_same->addItem(tr("nothing"), QString());
    m_unit->addItem(tr("minutes"), 1);
    m_unit->addItem(tr("hours"), 60);
    m_unit->setCurrentIndex(1);
    m_window->setText(QStringLiteral("1"));
    m_most->setText(QStringLiteral("5"));
    auto* within = new QWidget(this);
    auto* row = new QHBoxLayout(within);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_window, 1);
    row->addWidget(m_unit);
    m_mostRow = new FormRow(tr("At most"), m_most);
    m_argumentRow = new FormRow(tr("What is counted"), m_argument, tr("Calls, or the sum of a number they carry."));
    m_beforeRow = new FormRow(tr("The call before"), m_before, tr("It counts once it was answered."));
    m_sameRow = new FormRow(tr("Both agree in"), m_same);
    body()->addWidget(m_kind, 0, Qt::AlignLeft);
    body()->addLayout(beside(new FormRow(tr("Agent"), m_agent), new FormRow(tr("Calls of"), m_tool)));
    body()->addLayout(beside(m_mostRow, m_argumentRow));
    body()->addLayout(beside(m_beforeRow, m_sameRow));
    body()->addWidget(new FormRow(tr("Within"), within, tr("At most 24 hours.")));
}

void SessionRuleDialog::loadTools()
{
    request<ListDefinitions>(
        this, m_session, {DefinitionKind::Agent, false}, [this](Result<ListDefinitions::Response> answer) {
            if (!answer)
                return;
            for (const DefinitionSummary& agent : answer->definitions)
                m_agent->addItem(text(agent.name), text(agent.name));
            if (m_begun)
                chooseOne(m_agent, m_begun->agent);
            m_agent->updateGeometry();
        });
    request<ListDefinitions>(
        this, m_session, {DefinitionKind::Tool, false}, [this](Result<ListDefinitions::Response> answer) {
            if (!answer)
                return m_sentence->setText(tr("Tools are not known: %1").arg(errorLine(answer.error())));
            for (Select* select : {m_tool, m_before}) {
                const QSignalBlocker quiet(select);
                for (const DefinitionSummary& tool : answer->definitions)
                    select->addItem(text(tool.name), text(tool.name));
                for (const SideEffect effect :
                    {SideEffect::Write, SideEffect::Irreversible, SideEffect::Egress, SideEffect::Read})
                    select->addItem(tr("every tool: %1").arg(word(effect).toLower()),
                        QStringLiteral("effect:")
                            + QStringList{QStringLiteral("read"), QStringLiteral("write"),
                                QStringLiteral("irreversible"), QStringLiteral("egress")}
                                .value(int(effect)));
                select->addItem(tr("every tool"), QStringLiteral("any"));
                select->updateGeometry();
            }
            if (m_begun) {
                const QSignalBlocker quietTool(m_tool);
                chooseOne(m_tool, m_begun->tool);
                chooseOne(m_before, m_begun->before);
            }
            loadArguments();
        });
}

void SessionRuleDialog::loadArguments()
{
    const QString tool = m_tool->currentData().toString();
    const auto fill = [this](const std::vector<ArgumentField>& fields) {
        const QSignalBlocker quietArgument(m_argument);
        const QSignalBlocker quietSame(m_same);
        m_numbers.clear();
        while (m_argument->count() > 1)
            m_argument->removeItem(1);
        while (m_same->count() > 1)
            m_same->removeItem(1);
        for (const ArgumentField& field : fields) {
            const bool whole = field.kind == ArgumentField::Kind::integer;
            m_same->addItem(field.name, field.name);
            if (!whole && field.kind != ArgumentField::Kind::number)
                continue;
            m_argument->addItem(tr("the sum of %1").arg(field.name), field.name);
            m_numbers[field.name] = whole ? SessionRule::Number::whole : SessionRule::Number::decimal;
        }
        if (m_begun && m_begun->tool == m_tool->currentData().toString()) {
            if (m_argument->findData(m_begun->argument) >= 0)
                chooseOne(m_argument, m_begun->argument);
            if (m_same->findData(m_begun->same) >= 0)
                chooseOne(m_same, m_begun->same);
        }
        m_argument->updateGeometry();
        m_same->updateGeometry();
        show();
    };
    fill({});
    if (tool.isEmpty() || tool == QStringLiteral("any") || tool.startsWith(QStringLiteral("effect:")))
        return;
    m_askSchema.request<GetDefinition>(
        this, m_session, {DefinitionKind::Tool, utf8(tool), 0}, [fill](Result<DefinitionVersion> answer) {
            const auto body
                = answer ? toolBody(answer->body) : Result<ToolBody>(std::unexpected<Error>(answer.error()));
            if (body)
                fill(argumentFields(body->input));
        });
}

SessionRule SessionRuleDialog::rule() const
{
    SessionRule rule;
    rule.kind = SessionRule::Kind(m_kind->current());
    rule.agent = m_agent->currentData().toString();
    rule.tool = m_tool->currentData().toString();
    rule.minutes = m_window->text().trimmed().toInt() * m_unit->currentData().toInt();
    rule.most = m_most->text().trimmed();
    if (rule.kind == SessionRule::Kind::atMost) {
        rule.argument = m_argument->currentData().toString();
        const auto found = m_numbers.find(rule.argument);
        rule.number = found == m_numbers.end() ? SessionRule::Number::whole : found->second;
    } else {
        rule.before = m_before->currentData().toString();
        rule.same = m_same->currentData().toString();
    }
    return rule;
}

void SessionRuleDialog::show()
{
    const bool atMost = m_kind->current() == 0;
    m_mostRow->setVisible(atMost);
    m_argumentRow->setVisible(atMost);
    m_beforeRow->setVisible(!atMost);
    m_sameRow->setVisible(!atMost);
    const SessionRule made = rule();
    const QString whyNot = whyNoRule(made);
    m_sentence->setText(whyNot.isEmpty() ? sessionRuleSentence(made) : whyNot);
    m_text->setPlainText(whyNot.isEmpty() ? sessionRuleText(made) : QString());
    m_act->setEnabled(whyNot.isEmpty());
    m_act->setToolTip(whyNot);
}

}
