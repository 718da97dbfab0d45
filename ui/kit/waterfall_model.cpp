#include "ui/kit/waterfall_model.h"

#include "ui/kit/badge.h"
#include "ui/kit/format.h"
#include "ui/kit/paint.h"
#include "ui/kit/tabular.h"
#include "ui/kit/theme.h"

#include <QPainter>
#include <algorithm>

namespace ephor::ui {

void WaterfallModel::setRows(std::vector<WaterfallRow> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int WaterfallModel::rowOf(const QVariant& key) const
{
    const auto found
        = std::find_if(m_rows.begin(), m_rows.end(), [&](const WaterfallRow& row) { return row.key == key; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

double WaterfallModel::end() const
{
    double end = 0;
    for (const WaterfallRow& row : m_rows)
        end = std::max(end, row.startMs + row.durationMs.value_or(0));
    return end;
}

int WaterfallModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int WaterfallModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(WaterfallColumn::count);
}

QVariant WaterfallModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const WaterfallRow& row = at(index.row());
    const bool words = role == Qt::DisplayRole || role == Qt::AccessibleTextRole;
    if (role == Qt::ToolTipRole)
        return row.label + (row.detail.isEmpty() ? QString() : QLatin1Char('\n') + row.detail);
    if (!words)
        return {};
    switch (static_cast<WaterfallColumn>(index.column())) {
    case WaterfallColumn::span:
        return role == Qt::DisplayRole || row.detail.isEmpty() ? row.label
                                                               : row.label + QStringLiteral(", ") + row.detail;
    case WaterfallColumn::lane:
        return role == Qt::DisplayRole ? QVariant() : QVariant(tr("starts at %1").arg(format::duration(row.startMs)));
    case WaterfallColumn::duration:
        return row.durationMs ? format::duration(row.durationMs) : tr("running");
    case WaterfallColumn::verdict:
        return row.verdict ? row.verdictText : QString();
    case WaterfallColumn::count:
        break;
    }
    return {};
}

QVariant WaterfallModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QStringList titles{tr("Span"), tr("Time"), tr("Duration"), tr("Verdict")};
    return titles.value(section);
}

WaterfallHeader::WaterfallHeader(const Waterfall* view, QWidget* parent)
    : QHeaderView(Qt::Horizontal, parent)
    , m_view(view)
{
    setSectionsClickable(false);
    setFocusPolicy(Qt::NoFocus);
}

QSize WaterfallHeader::sizeHint() const
{
    return {QHeaderView::sizeHint().width(), metrics::rowStandard};
}

void WaterfallHeader::paintSection(QPainter* painter, const QRect& rect, int section) const
{
    const QRectF box(rect);
    painter->fillRect(box, token(Token::surface));
    paintLine(*painter, QPointF(box.left(), box.bottom() - 1), QPointF(box.right(), box.bottom() - 1),
        token(Token::borderSubtle));
    switch (static_cast<WaterfallColumn>(section)) {
    case WaterfallColumn::span:
        paintText(*painter, box.adjusted(12, 0, 0, 0), TextStyle::micro, Token::textMuted, QStringLiteral("#"));
        paintText(*painter, box.adjusted(60, 0, 0, 0), TextStyle::micro, Token::textMuted, tr("Span"));
        break;
    case WaterfallColumn::lane: {
        const WaterfallScale scale = m_view->scale();
        for (const double tick : scale.ticks(static_cast<int>(std::max(2.0, scale.width / 60)))) {
            const QRectF place(box.left() + scale.xOf(tick) - 30, box.top(), 60, box.height());
            const bool first = tick == 0;
            paintText(*painter, first ? place.translated(30, 0) : place, TextStyle::micro, Token::textMuted,
                first && scale.totalMs >= 1000
                    ? QStringLiteral("0 s")
                    : format::duration(tick).replace(QStringLiteral(".0 s"), QStringLiteral(" s")),
                first ? Qt::AlignLeft : Qt::AlignHCenter);
        }
        break;
    }
    case WaterfallColumn::duration:
        paintText(*painter, box, TextStyle::micro, Token::textMuted, tr("Duration"), Qt::AlignRight);
        break;
    case WaterfallColumn::verdict:
        paintText(*painter, box.adjusted(8, 0, 0, 0), TextStyle::micro, Token::textMuted, tr("Verdict"));
        break;
    case WaterfallColumn::count:
        break;
    }
}

WaterfallDelegate::WaterfallDelegate(Waterfall* view, const WaterfallModel* rows)
    : QStyledItemDelegate(view)
    , m_view(view)
    , m_rows(rows)
{
}

QSize WaterfallDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {80, std::max(metrics::rowRelaxed, lineHeight(TextStyle::strong) + lineHeight(TextStyle::micro) + 2)};
}

void WaterfallDelegate::paintSpan(QPainter& painter, const QRectF& rect, int row, bool selected) const
{
    const WaterfallRow& span = m_rows->at(row);
    paintText(painter, QRectF(rect.left() + 12, rect.top(), 16, rect.height()), TextStyle::small, Token::textMuted,
        QString::number(row + 1));
    const double indent = 12.0 * span.depth;
    paintIcon(painter, QRectF(rect.left() + 36 + indent, rect.center().y() - 8, 16, 16), span.icon,
        token(Token::textSecondary));
    const QRectF words(rect.left() + 60 + indent, rect.center().y() - 17, rect.width() - 68 - indent, 18);
    if (span.detail.isEmpty()) {
        paintText(painter, QRectF(words.left(), rect.top(), words.width(), rect.height()), TextStyle::strong,
            Token::textPrimary, span.label);
        return;
    }
    QFont quiet = textFont(TextStyle::micro);
    quiet.setWeight(QFont::Normal);
    paintText(painter, words, TextStyle::strong, Token::textPrimary, span.label);
    paintText(painter, words.translated(0, 16), quiet, token(selected ? Token::textSecondary : Token::textMuted),
        span.detail);
}

void WaterfallDelegate::paintLane(QPainter& painter, const QRectF& rect, const WaterfallRow& row, bool selected) const
{
    const WaterfallScale scale = m_view->scale();
    for (const double tick : scale.ticks(static_cast<int>(std::max(2.0, scale.width / 60)))) {
        const double x = rect.left() + scale.xOf(tick);
        paintLine(painter, QPointF(x, rect.top()), QPointF(x, rect.bottom() - 1),
            token(selected ? Token::borderStrong : Token::grid));
    }
    const double left = rect.left() + scale.xOf(row.startMs);
    const double end = row.durationMs ? row.startMs + *row.durationMs : scale.totalMs;
    // Three pixels at least: the refused call of nine milliseconds is the one that matters.
    const QRectF bar(left, rect.center().y() - 6, std::max(3.0, scale.xOf(end) - scale.xOf(row.startMs)), 12);
    paintBox(painter, bar, token(spanToken(row.tone)), {}, 2);
    if (!row.durationMs) {
        painter.setPen(QPen(token(Token::surface), 1, Qt::DotLine));
        painter.drawLine(bar.topRight() + QPointF(-3, 0), bar.bottomRight() + QPointF(-3, 0));
    }
}

void WaterfallDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const WaterfallRow& row = m_rows->at(index.row());
    const QRectF rect(option.rect);
    const bool selected = option.state & QStyle::State_Selected;
    if (selected)
        painter->fillRect(rect, token(Token::selection));
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(rect, token(Token::canvas));
    if (index.row() + 1 < m_rows->rowCount())
        paintLine(*painter, QPointF(rect.left(), rect.bottom() - 1), QPointF(rect.right(), rect.bottom() - 1),
            token(Token::grid));
    switch (static_cast<WaterfallColumn>(index.column())) {
    case WaterfallColumn::span:
        if (selected)
            painter->fillRect(QRectF(rect.left(), rect.top(), 3, rect.height() - 1), token(Token::link));
        paintSpan(*painter, rect, index.row(), selected);
        break;
    case WaterfallColumn::lane:
        paintLane(*painter, rect, row, selected);
        break;
    case WaterfallColumn::duration:
        painter->setPen(token(Token::textPrimary));
        drawTabular(*painter, rect, Qt::AlignRight, textFont(TextStyle::small), index.data().toString());
        break;
    case WaterfallColumn::verdict:
        if (row.verdict) {
            const State state = *row.verdict;
            paintIcon(*painter, QRectF(rect.left() + 8, rect.center().y() - 6, 12, 12),
                state == State::ok ? Icon::check : stateIcon(state), token(stateToken(state)));
            paintText(*painter, rect.adjusted(25, 0, -8, 0), TextStyle::smallStrong,
                state == State::ok ? Token::ok : stateTextToken(state), row.verdictText);
        } else {
            paintText(
                *painter, rect.adjusted(11, 0, 0, 0), TextStyle::small, Token::textMuted, QStringLiteral("\u00B7"));
        }
        break;
    case WaterfallColumn::count:
        break;
    }
}

}
