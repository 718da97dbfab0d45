#include "ui/kit/pipeline_strip.h"

#include "ui/kit/focus.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <utility>

namespace ephor::ui {

namespace {

constexpr int leastStripHeight = 56;
constexpr int roomAroundStep = 22;

/// The title stands closer to its detail than a line of text to the next.
int titleHeight()
{
    return lineHeight(TextStyle::strong) - 2;
}

int pipelineHeight(int detailLines)
{
    return std::max(leastStripHeight, titleHeight() + detailLines * lineHeight(TextStyle::small) + roomAroundStep);
}

/// Beside the glyph of a step, and to its right edge.
constexpr int beforeWords = 37;
constexpr int aroundWords = 45;

// The words that fit a first line, and the rest.
std::pair<QString, QString> inTwoLines(const QString& words, double room)
{
    if (textWidth(TextStyle::small, words) <= room)
        return {words, {}};
    for (qsizetype at = words.lastIndexOf(u' '); at > 0; at = words.lastIndexOf(u' ', at - 1)) {
        if (textWidth(TextStyle::small, words.left(at)) <= room)
            return {words.left(at), words.mid(at + 1)};
    }
    return {words, {}};
}

}

PipelineStrip::PipelineStrip(const QString& accessibleName, QWidget* parent)
    : QWidget(parent)
{
    setAccessibleName(accessibleName);
    setFocusPolicy(Qt::StrongFocus);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void PipelineStrip::setSteps(std::vector<PipelineStep> steps)
{
    m_steps = std::move(steps);
    QStringList words;
    for (std::size_t at = 0; at < m_steps.size(); ++at) {
        words << m_steps[at].title + QStringLiteral(": ") + m_steps[at].detail;
        if (m_steps[at].place == PipelineStep::Place::current)
            m_focused = static_cast<int>(at);
    }
    setAccessibleDescription(words.join(QLatin1Char('\n')));
    updateGeometry();
    update();
}

QSize PipelineStrip::sizeHint() const
{
    return {600, heightForWidth(std::max(600, width()))};
}

QSize PipelineStrip::minimumSizeHint() const
{
    return {320, pipelineHeight(1)};
}

int PipelineStrip::detailLines(int width) const
{
    const double room = width / static_cast<double>(std::max<std::size_t>(1, m_steps.size())) - aroundWords;
    const bool fit = std::ranges::all_of(
        m_steps, [room](const PipelineStep& step) { return textWidth(TextStyle::small, step.detail) <= room; });
    return fit ? 1 : 2;
}

int PipelineStrip::heightForWidth(int width) const
{
    return pipelineHeight(detailLines(width));
}

QRectF PipelineStrip::stepRect(int index) const
{
    const double wide = width() / static_cast<double>(std::max<std::size_t>(1, m_steps.size()));
    return {index * wide, 0, wide, static_cast<double>(height())};
}

void PipelineStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QRectF box(rect());
    paintBox(painter, box, token(Token::surface), {}, metrics::radiusCard);
    const int lines = detailLines(width());
    for (std::size_t at = 0; at < m_steps.size(); ++at) {
        const PipelineStep& step = m_steps[at];
        const QRectF cell = stepRect(static_cast<int>(at));
        const bool current = step.place == PipelineStep::Place::current;
        const bool next = step.place == PipelineStep::Place::next;
        if (current) {
            QPainterPath clip;
            clip.addRoundedRect(box, metrics::radiusCard, metrics::radiusCard);
            painter.save();
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setClipPath(clip);
            painter.fillRect(cell, token(Token::selection));
            painter.fillRect(QRectF(cell.left(), cell.bottom() - 2, cell.width(), 2), token(Token::link));
            painter.restore();
        }
        if (at + 1 < m_steps.size())
            paintLine(painter, cell.topRight(), cell.bottomRight(), token(Token::borderSubtle));
        const qreal line = titleHeight();
        const qreal small = lineHeight(TextStyle::small);
        const qreal top = cell.center().y() - (line + lines * small) / 2;
        paintIcon(painter, QRectF(cell.left() + 13, top + line / 2 - 8, 16, 16), stateIcon(step.state),
            token(stateToken(step.state)));
        const QRectF words(cell.left() + beforeWords, top, cell.width() - aroundWords, line);
        paintText(painter, words, next ? TextStyle::medium : TextStyle::strong,
            next ? Token::textMuted : Token::textPrimary, step.title);
        const Token detailColor = current ? Token::textSecondary : Token::textMuted;
        const auto [first, second] = inTwoLines(step.detail, words.width());
        paintText(
            painter, QRectF(words.left(), top + line, words.width(), small), TextStyle::small, detailColor, first);
        if (!second.isEmpty())
            paintText(painter, QRectF(words.left(), top + line + small, words.width(), small), TextStyle::small,
                detailColor, second);
        if (showsFocus(this) && static_cast<int>(at) == m_focused)
            paintFocusRing(painter, cell.adjusted(2, 2, -2, -2), metrics::radiusControl);
    }
    paintBox(painter, box, {}, token(Token::borderSubtle), metrics::radiusCard);
}

void PipelineStrip::mousePressEvent(QMouseEvent* event)
{
    for (int at = 0; at < static_cast<int>(m_steps.size()); ++at) {
        if (stepRect(at).contains(event->position())) {
            m_focused = at;
            update();
            Q_EMIT stepOpened(at);
            return;
        }
    }
}

void PipelineStrip::keyPressEvent(QKeyEvent* event)
{
    const int last = static_cast<int>(m_steps.size()) - 1;
    switch (event->key()) {
    case Qt::Key_Left:
        m_focused = std::max(0, m_focused - 1);
        break;
    case Qt::Key_Right:
        m_focused = std::min(last, m_focused + 1);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_focused <= last)
            Q_EMIT stepOpened(m_focused);
        break;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    update();
}

}
