#include "app/console/arguments.h"
#include "app/console/crash_report.h"
#include "app/console/embedded_workspace.h"
#include "app/console/openings.h"
#include "app/console/screen_factories.h"
#include "app/console/tour.h"
#include "ui/charts/gallery.h"
#include "ui/kit/gallery.h"
#include "ui/screens/settings/appearance_settings.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QStandardPaths>
#include <QTimer>
#include <QTranslator>
#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace {

using namespace ephor;
using namespace ephor::console;

/// The persona of a tour that names none: sees every place.
const QString tourPersona = QStringLiteral("ines");

/// A long read may still run when the window closes; an invisible program must not stay for it.
constexpr int longestClosingMilliseconds = 4'000;

int showGallery(QApplication& application)
{
    ui::addChartGallery();
    const std::unique_ptr<QWidget> gallery(ui::makeGallery());
    gallery->show();
    return application.exec();
}

void openBackend(ui::MainWindow& window, const Arguments& arguments)
{
    ui::SignInPage& page = window.signInPage();
    const bool tours = !arguments.tour.isEmpty();
    page.setPersona(arguments.persona.isEmpty() && tours ? tourPersona : arguments.persona);
    if (!arguments.server.isEmpty())
        page.openServer(arguments.server, arguments.caFile);
    else if (!arguments.workspace.isEmpty())
        page.openFolder(arguments.workspace);
    else if (tours)
        page.openDemo();
    else if (arguments.exitAfterStartup)
        QTimer::singleShot(0, &page, &ui::SignInPage::loginShown);
}

/// Ends the program once its first page has its data: a place of the console, or the question who it is.
void exitWhenReady(ui::MainWindow& window, const QElapsedTimer& started)
{
    const auto exitNow = [&started] {
        std::printf("first data after %lld ms\n", static_cast<long long>(started.elapsed()));
        std::fflush(stdout);
        QApplication::exit(0);
    };
    QObject::connect(&window, &ui::MainWindow::signedIn, &window, [exitNow](ui::Workbench* workbench) {
        QObject::connect(&workbench->session(), &ui::Session::settled, workbench, exitNow);
    });
    QObject::connect(&window.signInPage(), &ui::SignInPage::loginShown, &window, exitNow);
}

/// Nobody is there to read an error when a program drives the window.
void exitOnFailure(ui::MainWindow& window)
{
    QObject::connect(&window.signInPage(), &ui::SignInPage::failed, &window, [](const Error& error) {
        std::fprintf(stderr, "ephor-console: %s\n", describe(error).c_str());
        QApplication::exit(1);
    });
}

int runConsole(QApplication& application, const Arguments& arguments, const QElapsedTimer& started)
{
    const QString reports
        = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/crashes");
    const std::optional<CrashReport> crashed = takeCrashReport(reports);
    installCrashReports(reports);

    ui::Workbench::Settings settings;
    settings.screens = screenFactories();
    int code = 0;
    {
        ui::MainWindow window(openings(arguments.port), settings);
        const bool driven = !arguments.tour.isEmpty() || arguments.exitAfterStartup;
        if (!driven)
            window.restore();
        if (arguments.route)
            window.setFirstRoute(*arguments.route);
        std::unique_ptr<Tour> tour;
        if (!arguments.tour.isEmpty())
            tour = std::make_unique<Tour>(
                window, Tour::Plan{arguments.tour, arguments.tourSeconds, arguments.tourSizes});
        if (arguments.exitAfterStartup)
            exitWhenReady(window, started);
        if (driven)
            exitOnFailure(window);
        openBackend(window, arguments);
        window.show();
        if (crashed && !driven)
            window.offerCrashReport(crashed->path, crashed->summary);
        code = application.exec();
    }
    beginClosing();
    // The workspace closes on a thread of the bridge once the window and the last answer have let go of it.
    bool closed = ui::RequestRunner::drain(longestClosingMilliseconds);
    QCoreApplication::processEvents();
    closed = closed && ui::RequestRunner::drain(longestClosingMilliseconds);
    removeCrashReport();
    // Nothing acknowledged is lost by ending here: it is as safe as pulling the plug, which the store is tested for.
    if (!closed)
        std::_Exit(code);
    return code;
}

}

int main(int count, char** values)
{
    QElapsedTimer started;
    started.start();
    std::signal(SIGPIPE, SIG_IGN);
    prepareDisplay(count, values);
    QApplication application(count, values);
    QCoreApplication::setOrganizationName(QStringLiteral("ephor"));
    QCoreApplication::setApplicationName(QStringLiteral("ephor-console"));
    QCoreApplication::setApplicationVersion(QStringLiteral(EPHOR_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("ephor-console"));
    const Arguments arguments = readArguments(application);
    QTranslator plurals;
    if (plurals.load(QStringLiteral(":/i18n/ephor_en.qm")))
        QCoreApplication::installTranslator(&plurals);
    ui::Theme& theme = ui::Theme::instance();
    theme.install();
    // Pictures are of the design, not of what somebody likes on this machine.
    ui::settings::AppearanceSettings looks;
    if (arguments.tour.isEmpty())
        looks = ui::settings::AppearanceSettings::load();
    looks.appearance = arguments.theme.value_or(looks.appearance);
    looks.apply();
    if (arguments.gallery)
        return showGallery(application);
    return runConsole(application, arguments, started);
}
