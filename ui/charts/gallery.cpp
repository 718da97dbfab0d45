#include "ui/charts/gallery.h"

#include "ui/charts/chart_panel.h"
#include "ui/kit/format.h"
#include "ui/kit/gallery.h"

#include <QGridLayout>
#include <cmath>

namespace ephor::ui {

namespace {

constexpr qint64 chartStart = 1'773'583'200'000; // Sun 15 Mar 2026 14:00 UTC
constexpr qint64 halfHour = 1'800'000;

QString chartWords(const char* text)
{
    return QString::fromUtf8(text);
}

/// The course of a working day: quiet at night, two humps by day.
double dayShape(int halfHours)
{
    const double hour = std::fmod(14.0 + halfHours / 2.0, 24);
    const double shape = 0.16
        + 0.84 * (std::exp(-std::pow((hour - 10.6) / 2.3, 2)) + 0.86 * std::exp(-std::pow((hour - 14.6) / 2, 2)));
    return halfHours < 19 ? 0.5 * shape : shape;
}

Series chartSeries(const char* name, const char* value, Token color, double scale, double wobble, int count = 48)
{
    Series series{chartWords(name), {}, chartWords(value), color};
    for (int at = 0; at < count; ++at)
        series.points.append({chartStart + at * halfHour * 48 / count,
            scale * dayShape(at * 48 / count) + wobble * (1.2 + std::sin(at * 1.7) + 0.5 * std::sin(at * 4.1))});
    return series;
}

Series latencySeries(const char* name, const char* value, Token color, double base, double wobble)
{
    Series series{chartWords(name), {}, chartWords(value), color};
    for (int at = 0; at < 96; ++at) {
        const double rise = at > 84 ? base * 0.3 * (1 - std::exp(-(at - 84) / 4.0)) : 0;
        series.points.append(
            {chartStart + at * halfHour / 2, base + wobble * (std::sin(at * 1.3) + std::sin(at * 2.9)) + rise});
    }
    return series;
}

QWidget* chartPage()
{
    auto* page = new QWidget;
    auto* grid = new QGridLayout(page);
    grid->setContentsMargins(
        metrics::contentPadding, metrics::contentPadding, metrics::contentPadding, metrics::contentPadding);
    grid->setSpacing(metrics::gap);
    const std::vector<EventMarker> events{{chartStart + 38 * halfHour, chartWords("IT triage v18")}};

    auto* outcomes = new ChartPanel(chartWords("Outcomes"), ChartPanel::Shape::stackedBars);
    outcomes->setSeries(
        {chartSeries("Denied, failed", "216", Token::error, 6, 1), chartSeries("Asked", "118", Token::warnFill, 5, 1),
            chartSeries("Completed", "12,512", Token::okQuiet, 540, 4)});
    outcomes->setMarkers(events);
    grid->addWidget(outcomes, 0, 0);

    auto* latency = new ChartPanel(chartWords("Latency"), ChartPanel::Shape::lines);
    latency->setValueFormat([](double seconds) { return QString::number(seconds, 'g', 3) + QStringLiteral(" s"); });
    std::vector<Series> lines{latencySeries("p50", "1.2 s", Token::series1, 1.2, 0.04),
        latencySeries("p95", "3.1 s", Token::series2, 2.6, 0.08),
        latencySeries("p99", "6.8 s", Token::series4, 5.2, 0.25)};
    for (int at = 40; at < 46; ++at)
        lines[1].points[at].value = std::nan("");
    latency->setSeries(lines);
    latency->setMarkers({{chartStart + 38 * halfHour}, {chartStart + 42 * halfHour, chartWords("slow"), Token::warn}});
    grid->addWidget(latency, 0, 1);

    auto* cost = new ChartPanel(chartWords("Cost per half hour"), ChartPanel::Shape::stackedBars);
    cost->setValueFormat([](double euros) { return QStringLiteral("\u20AC ") + QString::number(euros, 'g', 4); });
    cost->setSeries({chartSeries("Large", "\u20AC 171.08", Token::series1, 7.5, 0.1),
        chartSeries("Small", "\u20AC 43.52", Token::series6, 1.9, 0.05)});
    cost->setMarkers({{chartStart + 38 * halfHour}});
    grid->addWidget(cost, 1, 0);

    auto* table = new ChartPanel(chartWords("Verdicts other than allow"), ChartPanel::Shape::stackedBars);
    table->setSeries(
        {chartSeries("Deny", "211", Token::error, 6, 1.2), chartSeries("Ask", "381", Token::warnFill, 10, 2.5)});
    table->setLegendNote(chartWords("of 41,306"));
    grid->addWidget(table, 1, 1);

    auto* shown = new ChartPanel(chartWords("As a table"), ChartPanel::Shape::lines);
    shown->setSeries(lines);
    shown->showTable(true);
    grid->addWidget(shown, 2, 0);
    grid->addWidget(new ChartPanel(chartWords("Nothing yet"), ChartPanel::Shape::lines), 2, 1);
    for (int row = 0; row < 3; ++row)
        grid->setRowMinimumHeight(row, 206);
    grid->setRowStretch(3, 1);
    return page;
}

}

void addChartGallery()
{
    addGalleryPage("charts", chartPage);
}

}
