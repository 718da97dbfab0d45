#pragma once

#include "ui/kit/diff_lines.h"

#include <QAbstractScrollArea>

namespace ephor::ui {

/// A difference of two texts, in one column or two. F7 and F8 go to the hunk before and after; Ctrl+C copies the
/// chosen lines.
class DiffView : public QAbstractScrollArea {
    Q_OBJECT

public:
    enum class Layout { unified, sideBySide };

    explicit DiffView(const QString& accessibleName, QWidget* parent = nullptr);

    void setLines(std::vector<DiffLine> lines);
    const std::vector<DiffLine>& lines() const { return m_lines; }
    void setLayoutMode(Layout layout);
    Layout layoutMode() const { return m_layout; }
    /// Height of all rows, for a view inside a card that does not scroll.
    int contentHeight() const;
    /// Rows in the present layout.
    int rowCount() const;

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
    void updateScrollBars();
    void moveCursor(int row, bool extend);
    int hunkRow(int hunk) const;
    void paintRow(QPainter& painter, int row, qreal y) const;
    void paintHalf(QPainter& painter, const Half& half) const;

    std::vector<DiffLine> m_lines;
    std::vector<DiffPair> m_pairs;
    std::vector<int> m_hunks;
    Layout m_layout = Layout::unified;
    int m_cursor = -1;
    int m_anchor = -1;
    qreal m_widest = 0;
};

}
