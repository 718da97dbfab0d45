#include "ui/screens/agents/versions_tab.h"

#include "ui/bridge/load_view.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/button.h"
#include "ui/kit/card.h"
#include "ui/kit/data_table.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/format.h"
#include "ui/kit/label.h"
#include "ui/kit/pipeline_strip.h"
#include "ui/screens/agents/page_rows.h"

#include <QVBoxLayout>
#include <algorithm>

namespace ephor::ui::agents {

namespace {

constexpr int listedChanges = 100;
constexpr int changeColumn = 3;

}

VersionsTab::VersionsTab(ScreenContext& context, QWidget* parent)
    : AgentTab(context, parent)
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(metrics::gap);
    rows->addWidget(makeRollout());
    rows->addWidget(makeReleases(), 1);
    rows->addWidget(makeChanges(), 1);
}

QWidget* VersionsTab::makeRollout()
{
    m_rolloutCard = new Card(tr("Rollout under way"), Card::Padding::none, this);
    auto* open = new LinkLabel(tr("Open the change"), m_rolloutCard);
    connect(open, &QAbstractButton::clicked, this, [this] { Q_EMIT navigate(routes::change(m_rollingChange)); });
    m_rolloutCard->addTrailing(open);
    m_strip = new PipelineStrip(tr("Steps of the rollout"), m_rolloutCard);
    connect(m_strip, &PipelineStrip::stepOpened, this, [this] { Q_EMIT navigate(routes::change(m_rollingChange)); });
    m_rolloutCard->body()->addWidget(m_strip);
    m_rolloutWords = new Label({}, TextStyle::small, Token::textMuted, m_rolloutCard);
    m_rolloutWords->setOverflow(Label::Overflow::elide);
    m_rolloutCard->footer()->addWidget(m_rolloutWords, 1);
    m_rolloutCard->hide();
    return m_rolloutCard;
}

QWidget* VersionsTab::makeReleases()
{
    auto* card = new Card(tr("Releases"), Card::Padding::none, this);
    card->setSubtitle(tr("what each pins"));
    auto* table = new DataTable(tr("Releases"), card);
    table->setColumns({{QStringLiteral("number"), 72, CellKind::strongText},
        {QStringLiteral("state"), 132, CellKind::status}, {QStringLiteral("pins"), 0, CellKind::secondaryText},
        {QStringLiteral("change"), 96, CellKind::link}, {QStringLiteral("at"), 104, CellKind::secondaryText}});
    m_releases = new CellsModel({tr("Release"), tr("State"), tr("Pins"), tr("Change"), tr("Made")}, table);
    table->setModel(m_releases);
    table->setFitColumns();
    connect(table, &DataTable::sortRequested, m_releases, &CellsModel::sort);
    const auto open = [this](const QModelIndex& index) {
        const QString change = m_releases->index(index.row(), changeColumn).data().toString();
        if (!change.isEmpty())
            Q_EMIT navigate(routes::change(change));
    };
    connect(table, &DataTable::linkActivated, this, open);
    connect(table, &DataTable::rowOpened, this, open);
    m_releasesView = new LoadView(table, 5, card);
    connect(m_releasesView, &LoadView::retryRequested, this, &VersionsTab::loadReleases);
    card->setBody(m_releasesView);
    return card;
}

QWidget* VersionsTab::makeChanges()
{
    auto* card = new Card(tr("Changes of this agent"), Card::Padding::none, this);
    auto* table = new DataTable(tr("Changes of this agent"), card);
    table->setColumns({{QStringLiteral("id"), 84, CellKind::link}, {QStringLiteral("title"), 0, CellKind::strongText},
        {QStringLiteral("state"), 156, CellKind::status}, {QStringLiteral("approvals"), 88},
        {QStringLiteral("author"), 132, CellKind::secondaryText},
        {QStringLiteral("moved"), 96, CellKind::secondaryText}});
    m_changes
        = new CellsModel({tr("Change"), tr("Title"), tr("State"), tr("Approvals"), tr("Author"), tr("Moved")}, table);
    table->setModel(m_changes);
    table->setFitColumns();
    connect(table, &DataTable::sortRequested, m_changes, &CellsModel::sort);
    const auto open = [this](const QModelIndex& index) {
        Q_EMIT navigate(routes::change(m_changes->keyAt(index.row()).toString()));
    };
    connect(table, &DataTable::linkActivated, this, open);
    connect(table, &DataTable::rowOpened, this, open);
    m_changesView = new LoadView(table, 5, card);
    connect(m_changesView, &LoadView::retryRequested, this, &VersionsTab::loadChanges);
    card->setBody(m_changesView);
    return card;
}

void VersionsTab::begin()
{
    m_hasReleases = false;
    m_released.clear();
    m_row = {};
    m_rolloutCard->hide();
    m_releasesView->beginNew();
    m_changesView->beginNew();
}

void VersionsTab::load()
{
    loadReleases();
    loadChanges();
}

void VersionsTab::refresh(const TopicSet& topics)
{
    if (touches(topics, {Topic::Changes, Topic::Rollouts}))
        load();
}

void VersionsTab::showNumbers(const ReadAgent::Response& numbers)
{
    m_row = numbers.agent;
    if (m_hasReleases)
        fillReleases();
}

void VersionsTab::fillReleases()
{
    m_releases->setRows(releaseCells(m_released, m_row, now()));
}

void VersionsTab::loadReleases()
{
    m_releasesView->beginAgain();
    m_askReleases.request<ListReleases>(this, session(), {name()}, [this](Result<ListReleases::Response> answer) {
        if (!answer)
            return m_releasesView->showError(answer.error());
        m_released = std::move(answer->releases);
        m_hasReleases = true;
        fillReleases();
        if (!m_released.empty())
            return m_releasesView->showContent(now());
        m_releasesView->showInstead(new EmptyState(EmptyState::Kind::firstUse, tr("Not released yet"),
                                        tr("An approved change makes the first release; it pins every version.")),
            now());
    });
}

void VersionsTab::loadChanges()
{
    m_changesView->beginAgain();
    ListChanges::Request ask;
    ask.agent = name();
    ask.page.limit = listedChanges;
    m_askChanges.request<ListChanges>(this, session(), ask, [this](Result<ListChanges::Response> answer) {
        if (!answer)
            return m_changesView->showError(answer.error());
        m_changes->setRows(changeCells(answer->changes, now()));
        const auto rolling = std::ranges::find(answer->changes, ChangeState::RollingOut, &ChangeSummary::state);
        if (rolling == answer->changes.end())
            m_rolloutCard->hide();
        else
            loadRollout(rolling->id);
        if (!answer->changes.empty())
            return m_changesView->showContent(now());
        m_changesView->showInstead(new EmptyState(EmptyState::Kind::firstUse, tr("No changes yet"),
                                       tr("Save a new version of the prompt or the behaviour, then submit it.")),
            now());
    });
}

void VersionsTab::loadRollout(const std::string& change)
{
    m_askRollout.request<GetChange>(this, session(), {change}, [this](Result<GetChange::Response> answer) {
        if (!answer || !answer->rollout) {
            m_rolloutCard->hide();
            return;
        }
        const Rollout& rollout = *answer->rollout;
        m_rollingChange = text(rollout.change);
        m_rolloutCard->setSubtitle(text(answer->change.summary.id) + u' ' + text(answer->change.summary.title));
        m_strip->setSteps(rolloutSteps(rollout, now()));
        m_rolloutWords->setText(rollout.baseline.empty()
                ? tr("%1 is the first release.").arg(versionText(rollout.candidateNumber))
                : tr("%1 against %2; promote, hold and roll back are on the change's page.")
                      .arg(versionText(rollout.candidateNumber), versionText(rollout.baselineNumber)));
        m_rolloutCard->show();
    });
}

}
