#include "ui/screens/policies/try_tab.h"

#include "ui/bridge/definition_words.h"
#include "ui/bridge/load_view.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/button.h"
#include "ui/kit/card.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/field.h"
#include "ui/kit/label.h"
#include "ui/kit/select.h"
#include "ui/screens/policies/call_form.h"
#include "ui/screens/policies/save_case_dialog.h"
#include "ui/screens/policies/why_view.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

namespace ephor::ui::policies {

namespace {

/// How long typing must pause before the call is judged again.
constexpr int tryPause = 300;
constexpr int questionWidth = 452;

QString typedKey()
{
    return QStringLiteral("\u00B7typed");
}

QScrollArea* scrolled(QWidget* content, QWidget* parent)
{
    auto* area = new QScrollArea(parent);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(content);
    // The card's own surface shows through.
    content->setAutoFillBackground(false);
    area->viewport()->setAutoFillBackground(false);
    return area;
}

std::string wordFor(VerdictWord word)
{
    return word == VerdictWord::Allow || word == VerdictWord::Transform ? "allow"
        : word == VerdictWord::Ask                                      ? "ask"
                                                                        : "deny";
}

}

TryTab::TryTab(Screen& screen, QWidget* parent)
    : QWidget(parent)
    , m_screen(screen)
{
    auto* columns = new QHBoxLayout(this);
    columns->setContentsMargins(
        metrics::contentPadding, metrics::space12, metrics::contentPadding, metrics::contentPadding);
    columns->setSpacing(metrics::gap);
    columns->addWidget(makeQuestion());
    columns->addWidget(makeAnswer(), 1);
    m_pause.setSingleShot(true);
    m_pause.setInterval(tryPause);
    connect(&m_pause, &QTimer::timeout, this, &TryTab::attempt);
    connect(m_call, &CallForm::edited, this, [this] { m_pause.start(); });
    connect(m_which, &QComboBox::currentIndexChanged, this, &TryTab::chooseDraft);
    connect(m_why, &WhyView::navigate, this, &TryTab::navigate);
    connect(m_view, &LoadView::retryRequested, this, &TryTab::attempt);
}

QWidget* TryTab::makeQuestion()
{
    auto* card = new Card(tr("A call"), Card::Padding::none, this);
    card->setSubtitle(tr("nobody makes it, nothing is recorded"));
    card->setFixedWidth(questionWidth);
    auto* content = new QWidget(card);
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins(metrics::cardPadding, metrics::space12, metrics::cardPadding, metrics::space12);
    rows->setSpacing(metrics::space12);
    m_which = new Select(tr("Judged by"), content);
    m_which->addItem(tr("What is in force"), QString());
    m_call = new CallForm(m_screen.session(), CallForm::Claim::asked, content);
    rows->addWidget(new FormRow(tr("Judged by"), m_which,
        tr("A draft is judged beside what is in force, and both verdicts are told."), content));
    rows->addWidget(m_call);
    rows->addStretch(1);
    card->setBody(scrolled(content, card));
    auto* act = new Button(tr("Try it"), Button::Role::primary, card);
    act->setObjectName(QStringLiteral("try"));
    act->setKeyHint(QStringLiteral("Ctrl Enter"));
    m_problem = new Label({}, TextStyle::small, Token::textMuted, card);
    m_problem->setOverflow(Label::Overflow::elide);
    card->footer()->addWidget(m_problem, 1);
    card->footer()->addWidget(act);
    connect(act, &QAbstractButton::clicked, this, &TryTab::attempt);
    return card;
}

QWidget* TryTab::makeAnswer()
{
    auto* card = new Card(tr("Verdict"), Card::Padding::none, this);
    m_why = new WhyView(card);
    m_view = new LoadView(scrolled(m_why, card), 8, card);
    card->setBody(m_view);
    m_save = new Button(tr("Save as a case"), Button::Role::secondary, card);
    m_save->setObjectName(QStringLiteral("save-as-case"));
    m_save->setGlyph(Icon::save);
    card->footer()->addStretch(1);
    card->footer()->addWidget(m_save);
    m_save->setEnabled(false);
    m_save->setToolTip(tr("Try a call first."));
    connect(m_save, &QAbstractButton::clicked, this, &TryTab::saveCase);
    m_view->showInstead(
        new EmptyState(EmptyState::Kind::firstUse, tr("Try a call before anybody makes it"),
            tr("Choose an agent, one of its tools, and the arguments. The verdict comes with the rule that "
               "decides, how near others came, and the smallest change that would turn it round.")),
        m_screen.now());
    return card;
}

void TryTab::open(const Route& route)
{
    loadDrafts();
    const QString agent = route.query.value(QStringLiteral("agent"));
    const QString tool = route.query.value(QStringLiteral("tool"));
    if (agent.isEmpty() && tool.isEmpty())
        return;
    CallQuestion question;
    question.agent = agent;
    question.tool = tool;
    m_call->setQuestion(question);
}

void TryTab::setDraft(const DraftPolicy& draft)
{
    m_typed = draft;
    const QSignalBlocker quiet(m_which);
    if (const int old = m_which->findData(typedKey()); old >= 0)
        m_which->removeItem(old);
    m_which->addItem(tr("%1 as it is typed").arg(text(draft.name)), typedKey());
    m_which->setCurrentIndex(m_which->findData(typedKey()));
    m_draft = draft;
    m_which->updateGeometry();
    m_pause.start();
}

void TryTab::loadDrafts()
{
    m_askDrafts.request<ListDefinitions>(
        this, m_screen.session(), {DefinitionKind::Policy, false}, [this](Result<ListDefinitions::Response> answer) {
            if (!answer)
                return;
            const QSignalBlocker quiet(m_which);
            for (const DefinitionSummary& policy : answer->definitions) {
                if (m_which->findData(text(policy.name)) < 0)
                    m_which->addItem(
                        tr("Policy %1, %2").arg(text(policy.name), versionText(policy.newest)), text(policy.name));
            }
            m_which->updateGeometry();
        });
}

void TryTab::chooseDraft()
{
    const QString key = m_which->currentData().toString();
    m_askDraft.cancel();
    if (key.isEmpty() || key == typedKey()) {
        m_draft = key.isEmpty() ? std::nullopt : m_typed;
        return attempt();
    }
    m_askDraft.request<GetDefinition>(
        this, m_screen.session(), {DefinitionKind::Policy, utf8(key), 0}, [this](Result<DefinitionVersion> answer) {
            auto body = answer ? policyBody(answer->body) : Result<PolicyBody>(std::unexpected<Error>(answer.error()));
            if (!body)
                return m_view->showError(body.error());
            m_draft = DraftPolicy{answer->definition.name, std::move(*body)};
            attempt();
        });
}

void TryTab::attempt()
{
    m_pause.stop();
    QString problem;
    const auto question = m_call->question(problem);
    m_problem->setText(problem);
    if (!question)
        return;
    TryRules::Request ask;
    ask.agent = utf8(question->agent);
    ask.tool = utf8(question->tool);
    ask.input = question->input;
    ask.person = utf8(question->person);
    ask.roles.assign(question->roles.begin(), question->roles.end());
    ask.claimedPerson = utf8(question->claimed);
    ask.at = question->at;
    if (m_draft) {
        ask.candidate.policies.push_back(*m_draft);
        // A try tells what the rules do; whether they are only observed yet is another matter.
        ask.candidate.policies.front().body.mode = RuleMode::Enforce;
    }
    PolicyCase asked;
    asked.agent = ask.agent;
    asked.tool = ask.tool;
    asked.person = ask.person;
    asked.roles = ask.roles;
    asked.input = ask.input;
    asked.at = ask.at;
    m_view->beginAgain();
    m_ask.request<TryRules>(this, m_screen.session(), std::move(ask),
        [this, asked, beside = m_draft.has_value()](Result<TryRules::Response> answer) {
            m_tried.reset();
            const bool edits = m_screen.session().may(Permission::EditDefinitions);
            m_save->setEnabled(answer && edits);
            m_save->setToolTip(!edits
                    ? tr("Your role does not include \u201C%1\u201D.").arg(word(Permission::EditDefinitions))
                    : answer ? QString()
                             : tr("Try a call first."));
            if (!answer)
                return m_view->showError(answer.error());
            m_tried = std::move(*answer);
            m_asked = asked;
            m_asked.expect = wordFor(m_tried->verdict.word);
            m_why->showTried(*m_tried, text(asked.agent), m_call->agentTitle(),
                beside ? WhyView::Beside::inForce : WhyView::Beside::nothing);
            m_view->showContent(m_screen.now());
        });
}

void TryTab::saveCase()
{
    if (!m_tried)
        return;
    auto* dialog = new SaveCaseDialog(m_screen.session(), m_asked, m_draft ? text(m_draft->name) : QString(), this);
    connect(dialog, &SaveCaseDialog::savedInto, this, [this](const QString& policy, quint64 version) {
        Notice notice;
        notice.id = QStringLiteral("case-") + policy;
        notice.state = State::ok;
        notice.title = tr("Saved as a case of %1, %2").arg(policy, versionText(version));
        notice.at = m_screen.now();
        notice.route = routes::definition(QStringLiteral("policies"), policy).format();
        notice.action = tr("Open %1").arg(policy);
        Q_EMIT notify(notice);
    });
    dialog->open();
}

QList<Command> TryTab::commands()
{
    return {{QStringLiteral("policies.try-it"), tr("Policies"), tr("Try the call"), [this] { attempt(); },
                QKeySequence(QStringLiteral("Ctrl+Return")), Icon::play},
        {QStringLiteral("policies.save-case"), tr("Policies"), tr("Save the call as a case"), [this] { saveCase(); },
            {}, Icon::save, m_save->isEnabled(), m_save->toolTip()}};
}

}
