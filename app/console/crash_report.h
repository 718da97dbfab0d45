#pragma once

#include <QString>
#include <optional>

namespace ephor::console {

/// The report of a run that crashed.
struct CrashReport {
    QString path;
    QString summary; ///< its first lines
};

/// From here on a fatal signal writes version, signal and backtrace into a file that is open already, and is raised
/// again. The handler calls only what is safe in a signal, but for backtrace_symbols_fd, which glibc makes safe once
/// backtrace was called. Reports are in `folder`, one a process.
void installCrashReports(const QString& folder);

/// Ends the reports of a run that ended well.
void removeCrashReport();

/// The newest report of an earlier run; told once. Empty files of runs that are over are removed.
std::optional<CrashReport> takeCrashReport(const QString& folder);

}
