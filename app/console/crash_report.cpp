#include "app/console/crash_report.h"

#include <QDir>
#include <QFile>

#include <array>
#include <csignal>
#include <cstring>
#include <execinfo.h>
#include <fcntl.h>
#include <unistd.h>

namespace ephor::console {

namespace {

constexpr int deepestBacktrace = 64;
/// Room kept on the disk, so that a report can be written when it is full.
constexpr off_t reportBytes = 64 * 1024;
constexpr std::size_t handlerStackBytes = 64 * 1024; ///< a crash may be the end of the ordinary stack
constexpr std::array fatalSignals{SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL};
constexpr qint64 summaryBytes = 600;

int reportFile = -1;
QByteArray reportPath;
alignas(16) std::array<char, handlerStackBytes> handlerStack;

void put(const char* words)
{
    [[maybe_unused]] const ssize_t written = write(reportFile, words, std::strlen(words));
}

const char* signalName(int number)
{
    switch (number) {
    case SIGSEGV:
        return "SIGSEGV";
    case SIGABRT:
        return "SIGABRT";
    case SIGBUS:
        return "SIGBUS";
    case SIGFPE:
        return "SIGFPE";
    default:
        return "SIGILL";
    }
}

extern "C" void writeCrashReport(int number)
{
    put("ephor-console " EPHOR_VERSION "\nsignal ");
    put(signalName(number));
    put("\n");
    std::array<void*, deepestBacktrace> frames{};
    backtrace_symbols_fd(frames.data(), backtrace(frames.data(), deepestBacktrace), reportFile);
    fsync(reportFile);
    // The handler was taken away before it ran (SA_RESETHAND), so this ends the process as it would have.
    raise(number);
}

bool isRunning(const QString& fileName)
{
    bool number = false;
    const auto process = fileName.mid(6).chopped(4).toInt(&number); // crash-<pid>.txt
    return number && (kill(process, 0) == 0 || errno == EPERM);
}

}

void installCrashReports(const QString& folder)
{
    if (!QDir().mkpath(folder))
        return;
    reportPath = QFile::encodeName(QStringLiteral("%1/crash-%2.txt").arg(folder).arg(getpid()));
    reportFile = open(reportPath.constData(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
    if (reportFile < 0)
        return;
    [[maybe_unused]] const int kept = fallocate(reportFile, FALLOC_FL_KEEP_SIZE, 0, reportBytes);
    // The first call loads a library, which a handler must not.
    std::array<void*, 1> frame{};
    backtrace(frame.data(), 1);
    stack_t stack{};
    stack.ss_sp = handlerStack.data();
    stack.ss_size = handlerStack.size();
    sigaltstack(&stack, nullptr);
    struct sigaction action{};
    action.sa_handler = writeCrashReport;
    action.sa_flags = SA_ONSTACK | int(SA_RESETHAND) | SA_NODEFER;
    for (const int number : fatalSignals)
        sigaction(number, &action, nullptr);
}

void removeCrashReport()
{
    if (reportFile >= 0)
        unlink(reportPath.constData());
}

std::optional<CrashReport> takeCrashReport(const QString& folder)
{
    std::optional<CrashReport> newest;
    const QDir reports(folder);
    for (const QFileInfo& file : reports.entryInfoList({QStringLiteral("crash-*.txt")}, QDir::Files, QDir::Time)) {
        if (isRunning(file.fileName()))
            continue;
        if (file.size() == 0) {
            QFile::remove(file.filePath());
            continue;
        }
        const QString kept = reports.filePath(
            QStringLiteral("report-%1.txt").arg(file.lastModified().toString(QStringLiteral("yyyyMMdd-HHmmss"))));
        if (!QFile::rename(file.filePath(), kept) || newest)
            continue;
        QFile report(kept);
        if (report.open(QIODevice::ReadOnly))
            newest = CrashReport{kept, QString::fromLocal8Bit(report.read(summaryBytes))};
    }
    return newest;
}

}
