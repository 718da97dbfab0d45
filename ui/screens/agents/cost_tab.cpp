#include "ui/screens/agents/cost_tab.h"

#include "ui/bridge/axis_money.h"
#include "ui/bridge/values.h"
#include "ui/charts/chart_panel.h"
#include "ui/kit/data_table.h"
#include "ui/kit/format.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/stat_tile.h"
#include "ui/screens/agents/page_rows.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ephor::ui::agents {

namespace {

std::optional<double> dollars(const Totals& totals)
{
    return totals.cost ? std::optional(double(totals.cost->nanos) / 1e9) : std::nullopt;
}

}

CostTab::CostTab(ScreenContext& context, QWidget* parent)
    : AgentTab(context, parent)
    , m_unknown(new Banner(State::warning, {}, {}, this))
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(metrics::gap);
    m_unknown->hide();
    rows->addWidget(m_unknown);
    auto* tiles = new QHBoxLayout;
    tiles->setSpacing(metrics::gap);
    const auto tile = [&](const QString& label) {
        auto* made = new StatTile(label, this);
        made->setLoading();
        tiles->addWidget(made, 1);
        connect(made, &QAbstractButton::clicked, this, [this] { Q_EMIT navigate(runs()); });
        return made;
    };
    m_cost = tile(tr("Cost"));
    m_each = tile(tr("Cost a run"));
    m_tokens = tile(tr("Tokens"));
    m_runs = tile(tr("Runs"));
    rows->addLayout(tiles);
    auto* charts = new QHBoxLayout;
    charts->setSpacing(metrics::gap);
    m_costChart = new ChartPanel(tr("Cost"), ChartPanel::Shape::stackedBars, this);
    m_costChart->setValueFormat(axisMoney);
    m_tokenChart = new ChartPanel(tr("Tokens"), ChartPanel::Shape::stackedBars, this);
    m_tokenChart->setValueFormat([](double value) { return format::shortNumber(qint64(value)); });
    for (ChartPanel* chart : {m_costChart, m_tokenChart}) {
        chart->setMinimumHeight(200);
        charts->addWidget(chart, 1);
        connect(chart, &ChartPanel::rangeBrushed, this, &AgentTab::rangeBrushed);
    }
    rows->addLayout(charts, 1);
    auto* card = new Card(tr("By model"), Card::Padding::none, this);
    auto* table = new DataTable(tr("Cost by model"), card);
    table->setColumns({{QStringLiteral("model"), 0, CellKind::link}, {QStringLiteral("runs"), 96, CellKind::number},
        {QStringLiteral("tokens"), 96, CellKind::number}, {QStringLiteral("cost"), 112, CellKind::number},
        {QStringLiteral("each"), 112, CellKind::number}, {QStringLiteral("share"), 96, CellKind::number},
        {QStringLiteral("unknown"), 120, CellKind::number}});
    m_models = new CellsModel(
        {tr("Model"), tr("Runs"), tr("Tokens"), tr("Cost"), tr("Cost a run"), tr("Share"), tr("Cost not known")},
        table);
    table->setModel(m_models);
    table->setFitColumns();
    table->setFitRows(10);
    connect(table, &DataTable::sortRequested, m_models, &CellsModel::sort);
    const auto open = [this](const QModelIndex& index) {
        Q_EMIT navigate(routes::definition(QStringLiteral("models"), m_models->keyAt(index.row()).toString()));
    };
    connect(table, &DataTable::rowOpened, this, open);
    connect(table, &DataTable::linkActivated, this, open);
    card->setBody(table);
    rows->addWidget(card);
}

void CostTab::begin()
{
    m_unknown->hide();
    for (StatTile* tile : {m_cost, m_each, m_tokens, m_runs})
        tile->setLoading();
    m_costChart->setSeries({});
    m_tokenChart->setSeries({});
    m_models->setRows({});
}

void CostTab::refresh(const TopicSet&) { }

void CostTab::showNumbers(const ReadAgent::Response& numbers)
{
    const Totals& totals = numbers.agent.totals;
    m_unknown->setVisible(totals.costUnknown > 0);
    m_unknown->setText(State::warning, tr("The cost of %n run(s) is not known.", nullptr, int(totals.costUnknown)),
        tr("Their model reported no usage or has no price; they are not in the sums."));
    m_cost->setValue(moneyText(totals.cost));
    m_cost->setFootnote(totals.costUnknown > 0 ? counted(totals.costUnknown, tr("without 1 run"), tr("without %1 runs"))
                                               : tr("every run is counted"));
    m_cost->setState(totals.costUnknown > 0 ? State::warning : State::neutral);
    m_cost->setSeries(spark(numbers.series, dollars));
    m_each->setValue(moneyText(costEach(totals)));
    m_each->setFootnote(
        tr("of %1 runs of known cost").arg(numberText(totals.runs - std::min(totals.runs, totals.costUnknown))));
    m_each->setSeries(spark(numbers.series, [](const Totals& slice) {
        const auto each = costEach(slice);
        return each ? std::optional(double(each->nanos)) : std::nullopt;
    }));
    m_tokens->setValue(shortNumberText(totals.tokens), numberText(totals.tokens));
    m_tokens->setFootnote(totals.runs == 0
            ? format::unknown()
            : tr("%1 a run").arg(shortNumberText(totals.tokens / std::max<std::uint64_t>(1, totals.runs))));
    m_tokens->setSeries(spark(numbers.series, [](const Totals& slice) { return std::optional(double(slice.tokens)); }));
    m_runs->setValue(shortNumberText(totals.runs), numberText(totals.runs));
    m_runs->setFootnote(tr("in the range above"));
    m_runs->setSeries(spark(numbers.series, [](const Totals& slice) { return std::optional(double(slice.runs)); }));
    std::vector<Series> cost{course(tr("Cost"), numbers.series, dollars)};
    cost.back().value = moneyText(totals.cost);
    m_costChart->setSeries(std::move(cost));
    std::vector<Series> tokens{
        course(tr("Tokens"), numbers.series, [](const Totals& slice) { return std::optional(double(slice.tokens)); })};
    tokens.back().value = shortNumberText(totals.tokens);
    tokens.back().color = Token::series6;
    m_tokenChart->setSeries(std::move(tokens));
    m_models->setRows(modelCells(numbers.byModel));
}

}
