#include "ui/kit/diff_view.h"

#include "ui/kit/focus.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QClipboard>
#include <QFontMetricsF>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTextLayout>
#include <algorithm>
#include <cmath>

namespace ephor::ui {

namespace {

constexpr qreal numberWidth = 40;
constexpr qreal signWidth = 24;
constexpr qreal verticalMargin = 6;

// Narrower than this a wrapped line would be a column of letters.
constexpr qreal narrowestText = 64;

int diffRowHeight()
{
    return lineHeight(TextStyle::mono) + 2;
}

/// Where a line goes on below: at words where it can.
std::vector<int> breaksOf(const QString& text, qreal width)
{
    std::vector<int> breaks;
    QTextLayout layout(text, textFont(TextStyle::mono));
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    layout.beginLayout();
    for (QTextLine part = layout.createLine(); part.isValid(); part = layout.createLine()) {
        part.setLineWidth(width);
        if (part.textStart() > 0)
            breaks.push_back(part.textStart());
    }
    layout.endLayout();
    return breaks;
}

/// The letters [from, to) of a line, with its changed words marked.
void paintPart(QPainter& painter, const QPointF& topLeft, const DiffLine& line, int from, int to)
{
    const QFontMetricsF metrics(textFont(TextStyle::mono));
    const qreal height = diffRowHeight();
    for (const DiffLine::Span& span : line.changed) {
        const int first = std::max(from, static_cast<int>(span.start));
        const int last = std::min(to, static_cast<int>(span.start + span.length));
        if (first >= last)
            continue;
        const qreal left = metrics.horizontalAdvance(line.text.mid(from, first - from));
        const qreal wide = metrics.horizontalAdvance(line.text.mid(first, last - first));
        const Token mark = line.kind == DiffLine::Kind::added ? Token::diffAddWord : Token::diffDeleteWord;
        paintBox(painter, QRectF(topLeft.x() + left, topLeft.y() + 2, wide, height - 4), token(mark), {}, 2);
    }
    painter.setFont(textFont(TextStyle::mono));
    painter.setPen(token(Token::textPrimary));
    const qreal baseline = std::round(topLeft.y() + (height + metrics.capHeight()) / 2);
    painter.drawText(QPointF(topLeft.x(), baseline), line.text.mid(from, to - from));
}

}

/// One side of a row as it is drawn. A wrapped line has several parts below each other.
struct DiffView::Half {
    const DiffLine* line = nullptr; ///< null is a filler
    const std::vector<int>* breaks = nullptr;
    QRectF rect;
    enum class Numbers { both, oldOnly, newOnly } numbers = Numbers::both;
    qreal scroll = 0;
};

DiffView::DiffView(const QString& accessibleName, QWidget* parent)
    : QAbstractScrollArea(parent)
{
    setAccessibleName(accessibleName);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setBackgroundRole(QPalette::Base);
    // Larger type makes longer lines.
    connect(&Theme::instance(), &Theme::themeChanged, this, [this] {
        measureLines();
        updateScrollBars();
    });
}

void DiffView::setLines(std::vector<DiffLine> lines)
{
    m_lines = std::move(lines);
    m_pairs = pairDiffLines(m_lines);
    m_hunks = diffHunks(m_lines);
    m_opened.clear();
    makeRows();
    m_cursor = m_anchor = -1;
    measureLines();
    const DiffCount count = countDiffLines(m_lines);
    setAccessibleDescription(tr("%1 lines added, %2 removed").arg(count.added).arg(count.removed));
    updateScrollBars();
    viewport()->update();
}

void DiffView::measureLines()
{
    const QFontMetricsF metrics(textFont(TextStyle::mono));
    m_widest = 0;
    m_widths.clear();
    for (const DiffLine& line : m_lines) {
        m_widths.push_back(metrics.horizontalAdvance(line.text));
        m_widest = std::max(m_widest, m_widths.back());
    }
}

void DiffView::setLayoutMode(Layout layout)
{
    if (layout == m_layout)
        return;
    m_layout = layout;
    m_opened.clear();
    makeRows();
    m_cursor = m_anchor = -1;
    updateScrollBars();
    viewport()->update();
    Q_EMIT layoutModeChanged();
}

void DiffView::setWrap(Wrap wrap)
{
    if (wrap == m_wrap)
        return;
    m_wrap = wrap;
    updateScrollBars();
    viewport()->update();
}

int DiffView::rowCount() const
{
    return static_cast<int>(m_rows.size());
}

void DiffView::makeRows()
{
    std::vector<bool> unchanged;
    if (m_layout == Layout::unified) {
        for (const DiffLine& line : m_lines)
            unchanged.push_back(line.kind == DiffLine::Kind::same);
    } else {
        for (const DiffPair& pair : m_pairs)
            unchanged.push_back(pair.left == pair.right);
    }
    m_rows = diffRows(unchanged, m_opened);
}

void DiffView::openFold(int row)
{
    m_opened.insert(m_rows[static_cast<std::size_t>(row)].at);
    makeRows();
    updateScrollBars();
    viewport()->update();
}

void DiffView::unfold()
{
    for (const DiffRow& row : m_rows) {
        if (row.folded > 0)
            m_opened.insert(row.at);
    }
    makeRows();
    updateScrollBars();
    viewport()->update();
}

int DiffView::contentHeight() const
{
    return rowTop(rowCount()) + static_cast<int>(2 * verticalMargin);
}

QSize DiffView::sizeHint() const
{
    return {640, std::clamp(contentHeight(), 80, 480)};
}

void DiffView::updateScrollBars()
{
    // Asked of the room without bars: a bar that takes room must not be the reason for the other one.
    const QSize room = maximumViewportSize();
    const bool unified = m_layout == Layout::unified;
    const qreal gutter = (unified ? 2 : 1) * numberWidth + signWidth + 12;
    const auto textRoom = [&](int width) { return width / (unified ? 1.0 : 2.0) - gutter; };
    const int barWidth = verticalScrollBar()->sizeHint().width();
    const int barHeight = horizontalScrollBar()->sizeHint().height();
    // Wrapped rows are as many as the narrower place makes them, so that the upright bar cannot come and go.
    layOutRows(textRoom(room.width() - barWidth));
    const bool wraps = m_wrap == Wrap::lines;
    bool wide = !wraps && m_widest > textRoom(room.width());
    const bool tall = contentHeight() > room.height() - (wide ? barHeight : 0);
    wide = !wraps && m_widest > textRoom(room.width() - (tall ? barWidth : 0));
    const int height = room.height() - (wide ? barHeight : 0);
    const qreal width = textRoom(room.width() - (tall ? barWidth : 0));
    verticalScrollBar()->setPageStep(height);
    verticalScrollBar()->setSingleStep(diffRowHeight());
    verticalScrollBar()->setRange(0, std::max(0, contentHeight() - height));
    horizontalScrollBar()->setPageStep(static_cast<int>(std::max<qreal>(1, width)));
    horizontalScrollBar()->setRange(0, wraps ? 0 : static_cast<int>(std::max<qreal>(0, std::ceil(m_widest - width))));
}

void DiffView::layOutRows(qreal textWidth)
{
    m_breaks.assign(m_lines.size(), {});
    for (std::size_t at = 0; m_wrap == Wrap::lines && at < m_lines.size(); ++at) {
        if (m_widths[at] > textWidth)
            m_breaks[at] = breaksOf(m_lines[at].text, std::max(narrowestText, textWidth));
    }
    m_tops.assign(1, 0);
    for (int row = 0; row < rowCount(); ++row) {
        int lines = 1;
        const DiffRow& shown = m_rows[static_cast<std::size_t>(row)];
        if (shown.folded == 0 && m_layout == Layout::unified) {
            lines = linesOf(shown.at);
        } else if (shown.folded == 0) {
            const DiffPair& pair = m_pairs[static_cast<std::size_t>(shown.at)];
            lines = std::max(linesOf(pair.left), linesOf(pair.right));
        }
        m_tops.push_back(m_tops.back() + lines);
    }
}

int DiffView::linesOf(int line) const
{
    return line < 0 ? 1 : static_cast<int>(m_breaks[static_cast<std::size_t>(line)].size()) + 1;
}

int DiffView::rowTop(int row) const
{
    return m_tops.empty() ? 0 : m_tops[static_cast<std::size_t>(row)] * diffRowHeight();
}

int DiffView::rowAt(qreal y) const
{
    const auto above = std::upper_bound(m_tops.begin(), m_tops.end(), static_cast<int>(y / diffRowHeight()));
    return static_cast<int>(above - m_tops.begin()) - 1;
}

void DiffView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateScrollBars();
}

int DiffView::hunkRow(int hunk) const
{
    const int line = m_hunks[static_cast<std::size_t>(hunk)];
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [this, line](const DiffRow& row) {
        if (m_layout == Layout::unified)
            return row.at == line;
        const DiffPair& pair = m_pairs[static_cast<std::size_t>(row.at)];
        return row.folded == 0 && (pair.left == line || pair.right == line);
    });
    return static_cast<int>(found - m_rows.begin());
}

void DiffView::nextHunk()
{
    for (int hunk = 0; hunk < static_cast<int>(m_hunks.size()); ++hunk) {
        if (hunkRow(hunk) > m_cursor) {
            moveToHunk(hunk);
            return;
        }
    }
}

void DiffView::previousHunk()
{
    for (int hunk = static_cast<int>(m_hunks.size()) - 1; hunk >= 0; --hunk) {
        if (hunkRow(hunk) < m_cursor) {
            moveToHunk(hunk);
            return;
        }
    }
}

// A change at the lower edge would show what went and hide what came.
void DiffView::moveToHunk(int hunk)
{
    constexpr int linesAfter = 6;
    constexpr int linesBefore = 2;
    const int row = hunkRow(hunk);
    moveCursor(row, false);
    const int line = rowTop(row + 1) - rowTop(row);
    QScrollBar* bar = verticalScrollBar();
    if (rowTop(row) + linesAfter * line > bar->value() + viewport()->height())
        bar->setValue(rowTop(row) - linesBefore * line);
}

void DiffView::moveCursor(int row, bool extend)
{
    m_cursor = std::clamp(row, 0, std::max(0, rowCount() - 1));
    if (!extend || m_anchor < 0)
        m_anchor = m_cursor;
    if (rowCount() == 0)
        return;
    const int top = rowTop(m_cursor);
    const int bottom = rowTop(m_cursor + 1);
    QScrollBar* bar = verticalScrollBar();
    if (top < bar->value())
        bar->setValue(top);
    else if (bottom + 2 * verticalMargin > bar->value() + viewport()->height())
        bar->setValue(bottom + static_cast<int>(2 * verticalMargin) - viewport()->height());
    viewport()->update();
}

QStringList DiffView::wordsOfRow(int row) const
{
    QStringList words;
    const DiffRow& shown = m_rows[static_cast<std::size_t>(row)];
    for (int at = shown.at; at < shown.at + std::max(1, shown.folded); ++at) {
        if (m_layout == Layout::unified) {
            words << m_lines[static_cast<std::size_t>(at)].text;
            continue;
        }
        const DiffPair& pair = m_pairs[static_cast<std::size_t>(at)];
        words << m_lines[static_cast<std::size_t>(pair.right >= 0 ? pair.right : pair.left)].text;
    }
    return words;
}

void DiffView::keyPressEvent(QKeyEvent* event)
{
    const bool extend = event->modifiers() & Qt::ShiftModifier;
    if (event->matches(QKeySequence::Copy)) {
        QStringList text;
        const int first = std::max(0, std::min(m_cursor, m_anchor));
        for (int row = first; m_cursor >= 0 && row <= std::max(m_cursor, m_anchor); ++row)
            text << wordsOfRow(row);
        QGuiApplication::clipboard()->setText(text.join(QLatin1Char('\n')));
        return;
    }
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_cursor >= 0 && m_cursor < rowCount() && m_rows[static_cast<std::size_t>(m_cursor)].folded > 0)
            openFold(m_cursor);
        return;
    case Qt::Key_F7:
        previousHunk();
        return;
    case Qt::Key_F8:
        nextHunk();
        return;
    case Qt::Key_Down:
    case Qt::Key_J:
        moveCursor(m_cursor + 1, extend);
        return;
    case Qt::Key_Up:
    case Qt::Key_K:
        moveCursor(m_cursor - 1, extend);
        return;
    case Qt::Key_Home:
        moveCursor(0, extend);
        return;
    case Qt::Key_End:
        moveCursor(rowCount() - 1, extend);
        return;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void DiffView::mousePressEvent(QMouseEvent* event)
{
    const qreal y = event->position().y() + verticalScrollBar()->value() - verticalMargin;
    const int row = rowAt(y);
    moveCursor(row, event->modifiers() & Qt::ShiftModifier);
    if (row >= 0 && row < rowCount() && m_rows[static_cast<std::size_t>(row)].folded > 0)
        openFold(row);
}

void DiffView::mouseMoveEvent(QMouseEvent* event)
{
    if (!(event->buttons() & Qt::LeftButton))
        return;
    const qreal y = event->position().y() + verticalScrollBar()->value() - verticalMargin;
    moveCursor(rowAt(y), true);
}

void DiffView::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), token(Token::surface));
    const qreal offset = verticalMargin - verticalScrollBar()->value();
    for (int row = std::max(0, rowAt(std::max<qreal>(0, -offset))); row < rowCount(); ++row) {
        const qreal y = offset + rowTop(row);
        if (y > viewport()->height())
            break;
        paintRow(painter, row, y);
    }
    if (showsFocus(this))
        paintFocusRing(painter, QRectF(viewport()->rect()), 2);
}

void DiffView::paintRow(QPainter& painter, int row, qreal y) const
{
    const qreal height = rowTop(row + 1) - rowTop(row);
    const qreal scroll = horizontalScrollBar()->value();
    const qreal width = viewport()->width();
    const DiffRow& shown = m_rows[static_cast<std::size_t>(row)];
    if (shown.folded > 0) {
        paintFold(painter, row, QRectF(0, y, width, height));
    } else if (m_layout == Layout::unified) {
        const auto at = static_cast<std::size_t>(shown.at);
        paintHalf(painter, {&m_lines[at], &m_breaks[at], QRectF(0, y, width, height), Half::Numbers::both, scroll});
    } else {
        const DiffPair& pair = m_pairs[static_cast<std::size_t>(shown.at)];
        const auto side = [this, scroll](int index, const QRectF& rect, Half::Numbers numbers) {
            if (index < 0)
                return Half{nullptr, nullptr, rect, numbers, scroll};
            const auto at = static_cast<std::size_t>(index);
            return Half{&m_lines[at], &m_breaks[at], rect, numbers, scroll};
        };
        const qreal half = std::floor(width / 2);
        paintHalf(painter, side(pair.left, QRectF(0, y, half, height), Half::Numbers::oldOnly));
        paintHalf(painter, side(pair.right, QRectF(half, y, width - half, height), Half::Numbers::newOnly));
        paintLine(painter, QPointF(half, y), QPointF(half, y + height), token(Token::borderSubtle));
    }
    const bool chosen = m_cursor >= 0 && row >= std::min(m_cursor, m_anchor) && row <= std::max(m_cursor, m_anchor);
    if (chosen && showsFocus(this))
        painter.fillRect(QRectF(0, y, 3, height), token(Token::link));
}

void DiffView::paintFold(QPainter& painter, int row, const QRectF& place) const
{
    painter.fillRect(place, token(Token::sunken));
    const int folded = m_rows[static_cast<std::size_t>(row)].folded;
    const qreal left = (m_layout == Layout::unified ? 2 : 1) * numberWidth + signWidth;
    paintText(painter, place.adjusted(left, 0, 0, 0), TextStyle::small, Token::link,
        tr("Show %1 unchanged lines").arg(folded), Qt::AlignLeft);
}

void DiffView::paintHalf(QPainter& painter, const Half& half) const
{
    if (half.line == nullptr) {
        painter.fillRect(half.rect, token(Token::canvas));
        return;
    }
    const DiffLine& line = *half.line;
    const bool added = line.kind == DiffLine::Kind::added;
    const bool removed = line.kind == DiffLine::Kind::removed;
    if (added || removed)
        painter.fillRect(half.rect, token(added ? Token::diffAdd : Token::diffDelete));
    const Token numberColor = added || removed ? Token::textSecondary : Token::textMuted;
    qreal x = half.rect.left();
    const auto number = [&](int value) {
        const QRectF place(x, half.rect.top(), numberWidth - 10, diffRowHeight());
        if (value > 0)
            paintText(painter, place, TextStyle::mono, numberColor, QString::number(value), Qt::AlignRight);
        x += numberWidth;
    };
    if (half.numbers != Half::Numbers::newOnly)
        number(line.oldNumber);
    if (half.numbers != Half::Numbers::oldOnly)
        number(line.newNumber);
    if (added || removed) {
        const QString sign = added ? QStringLiteral("+") : QString(QChar(0x2212));
        paintText(painter, QRectF(x, half.rect.top(), signWidth, diffRowHeight()), TextStyle::mono,
            added ? Token::ok : Token::badgeErrorText, sign, Qt::AlignHCenter);
    }
    x += signWidth;
    painter.save();
    painter.setClipRect(QRectF(x, half.rect.top(), half.rect.right() - x, half.rect.height()));
    qreal top = half.rect.top();
    int from = 0;
    for (std::size_t part = 0; part <= half.breaks->size(); ++part) {
        const int to = part < half.breaks->size() ? (*half.breaks)[part] : static_cast<int>(line.text.size());
        paintPart(painter, QPointF(x - half.scroll, top), line, from, to);
        from = to;
        top += diffRowHeight();
    }
    painter.restore();
}

}
