#include "ui/kit/key_hint.h"

#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QPainter>
#include <QTimer>

namespace ephor::ui {

namespace {

// Answers quicker than this show nothing at all.
constexpr int skeletonDelayMilliseconds = 150;

}

KeyHint::KeyHint(const QString& keys, QWidget* parent)
    : QWidget(parent)
    , m_keys(keys)
{
    setAccessibleName(keys);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize KeyHint::sizeHint() const
{
    return {static_cast<int>(paintKeycap(nullptr, {}, m_keys)) + 1, 20};
}

void KeyHint::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintKeycap(&painter, QPointF(0, height() / 2.0), m_keys);
}

Skeleton::Skeleton(int lines, QWidget* parent)
    : QWidget(parent)
    , m_lines(std::max(1, lines))
{
    setAccessibleName(tr("Loading"));
}

QSize Skeleton::sizeHint() const
{
    return {240, m_lines * metrics::rowStandard};
}

void Skeleton::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (!m_visibleNow) {
        QTimer::singleShot(skeletonDelayMilliseconds, this, [this] {
            m_visibleNow = true;
            update();
        });
    }
}

void Skeleton::paintEvent(QPaintEvent*)
{
    if (!m_visibleNow)
        return;
    QPainter painter(this);
    for (int line = 0; line < m_lines; ++line) {
        const double share = 0.9 - 0.13 * (line * 2 % 5);
        paintBox(painter, QRectF(0, line * metrics::rowStandard + 9, width() * share, 10), token(Token::sunken), {}, 4);
    }
}

}
