#include "ui/kit/segmented.h"

#include "ui/kit/focus.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

namespace ephor::ui {

Segmented::Segmented(const QString& accessibleName, const QStringList& labels, QWidget* parent)
    : QWidget(parent)
    , m_labels(labels)
{
    setAccessibleName(accessibleName);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleDescription(m_labels.value(0));
}

void Segmented::setLabels(const QStringList& labels)
{
    m_labels = labels;
    m_current = std::clamp(m_current, 0, std::max(0, static_cast<int>(labels.size()) - 1));
    updateGeometry();
    update();
}

void Segmented::setCurrent(int index)
{
    if (index == m_current || index < 0 || index >= m_labels.size())
        return;
    m_current = index;
    setAccessibleDescription(m_labels[index]);
    update();
    Q_EMIT currentChanged(index);
}

void Segmented::setCompact()
{
    m_height = metrics::controlCompact;
    updateGeometry();
}

// The bold width is used for every segment, so that choosing one does not move the others.
int Segmented::segmentWidth(int index) const
{
    return textWidth(TextStyle::smallStrong, m_labels[index]) + 20;
}

QSize Segmented::sizeHint() const
{
    int width = 2;
    for (int at = 0; at < m_labels.size(); ++at)
        width += segmentWidth(at);
    return {width, std::max(m_height, lineHeight(TextStyle::small) + 8)};
}

void Segmented::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QRectF box(rect());
    paintBox(painter, box, token(Token::surface), {}, metrics::radiusControl);
    qreal x = 1;
    for (int at = 0; at < m_labels.size(); ++at) {
        const QRectF segment(x, 1, segmentWidth(at), height() - 2);
        if (at == m_current) {
            painter.save();
            QPainterPath clip;
            clip.addRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), metrics::radiusControl, metrics::radiusControl);
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setClipPath(clip);
            painter.fillRect(segment, token(Token::selection));
            painter.restore();
        }
        if (at > 0 && at != m_current && at - 1 != m_current)
            paintLine(painter, segment.topLeft(), segment.bottomLeft(), token(Token::borderSubtle));
        paintText(painter, segment, at == m_current ? TextStyle::smallStrong : TextStyle::smallMedium,
            at == m_current ? Token::textPrimary : Token::textSecondary, m_labels[at], Qt::AlignHCenter);
        x += segment.width();
    }
    paintBox(painter, box, {}, token(Token::borderStrong), metrics::radiusControl);
    if (showsFocus(this))
        paintFocusRing(painter, box, metrics::radiusControl);
}

void Segmented::mousePressEvent(QMouseEvent* event)
{
    qreal x = 1;
    for (int at = 0; at < m_labels.size(); ++at) {
        x += segmentWidth(at);
        if (event->position().x() < x) {
            setCurrent(at);
            return;
        }
    }
}

void Segmented::keyPressEvent(QKeyEvent* event)
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
        setCurrent(static_cast<int>(m_labels.size()) - 1);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

}
