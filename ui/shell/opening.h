#pragma once

#include "core/api/backend.h"

#include <QString>
#include <functional>
#include <memory>

namespace ephor::ui {

/// A backend that was opened, and how to speak of it.
struct Opened {
    std::shared_ptr<Backend> backend;
    QString where; ///< "local workspace", "server governance.example.com"
    QString place = {}; ///< folder or address, to be remembered; empty: do not remember
    QString notice = {}; ///< what does not work although it is open; empty: nothing
};

/// A workspace to be made.
struct NewWorkspace {
    QString folder;
    QString name;
    QString personName; ///< the first administrator
    QString login;
    QString password;
};

/// Told from the thread that opens: what is being done and how much of it is done, 0 to 1 (negative: not known). False
/// gives up.
using OpeningProgress = std::function<bool(const QString& stage, double fraction)>;

/// The ways to a backend. The program's composition root fills them in; each runs off the UI thread and may take
/// seconds or more. An empty one is not offered.
struct Openings {
    std::function<Result<Opened>(const OpeningProgress&)> demo; ///< made first where it is not there: a minute
    std::function<Result<Opened>(const QString& folder)> folder;
    std::function<Result<Opened>(const NewWorkspace&)> create;
    std::function<Result<Opened>(const QString& url, const QString& caFile)> server;
};

}
