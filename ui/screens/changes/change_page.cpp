#include "ui/screens/changes/change_page.h"

#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/card.h"
#include "ui/kit/diff_view.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/pipeline_strip.h"
#include "ui/kit/theme.h"
#include "ui/screens/changes/act_dialog.h"
#include "ui/screens/changes/compare_card.h"
#include "ui/screens/changes/items_card.h"
#include "ui/screens/changes/next_card.h"
#include "ui/screens/changes/pipeline_steps.h"
#include "ui/screens/changes/side_cards.h"

#include <QBoxLayout>
#include <QScrollArea>
#include <QShortcut>

namespace ephor::ui::changes {

namespace {

constexpr int widestSide = 420;
constexpr int narrowestSide = 312;
/// At the design size of the type; with less room the side stands below.
constexpr int leastForBeside = 840;

QKeySequence keysOf(Act act)
{
    switch (act) {
    case Act::approve:
        return QKeySequence(QStringLiteral("Alt+A"));
    case Act::reject:
        return QKeySequence(QStringLiteral("Alt+D"));
    default:
        return {};
    }
}

}

ChangePage::ChangePage(Screen& screen, QWidget* parent)
    : QWidget(parent)
    , m_screen(screen)
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    m_view = new LoadView(makeContent(), 10, this);
    rows->addWidget(m_view);
    connect(m_view, &LoadView::retryRequested, this, &ChangePage::load);
    const auto key = [this](Qt::Key code, void (DiffView::*go)()) {
        auto* shortcut = new QShortcut(QKeySequence(code), this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, [this, go] {
            m_area->ensureWidgetVisible(m_items);
            (m_items->diff()->*go)();
        });
    };
    key(Qt::Key_F7, &DiffView::previousHunk);
    key(Qt::Key_F8, &DiffView::nextHunk);
}

QWidget* ChangePage::makeContent()
{
    m_area = new QScrollArea(this);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setWidgetResizable(true);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setFocusPolicy(Qt::NoFocus);
    auto* content = new QWidget(m_area);
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins(
        metrics::contentPadding, metrics::contentPadding, metrics::contentPadding, metrics::contentPadding);
    rows->setSpacing(metrics::gap);
    m_movedOn = new Banner(State::info, {}, {}, content);
    m_movedOn->hide();
    m_setup = new Banner(State::warning, tr("Self-approved (setup)"), {}, content);
    m_setup->hide();
    m_strip = new PipelineStrip(tr("Steps of the change"), content);
    rows->addWidget(m_movedOn);
    rows->addWidget(m_setup);
    rows->addWidget(m_strip);
    m_columns = new QBoxLayout(QBoxLayout::LeftToRight);
    m_columns->setSpacing(metrics::gap);
    m_columns->addWidget(makeLeft(), 3);
    m_columns->addWidget(makeSide(), 1);
    rows->addLayout(m_columns, 1);
    m_area->setWidget(content);
    connect(m_strip, &PipelineStrip::stepOpened, this, &ChangePage::scrollTo);
    connect(m_setup, &Banner::actionTriggered, this, [this] { begin(Act::ratify); });
    connect(m_movedOn, &Banner::actionTriggered, this, [this] { putAway(m_movedOn); });
    return m_area;
}

QWidget* ChangePage::makeLeft()
{
    auto* left = new QWidget(this);
    auto* rows = new QVBoxLayout(left);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(metrics::gap);
    m_next = new NextCard(m_screen.session(), left);
    m_compareCard = new CompareCard(left);
    m_items = new ItemsCard(left);
    rows->addWidget(m_next);
    rows->addWidget(m_compareCard);
    rows->addWidget(m_items, 1);
    connect(m_next, &NextCard::actWanted, this, &ChangePage::begin);
    connect(m_items, &ItemsCard::tabChosen, this, &ChangePage::moved);
    connect(m_compareCard->view(), &LoadView::retryRequested, this, &ChangePage::loadComparison);
    connect(m_compareCard, &CompareCard::runsWanted, this, [this](Variant variant, const QString& release) {
        Route route{QStringLiteral("activity"), {QStringLiteral("runs")}};
        route = route.with(QStringLiteral("agent"), text(m_shown->change.summary.agent));
        route = route.with(QStringLiteral("release"), release);
        Q_EMIT navigate(route.with(QStringLiteral("variant"), word(variant).toLower()));
    });
    return left;
}

QWidget* ChangePage::makeSide()
{
    m_side = new QWidget(this);
    auto* side = m_side;
    side->setMinimumWidth(narrowestSide);
    side->setMaximumWidth(widestSide);
    auto* rows = new QVBoxLayout(side);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(metrics::gap);
    m_checks = new ChecksCard(side);
    connect(m_checks, &ChecksCard::navigate, this, &ChangePage::navigate);
    m_approvals = new ApprovalsCard(side);
    m_steps = new NextStepsCard(side);
    m_rollback = new RollbackCard(side);
    m_history = new HistoryCard(side);
    for (QWidget* card : std::initializer_list<QWidget*>{m_checks, m_approvals, m_steps, m_rollback, m_history})
        rows->addWidget(card);
    rows->addStretch(1);
    return side;
}

void ChangePage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const bool isBeside = width() / Theme::instance().typeScale() >= leastForBeside;
    m_columns->setDirection(isBeside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_side->setMaximumWidth(isBeside ? widestSide : QWIDGETSIZE_MAX);
}

void ChangePage::open(const QString& id, int tab)
{
    m_wantedTab = tab;
    if (id != m_id) {
        m_id = id;
        m_shown.reset();
        m_compared.reset();
        m_isBusy = false;
        m_view->beginNew();
        m_compareCard->view()->beginNew();
        m_next->clearError();
        m_next->setWork(NextCard::Work::none);
        m_movedOn->hide();
        m_area->ensureVisible(0, 0);
        Q_EMIT titleChanged();
    }
    load();
}

void ChangePage::load()
{
    m_view->beginAgain();
    m_change.request<GetChange>(this, m_screen.session(), {utf8(m_id)}, [this](Result<GetChange::Response> answer) {
        if (!answer)
            return m_view->showError(answer.error());
        const bool isFirst = !m_shown;
        m_shown = std::move(*answer);
        show();
        if (isFirst)
            m_items->setCurrent(m_wantedTab);
        loadComparison();
    });
}

void ChangePage::putAway(QWidget* banner)
{
    // Qt would hand the focus to whatever is next in the window.
    if (banner->isAncestorOf(window()->focusWidget()))
        m_next->takeFocus();
    banner->hide();
}

void ChangePage::loadComparison()
{
    if (!m_shown || !m_shown->rollout)
        return;
    m_compareCard->view()->beginAgain();
    m_comparison.request<CompareRollout>(
        this, m_screen.session(), {m_shown->rollout->id}, [this](Result<CompareRollout::Response> answer) {
            if (!answer)
                return m_compareCard->view()->showError(answer.error());
            m_compared = std::move(*answer);
            m_compareCard->setCompared(*m_compared, m_screen.now());
            m_rollback->setCompared(*m_compared);
            m_rollback->show();
            m_next->setWords(nextWords(*m_shown, compared(), fourEyes()));
        });
}

void ChangePage::show()
{
    const ChangeSummary& summary = m_shown->change.summary;
    m_strip->setSteps(pipelineSteps(*m_shown));
    m_next->setWords(nextWords(*m_shown, compared(), fourEyes()));
    m_items->setShown(*m_shown);
    m_checks->setChange(m_shown->change);
    m_approvals->setChange(m_shown->change, m_screen.session().principal());
    m_steps->setShown(*m_shown);
    m_compareCard->setVisible(m_shown->rollout.has_value());
    m_rollback->setVisible(m_compared.has_value());
    m_history->setVisible(m_shown->rollout.has_value());
    if (m_shown->rollout)
        m_history->setRollout(*m_shown->rollout);
    if (!summary.selfApproved)
        putAway(m_setup);
    m_setup->setVisible(summary.selfApproved);
    if (summary.selfApproved) {
        const bool mayRatify
            = m_screen.session().may(Permission::ApproveChanges) && summary.author != m_screen.session().principal();
        m_setup->setText(State::warning, tr("Self-approved (setup)"),
            mayRatify ? tr("Nobody else could approve when it was published.")
                      : tr("Nobody else could approve when it was published; a governance officer ratifies it."));
        m_setup->setAction(mayRatify ? tr("Ratify") : QString());
    }
    m_view->showContent(m_screen.now());
    Q_EMIT titleChanged();
    Q_EMIT commandsChanged();
}

int ChangePage::tab() const
{
    return m_items->current();
}

QString ChangePage::title() const
{
    return m_shown ? m_id + u' ' + text(m_shown->change.summary.title) : m_id;
}

QList<Command> ChangePage::commands()
{
    QList<Command> commands;
    if (!m_shown)
        return commands;
    for (const ActOffer& offer : nextWords(*m_shown, compared(), fourEyes()).offers) {
        Command command;
        command.id = QStringLiteral("changes.") + actId(offer.act);
        command.group = tr("Change");
        command.action = offer.label;
        command.icon = offer.icon;
        command.keys = keysOf(offer.act);
        const bool may = m_screen.session().may(offer.permission);
        command.enabled = may && offer.whyNot.isEmpty() && !m_isBusy;
        command.whyNot
            = may ? offer.whyNot : tr("Your role does not include \u201C%1\u201D.").arg(word(offer.permission));
        command.run = [this, act = offer.act] { begin(act); };
        commands.append(std::move(command));
    }
    return commands;
}

void ChangePage::begin(Act act)
{
    if (!m_shown || m_isBusy)
        return;
    m_next->clearError();
    // What the dialog tells of is what is carried out, even when the page is refreshed behind it.
    const std::string digest = m_shown->change.digest;
    askAct(questionFor(act, *m_shown, compared(), fourEyes()), this,
        [this, act, digest](const QString& reason) { carryOut(act, reason, digest); });
}

template <class Op> void ChangePage::send(typename Op::Request ask, const QString& done)
{
    request<Op>(
        this, m_screen.session(), std::move(ask), [this, done, id = m_id](Result<typename Op::Response> answer) {
            if (id == m_id)
                ended(answer ? nullptr : &answer.error(), done);
        });
}

void ChangePage::carryOut(Act act, const QString& reason, const std::string& digest)
{
    m_isBusy = true;
    m_next->setWork(NextCard::Work::underWay);
    Q_EMIT commandsChanged();
    const std::string id = utf8(m_id);
    const std::string why = utf8(reason);
    const std::string rollout = m_shown->rollout ? m_shown->rollout->id : std::string();
    switch (act) {
    case Act::submit:
        return send<SubmitChange>({id}, tr("%1 submitted").arg(m_id));
    case Act::withdraw:
        return send<WithdrawChange>({id, why}, tr("%1 withdrawn").arg(m_id));
    case Act::approve:
        return send<ApproveChange>({id, digest, why}, tr("%1 approved").arg(m_id));
    case Act::reject:
        return send<RejectChange>({id, why}, tr("%1 rejected").arg(m_id));
    case Act::ratify:
        return send<RatifyChange>({id, why}, tr("%1 ratified").arg(m_id));
    case Act::start:
        return send<StartRollout>({id, why}, tr("%1 rolls out").arg(m_id));
    case Act::promote:
        return send<PromoteRollout>({rollout, why}, tr("%1 promoted").arg(m_id));
    case Act::hold:
        return send<PauseRollout>({rollout, why}, tr("%1 held").arg(m_id));
    case Act::resume:
        return send<ResumeRollout>({rollout, why}, tr("%1 resumed").arg(m_id));
    case Act::rollBack:
        return send<RollBack>({rollout, why}, tr("%1 rolled back").arg(m_id));
    }
}

void ChangePage::ended(const Error* error, const QString& done)
{
    m_isBusy = false;
    m_next->setWork(NextCard::Work::none);
    if (!error) {
        putAway(m_movedOn);
        Q_EMIT notify({.id = QStringLiteral("change-") + m_id,
            .state = State::ok,
            .title = done,
            .at = m_screen.now(),
            .route = routes::change(m_id).format()});
        load();
        return;
    }
    if (error->kind == ErrorKind::Conflict) {
        // Somebody was faster: show what is true now, and say that nothing was done.
        m_movedOn->setText(State::warning, tr("Nothing was done."), errorLine(*error));
        m_movedOn->setAction(tr("Dismiss"));
        m_movedOn->show();
        m_area->ensureVisible(0, 0);
    } else {
        m_next->showError(errorText(*error));
    }
    load();
}

void ChangePage::scrollTo(int step)
{
    QWidget* part = m_items;
    switch (partOfStep(step)) {
    case PagePart::checks:
        part = m_checks;
        break;
    case PagePart::approvals:
        part = m_approvals;
        break;
    case PagePart::comparison:
        part = m_compareCard->isVisible() ? static_cast<QWidget*>(m_compareCard) : m_steps;
        break;
    case PagePart::items:
        break;
    }
    m_area->ensureWidgetVisible(part);
}

}
