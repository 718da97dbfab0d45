#include "ui/kit/matrix_model.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QPaintEvent>
#include <QPainter>

namespace ephor::ui {

namespace {

int groupTitleHeight()
{
    return matrixMeasure(28);
}

}

/// The words over the frozen column.
class MatrixCorner : public QWidget {
public:
    using QWidget::QWidget;

    QString upper;
    QString lower;

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.fillRect(rect(), token(Token::surface));
        paintText(painter, QRectF(12, 0, width() - 16, groupTitleHeight()), TextStyle::micro, Token::textMuted, upper);
        paintText(painter, QRectF(12, groupTitleHeight(), width() - 16, height() - groupTitleHeight()),
            TextStyle::micro, Token::textSecondary, lower);
        paintLine(painter, QPointF(0, height() - 1), QPointF(width(), height() - 1), token(Token::borderStrong));
        paintLine(painter, QPointF(width() - 1, 0), QPointF(width() - 1, height()), token(Token::borderStrong));
    }
};

MatrixRowHeader::MatrixRowHeader(const MatrixModel* model, QTableView* view)
    : QHeaderView(Qt::Vertical, view)
    , m_model(model)
    , m_corner(new MatrixCorner(view))
{
    setSectionResizeMode(QHeaderView::Fixed);
    setMinimumSectionSize(16);
    setFocusPolicy(Qt::NoFocus);
    setSectionsClickable(false);
}

void MatrixRowHeader::setCorner(const QString& upper, const QString& lower)
{
    m_corner->upper = upper;
    m_corner->lower = lower;
    m_corner->update();
}

void MatrixRowHeader::placeCorner(int height)
{
    m_corner->setGeometry(x(), 0, width(), height);
    m_corner->raise();
}

void MatrixRowHeader::setCurrentRow(int row)
{
    m_current = row;
    viewport()->update();
}

void MatrixRowHeader::paintEvent(QPaintEvent* event)
{
    {
        QPainter painter(viewport());
        painter.fillRect(event->rect(), token(Token::surface));
    }
    QHeaderView::paintEvent(event);
    // The style fills what lies below the last row in the colour of the canvas.
    const int bottom = count() == 0 ? 0 : sectionViewportPosition(count() - 1) + sectionSize(count() - 1);
    QPainter painter(viewport());
    painter.fillRect(QRect(0, bottom, width(), std::max(0, height() - bottom)), token(Token::surface));
}

void MatrixRowHeader::paintSection(QPainter* painter, const QRect& section, int at) const
{
    const QRectF rect(section);
    const MatrixRow& row = m_model->row(at);
    const bool group = row.kind == MatrixRow::Kind::group;
    painter->fillRect(rect, token(group ? Token::sunken : at == m_current ? Token::selection : Token::surface));
    const double words = paintText(*painter, rect.adjusted(12, 0, -8, 0),
        group ? TextStyle::smallStrong : TextStyle::body, Token::textPrimary, row.name);
    paintText(*painter, rect.adjusted(12 + words + 5, 0, -6, 0), group ? TextStyle::micro : TextStyle::small,
        Token::textMuted, row.note);
    paintLine(*painter, QPointF(rect.left(), rect.bottom() - 1), QPointF(rect.right(), rect.bottom() - 1),
        token(group ? Token::borderSubtle : Token::grid));
    paintLine(*painter, QPointF(rect.right() - 1, rect.top()), QPointF(rect.right() - 1, rect.bottom()),
        token(Token::borderStrong));
}

MatrixColumnHeader::MatrixColumnHeader(const MatrixModel* model, QTableView* view)
    : QHeaderView(Qt::Horizontal, view)
    , m_model(model)
{
    setSectionResizeMode(QHeaderView::Stretch);
    setMinimumSectionSize(narrowestMatrixColumn);
    setFocusPolicy(Qt::NoFocus);
    setSectionsClickable(false);
}

void MatrixColumnHeader::setCurrentColumn(int column)
{
    m_current = column;
    viewport()->update();
}

void MatrixColumnHeader::paintSection(QPainter* painter, const QRect& section, int at) const
{
    const QRectF rect(section);
    const MatrixColumn& column = m_model->column(at);
    const bool current = at == m_current;
    const double inset = matrixInset(rect.width());
    painter->fillRect(rect, token(Token::surface));
    const QRectF lower = rect.adjusted(0, groupTitleHeight(), 0, 0);
    if (current)
        painter->fillRect(lower, token(Token::selection));
    paintIcon(*painter, QRectF(lower.left() + inset, lower.top() + 3, 12, 12), column.icon, token(Token::textMuted));
    paintText(*painter, QRectF(lower.left() + inset, lower.top() + 16, lower.width() - inset - 2, matrixMeasure(16)),
        TextStyle::micro, current ? Token::textPrimary : Token::textSecondary, column.name);
    paintLine(*painter, QPointF(rect.left(), rect.bottom() - 1), QPointF(rect.right(), rect.bottom() - 1),
        token(Token::borderStrong));
    if (m_model->startsGroup(at) && at > 0)
        paintLine(*painter, rect.topLeft(), rect.bottomLeft(), token(Token::borderSubtle));
}

// Titles of groups run over several sections and so are drawn when all of those are.
void MatrixColumnHeader::paintEvent(QPaintEvent* event)
{
    QHeaderView::paintEvent(event);
    QPainter painter(viewport());
    for (int first = 0; first < count();) {
        int last = first;
        while (last + 1 < count() && !m_model->startsGroup(last + 1))
            ++last;
        const double begin = sectionViewportPosition(first);
        const double right = sectionViewportPosition(last) + sectionSize(last);
        const QString& title = m_model->column(first).group;
        first = last + 1;
        if (right <= 0 || begin >= width())
            continue;
        // The title of a group whose first columns are scrolled away stays in sight.
        const double left = std::max(begin, 0.0) + matrixInset(sectionSize(first - 1));
        paintText(painter, QRectF(left, 0, right - left - 2, groupTitleHeight()), TextStyle::smallStrong,
            Token::textPrimary, title);
    }
}

}
