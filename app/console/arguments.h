#pragma once

#include "ui/bridge/route.h"
#include "ui/kit/theme.h"

#include <QList>
#include <QSize>
#include <optional>

class QCoreApplication;

namespace ephor::console {

/// What the command line asks for.
struct Arguments {
    QString workspace;
    QString server;
    QString caFile;
    std::optional<std::uint16_t> port;
    QString persona;
    std::optional<ui::Route> route;
    std::optional<ui::Theme::Appearance> theme;
    QString tour; ///< folder for its pictures; empty: no tour
    int tourSeconds = 30;
    QList<QSize> tourSizes{{1'280, 800}, {1'920, 1'080}};
    bool gallery = false;
    bool exitAfterStartup = false;
};

/// Before the QApplication: without a display the window is drawn in memory when a program drives it (--tour,
/// --exit-after-startup); for anything else this ends the process with a sentence (exit 1).
void prepareDisplay(int count, char** values);

/// Reads the command line; prints and ends the process for --help, --version and what cannot be read (exit 2).
Arguments readArguments(const QCoreApplication& application);

}
