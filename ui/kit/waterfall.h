#pragma once

#include "ui/kit/state.h"

#include <QAbstractItemView>
#include <QTreeView>
#include <optional>
#include <vector>

namespace ephor::ui {

/// Colour classes of the bars.
enum class SpanTone { model, tool, guard, other, trouble };

/// One row. Times count from the start of the whole, in milliseconds.
struct WaterfallRow {
    QVariant key;
    QString label;
    QString detail = {};
    Icon icon = Icon::none;
    SpanTone tone = SpanTone::other;
    double startMs = 0;
    std::optional<double> durationMs = {}; ///< nothing while it runs
    std::optional<State> verdict = {};
    QString verdictText = {};
    int depth = 0; ///< indentation
};

/// Where times lie on the lane. A plain value, so that it is tested without a window.
struct WaterfallScale {
    double totalMs = 0;
    double left = 0;
    double width = 0;

    double xOf(double milliseconds) const;
    double msAt(double x) const;
    /// Round steps, at most `most` of them, from 0 to the total.
    std::vector<double> ticks(int most) const;
};

/// Token of a tone.
Token spanToken(SpanTone tone);

/// Spans of a run on one time axis: number, icon, name over detail, bar, duration, verdict. Rows are 36 px.
class Waterfall : public QTreeView {
    Q_OBJECT

public:
    explicit Waterfall(const QString& accessibleName, QWidget* parent = nullptr);

    void setRows(std::vector<WaterfallRow> rows);
    /// Total of the axis; 0 takes the end of the last row.
    void setTotal(double milliseconds);
    QVariant currentKey() const;
    void setCurrentKey(const QVariant& key);
    /// Scale of the lane at the present width.
    WaterfallScale scale() const;
    /// As high as its rows.
    void setFitRows();

    QSize sizeHint() const override;

Q_SIGNALS:
    void rowSelected(const QVariant& key);
    void rowOpened(const QVariant& key);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    class WaterfallModel* m_rows;
    double m_total = 0;
    bool m_fit = false;
};

}
