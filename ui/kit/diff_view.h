#pragma once

#include "ui/kit/diff_lines.h"

#include <QAbstractScrollArea>

namespace ephor::ui {

/// A difference of two texts, in one column or two. Long unchanged stretches are folded into a row that a click or
/// Enter opens. F7 and F8 go to the hunk before and after; Ctrl+C copies the chosen lines.
class DiffView : public QAbstractScrollArea {
    Q_OBJECT

public:
    enum class Layout { unified, sideBySide };
    /// What happens to a line longer than its place: it goes on below, or is scrolled to.
    enum class Wrap { none, lines };

    explicit DiffView(const QString& accessibleName, QWidget* parent = nullptr);

    void setLines(std::vector<DiffLine> lines);
    const std::vector<DiffLine>& lines() const { return m_lines; }
    void setLayoutMode(Layout layout);
    Layout layoutMode() const { return m_layout; }
    void setWrap(Wrap wrap);
    Wrap wrap() const { return m_wrap; }
    /// Height of all rows, for a view inside a card that does not scroll. Of wrapped rows it is true at this width.
    int contentHeight() const;
    /// Rows in the present layout, a folded stretch as one.
    int rowCount() const;
    /// Shows every line.
    void unfold();

public Q_SLOTS:
    void nextHunk();
    void previousHunk();

Q_SIGNALS:
    void layoutModeChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    QSize sizeHint() const override;

private:
    struct Half;
    void makeRows();
    void openFold(int row);
    QStringList wordsOfRow(int row) const;
    void paintFold(QPainter& painter, int row, const QRectF& place) const;
    void measureLines();
    void updateScrollBars();
    void layOutRows(qreal textWidth);
    int linesOf(int line) const;
    int rowAt(qreal y) const;
    int rowTop(int row) const;
    void moveToHunk(int hunk);
    void moveCursor(int row, bool extend);
    int hunkRow(int hunk) const;
    void paintRow(QPainter& painter, int row, qreal y) const;
    void paintHalf(QPainter& painter, const Half& half) const;

    std::vector<DiffLine> m_lines;
    std::vector<DiffPair> m_pairs;
    std::vector<DiffRow> m_rows; ///< of lines when unified, of pairs side by side
    std::set<int> m_opened; ///< first lines or pairs of the stretches that were unfolded
    std::vector<int> m_hunks;
    std::vector<qreal> m_widths; ///< of each line
    std::vector<std::vector<int>> m_breaks; ///< where each line goes on below; empty: it does not
    std::vector<int> m_tops; ///< of each row and of the end, in lines on the screen
    Layout m_layout = Layout::unified;
    Wrap m_wrap = Wrap::none;
    int m_cursor = -1;
    int m_anchor = -1;
    qreal m_widest = 0;
};

}
