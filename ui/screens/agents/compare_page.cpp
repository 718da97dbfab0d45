#include "ui/screens/agents/compare_page.h"

#include "core/api/insight.h"
#include "ui/bridge/definition_words.h"
#include "ui/bridge/load_view.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/wrapped_rows.h"
#include "ui/kit/button.h"
#include "ui/kit/card.h"
#include "ui/kit/data_table.h"
#include "ui/kit/diff_view.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ephor::ui::agents {

ComparePage::ComparePage(ScreenContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
{
    auto* columns = new QHBoxLayout(this);
    columns->setContentsMargins(
        metrics::contentPadding, metrics::contentPadding, metrics::contentPadding, metrics::contentPadding);
    columns->setSpacing(metrics::gap);
    auto* left = new QVBoxLayout;
    left->setSpacing(metrics::gap);
    left->addWidget(makeFacts(), 3);
    left->addWidget(makeTools(), 2);
    columns->addLayout(left, 1);
    columns->addWidget(makePrompts(), 1);
}

QWidget* ComparePage::makeFacts()
{
    m_factsCard = new Card(tr("Settings and figures"), Card::Padding::none, this);
    m_factsTable = new DataTable(tr("Settings and figures"), m_factsCard);
    m_factsTable->setDensity(DataTable::Density::compact);
    m_factsTable->setColumns({{QStringLiteral("what"), 108, CellKind::secondaryText}, {QStringLiteral("left"), 0},
        {QStringLiteral("right"), 0}});
    new WrappedRows(m_factsTable);
    m_factsTable->setFitColumns();
    m_factsView = new LoadView(m_factsTable, 8, m_factsCard);
    connect(m_factsView, &LoadView::retryRequested, this, [this] { load(m_range); });
    m_factsCard->setBody(m_factsView);
    return m_factsCard;
}

QWidget* ComparePage::makeTools()
{
    m_toolsCard = new Card(tr("Tools & access"), Card::Padding::none, this);
    m_toolsTable = new DataTable(tr("Tools and access"), m_toolsCard);
    m_toolsTable->setDensity(DataTable::Density::compact);
    m_toolsTable->setColumns({{QStringLiteral("tool"), 0}, {QStringLiteral("left"), 0, CellKind::status},
        {QStringLiteral("right"), 0, CellKind::status}});
    m_toolsView = new LoadView(m_toolsTable, 6, m_toolsCard);
    connect(m_toolsView, &LoadView::retryRequested, this, &ComparePage::loadMatrix);
    m_toolsCard->setBody(m_toolsView);
    return m_toolsCard;
}

QWidget* ComparePage::makePrompts()
{
    m_promptCard = new Card(tr("Prompts"), Card::Padding::none, this);
    m_prompt = new DiffView(tr("Difference of the prompts"), m_promptCard);
    m_prompt->setWrap(DiffView::Wrap::lines);
    m_promptView = new LoadView(m_prompt, 12, m_promptCard);
    connect(m_promptView, &LoadView::retryRequested, this, [this] { load(m_range); });
    m_promptCard->setBody(m_promptView);
    return m_promptCard;
}

QString ComparePage::titleOf(const Side& side) const
{
    return side.agent.body.title.empty() ? text(side.agent.name) : text(side.agent.body.title);
}

QString ComparePage::title() const
{
    return tr("%1 and %2").arg(titleOf(m_sides[0]), titleOf(m_sides[1]));
}

void ComparePage::open(const QString& left, const QString& right)
{
    if (text(m_sides[0].agent.name) != left || text(m_sides[1].agent.name) != right) {
        const std::array names{utf8(left), utf8(right)};
        for (std::size_t at = 0; at < m_sides.size(); ++at) {
            Side& side = m_sides[at];
            side.askBody.cancel();
            side.askFigures.cancel();
            side.askPrompt.cancel();
            side.hasBody = side.hasFigures = side.hasPrompt = false;
            side.agent = {};
            side.agent.name = names[at];
        }
        for (LoadView* view : {m_factsView, m_toolsView, m_promptView})
            view->beginNew();
    }
    load(m_range);
}

void ComparePage::load(const TimeRange& range)
{
    m_range = range;
    if (m_sides[0].agent.name.empty())
        return;
    for (LoadView* view : {m_factsView, m_toolsView, m_promptView})
        view->beginAgain();
    for (Side& side : m_sides) {
        loadBody(side);
        loadFigures(side);
    }
    loadMatrix();
}

void ComparePage::refresh(const TopicSet& topics)
{
    if (touches(topics, {Topic::Definitions}))
        load(m_range);
    else if (touches(topics, {Topic::Metrics, Topic::Runs}))
        for (Side& side : m_sides)
            loadFigures(side);
    if (touches(topics, {Topic::Rollouts, Topic::Changes}))
        loadMatrix();
}

void ComparePage::loadBody(Side& side)
{
    side.askBody.request<GetDefinition>(this, m_context.session, {DefinitionKind::Agent, side.agent.name, 0},
        [this, &side](Result<DefinitionVersion> answer) {
            auto body = answer ? agentBody(answer->body) : std::unexpected<Error>(answer.error());
            if (!body) {
                for (LoadView* view : {m_factsView, m_toolsView, m_promptView})
                    view->showError(body.error());
                return;
            }
            side.agent.body = std::move(*body);
            side.hasBody = true;
            Q_EMIT titleChanged();
            loadPrompt(side);
            fill();
        });
}

void ComparePage::loadPrompt(Side& side)
{
    side.askPrompt.request<GetDefinition>(this, m_context.session, {DefinitionKind::Prompt, side.agent.body.prompt, 0},
        [this, &side](Result<DefinitionVersion> answer) {
            auto body = answer ? promptBody(answer->body) : std::unexpected<Error>(answer.error());
            if (!body)
                return m_promptView->showError(body.error());
            side.promptText = text(body->text);
            side.hasPrompt = true;
            fill();
        });
}

void ComparePage::loadFigures(Side& side)
{
    ReadAgent::Request ask;
    ask.agent = side.agent.name;
    ask.range = coreRange(m_range, m_context.now());
    ask.slices = 1;
    side.askFigures.request<ReadAgent>(this, m_context.session, ask, [this, &side](Result<ReadAgent::Response> answer) {
        // An agent that never served has no figures; its settings are compared all the same.
        if (!answer && answer.error().kind != ErrorKind::NotFound)
            return m_factsView->showError(answer.error());
        side.agent.row = answer ? std::move(answer->agent) : AgentRow{};
        side.hasFigures = true;
        fill();
    });
}

void ComparePage::loadMatrix()
{
    m_askMatrix.request<ReadMatrix>(this, m_context.session, {}, [this](Result<ReadMatrix::Response> answer) {
        if (!answer)
            return m_toolsView->showError(answer.error());
        m_matrix = std::move(*answer);
        m_hasMatrix = true;
        fill();
    });
}

void ComparePage::fill()
{
    const Side& left = m_sides[0];
    const Side& right = m_sides[1];
    if (!left.hasBody || !right.hasBody)
        return;
    const auto put = [this](CellsModel*& model, DataTable* table, const QString& what, std::vector<CellRow> rows) {
        const QStringList titles{what, titleOf(m_sides[0]), titleOf(m_sides[1])};
        CellsModel* const before = model;
        if (!model || model->headerData(1, Qt::Horizontal, Qt::DisplayRole).toString() != titles[1]
            || model->headerData(2, Qt::Horizontal, Qt::DisplayRole).toString() != titles[2]) {
            model = new CellsModel(titles, table);
            table->setModel(model);
            connect(table, &DataTable::sortRequested, model, &CellsModel::sort);
        }
        model->setRows(std::move(rows));
        if (before != model)
            delete before;
    };
    const auto told = [](int count) { return count == 0 ? tr("the same") : tr("%n row(s) differ", nullptr, count); };
    if (left.hasFigures && right.hasFigures) {
        auto rows = comparedCells(left.agent, right.agent, TeamTitles::of(m_context.session).names());
        m_factsCard->setSubtitle(told(differing(rows)));
        put(m_facts, m_factsTable, tr("What"), std::move(rows));
        m_factsView->showContent(m_context.now());
    }
    if (m_hasMatrix) {
        auto rows = comparedTools(left.agent, right.agent, m_matrix);
        m_toolsCard->setSubtitle(told(differing(rows)));
        put(m_tools, m_toolsTable, tr("Tool"), std::move(rows));
        m_toolsView->showContent(m_context.now());
    }
    if (left.hasPrompt && right.hasPrompt) {
        const auto lines = diffLinesBetween(left.promptText, right.promptText);
        const DiffCount count = countDiffLines(lines);
        m_prompt->setLines(lines);
        m_promptCard->setSubtitle(tr("%1 to %2: %3 added, %4 removed")
                .arg(text(left.agent.body.prompt), text(right.agent.body.prompt))
                .arg(count.added)
                .arg(count.removed));
        m_promptView->showContent(m_context.now());
    }
}

}
