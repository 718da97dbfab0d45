#pragma once

#include "ui/charts/time_series_chart.h"
#include "ui/kit/card.h"

class QModelIndex;
class QStackedLayout;

namespace ephor::ui {

class DataTable;
class CellsModel;
class IconButton;

/// A card with a chart: title, legend with values, and the same numbers as a table at the press of a button.
class ChartPanel : public Card {
    Q_OBJECT

public:
    enum class Shape { lines, stackedBars };

    ChartPanel(const QString& title, Shape shape, QWidget* parent = nullptr);

    void setSeries(std::vector<Series> series);
    void setMarkers(std::vector<EventMarker> markers);
    void setTimeSpan(qint64 from, qint64 to);
    void setValueFormat(ValueFormat format);
    /// A grey word after the legend, as "of 41,306".
    void setLegendNote(const QString& text);
    void showTable(bool table);
    Plot* plot() const { return m_plot; }

Q_SIGNALS:
    void rangeBrushed(qint64 fromMsecs, qint64 toMsecs);
    void markerClicked(int index);
    /// A sample was clicked, or its row of the table opened (then of no series: -1).
    void sampleClicked(int series, qint64 fromMsecs, qint64 toMsecs);

private:
    void fillTable();
    void openRow(const QModelIndex& row);

    Plot* m_plot;
    class ChartLegend* m_legend;
    DataTable* m_table;
    CellsModel* m_model = nullptr;
    QStackedLayout* m_stack;
    IconButton* m_toggle;
};

}
