#include "ui/screens/policies/grant_form.h"

#include "ui/bridge/screen.h"
#include "ui/bridge/definition_words.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/field.h"
#include "ui/kit/label.h"
#include "ui/kit/segmented.h"
#include "ui/kit/select.h"
#include "ui/screens/policies/argument_fields.h"
#include "ui/screens/policies/backtest_box.h"
#include "ui/screens/policies/grant_words.h"
#include "ui/screens/policies/limit_row.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>
#include <array>

namespace ephor::ui::policies {

namespace {

constexpr int grantFormWidth = 620;
constexpr std::uint64_t lookBackDays = 30;
/// As GrantRule::conditions.
constexpr std::size_t mostLimits = 16;
constexpr int mostAskedPeople = 5;
constexpr std::array answers{ephor::Access::Allow, ephor::Access::Ask, ephor::Access::Deny};

// The end of that day for a date alone.
QDateTime expiryFrom(const QString& typed)
{
    const QDate day = QDate::fromString(typed, Qt::ISODate);
    return day.isValid() ? QDateTime(day.addDays(1), QTime(0, 0), Qt::UTC) : QDateTime::fromString(typed, Qt::ISODate);
}

}

GrantForm::GrantForm(ScreenContext& context, const GrantRule& rule, const QString& agentTitle, QWidget* parent)
    : Dialog(tr("%1 on %2").arg(agentTitle, text(rule.tool)),
          tr("What the cell grants. It is staged here; a change releases it once others approve."), parent)
    , m_session(context.session)
    , m_begun(rule)
    , m_title(agentTitle)
    , m_access(new Segmented(tr("Answer"), {tr("Allow"), tr("Ask"), tr("Deny")}, this))
    , m_approver(new Select(tr("Whom it asks"), this))
    , m_approvals(new Select(tr("How many"), this))
    , m_whom(new QWidget(this))
    , m_more(new Button(tr("Add a limit"), Button::Role::secondary, this))
    , m_expires(new TextField(tr("Ends"), this))
    , m_reason(new TextField(tr("Why"), this))
    , m_sentence(new Label({}, TextStyle::strong, Token::textPrimary, this))
    , m_problem(new Label({}, TextStyle::small, Token::error, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(grantFormWidth);
    m_box = new BacktestBox(
        context, tr("What would %1 days have met?").arg(lookBackDays),
        [this](QString& problem) -> std::optional<Backtest::Request> {
            const GrantRule wanted = this->rule(problem);
            if (!problem.isEmpty())
                return std::nullopt;
            Backtest::Request ask;
            ask.agent = wanted.agent;
            ask.days = lookBackDays;
            ask.candidate.grants.push_back(wanted);
            return ask;
        },
        this);
    makeFields();
    Button* cancel = addButton(tr("Cancel"), Button::Role::secondary);
    m_act = addButton(tr("Stage it"), Button::Role::primary);
    m_act->setObjectName(QStringLiteral("stage-form"));
    connect(cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_act, &QAbstractButton::clicked, this, [this] {
        QString problem;
        const GrantRule wanted = this->rule(problem);
        if (!problem.isEmpty())
            return;
        Q_EMIT chosen(wanted);
        accept();
    });
    for (const GrantCondition& condition : rule.conditions)
        addLimit(condition);
    show();
    loadSchema();
}

void GrantForm::makeFields()
{
    const auto answer = std::ranges::find(answers, m_begun.access);
    m_access->setCurrent(answer == answers.end() ? int(answers.size()) - 1 : int(answer - answers.begin()));
    for (const Role role : {Role::Officer, Role::Owner})
        m_approver->addItem(word(role), int(role));
    m_approver->setCurrentIndex(std::max(0, m_approver->findData(int(m_begun.approver))));
    for (int people = 1; people <= std::max(mostAskedPeople, int(m_begun.approvals)); ++people)
        m_approvals->addItem(people == 1 ? tr("one person") : tr("%1 people").arg(people), people);
    m_approvals->setCurrentIndex(std::max(0, m_approvals->findData(int(m_begun.approvals))));
    auto* whom = new QHBoxLayout(m_whom);
    whom->setContentsMargins(0, 0, 0, 0);
    whom->setSpacing(metrics::gap);
    whom->addWidget(new FormRow(tr("Whom it asks"), m_approver, {}, m_whom), 1);
    whom->addWidget(new FormRow(tr("How many"), m_approvals, {}, m_whom), 1);
    m_expires->setPlaceholderText(tr("never, or 2026-12-31"));
    m_expires->setText(m_begun.expires ? dateTime(*m_begun.expires).toUTC().toString(Qt::ISODate) : QString());
    m_reason->setText(text(m_begun.reason));
    m_reason->setMaxLength(512);
    m_more->setGlyph(Icon::plus);
    for (Label* label : {m_sentence, m_problem})
        label->setOverflow(Label::Overflow::wrap);
    m_rows = new QVBoxLayout;
    m_rows->setSpacing(metrics::space8);
    auto* ends = new QHBoxLayout;
    ends->setSpacing(metrics::gap);
    ends->addWidget(new FormRow(tr("Ends"), m_expires), 1);
    ends->addWidget(new FormRow(tr("Why"), m_reason), 2);
    body()->addWidget(m_access, 0, Qt::AlignLeft);
    body()->addWidget(m_whom);
    body()->addWidget(
        new Label(tr("Limits, all of which must hold"), TextStyle::smallMedium, Token::textSecondary, this));
    body()->addLayout(m_rows);
    body()->addWidget(m_more, 0, Qt::AlignLeft);
    body()->addLayout(ends);
    body()->addWidget(m_sentence);
    body()->addWidget(m_problem);
    body()->addWidget(m_box);
    connect(m_access, &Segmented::currentChanged, this, &GrantForm::show);
    for (Select* select : {m_approver, m_approvals})
        connect(select, &QComboBox::currentIndexChanged, this, &GrantForm::show);
    for (TextField* field : {m_expires, m_reason})
        connect(field, &QLineEdit::textChanged, this, &GrantForm::show);
    connect(m_more, &QAbstractButton::clicked, this, [this] {
        addLimit({});
        show();
    });
}

void GrantForm::loadSchema()
{
    m_askSchema.request<GetDefinition>(
        this, m_session, {DefinitionKind::Tool, m_begun.tool, 0}, [this](Result<DefinitionVersion> answer) {
            const auto body
                = answer ? toolBody(answer->body) : Result<ToolBody>(std::unexpected<Error>(answer.error()));
            if (!body)
                return m_problem->setText(
                    tr("The tool\u2019s arguments are not known: %1").arg(errorLine(body.error())));
            for (const ArgumentField& field : argumentFields(body->input))
                m_arguments << field.name;
            for (LimitRow* row : m_limits)
                row->setArguments(m_arguments);
            show();
        });
}

void GrantForm::addLimit(const GrantCondition& condition)
{
    if (m_limits.size() >= mostLimits)
        return;
    auto* row = new LimitRow(condition, m_arguments, this);
    m_limits.push_back(row);
    m_rows->addWidget(row);
    connect(row, &LimitRow::edited, this, &GrantForm::show);
    connect(row, &LimitRow::removeWanted, this, [this, row] { removeLimit(row); });
}

void GrantForm::removeLimit(LimitRow* row)
{
    std::erase(m_limits, row);
    row->hide();
    row->deleteLater();
    m_more->setFocus();
    show();
}

GrantRule GrantForm::rule(QString& problem) const
{
    GrantRule made;
    made.agent = m_begun.agent;
    made.tool = m_begun.tool;
    made.access = answers[std::size_t(m_access->current())];
    made.reason = utf8(m_reason->text().trimmed());
    bool asks = made.access == ephor::Access::Ask;
    for (LimitRow* row : m_limits) {
        GrantCondition condition = row->condition();
        const QString missing = whyNoCondition(condition);
        row->setError(missing);
        if (problem.isEmpty())
            problem = missing;
        asks = asks || condition.kind == GrantConditionKind::AskAbove;
        made.conditions.push_back(std::move(condition));
    }
    if (asks) {
        made.approver = Role(m_approver->currentData().toInt());
        made.approvals = std::uint64_t(m_approvals->currentData().toInt());
    }
    if (const QString typed = m_expires->text().trimmed(); !typed.isEmpty()) {
        const QDateTime ends = expiryFrom(typed);
        if (ends.isValid())
            made.expires = instant(ends);
        else if (problem.isEmpty())
            problem = tr("The end is no date, as 2026-12-31 is.");
    }
    return made;
}

void GrantForm::show()
{
    QString problem;
    const GrantRule made = rule(problem);
    const bool asks = made.access == ephor::Access::Ask
        || std::ranges::any_of(
            made.conditions, [](const GrantCondition& each) { return each.kind == GrantConditionKind::AskAbove; });
    m_whom->setVisible(asks);
    m_sentence->setText(grantSentence(made, m_title));
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    const bool full = m_limits.size() >= mostLimits;
    m_more->setEnabled(!full);
    m_more->setToolTip(full ? tr("%1 limits are the most a cell holds.").arg(mostLimits) : QString());
    // What was found holds for the rule that was judged, in whatever words it gives its reason.
    GrantRule judged = made;
    judged.reason.clear();
    if (judged != m_judged)
        m_box->forget();
    m_judged = judged;
    if (!m_act)
        return;
    const QString whyNot = !problem.isEmpty() ? problem : made == m_begun ? tr("Nothing has changed.") : QString();
    m_act->setEnabled(whyNot.isEmpty());
    m_act->setToolTip(whyNot);
}

}
