#include "ui/screens/policies/house_dialog.h"

#include "ui/bridge/screen.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/field.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/label.h"
#include "ui/kit/segmented.h"
#include "ui/library/library_rows.h"
#include "ui/screens/policies/backtest_box.h"
#include "ui/screens/policies/policy_editor.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>

namespace ephor::ui::policies {

namespace {

constexpr int houseDialogWidth = 680;
constexpr int houseDialogTall = 640;
constexpr int houseTextTall = 132;
constexpr int houseCheckPause = 300;
constexpr int enforceChoice = 1;
/// Shortest reason that policies.forbid takes.
constexpr std::size_t shortestHouseReason = 3;
constexpr std::uint64_t previewDays = 30;

}

HouseDialog::HouseDialog(ScreenContext& context, std::optional<StandingRule> observed, QWidget* parent)
    : Dialog(observed ? tr("Enforce %1").arg(observed->name) : tr("Add a house rule"),
          tr("A house rule forbids at once: calls of every agent, over every release and rollback, or what people do "
             "with Ephor itself. Adding one needs one person and a reason; taking it back needs two."),
          parent)
    , m_session(context.session)
    , m_observed(std::move(observed))
    , m_name(new TextField(tr("Name"), this))
    , m_text(new PolicyEditor(tr("Text of the rule"), m_session, this))
    , m_mode(new Segmented(tr("How it begins"), {tr("Observe first"), tr("Enforce at once")}, this))
    , m_modeNote(new Label({}, TextStyle::small, Token::textMuted, this))
    , m_says(new Label({}, TextStyle::small, Token::textSecondary, this))
    , m_reason(new ReasonPicker({}, this))
    , m_error(new InlineError({}, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    // Texts that wrap ask for their height only once they are shown.
    setMinimumSize(houseDialogWidth, houseDialogTall);
    m_box = new BacktestBox(
        context, tr("What would it have met in %1 days?").arg(previewDays),
        [this](QString& problem) -> std::optional<Backtest::Request> {
            if (!m_isChecked || !m_wrong.isEmpty()) {
                problem = m_wrong.isEmpty() ? tr("The text is being checked.") : m_wrong;
                return std::nullopt;
            }
            Backtest::Request ask;
            ask.days = previewDays;
            ask.candidate.houseRule = utf8(m_text->toPlainText().trimmed());
            return ask;
        },
        this);
    makeFields();
    Button* cancel = addButton(tr("Cancel"), Button::Role::secondary);
    m_act = addButton({}, Button::Role::primary);
    m_act->setObjectName(QStringLiteral("add-house-rule"));
    m_pause.setSingleShot(true);
    m_pause.setInterval(houseCheckPause);
    connect(&m_pause, &QTimer::timeout, this, &HouseDialog::check);
    connect(cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_act, &QAbstractButton::clicked, this, &HouseDialog::act);
    connect(m_error, &InlineError::retryRequested, this, &HouseDialog::act);
    connect(m_name, &QLineEdit::textChanged, this, &HouseDialog::judge);
    connect(m_reason, &ReasonPicker::changed, this, &HouseDialog::judge);
    connect(m_mode, &Segmented::currentChanged, this, &HouseDialog::judge);
    connect(m_text, &PolicyEditor::edited, this, &HouseDialog::typed);
    connect(m_box, &BacktestBox::found, this, [this] {
        m_seen = m_text->toPlainText();
        judge();
    });
    if (m_observed) {
        m_name->setText(m_observed->name);
        m_name->setReadOnly(true);
        m_text->setPlainText(m_observed->text);
        m_text->setReadOnly(true);
        m_mode->setCurrent(enforceChoice);
        m_mode->setEnabled(false);
        check();
    } else {
        m_name->setFocus(Qt::OtherFocusReason);
    }
    judge();
}

void HouseDialog::makeFields()
{
    m_name->setPlaceholderText(QStringLiteral("no-payments-at-night"));
    m_name->setMonospace();
    m_name->setMaxLength(128);
    // One over calls, one over what people do with Ephor.
    m_text->setPlaceholderText(
        QStringLiteral("@explain(\"No payment leaves at night.\")\n"
                       "forbid(principal, action in Action::\"effect:irreversible\", resource)\n"
                       "when { context.now.toTime() < duration(\"6h\") };\n\n"
                       "@explain(\"Nothing rolls out while the year closes.\")\n"
                       "forbid(principal, action in Ephor::Action::\"operate-rollouts\", resource)\n"
                       "when { context.now < datetime(\"2027-01-02\") };"));
    m_text->setHome(RuleHome::House);
    m_text->setMinimumHeight(houseTextTall);
    m_text->setFrameShape(QFrame::StyledPanel);
    m_text->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    for (Label* label : {m_modeNote, m_says})
        label->setOverflow(Label::Overflow::wrap);
    auto* mode = new QHBoxLayout;
    mode->setSpacing(metrics::gap);
    mode->addWidget(m_mode);
    mode->addWidget(m_modeNote, 1);
    body()->addWidget(new FormRow(tr("Name"), m_name, tr("a to z, digits and . _ -")));
    body()->addWidget(new Label(tr("Text"), TextStyle::smallMedium, Token::textSecondary, this));
    body()->addWidget(m_text, 1);
    body()->addWidget(m_says);
    body()->addLayout(mode);
    body()->addWidget(m_box);
    body()->addWidget(new Label(tr("Reason"), TextStyle::smallMedium, Token::textSecondary, this));
    body()->addWidget(m_reason);
    body()->addWidget(m_error);
    m_error->hide();
    m_says->hide();
}

RuleMode HouseDialog::mode() const
{
    return m_mode->current() == enforceChoice ? RuleMode::Enforce : RuleMode::Observe;
}

void HouseDialog::typed()
{
    m_isChecked = false;
    m_box->forget();
    m_pause.start();
    judge();
}

void HouseDialog::check()
{
    m_pause.stop();
    CheckPolicy::Request ask;
    ask.name = "house-rule";
    ask.home = RuleHome::House;
    ask.body.text = utf8(m_text->toPlainText().trimmed());
    if (ask.body.text.empty()) {
        m_says->clear();
        m_says->hide();
        return judge();
    }
    m_asked.request<CheckPolicy>(this, m_session, std::move(ask), [this](Result<CheckPolicy::Response> answer) {
        m_isChecked = answer.has_value();
        m_meetsCalls = !answer || answer->rules.empty()
            || std::ranges::any_of(answer->rules, [](const RuleInfo& rule) { return rule.over != "operations"; });
        m_box->setEnabled(m_meetsCalls);
        m_box->setToolTip(m_meetsCalls ? QString() : tr("A rule over operations meets no calls: begin by observing."));
        if (!answer) {
            m_wrong = tr("Not checked: %1").arg(errorLine(answer.error()));
        } else {
            m_text->setFound(answer->problems);
            const auto first = std::ranges::find(answer->problems, false, &Problem::warning);
            const bool permits = std::ranges::find(answer->rules, "permit", &RuleInfo::effect) != answer->rules.end();
            m_wrong = first != answer->problems.end() ? library::problemSentence(*first)
                : permits ? tr("A house rule only forbids: what permits goes through a change.")
                          : QString();
        }
        QStringList says;
        if (answer && m_wrong.isEmpty()) {
            for (const RuleInfo& rule : answer->rules)
                says << text(rule.says);
        }
        m_says->show();
        m_says->setText(m_wrong.isEmpty() ? says.join(u'\n') : m_wrong);
        m_says->setColor(m_wrong.isEmpty() ? Token::textSecondary : Token::error);
        judge();
    });
}

QString HouseDialog::whyNot() const
{
    if (m_name->text().trimmed().isEmpty())
        return tr("Give it a name.");
    if (m_text->toPlainText().trimmed().isEmpty())
        return tr("Write what it forbids.");
    if (!m_isChecked || !m_wrong.isEmpty())
        return m_wrong.isEmpty() ? tr("The text is being checked.") : m_wrong;
    if (utf8(m_reason->reason()).size() < shortestHouseReason)
        return tr("Give a reason first.");
    // Whoever may open recorded calls looks before binding everybody.
    if (m_meetsCalls && mode() == RuleMode::Enforce && m_session.may(Permission::OpenSealed)
        && m_seen != m_text->toPlainText())
        return tr("See first what it would have met, or begin by observing.");
    return {};
}

void HouseDialog::judge()
{
    if (!m_act)
        return;
    const bool enforces = mode() == RuleMode::Enforce;
    m_modeNote->setText(enforces
            ? tr("Binds every agent at its next call, within a second.")
            : tr("Binds nobody yet: what it would have said is recorded. Enforce it when that is right."));
    m_act->setText(m_observed ? tr("Enforce it") : enforces ? tr("Add and enforce") : tr("Add, observing"));
    m_act->updateGeometry();
    const QString why = whyNot();
    m_act->setEnabled(why.isEmpty());
    m_act->setToolTip(why);
}

void HouseDialog::act()
{
    if (!whyNot().isEmpty())
        return;
    m_error->hide();
    m_act->setEnabled(false);
    ForbidByRule::Request ask;
    ask.name = utf8(m_name->text().trimmed());
    // Of a rule that stands the text is the backend's own.
    ask.text = m_observed ? std::string() : utf8(m_text->toPlainText().trimmed());
    ask.mode = mode();
    ask.reason = utf8(m_reason->reason());
    request<ForbidByRule>(this, m_session, std::move(ask), [this](Result<ForbidByRule::Response> answer) {
        if (!answer) {
            m_error->setError(errorText(answer.error()));
            m_error->show();
            return judge();
        }
        Q_EMIT added(m_name->text().trimmed(), mode());
        accept();
    });
}

}
