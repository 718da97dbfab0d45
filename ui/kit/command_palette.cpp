#include "ui/kit/command_palette.h"

#include "ui/kit/empty_state.h"
#include "ui/kit/field.h"
#include "ui/kit/palette_model.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QAbstractButton>
#include <QKeyEvent>
#include <QListView>
#include <QPainter>
#include <QPointer>
#include <QVBoxLayout>
#include <algorithm>

namespace ephor::ui {

namespace {

constexpr int paletteWidth = 600;
constexpr int paletteTop = 72;
constexpr int paletteRows = 12;

}

CommandPalette::CommandPalette(QWidget* parent)
    : QFrame(parent)
    , m_field(new SearchField(tr("Search or jump to"), this))
    , m_list(new QListView(this))
    , m_model(new PaletteModel(this))
    , m_nothing(new EmptyState(EmptyState::Kind::noResults, tr("Nothing found"),
          tr("No command, page, agent or run has these words."), tr("Show all commands"), this))
{
    setAccessibleName(tr("Command palette"));
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(metrics::space8, metrics::space8, metrics::space8, metrics::space8);
    rows->setSpacing(metrics::space4);
    m_field->setKeyHint(QStringLiteral("Esc"));
    m_list->setAccessibleName(tr("Results"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PaletteDelegate(m_model, this));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    rows->addWidget(m_field);
    rows->addWidget(m_list, 1);
    rows->addWidget(m_nothing, 1);
    hide();
    // The field keeps the cursor: the palette closes when it leaves.
    for (auto* button : m_nothing->findChildren<QAbstractButton*>())
        button->setFocusPolicy(Qt::NoFocus);
    connect(m_nothing, &EmptyState::actionTriggered, m_field, &QLineEdit::clear);
    m_field->installEventFilter(this);
    if (parent != nullptr)
        parent->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::search);
    connect(m_list, &QAbstractItemView::clicked, this, [this](const QModelIndex& index) {
        if (m_model->at(index.row()).kind == PaletteRow::Kind::item) {
            m_list->setCurrentIndex(index);
            accept();
        }
    });
}

void CommandPalette::setItems(std::vector<PaletteItem> items)
{
    m_items = std::move(items);
}

void CommandPalette::addProvider(PaletteProvider provider)
{
    m_providers.push_back(std::move(provider));
}

void CommandPalette::open(const QString& typed)
{
    const QSize room = parentWidget()->size();
    const int wide = std::min(paletteWidth, room.width() - 2 * metrics::space24);
    const int tall = std::min(44 + paletteRows * metrics::controlLarge, room.height() - paletteTop - metrics::space24);
    setGeometry((room.width() - wide) / 2, paletteTop, wide, tall);
    raise();
    show();
    m_field->setText(typed);
    m_field->setFocus();
    search(typed);
}

void CommandPalette::search(const QString& typed)
{
    m_typed = typed;
    const quint64 generation = ++m_generation;
    m_found.assign(m_providers.size(), {});
    rebuild();
    for (std::size_t at = 0; at < m_providers.size() && !typed.trimmed().isEmpty(); ++at) {
        const QPointer<CommandPalette> self(this);
        m_providers[at](typed, [self, at, generation](std::vector<PaletteItem> items) {
            if (self.isNull() || self->m_generation != generation)
                return;
            self->m_found[at] = std::move(items);
            self->rebuild();
        });
    }
}

void CommandPalette::rebuild()
{
    m_model->setRows(paletteRowsFor(m_typed, m_items, m_found));
    const int first = m_model->firstItem();
    m_list->setCurrentIndex(first < 0 ? QModelIndex() : m_model->index(first));
    m_list->setVisible(first >= 0);
    m_nothing->setVisible(first < 0);
}

void CommandPalette::move(int step)
{
    const int rows = m_model->rowCount();
    int row = m_list->currentIndex().row();
    for (int tried = 0; tried < rows; ++tried) {
        row = (row + step + rows) % rows;
        if (m_model->at(row).kind == PaletteRow::Kind::item)
            break;
    }
    if (rows > 0 && m_model->at(row).kind == PaletteRow::Kind::item)
        m_list->setCurrentIndex(m_model->index(row));
}

void CommandPalette::accept()
{
    const QModelIndex index = m_list->currentIndex();
    if (!index.isValid() || m_model->at(index.row()).kind != PaletteRow::Kind::item)
        return;
    const QString id = m_model->at(index.row()).item.id;
    hide();
    Q_EMIT chosen(id);
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parent() && event->type() == QEvent::MouseButtonPress && isVisible())
        hide();
    if (watched != m_field)
        return QFrame::eventFilter(watched, event);
    if (event->type() == QEvent::FocusOut && isVisible() && !underMouse())
        hide();
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Up:
        move(-1);
        return true;
    case Qt::Key_Down:
        move(1);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        accept();
        return true;
    case Qt::Key_Escape:
        hide();
        return true;
    default:
        return false;
    }
}

void CommandPalette::hideEvent(QHideEvent* event)
{
    QFrame::hideEvent(event);
    ++m_generation;
    Q_EMIT closed();
}

void CommandPalette::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintBox(painter, QRectF(rect()), token(Token::surface), token(Token::borderControl), metrics::radiusDialog);
}

}
