#include "app/console/arguments.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <string_view>

namespace ephor::console {

namespace {

constexpr int usageExit = 2;
/// No picture is smaller than the smallest window or larger than what a grab should hold in memory.
constexpr int smallestSide = 400;
constexpr int largestSide = 8'000;
constexpr int longestTourSeconds = 3'600;

[[noreturn]] void refuse(const QString& why)
{
    std::fprintf(stderr, "ephor-console: %s\n", qPrintable(why));
    std::exit(usageExit);
}

QList<QSize> sizesOf(const QString& text)
{
    QList<QSize> sizes;
    for (const QString& part : text.split(u',', Qt::SkipEmptyParts)) {
        const QStringList sides = part.split(u'x');
        const QSize size(sides.value(0).toInt(), sides.value(1).toInt());
        if (sides.size() != 2 || std::min(size.width(), size.height()) < smallestSide
            || std::max(size.width(), size.height()) > largestSide)
            refuse(QStringLiteral("--sizes takes WIDTHxHEIGHT,...; \"%1\" is none.").arg(part));
        sizes.append(size);
    }
    return sizes;
}

ui::Theme::Appearance themeOf(const QString& word)
{
    if (word == QStringLiteral("light"))
        return ui::Theme::Appearance::light;
    if (word == QStringLiteral("dark"))
        return ui::Theme::Appearance::dark;
    if (word == QStringLiteral("high-contrast"))
        return ui::Theme::Appearance::highContrast;
    if (word == QStringLiteral("system"))
        return ui::Theme::Appearance::system;
    refuse(QStringLiteral("--theme is light, dark, high-contrast or system."));
}

int numberOf(const QString& text, const char* option, int smallest, int largest)
{
    bool isNumber = false;
    const int number = text.toInt(&isNumber);
    if (!isNumber || number < smallest || number > largest)
        refuse(
            QStringLiteral("--%1 takes a number from %2 to %3.").arg(QLatin1String(option)).arg(smallest).arg(largest));
    return number;
}

}

void prepareDisplay(int count, char** values)
{
    for (const char* name : {"QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"}) {
        if (qEnvironmentVariableIsSet(name))
            return;
    }
    const auto names = [&](std::initializer_list<std::string_view> options) {
        return std::any_of(values + 1, values + count, [&options](std::string_view value) {
            const std::string_view name = value.substr(0, value.find('='));
            return std::find(options.begin(), options.end(), name) != options.end();
        });
    };
    if (!names({"--tour", "--exit-after-startup", "--version", "--help", "-h", "-v"})) {
        std::fprintf(stderr, "ephor-console: There is no display here. Use --tour DIR for pictures, or ephor serve.\n");
        std::exit(1);
    }
    qputenv("QT_QPA_PLATFORM", "offscreen");
}

Arguments readArguments(const QCoreApplication& application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("The room from which a company governs its AI agents."));
    parser.addHelpOption();
    parser.addVersionOption();
    const auto add = [&parser](const char* name, const char* says, const char* value = nullptr) {
        parser.addOption(value ? QCommandLineOption(QLatin1String(name), QLatin1String(says), QLatin1String(value))
                               : QCommandLineOption(QLatin1String(name), QLatin1String(says)));
    };
    add("workspace", "Open the workspace in this folder.", "dir");
    add("server", "Connect to the server at this address.", "url");
    add("ca", "Trust the authorities in this PEM file for --server.", "file");
    add("port", "Serve agents that live elsewhere on this port of the loopback address.", "port");
    add("as", "Sign in as this persona of a demo workspace.", "login");
    add("route", "Begin at this page, for example changes/CH-12.", "route");
    add("theme", "light, dark, high-contrast or system.", "theme");
    add("gallery", "Show every widget in its states.");
    add("tour", "Drive the demo, write a picture of every screen into this folder, print a summary, exit.", "dir");
    add("seconds", "How long the tour drives the demo first (30).", "n");
    add("sizes", "Sizes of the tour's pictures (1280x800,1920x1080).", "list");
    add("exit-after-startup", "Exit once the first page has its data, and print how long that took.");
    // process() would show a dialog about a wrong option where there is a display, and end with 1.
    if (!parser.parse(application.arguments())) {
        std::fprintf(stderr, "%s\n", qPrintable(parser.helpText()));
        refuse(parser.errorText());
    }
    if (parser.isSet(QStringLiteral("version")))
        parser.showVersion();
    if (parser.isSet(QStringLiteral("help")))
        parser.showHelp();
    const auto value = [&parser](const char* name) { return parser.value(QLatin1String(name)); };
    const auto has = [&parser](const char* name) { return parser.isSet(QLatin1String(name)); };
    if (!parser.positionalArguments().isEmpty())
        refuse(QStringLiteral("\"%1\" is not an option; see --help.").arg(parser.positionalArguments().first()));
    if (has("workspace") && has("server"))
        refuse(QStringLiteral("--workspace and --server exclude each other."));
    Arguments arguments;
    arguments.workspace = value("workspace");
    arguments.server = value("server");
    arguments.caFile = value("ca");
    arguments.persona = value("as");
    arguments.tour = value("tour");
    arguments.gallery = has("gallery");
    arguments.exitAfterStartup = has("exit-after-startup");
    if (has("port"))
        arguments.port = std::uint16_t(numberOf(value("port"), "port", 0, 65'535));
    if (has("route"))
        arguments.route = ui::Route::parse(value("route"));
    if (has("theme"))
        arguments.theme = themeOf(value("theme"));
    if (has("seconds"))
        arguments.tourSeconds = numberOf(value("seconds"), "seconds", 0, longestTourSeconds);
    if (has("sizes"))
        arguments.tourSizes = sizesOf(value("sizes"));
    return arguments;
}

}
