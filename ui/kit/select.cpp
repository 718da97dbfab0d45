#include "ui/kit/select.h"

#include "ui/kit/focus.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QAbstractItemView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QWheelEvent>

namespace ephor::ui {

namespace {

class SelectDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        return {QStyledItemDelegate::sizeHint(option, index).width() + 24, metrics::rowStandard};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        if (option.state & (QStyle::State_Selected | QStyle::State_MouseOver))
            painter->fillRect(option.rect, token(Token::selection));
        const bool enabled = index.flags() & Qt::ItemIsEnabled;
        paintText(*painter, QRectF(option.rect).adjusted(12, 0, -8, 0), TextStyle::body,
            enabled ? Token::textPrimary : Token::textDisabled, index.data().toString());
    }
};

}

Select::Select(const QString& accessibleName, QWidget* parent)
    : QComboBox(parent)
{
    setAccessibleName(accessibleName);
    setAttribute(Qt::WA_Hover);
    setItemDelegate(new SelectDelegate(this));
    view()->setAccessibleName(accessibleName);
    setSizeAdjustPolicy(QComboBox::AdjustToContents);
    setFocusPolicy(Qt::StrongFocus);
}

void Select::setGlyph(Icon glyph)
{
    m_glyph = glyph;
    updateGeometry();
}

void Select::setPrefix(const QString& prefix)
{
    m_prefix = prefix;
    updateGeometry();
}

QSize Select::sizeHint() const
{
    int widest = 0;
    for (int at = 0; at < count(); ++at)
        widest = std::max(widest, textWidth(TextStyle::medium, m_prefix + itemText(at)));
    return {widest + 24 + 20 + (m_glyph == Icon::none ? 0 : 22),
        std::max(metrics::controlHeight, lineHeight(TextStyle::medium) + 8)};
}

QSize Select::minimumSizeHint() const
{
    return {std::min(sizeHint().width(), 96), sizeHint().height()};
}

void Select::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QRectF box(rect());
    const bool hovered = isEnabled() && underMouse();
    paintBox(painter, box, token(hovered || !isEnabled() ? Token::canvas : Token::surface),
        token(isEnabled() ? Token::borderStrong : Token::borderSubtle), metrics::radiusControl);
    qreal x = 12;
    const Token words = isEnabled() ? Token::textPrimary : Token::textDisabled;
    if (m_glyph != Icon::none) {
        paintIcon(painter, QRectF(x, height() / 2.0 - 8, 16, 16), m_glyph, token(words));
        x += 22;
    }
    const bool empty = count() == 0 && currentText().isEmpty();
    paintText(painter, QRectF(x, 0, width() - x - 28, height()), empty ? TextStyle::body : TextStyle::medium,
        empty ? Token::textMuted : words, empty ? tr("nothing to choose") : m_prefix + currentText());
    paintIcon(painter, QRectF(width() - 22, height() / 2.0 - 6, 12, 12), Icon::chevronDown, token(Token::textMuted));
    if (showsFocus(this))
        paintFocusRing(painter, box, metrics::radiusControl);
}

// A wheel over a form must scroll the form, not change what was chosen.
void Select::wheelEvent(QWheelEvent* event)
{
    event->ignore();
}

}
