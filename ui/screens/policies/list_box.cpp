#include "ui/screens/policies/list_box.h"

#include "ui/bridge/values.h"
#include "ui/kit/wrapped_rows.h"
#include "ui/kit/button.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ephor::ui::policies {

ListBox::ListBox(const Words& words, const QStringList& titles, std::vector<TableColumn> columns, QWidget* parent)
    : QWidget(parent)
    , m_model(nullptr)
    , m_table(new DataTable(words.name, this))
    , m_empty(new EmptyState(EmptyState::Kind::firstUse, words.emptyTitle, words.emptyText, words.add, this))
    , m_note(new Label({}, TextStyle::small, Token::textSecondary, this))
    , m_add(new Button(words.add, Button::Role::secondary, this))
    , m_edit(new Button(tr("Edit"), Button::Role::secondary, this))
    , m_remove(new Button(tr("Remove"), Button::Role::secondary, this))
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(metrics::cardPadding, metrics::space8, metrics::cardPadding, metrics::space8);
    bar->setSpacing(metrics::space8);
    m_note->setOverflow(Label::Overflow::elide);
    m_add->setGlyph(Icon::plus);
    m_add->setVisible(!words.add.isEmpty());
    bar->addWidget(m_note, 1);
    bar->addWidget(m_remove);
    bar->addWidget(m_edit);
    bar->addWidget(m_add);
    rows->addLayout(bar);
    m_table->setColumns(std::move(columns));
    m_model = new CellsModel(titles, m_table);
    m_table->setModel(m_model);
    new WrappedRows(m_table);
    m_table->setFitColumns();
    // Not stacked: behind a short table the words for an empty list would keep their room.
    rows->addWidget(m_table, 1);
    rows->addWidget(m_empty, 1);
    connect(m_empty, &EmptyState::actionTriggered, this, &ListBox::addWanted);
    connect(m_add, &QAbstractButton::clicked, this, &ListBox::addWanted);
    connect(m_table, &DataTable::sortRequested, m_model, &CellsModel::sort);
    connect(m_edit, &QAbstractButton::clicked, this, [this] {
        if (const auto at = chosen())
            Q_EMIT editWanted(*at);
    });
    connect(m_remove, &QAbstractButton::clicked, this, [this] {
        if (const auto at = chosen())
            Q_EMIT removeWanted(*at);
    });
    connect(m_table, &DataTable::rowOpened, this, [this](const QModelIndex& index) {
        const QVariant key = m_model->keyAt(index.row());
        if (m_edits && key.isValid())
            Q_EMIT editWanted(key.toULongLong());
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ListBox::judge);
    connect(m_model, &QAbstractItemModel::modelReset, this, &ListBox::judge);
    judge();
}

std::optional<quint64> ListBox::chosen() const
{
    const QVariant key = m_model->keyAt(m_table->currentIndex().row());
    return key.isValid() ? std::optional<quint64>(key.toULongLong()) : std::nullopt;
}

void ListBox::setRows(std::vector<CellRow> rows)
{
    m_table->setVisible(!rows.empty());
    m_empty->setVisible(rows.empty());
    m_model->setRows(std::move(rows));
    judge();
}

void ListBox::setNote(const QString& words)
{
    m_note->setText(words);
    m_note->setToolTip(words);
}

void ListBox::hideEdit()
{
    m_edits = false;
    m_edit->hide();
}

void ListBox::choose(std::size_t at)
{
    const int row = m_model->rowOf(qulonglong(at));
    if (row < 0)
        return;
    m_table->selectRow(row);
    m_table->scrollTo(m_model->index(row, 0));
    m_table->setFocus();
}

void ListBox::setFitRows(int most)
{
    m_table->setFitRows(most);
}

void ListBox::judge()
{
    const bool isChosen = chosen().has_value();
    for (Button* button : {m_edit, m_remove}) {
        button->setEnabled(isChosen);
        button->setToolTip(isChosen ? QString() : tr("Choose a row first."));
    }
}

}
