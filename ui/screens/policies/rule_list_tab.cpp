#include "ui/screens/policies/rule_list_tab.h"

#include "ui/bridge/load_view.h"
#include "ui/kit/card.h"
#include "ui/kit/wrapped_rows.h"
#include "ui/screens/policies/rule_pane.h"

#include <QHBoxLayout>

namespace ephor::ui::policies {

namespace {

constexpr int waitingRows = 8;

}

RuleListTab::RuleListTab(Screen& screen, QWidget* parent)
    : QWidget(parent)
    , m_screen(screen)
    , m_pane(new RulePane(this))
{
    connect(m_pane, &RulePane::navigate, this, &RuleListTab::navigate);
}

void RuleListTab::layOut(QWidget* list, int paneWidth)
{
    auto* columns = new QHBoxLayout(this);
    columns->setContentsMargins(
        metrics::contentPadding, metrics::space12, metrics::contentPadding, metrics::contentPadding);
    columns->setSpacing(metrics::gap);
    columns->addWidget(list, 1);
    m_pane->setFixedWidth(paneWidth);
    columns->addWidget(m_pane);
}

void RuleListTab::makeTable(
    Card* card, const QString& name, const QStringList& titles, std::vector<TableColumn> columns, QLineEdit* filter)
{
    m_table = new DataTable(name, card);
    m_table->setColumns(std::move(columns));
    new WrappedRows(m_table);
    m_table->setFitColumns();
    m_model = new CellsModel(titles, m_table);
    m_table->setModel(m_model);
    m_table->setFilterField(filter);
    connect(m_table, &DataTable::sortRequested, m_model, &CellsModel::sort);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& index) {
        if (!m_isFilling)
            choose(index.row());
    });
    m_view = new LoadView(m_table, waitingRows, card);
    connect(m_view, &LoadView::retryRequested, this, &RuleListTab::load);
    card->setBody(m_view);
}

void RuleListTab::load()
{
    m_view->beginAgain();
    m_read.request<ListRules>(this, m_screen.session(), {}, [this](Result<ListRules::Response> answer) {
        if (!answer)
            return m_view->showError(answer.error());
        const quint64 count = take(std::move(answer->rules));
        m_isLoaded = true;
        fill();
        Q_EMIT loaded(count);
    });
}

void RuleListTab::putRows(std::vector<CellRow> rows)
{
    m_isFilling = true;
    m_model->setRows(std::move(rows));
    if (const int row = wantedRow(); row >= 0) {
        m_table->selectRow(row);
        m_table->scrollTo(m_model->index(row, 0));
    } else {
        m_table->setCurrentIndex({});
    }
    m_isFilling = false;
}

}
