#include "ui/kit/tab_strip.h"

#include "ui/kit/focus.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace ephor::ui {

namespace {

constexpr int tabGap = 20;
constexpr int tabMargin = 16;
constexpr int tabHeight = 36;

}

TabStrip::TabStrip(const QString& accessibleName, QWidget* parent)
    : QWidget(parent)
{
    setAccessibleName(accessibleName);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

int TabStrip::addTab(const QString& label, const QString& count)
{
    m_tabs.append({label, count});
    if (m_tabs.size() == 1)
        setAccessibleDescription(label);
    updateGeometry();
    return size() - 1;
}

void TabStrip::setCount(int index, const QString& count)
{
    if (index < 0 || index >= size())
        return;
    m_tabs[index].count = count;
    updateGeometry();
    update();
}

void TabStrip::setCurrent(int index)
{
    if (index == m_current || index < 0 || index >= size())
        return;
    m_current = index;
    setAccessibleDescription(m_tabs[index].label);
    update();
    Q_EMIT currentChanged(index);
}

int TabStrip::tabWidth(const Tab& tab, bool current) const
{
    const int count = tab.count.isEmpty() ? 0 : 6 + textWidth(TextStyle::small, tab.count);
    return textWidth(current ? TextStyle::strong : TextStyle::body, tab.label) + count;
}

QSize TabStrip::sizeHint() const
{
    int width = 2 * tabMargin;
    for (const Tab& tab : m_tabs)
        width += tabWidth(tab, true) + tabGap;
    return {width, std::max(tabHeight, lineHeight(TextStyle::body) + 12)};
}

QSize TabStrip::minimumSizeHint() const
{
    return {160, sizeHint().height()};
}

void TabStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), token(Token::surface));
    paintLine(painter, QPointF(0, height() - 1), QPointF(width(), height() - 1), token(Token::borderSubtle));
    qreal x = tabMargin;
    for (int at = 0; at < size(); ++at) {
        const Tab& tab = m_tabs[at];
        const bool current = at == m_current;
        const qreal wide = tabWidth(tab, current);
        const QRectF words(x, 0, wide + 1, height() - 1);
        const qreal label = paintText(painter, words, current ? TextStyle::strong : TextStyle::body,
            current ? Token::textPrimary : Token::textSecondary, tab.label);
        paintText(painter, words.adjusted(label + 6, 0, 2, 0), TextStyle::small, Token::textMuted, tab.count);
        if (current)
            painter.fillRect(QRectF(x, height() - 2, wide, 2), token(Token::link));
        if (current && showsFocus(this))
            paintFocusRing(painter, QRectF(x - 6, 4, wide + 12, height() - 9), metrics::radiusControl);
        x += wide + tabGap;
    }
}

void TabStrip::mousePressEvent(QMouseEvent* event)
{
    qreal x = tabMargin - tabGap / 2.0;
    for (int at = 0; at < size(); ++at) {
        const qreal next = x + tabWidth(m_tabs[at], at == m_current) + tabGap;
        if (event->position().x() >= x && event->position().x() < next) {
            setCurrent(at);
            return;
        }
        x = next;
    }
}

void TabStrip::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        setCurrent(m_current - 1);
        return;
    case Qt::Key_Right:
        setCurrent(m_current + 1);
        return;
    case Qt::Key_Home:
        setCurrent(0);
        return;
    case Qt::Key_End:
        setCurrent(size() - 1);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

}
