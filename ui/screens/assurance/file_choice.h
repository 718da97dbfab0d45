#pragma once

#include <QString>
#include <functional>

class QWidget;

namespace ephor::ui::assurance {

/// Asks where to write; tests answer instead of a person. An empty answer means: not now.
struct FileChoice {
    /// Title, suggested name, kinds of file ("Proof (*.tlog-proof)").
    std::function<QString(QWidget*, const QString&, const QString&, const QString&)> saveFile;
    /// Title, where to begin.
    std::function<QString(QWidget*, const QString&, const QString&)> folder;

    /// The dialogs of the desktop.
    static FileChoice native();
};

}
