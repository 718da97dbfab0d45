#include "ui/screens/policies/policy_page.h"

#include "core/domain/reflect.h"
#include "ui/bridge/propose_change.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/button.h"
#include "ui/kit/field.h"
#include "ui/kit/label.h"
#include "ui/kit/problem_list.h"
#include "ui/kit/segmented.h"
#include "ui/library/library_rows.h"
#include "ui/screens/policies/adopt_dialog.h"
#include "ui/screens/policies/cases_box.h"
#include "ui/screens/policies/policy_editor.h"
#include "ui/screens/policies/policy_side.h"
#include "ui/screens/policies/session_rule_dialog.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>

namespace ephor::ui::policies {

namespace {

/// How long typing must pause before the text is checked and the cases are judged.
constexpr int checkPause = 300;
constexpr int policySideWidth = 264;
/// Three lines.
constexpr int descriptionTall = 66;
constexpr int longestPolicyTitle = 512;
constexpr int observeChoice = 1;
constexpr int editView = 1;

// "Line 3, column 12: …": a rule is often one long line.
QString placedSentence(const Problem& problem)
{
    return problem.line == 0
        ? text(problem.message)
        : PolicyPage::tr("Line %1, column %2: %3").arg(problem.line).arg(problem.column).arg(text(problem.message));
}

}

QString policyText(const PolicyBody& body)
{
    QString whole = text(body.text);
    const QString section = QStringLiteral("\n--- %1 ---\n%2");
    whole += section.arg(QStringLiteral("title"), text(body.title));
    if (!body.description.empty())
        whole += section.arg(QStringLiteral("description"), text(body.description));
    whole += section.arg(QStringLiteral("mode"), text(wordOf(body.mode)));
    if (!body.cases.empty())
        whole += section.arg(QStringLiteral("cases"), casesText(body.cases));
    return whole;
}

PolicyPage::PolicyPage(ScreenContext& pageContext, QWidget* parent)
    : FormPage(DefinitionKind::Policy, pageContext, parent)
    , m_cases(new CasesBox(pageContext.session, this))
    , m_side(new PolicySide(this))
{
    QWidget* const editor = makeEditor();
    belowEditor = makeBelow();
    assemble({{tr("Edit"), editor}, {tr("Cases"), m_cases}}, m_side, policySideWidth);
    m_pause.setSingleShot(true);
    m_pause.setInterval(checkPause);
    connect(&m_pause, &QTimer::timeout, this, &PolicyPage::check);
    connect(m_cases, &CasesBox::edited, this, &PolicyPage::typed);
    connect(m_side, &PolicySide::formWanted, this, &PolicyPage::writeByForm);
    connect(m_side, &PolicySide::adoptWanted, this, &PolicyPage::adopt);
    connect(m_side, &PolicySide::tryWanted, this, [this] {
        if (const auto typedNow = draft())
            Q_EMIT tryWanted(*typedNow);
    });
    connect(m_side, &PolicySide::backtestWanted, this, [this] {
        if (const auto typedNow = draft())
            Q_EMIT backtestWanted(*typedNow);
    });
    m_side->setBacktesting(session().may(Permission::OpenSealed)
            ? QString()
            : tr("Rules as they are typed are judged for people who may open runs. Save the policy, then choose it "
                 "under "
                 "Backtest."));
    formMade({editor, m_cases});
}

QWidget* PolicyPage::makeEditor()
{
    auto* page = new QWidget(this);
    auto* rows = new QVBoxLayout(page);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(metrics::space8);
    m_title = new TextField(tr("Title"), page);
    m_title->setMaxLength(longestPolicyTitle);
    m_title->setPlaceholderText(tr("Title"));
    m_description = new QPlainTextEdit(page);
    m_description->setAccessibleName(tr("What it is for"));
    m_description->setPlaceholderText(tr("What it is for"));
    m_description->setTabChangesFocus(true);
    m_description->setFixedHeight(descriptionTall);
    m_mode = new Segmented(tr("Enforced or observed"), {tr("Enforce"), tr("Observe only")}, page);
    m_modeNote = new Label({}, TextStyle::small, Token::textMuted, page);
    m_modeNote->setOverflow(Label::Overflow::wrap);
    auto* head = new QVBoxLayout;
    head->setContentsMargins(metrics::cardPadding, metrics::space8, metrics::cardPadding, 0);
    head->setSpacing(metrics::space8);
    auto* mode = new QHBoxLayout;
    mode->setSpacing(metrics::gap);
    mode->addWidget(m_mode);
    mode->addWidget(m_modeNote, 1);
    head->addWidget(m_title);
    head->addWidget(m_description);
    head->addLayout(mode);
    rows->addLayout(head);
    m_editor = new PolicyEditor(tr("Text of the policy"), session(), page);
    m_editor->setPlaceholderText(
        QStringLiteral("forbid(principal, action in Action::\"effect:irreversible\", resource)\n"
                       "when { context.input.amount > 1000 };"));
    rows->addWidget(m_editor, 1);
    connect(m_title, &QLineEdit::textChanged, this, &PolicyPage::typed);
    connect(m_description, &QPlainTextEdit::textChanged, this, &PolicyPage::typed);
    connect(m_mode, &Segmented::currentChanged, this, [this] {
        showMode();
        typed();
    });
    connect(m_editor, &PolicyEditor::edited, this, &PolicyPage::typed);
    return page;
}

QWidget* PolicyPage::makeBelow()
{
    m_problemList = new ProblemList(tr("Problems"), this);
    connect(m_problemList, &ProblemList::chosen, this, [this](std::size_t at) {
        if (at >= m_problems.size())
            return;
        chooseView(editView);
        m_editor->goToLine(std::max(1, int(m_problems[at].line)));
        m_editor->setFocus();
    });
    return m_problemList;
}

void PolicyPage::write(const PolicyBody& body)
{
    m_title->setText(text(body.title));
    m_description->setPlainText(text(body.description));
    m_mode->setCurrent(body.mode == RuleMode::Observe ? observeChoice : 0);
    // The same text again keeps cursor and scroll.
    if (m_editor->toPlainText() != text(body.text))
        m_editor->setPlainText(text(body.text));
    m_cases->setCases(body.cases);
    showMode();
    m_problems.clear();
    m_editor->setFound({});
    m_pause.start();
}

std::optional<PolicyBody> PolicyPage::read(QString& problem) const
{
    PolicyBody body;
    body.title = utf8(m_title->text().trimmed());
    body.description = utf8(m_description->toPlainText());
    body.text = utf8(m_editor->toPlainText());
    body.mode = m_mode->current() == observeChoice ? RuleMode::Observe : RuleMode::Enforce;
    auto cases = m_cases->cases();
    if (!cases) {
        problem = tr("The cases cannot be read.");
        return std::nullopt;
    }
    body.cases = std::move(*cases);
    return body;
}

Result<PolicyBody> PolicyPage::bodyOf(const DefinitionVersion& version) const
{
    return policyBody(version.body);
}

QString PolicyPage::jsonOf(const PolicyBody& body) const
{
    return policyText(body);
}

QString PolicyPage::textOf(const DefinitionVersion& version) const
{
    const auto body = bodyOf(version);
    return body ? policyText(*body) : QString();
}

QString PolicyPage::whyNotSave() const
{
    QString problem;
    if (!read(problem))
        return problem;
    if (m_editor->toPlainText().trimmed().isEmpty())
        return tr("It has no rule yet.");
    const auto first = std::ranges::find(m_problems, false, &Problem::warning);
    return first == m_problems.end() ? QString() : placedSentence(*first);
}

void PolicyPage::typedOn()
{
    m_pause.start();
}

void PolicyPage::versionsKnown()
{
    m_side->setAdopting(!session().may(Permission::EditDefinitions)
            ? tr("Your role does not include \u201C%1\u201D.").arg(word(Permission::EditDefinitions))
            : newestVersion(versions()) == 0 ? tr("Save it first.")
                                             : QString());
}

std::optional<DraftPolicy> PolicyPage::draft() const
{
    QString problem;
    auto body = read(problem);
    if (!body)
        return std::nullopt;
    return DraftPolicy{isNew() || name().isEmpty() ? Name("draft") : Name(utf8(name())), std::move(*body)};
}

void PolicyPage::complete()
{
    chooseView(editView);
    m_editor->setFocus();
    m_editor->complete();
}

void PolicyPage::showMode()
{
    const bool observes = m_mode->current() == observeChoice;
    m_modeNote->setText(observes
            ? tr("Binds nobody: what it would have said is recorded with each call and shown in Activity.")
            : tr("Binds the agents that name it, once a change has released this version."));
}

void PolicyPage::check()
{
    m_pause.stop();
    showMode();
    if (isNew())
        m_side->setAdopting(tr("Save it first."));
    const auto typedNow = draft();
    if (!typedNow)
        return;
    m_askCheck.request<CheckPolicy>(
        this, session(), {typedNow->name, typedNow->body}, [this](Result<CheckPolicy::Response> answer) {
            m_notChecked = answer ? QString() : tr("Not checked: %1").arg(errorLine(answer.error()));
            if (answer)
                return showChecked(*answer);
            m_problems.clear();
            m_side->setBroken();
            showProblems();
        });
}

void PolicyPage::showChecked(const CheckPolicy::Response& checked)
{
    m_problems = checked.problems;
    std::ranges::stable_partition(m_problems, [](const Problem& problem) { return !problem.warning; });
    m_editor->setFound(m_problems);
    m_cases->setResults(checked.cases);
    const bool isEmpty = m_editor->toPlainText().trimmed().isEmpty();
    if (checked.rules.empty() && !isEmpty)
        m_side->setBroken();
    else
        m_side->setRules(checked.rules, checked.cases);
    showProblems();
    edited();
}

void PolicyPage::showProblems()
{
    if (!m_notChecked.isEmpty())
        return m_problemList->setProblems({{.message = m_notChecked}});
    std::vector<ShownProblem> shown;
    for (const Problem& problem : m_problems)
        shown.push_back({problem.warning ? State::warning : State::failed, placedSentence(problem), text(problem.hint),
            problem.line > 0 ? tr("Go to it") : QString()});
    m_problemList->setProblems(shown);
}

void PolicyPage::writeByForm()
{
    // A rule that the form wrote is opened in it again; any other text is left alone.
    const auto begun = sessionRuleFrom(m_editor->ruleAtCursor());
    auto* dialog = new SessionRuleDialog(session(), begun, this);
    connect(dialog, &SessionRuleDialog::chosen, this, [this, rewrites = begun.has_value()](const QString& rule) {
        chooseView(editView);
        if (rewrites)
            m_editor->replaceRuleAtCursor(rule);
        else
            m_editor->insertRule(rule);
    });
    dialog->open();
}

void PolicyPage::adopt()
{
    ChangeItem policy;
    policy.kind = DefinitionKind::Policy;
    policy.name = utf8(name());
    policy.from = productionVersion(versions());
    policy.to = newestVersion(versions());
    auto* dialog = new AdoptDialog(session(), policy, this);
    connect(dialog, &AdoptDialog::adopted, this, &PolicyPage::proposeFor);
    dialog->open();
}

void PolicyPage::proposeFor(const QString& agent, const QString& title, const std::vector<ChangeItem>& items)
{
    if (items.empty()) {
        setStatus(tr("%1 keeps to it in production already.").arg(title));
        return;
    }
    ProposeChange::Proposal proposal;
    proposal.title = tr("%1 keeps to %2").arg(title.isEmpty() ? agent : title, name());
    proposal.agents = {{agent, title}};
    proposal.items = items;
    proposal.summary = tr("Releases %1 of the policy %2 with an agent that names it.")
                           .arg(versionText(newestVersion(versions())), name());
    auto* dialog = new ProposeChange(session(), std::move(proposal), this);
    connect(dialog, &ProposeChange::submitted, this,
        [this](const ChangeSummary& change) { Q_EMIT navigate(routes::change(text(change.id))); });
    dialog->open();
}

}
