#include "ui/kit/switch.h"

#include "ui/kit/focus.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QPainter>

namespace ephor::ui {

Switch::Switch(const QString& text, QWidget* parent)
    : QAbstractButton(parent)
{
    setText(text);
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

QSize Switch::sizeHint() const
{
    const int words = text().isEmpty() ? 0 : metrics::space8 + textWidth(TextStyle::body, text());
    return {32 + words + 4, std::max(metrics::controlCompact, lineHeight(TextStyle::body) + 4)};
}

void Switch::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF groove(2, height() / 2.0 - 8, 28, 16);
    const bool on = isChecked();
    if (!isEnabled())
        paintBox(painter, groove, token(Token::canvas), token(Token::borderSubtle), 8);
    else
        paintBox(painter, groove, token(on ? Token::accent : Token::surface),
            token(on ? Token::accent : Token::borderControl), 8);
    painter.setPen(Qt::NoPen);
    painter.setBrush(token(!isEnabled() ? Token::textDisabled : on ? Token::onAccent : Token::borderControl));
    painter.drawEllipse(QPointF(on ? groove.right() - 8 : groove.left() + 8, groove.center().y()), 5, 5);
    paintText(painter, QRectF(38, 0, width() - 38, height()), TextStyle::body,
        isEnabled() ? Token::textPrimary : Token::textDisabled, text());
    if (showsFocus(this))
        paintFocusRing(painter, groove.adjusted(-2, -2, 2, 2), 10);
}

}
