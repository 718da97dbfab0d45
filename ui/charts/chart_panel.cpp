#include "ui/charts/chart_panel.h"

#include "ui/kit/button.h"
#include "ui/kit/cells_model.h"
#include "ui/kit/data_table.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QLocale>
#include <QPainter>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <cmath>

namespace ephor::ui {

/// Names, values and marks of the series, in the header of the panel. When the room is short the values go, then the
/// names stand in two lines, then the last series go; the tooltip has all of them.
class ChartLegend : public QWidget {
public:
    ChartLegend(const Plot* plot, bool lines, QWidget* parent)
        : QWidget(parent)
        , m_plot(plot)
        , m_lines(lines)
    {
        setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);
    }

    void setNote(const QString& note)
    {
        m_note = note;
        refresh();
    }

    void refresh()
    {
        setAccessibleName(m_plot->accessibleDescription());
        QStringList all;
        for (const Series& series : m_plot->series())
            all << legendWords(series, Values::shown);
        setToolTip(all.join(QLatin1Char('\n')));
        updateGeometry();
        update();
    }

    QSize sizeHint() const override
    {
        return {widthOf(0, m_plot->series().size(), Values::shown), lineHeight(TextStyle::micro)};
    }
    QSize minimumSizeHint() const override { return {0, lineHeight(TextStyle::micro)}; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        const std::size_t all = m_plot->series().size();
        const Values values = widthOf(0, all, Values::shown) <= width() ? Values::shown : Values::hidden;
        const std::size_t half = (all + 1) / 2;
        if (widthOf(0, all, values) <= width()) {
            paintEntries(painter, 0, all, values, QRect(0, 0, width(), height()));
        } else if (2 * lineHeight(TextStyle::micro) <= height() + 2
            && std::max(widthOf(0, half, values), widthOf(half, all, values)) <= width()) {
            const int line = lineHeight(TextStyle::micro);
            const int top = height() / 2 - line;
            paintEntries(painter, 0, half, values, QRect(0, top, width(), line));
            paintEntries(painter, half, all, values, QRect(0, top + line, width(), line));
        } else {
            std::size_t shown = all;
            while (shown > 0 && widthOf(0, shown, values) > width())
                --shown;
            paintEntries(painter, 0, shown, values, QRect(0, 0, width(), height()));
        }
    }

private:
    enum class Values { shown, hidden };

    static QString legendWords(const Series& series, Values values)
    {
        const bool hasValue = values == Values::shown && !series.value.isEmpty();
        return hasValue ? series.name + QLatin1Char(' ') + series.value : series.name;
    }

    /// The index of the series drawn at a place: top of the stack first, as the eye meets the bars.
    int drawn(std::size_t at) const { return static_cast<int>(m_lines ? at : m_plot->series().size() - 1 - at); }

    int markWidth() const { return m_lines ? 20 : 12; }

    int widthOf(std::size_t from, std::size_t to, Values values) const
    {
        int width = m_note.isEmpty() || to < m_plot->series().size() ? 0 : textWidth(TextStyle::micro, m_note) + 1;
        for (std::size_t at = from; at < to; ++at) {
            const Series& series = m_plot->series()[static_cast<std::size_t>(drawn(at))];
            width += markWidth() + textWidth(TextStyle::micro, legendWords(series, values)) + 10;
        }
        return width;
    }

    void paintEntries(QPainter& painter, std::size_t from, std::size_t to, Values values, const QRect& place) const
    {
        double x = std::max(0, place.width() - widthOf(from, to, values));
        const auto room = [&] { return QRectF(x, place.top(), place.width() - x + 2, place.height()); };
        for (std::size_t at = from; at < to; ++at) {
            const int index = drawn(at);
            paintMark(painter, x, place.center().y() + 1, index);
            x += markWidth();
            x += 10
                + paintText(painter, room(), TextStyle::micro, Token::textSecondary,
                    legendWords(m_plot->series()[static_cast<std::size_t>(index)], values));
        }
        if (to == m_plot->series().size())
            paintText(painter, room(), TextStyle::micro, Token::textMuted, m_note);
    }

    void paintMark(QPainter& painter, double x, int middle, int index) const
    {
        const QColor color = token(m_plot->seriesToken(index));
        if (!m_lines) {
            paintBox(painter, QRectF(x, middle - 4, 8, 8), color, {}, 2);
            return;
        }
        QPen pen(color, 2, Qt::SolidLine, Qt::FlatCap);
        if (m_plot->seriesPen(index) == Qt::DashLine)
            pen.setDashPattern({2.5, 1});
        else if (m_plot->seriesPen(index) != Qt::SolidLine)
            pen.setDashPattern({1, 1});
        painter.setPen(pen);
        painter.drawLine(QPointF(x, middle), QPointF(x + 16, middle));
    }

    const Plot* m_plot;
    bool m_lines;
    QString m_note;
};

namespace {

Plot* makePlot(ChartPanel::Shape shape, const QString& name)
{
    if (shape == ChartPanel::Shape::lines)
        return new TimeSeriesChart(name);
    return new StackedBars(name);
}

}

ChartPanel::ChartPanel(const QString& title, Shape shape, QWidget* parent)
    : Card(title, Padding::none, parent)
    , m_plot(makePlot(shape, title))
    , m_legend(new ChartLegend(m_plot, shape == Shape::lines, this))
    , m_table(new DataTable(tr("%1 as a table").arg(title)))
    , m_stack(new QStackedLayout)
    , m_toggle(new IconButton(Icon::table, tr("View as table: %1").arg(title), this))
{
    m_toggle->setSize(Button::Size::compact);
    m_toggle->setCheckable(true);
    keepTitleWhole();
    addTrailing(m_legend);
    addTrailing(m_toggle);
    m_table->setDensity(DataTable::Density::compact);
    auto* body = new QWidget(this);
    body->setLayout(m_stack);
    m_stack->addWidget(m_plot);
    m_stack->addWidget(m_table);
    setBody(body);
    connect(m_toggle, &QAbstractButton::toggled, this, &ChartPanel::showTable);
    connect(m_plot, &Plot::rangeBrushed, this, &ChartPanel::rangeBrushed);
    connect(m_plot, &Plot::markerClicked, this, &ChartPanel::markerClicked);
    connect(m_plot, &Plot::sampleClicked, this, &ChartPanel::sampleClicked);
    connect(m_table, &DataTable::rowOpened, this, &ChartPanel::openRow);
}

void ChartPanel::setSeries(std::vector<Series> series)
{
    m_plot->setSeries(std::move(series));
    m_legend->refresh();
    if (m_stack->currentIndex() == 1)
        fillTable();
}

void ChartPanel::setMarkers(std::vector<EventMarker> markers)
{
    m_plot->setMarkers(std::move(markers));
}

void ChartPanel::setTimeSpan(qint64 from, qint64 to)
{
    m_plot->setTimeSpan(from, to);
}

void ChartPanel::setValueFormat(ValueFormat format)
{
    m_plot->setValueFormat(std::move(format));
}

void ChartPanel::setLegendNote(const QString& text)
{
    m_legend->setNote(text);
}

void ChartPanel::showTable(bool table)
{
    m_toggle->setChecked(table);
    if (table)
        fillTable();
    m_stack->setCurrentIndex(table ? 1 : 0);
}

void ChartPanel::openRow(const QModelIndex& row)
{
    const std::vector<Series>& all = m_plot->series();
    if (all.empty() || all.front().points.size() < 2)
        return;
    const QVector<Point>& points = all.front().points;
    const qint64 from = m_model->keyAt(row.row()).toLongLong();
    Q_EMIT sampleClicked(-1, from, from + (points[1].msecs - points[0].msecs));
}

void ChartPanel::fillTable()
{
    QStringList titles{tr("Time")};
    std::vector<TableColumn> columns{{QStringLiteral("time"), 0, CellKind::text}};
    for (const Series& series : m_plot->series()) {
        titles << series.name;
        columns.push_back({series.name, 96, CellKind::number});
    }
    std::vector<CellRow> rows;
    const std::vector<Series>& all = m_plot->series();
    for (qsizetype at = 0; !all.empty() && at < all.front().points.size(); ++at) {
        const qint64 msecs = all.front().points[at].msecs;
        CellRow row;
        row.key = msecs;
        Cell time;
        time.text = QLocale::c().toString(QDateTime::fromMSecsSinceEpoch(msecs), QStringLiteral("d MMM HH:mm:ss"));
        time.sort = msecs;
        row.cells.push_back(time);
        for (const Series& series : all) {
            const double value = at < series.points.size() ? series.points[at].value : std::nan("");
            Cell cell;
            cell.text = std::isfinite(value) ? m_plot->formatted(value) : QString(QChar(0x2014));
            cell.sort = value;
            row.cells.push_back(cell);
        }
        rows.push_back(std::move(row));
    }
    auto* model = new CellsModel(titles, this);
    model->setRows(std::move(rows));
    m_table->setColumns(columns);
    m_table->setModel(model);
    delete m_model;
    m_model = model;
    connect(m_table, &DataTable::sortRequested, model, &CellsModel::sort, Qt::UniqueConnection);
}

}
