#include "core/api/grants.h"
#include "tests/bench/driven_work.h"
#include "tests/bench/report.h"
#include "tests/ui/screens/policies/large_matrix.h"
#include "tests/ui/support/ui_support.h"
#include "ui/kit/matrix_view.h"
#include "ui/kit/theme.h"
#include "ui/screens/policies/policies_screen.h"

#include <QCheckBox>
#include <QEventLoop>
#include <QKeyEvent>
#include <QScrollBar>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <fmt/format.h>
#include <functional>
#include <memory>
#include <stdexcept>
#include <vector>

using namespace ephor;
using namespace ephor::bench;

namespace {

constexpr std::size_t agents = 40;
constexpr std::size_t tools = 150;
constexpr double frameMilliseconds = 1'000.0 / 60;
constexpr double aimedFrameMilliseconds = 8;
constexpr int frames = 300;
constexpr int opened = 7;
constexpr int steps = 120;
constexpr int windowWidth = 1'750;
constexpr int windowHeight = 1'000;

class MatrixDrive {
public:
    MatrixDrive(MeteredApplication& application, Report& report);
    void run();

private:
    QCheckBox& differencesOnly() const;
    ui::MatrixView& grid() const { return *m_screen->findChild<ui::MatrixView*>(); }
    void settle();
    /// What the UI thread does until what `act` asks for is painted, the median of several; `before` is not counted.
    void open(const std::string& name, const std::function<void()>& before, const std::function<void()>& act);
    void tellCells(const std::string& name);
    void frame(const std::string& name, int count, const std::function<void(int)>& step);

    MeteredApplication& m_application;
    Report& m_report;
    ui::test::Stage m_stage;
    std::unique_ptr<ui::Screen> m_screen;
};

MatrixDrive::MatrixDrive(MeteredApplication& application, Report& report)
    : m_application(application)
    , m_report(report)
    , m_stage(ui::test::officerSession())
{
    m_stage.backend->give<ReadMatrix>(ui::test::largeMatrix(agents, tools));
    ExplainGrant::Response why;
    why.verdict.word = VerdictWord::Ask;
    why.verdict.reason = "Agent number 1 may call it after the word of a governance officer.";
    why.verdict.rule = "grant:agent-1/system1.act1";
    why.allowed = 431;
    m_stage.backend->give<ExplainGrant>(why);
    m_stage.backend->give<PreviewGrants>({1, 0, 12'480, 37});
}

QCheckBox& MatrixDrive::differencesOnly() const
{
    const auto boxes = m_screen->findChildren<QCheckBox*>();
    const auto found = std::ranges::find(
        boxes, QStringLiteral("Differences only"), [](const QCheckBox* box) { return box->text(); });
    if (found == boxes.end())
        throw std::runtime_error("The matrix cannot be narrowed to its differences.");
    return **found;
}

void MatrixDrive::settle()
{
    if (!ui::test::settle(m_stage.session))
        throw std::runtime_error("The matrix did not come to rest.");
}

void MatrixDrive::open(const std::string& name, const std::function<void()>& before, const std::function<void()>& act)
{
    std::vector<double> taken;
    for (int time = 0; time < opened; ++time) {
        before();
        settle();
        (void)m_application.takeBusy();
        const Work begun = workOfThread();
        act();
        const Work acted = workOfThread() - begun;
        settle();
        const Work answered = m_application.takeBusy();
        const Work shown = workOfThread();
        grid().viewport()->repaint();
        const Work painted = workOfThread() - shown;
        taken.push_back((acted + answered + painted).clock);
    }
    m_report.figure(name, percentile(taken, 0.5), "ms", fmt::format("slowest {:.1f} ms", percentile(taken, 1)));
}

void MatrixDrive::frame(const std::string& name, int count, const std::function<void(int)>& step)
{
    std::vector<double> clock;
    std::vector<double> processor;
    (void)m_application.takeBusy();
    for (int at = 0; at < count; ++at) {
        const Work before = workOfThread();
        step(at);
        const Work moved = workOfThread() - before;
        QEventLoop loop;
        QTimer::singleShot(
            std::max(0, int(frameMilliseconds - moved.clock)), Qt::PreciseTimer, &loop, &QEventLoop::quit);
        loop.exec();
        const Work work = moved + m_application.takeBusy();
        clock.push_back(work.clock);
        processor.push_back(work.processor);
    }
    m_report.figure(name + ", p99", percentile(clock, 0.99), "ms",
        fmt::format("aim 8 ms: {}; p50 {:.2f}, longest {:.1f} ms; of processor time p50 {:.2f}, p99 {:.2f} ms",
            percentile(clock, 0.99) <= aimedFrameMilliseconds ? "met" : "NOT MET", percentile(clock, 0.5),
            percentile(clock, 1), percentile(processor, 0.5), percentile(processor, 0.99)));
}

void MatrixDrive::tellCells(const std::string& name)
{
    const QAbstractItemModel& model = *grid().model();
    m_report.figure(name, double(model.rowCount()) * model.columnCount(), "cells",
        fmt::format("{} rows by {} columns", model.rowCount(), model.columnCount()));
}

void MatrixDrive::run()
{
    const auto leave = [this] { m_screen.reset(); };
    open("opens with its differences", leave, [this] {
        m_screen.reset(ui::makePoliciesScreen(m_stage.context, nullptr));
        m_screen->resize(windowWidth, windowHeight);
        m_screen->show();
        m_screen->open(ui::Route::parse(QStringLiteral("policies/matrix")));
    });
    tellCells("of it shown");
    auto& differing = differencesOnly();
    open("all of it, after its differences", [&] { differing.setChecked(true); }, [&] { differing.setChecked(false); });
    tellCells("of it shown then");
    QScrollBar& across = *grid().horizontalScrollBar();
    QScrollBar& down = *grid().verticalScrollBar();
    frame("wheel down and up", frames, [&](int at) { down.setValue(down.value() + (at % 100 < 50 ? 60 : -60)); });
    frame("wheel across", frames, [&](int at) { across.setValue(across.value() + (at < frames / 2 ? 60 : -60)); });
    grid().setFocus();
    frame("arrows from cell to cell, explained where they rest", steps, [&](int at) {
        QKeyEvent press(QEvent::KeyPress, at % 40 < 20 ? Qt::Key_Right : Qt::Key_Down, Qt::NoModifier);
        QCoreApplication::sendEvent(&grid(), &press);
    });
}

}

int main(int count, char** values)
{
    ::setenv("QT_QPA_PLATFORM", "offscreen", 1);
    try {
        MeteredApplication application(count, values);
        QCoreApplication::setOrganizationName(QStringLiteral("ephor"));
        QCoreApplication::setApplicationName(QStringLiteral("ephor-console"));
        ui::Theme::instance().install();
        Report report("matrix_bench");
        report.section("The access matrix of 40 agents and 150 tools: work of the UI thread in a frame of 16.7 ms");
        MatrixDrive(application, report).run();
        report.save();
    } catch (const std::exception& exception) {
        std::fprintf(stderr, "matrix_bench: %s\n", exception.what());
        return 1;
    }
    return 0;
}
