#include "tests/bench/console/driven_console.h"

#include "app/console/openings.h"
#include "app/console/screen_factories.h"
#include "tests/bench/driven_work.h"
#include "tests/bench/peer.h"
#include "tests/bench/report.h"
#include "ui/kit/cell.h"
#include "ui/kit/data_table.h"
#include "ui/kit/theme.h"
#include "ui/shell/main_window.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QScrollBar>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>
#include <functional>
#include <stdexcept>

namespace ephor::bench {

namespace {

constexpr double frameMilliseconds = 1'000.0 / 60;
constexpr int frames = 600; // ten seconds of each way to scroll
constexpr int longestWaitMilliseconds = 60'000;
constexpr int rowsAWheelStep = 3;

class Drive {
public:
    Drive(MeteredApplication& application, const char* workspace)
        : m_application(application)
        , m_window(console::openings(std::nullopt), settings())
        , m_workspace(QString::fromLocal8Bit(workspace))
    {
    }
    void run();

private:
    static ui::Workbench::Settings settings()
    {
        ui::Workbench::Settings made;
        made.screens = console::screenFactories();
        return made;
    }
    /// Milliseconds until it holds, looked at between events.
    double await(const std::string& what, const std::function<bool()>& holds);
    bool isAtRest() const { return m_window.workbench() && m_window.workbench()->session().pending() == 0; }
    ui::DataTable* table() const;
    bool shows(int row) const;
    void open();
    /// Every frame `step` moves the view, as a wheel or a hand on the bar does.
    void scroll(const std::string& name, const std::function<void(int frame, QScrollBar& bar)>& step);
    /// Goes to a route of the record and waits until the rows in view are there.
    void go(const std::string& name, const QString& route, const std::function<bool()>& holds);
    void goTo(const std::string& name, std::uint64_t entry);
    void query(const std::string& name, const QString& filter);
    bool isViewThere() const;

    MeteredApplication& m_application;
    ui::MainWindow m_window;
    QString m_workspace;
};

double Drive::await(const std::string& what, const std::function<bool()>& holds)
{
    QElapsedTimer timer;
    timer.start();
    QEventLoop loop;
    QTimer look;
    look.setTimerType(Qt::PreciseTimer);
    bool held = false;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        held = holds();
        if (held || timer.elapsed() > longestWaitMilliseconds)
            loop.quit();
    });
    look.start(1);
    loop.exec();
    if (!held)
        throw std::runtime_error(what + " did not come within a minute.");
    return double(timer.nsecsElapsed()) / 1e6;
}

// The widest table of the page that is shown.
ui::DataTable* Drive::table() const
{
    ui::DataTable* widest = nullptr;
    for (ui::DataTable* table : m_window.findChildren<ui::DataTable*>()) {
        if (table->isVisible() && table->model()
            && (!widest || table->model()->rowCount() > widest->model()->rowCount()))
            widest = table;
    }
    return widest;
}

bool Drive::shows(int row) const
{
    const QAbstractItemModel& model = *table()->model();
    return row >= 0 && row < model.rowCount() && !model.index(row, 0).data(ui::CellRole::loading).toBool();
}

bool Drive::isViewThere() const
{
    const ui::DataTable* shown = table();
    if (!shown || shown->model()->rowCount() == 0)
        return false;
    const int below = shown->rowAt(shown->viewport()->height() - 1);
    return shows(shown->rowAt(0)) && shows(below < 0 ? shown->model()->rowCount() - 1 : below);
}

void Drive::open()
{
    m_window.signInPage().setPersona(QStringLiteral("ines"));
    m_window.signInPage().openFolder(m_workspace);
    m_window.show();
    await("Home", [this] { return isAtRest(); });
    tell("after the first data of Home", residentMegabytes("self"), "MB", "resident");
}

void Drive::scroll(const std::string& name, const std::function<void(int, QScrollBar&)>& step)
{
    std::vector<double> clock;
    std::vector<double> processor;
    std::size_t waited = 0;
    QScrollBar& bar = *table()->verticalScrollBar();
    (void)m_application.takeBusy();
    for (int frame = 0; frame < frames; ++frame) {
        const Work before = workOfThread();
        step(frame, bar);
        const Work moved = workOfThread() - before;
        QEventLoop loop;
        QTimer::singleShot(
            std::max(0, int(frameMilliseconds - moved.clock)), Qt::PreciseTimer, &loop, &QEventLoop::quit);
        loop.exec();
        waited += !isViewThere();
        const Work work = moved + m_application.takeBusy();
        clock.push_back(work.clock);
        processor.push_back(work.processor);
    }
    const double longest = *std::ranges::max_element(clock);
    const std::string note = fmt::format("p50 {:.2f}, longest {:.1f} ms; of processor time p50 {:.2f}, p99 {:.2f} ms; "
                                         "rows missing at the end of {} of {} frames",
        percentile(clock, 0.5), longest, percentile(processor, 0.5), percentile(processor, 0.99), waited, frames);
    tell(name + ", p99", percentile(clock, 0.99), "ms", note);
}

void Drive::go(const std::string& name, const QString& route, const std::function<bool()>& holds)
{
    QElapsedTimer timer;
    timer.start();
    m_window.workbench()->navigate(ui::Route::parse(route));
    await(name, holds);
    // What the answer changed is painted by then.
    QCoreApplication::processEvents();
    tell(name, double(timer.nsecsElapsed()) / 1e6, "ms");
    await(name, [this] { return isAtRest(); });
}

void Drive::goTo(const std::string& name, std::uint64_t entry)
{
    go(name, QStringLiteral("assurance/record/%1").arg(entry), [this, entry] {
        if (!isViewThere())
            return false;
        const auto first = table()->model()->index(table()->rowAt(0), 0).data(ui::CellRole::copyText).toULongLong();
        return first >= entry && first < entry + 1'000;
    });
}

void Drive::query(const std::string& name, const QString& filter)
{
    // Where nothing is found, words stand in the table's place.
    const auto fits = [this] { return isAtRest() && (!table() || table()->model()->rowCount() == 0 || isViewThere()); };
    go(name, QStringLiteral("assurance/record?") + filter, fits);
}

void Drive::run()
{
    open();
    const auto settled = [this] { return isAtRest() && isViewThere(); };
    go("the record opens", QStringLiteral("assurance/record"), settled);
    const auto entries = table()->model()->index(0, 0).data(ui::CellRole::copyText).toULongLong() + 1;
    scroll("wheel, three rows a frame", [](int, QScrollBar& bar) { bar.setValue(bar.value() + rowsAWheelStep); });
    scroll("dragging the bar, 1,000 rows a frame", [](int, QScrollBar& bar) { bar.setValue(bar.value() + 1'000); });
    scroll("dragging the bar over the whole view and back", [](int frame, QScrollBar& bar) {
        const int half = frames / 2;
        bar.setValue(int(double(bar.maximum()) * (frame < half ? frame : frames - frame) / half));
    });
    goTo("jump to the first entry", 0);
    goTo("jump to the middle", entries / 2);
    goTo("jump to a quarter", entries / 4);
    scroll("wheel in the middle", [](int, QScrollBar& bar) { bar.setValue(bar.value() + rowsAWheelStep); });
    query("all that people decided", QStringLiteral("kind=approval"));
    query("outcomes of one agent", QStringLiteral("actor=agent:customer-refunds&kind=outcome"));
    query("what failed, of one agent", QStringLiteral("actor=agent:access-provisioning&outcome=failed"));
    query("tool calls", QStringLiteral("op=tool"));
    scroll("wheel in what was found", [](int, QScrollBar& bar) { bar.setValue(bar.value() + rowsAWheelStep); });
    tell("after all of it", residentMegabytes("self"), "MB", "resident");
    tell("at most, while opening", peakMegabytes(), "MB", "resident");
}

}

int driveConsole(int count, char** values, const char* workspace)
{
    int code = 0;
    try {
        MeteredApplication application(count, values);
        QCoreApplication::setOrganizationName(QStringLiteral("ephor"));
        QCoreApplication::setApplicationName(QStringLiteral("ephor-console"));
        ui::Theme::instance().install();
        Drive(application, workspace).run();
    } catch (const std::exception& exception) {
        std::fprintf(stderr, "console_bench: %s\n", exception.what());
        code = 1;
    }
    std::fflush(stdout);
    // The record is still being verified in the background; nobody waits for that.
    std::_Exit(code);
}

}
