#include "ui/kit/matrix_model.h"

#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QCoreApplication>
#include <QPainter>

namespace ephor::ui {

QString accessWord(Access access)
{
    switch (access) {
    case Access::allow:
        return QCoreApplication::translate("Access", "Allow");
    case Access::ask:
        return QCoreApplication::translate("Access", "Ask");
    case Access::deny:
        return QCoreApplication::translate("Access", "Deny");
    case Access::none:
        break;
    }
    return QCoreApplication::translate("Access", "No grant");
}

Icon accessIcon(Access access)
{
    switch (access) {
    case Access::allow:
        return Icon::check;
    case Access::ask:
        return Icon::stateWaiting;
    case Access::deny:
        return Icon::stateDenied;
    case Access::none:
        break;
    }
    return Icon::none;
}

Token accessToken(Access access)
{
    switch (access) {
    case Access::allow:
        return Token::ok;
    case Access::ask:
        return Token::warn;
    case Access::deny:
        return Token::error;
    case Access::none:
        break;
    }
    return Token::textMuted;
}

void MatrixModel::set(std::vector<MatrixColumn> columns, std::vector<MatrixRow> rows)
{
    beginResetModel();
    m_columns = std::move(columns);
    m_rows = std::move(rows);
    endResetModel();
}

MatrixCell MatrixModel::cell(int rowAt, int columnAt) const
{
    const std::vector<MatrixCell>& cells = row(rowAt).cells;
    return static_cast<std::size_t>(columnAt) < cells.size() ? cells[static_cast<std::size_t>(columnAt)] : MatrixCell{};
}

bool MatrixModel::startsGroup(int at) const
{
    return at == 0 || column(at).group != column(at - 1).group;
}

int MatrixModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int MatrixModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant MatrixModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const MatrixCell own = cell(index.row(), index.column());
    switch (role) {
    case Qt::DisplayRole:
        return accessWord(own.staged.value_or(own.access));
    case Qt::AccessibleTextRole: {
        const MatrixColumn& head = column(index.column());
        QString words = row(index.row()).name + QStringLiteral(", ") + head.group + QLatin1Char('.') + head.name
            + QStringLiteral(": ") + accessWord(own.access);
        if (own.staged)
            words += QStringLiteral(", ") + tr("staged: %1").arg(accessWord(*own.staged));
        if (own.differs)
            words += QStringLiteral(", ") + tr("differs from the default");
        return words;
    }
    case Qt::ToolTipRole:
        if (own.staged) {
            const QString words = tr("Staged: %1, was %2").arg(accessWord(*own.staged), accessWord(own.access));
            return own.toolTip.isEmpty() ? words : words + QLatin1Char('\n') + own.toolTip;
        }
        return own.toolTip.isEmpty() ? QVariant() : QVariant(own.toolTip);
    default:
        return {};
    }
}

QVariant MatrixModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole)
        return {};
    if (orientation == Qt::Vertical)
        return section < rowCount() ? row(section).name : QString();
    return section < columnCount() ? column(section).group + QLatin1Char('.') + column(section).name : QString();
}

Qt::ItemFlags MatrixModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    return row(index.row()).kind == MatrixRow::Kind::group ? Qt::ItemIsEnabled
                                                           : Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

MatrixDelegate::MatrixDelegate(const MatrixModel* model, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_model(model)
{
}

void MatrixDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QRectF rect(option.rect);
    const bool group = m_model->row(index.row()).kind == MatrixRow::Kind::group;
    const MatrixCell cell = m_model->cell(index.row(), index.column());
    if (group) {
        painter->fillRect(rect, token(Token::sunken));
    } else if (cell.differs && !cell.staged) {
        const Token tint = cell.access == Access::allow ? Token::badgeOk
            : cell.access == Access::ask                ? Token::badgeWarn
            : cell.access == Access::deny               ? Token::badgeError
                                                        : Token::sunken;
        painter->fillRect(rect, token(tint));
    }
    paintLine(*painter, QPointF(rect.left(), rect.bottom() - 1), QPointF(rect.right(), rect.bottom() - 1),
        token(group ? Token::borderSubtle : Token::grid));
    if (m_model->startsGroup(index.column()) && index.column() > 0)
        paintLine(*painter, rect.topLeft(), rect.bottomLeft(), token(Token::borderSubtle));

    const double left = rect.left() + matrixInset(rect.width());
    const bool hasWords = rect.width() >= matrixMeasure(wordyMatrixColumn);
    const double middle = rect.center().y() - 0.5;
    const Access shown = cell.staged.value_or(cell.access);
    if (shown == Access::none && !cell.staged) {
        // The row of a group says what is usual there; where nothing is, it says nothing.
        if (!group)
            paintText(*painter, QRectF(left + 4, rect.top(), rect.width() - 8, rect.height()), TextStyle::small,
                Token::textMuted, QStringLiteral("\u00B7"));
    } else if (group) {
        paintIcon(*painter, QRectF(left, middle - 6, 12, 12), accessIcon(shown), token(Token::textMuted));
    } else if (cell.staged) {
        painter->setRenderHint(QPainter::Antialiasing);
        QPen dashes(token(Token::link), 2);
        dashes.setDashPattern({2, 1.5});
        painter->setPen(dashes);
        painter->drawRect(rect.adjusted(1, 1, -2, -2));
        // What it was is told whole or, in the tooltip and the card, elsewhere.
        const QString was = MatrixModel::tr("was %1").arg(accessWord(cell.access));
        const QRectF lower(left - 3, rect.top() + matrixMeasure(15), rect.width() - 4, matrixMeasure(12));
        const bool tellsWas = lower.left() + textWidth(TextStyle::micro, was) <= rect.right() - 2;
        const double tall = matrixMeasure(13);
        const QRectF upper(left - 2, tellsWas ? rect.top() + 2 : middle - tall / 2, rect.width() - 8, tall);
        const double iconTop = upper.center().y() - 5.5;
        paintIcon(*painter, QRectF(upper.left(), iconTop, 12, 12), accessIcon(shown), token(accessToken(shown)));
        const double words = rect.width() < matrixMeasure(airyMatrixColumn)
            ? 0
            : paintText(*painter, upper.adjusted(15, 0, -13, 0), TextStyle::smallStrong, Token::textPrimary,
                  accessWord(shown));
        const bool tightens = cell.direction == MatrixCell::Direction::tightens;
        paintIcon(*painter, QRectF(upper.left() + 17 + words, iconTop, 12, 12),
            tightens ? Icon::arrowDown : Icon::arrowUp, token(tightens ? Token::ok : Token::warn));
        if (tellsWas)
            paintText(*painter, lower, TextStyle::micro, Token::textMuted, was);
    } else {
        paintIcon(*painter, QRectF(left, middle - 6, 12, 12), accessIcon(shown), token(accessToken(shown)));
        if (hasWords)
            paintText(*painter, rect.adjusted(left - rect.left() + 16, 0, 0, -1),
                cell.differs ? TextStyle::smallStrong : TextStyle::small,
                cell.differs ? Token::textPrimary : Token::textSecondary, accessWord(shown));
    }
    if ((option.state & QStyle::State_Selected) && !group)
        paintFocusRing(*painter, rect, 0);
}

}
