#include "tests/crash/kill_sweep.h"

#include <QDir>
#include <QProcess>
#include <QStandardPaths>
#include <atomic>
#include <csignal>
#include <mutex>
#include <thread>
#include <vector>

namespace ephor::crash_tests {

namespace {

constexpr int mostCalls = 20'000; // a program that has not ended by then never will
constexpr int atOnce = 2;

Attempt attempt(const QString& strace, const Sweep& sweep, int at, const QString& folder)
{
    QStringList arguments{"-f", "-qq", "-o", folder + ".trace", "-e", "trace=" + sweep.call, "-e",
        QStringLiteral("inject=%1:signal=KILL:when=%2").arg(sweep.call).arg(at)};
    if (!sweep.onlyPath.isEmpty())
        arguments << "-P" << folder + "/" + sweep.onlyPath;
    QProcess process;
    process.start(strace, arguments + sweep.command(folder));
    process.write(sweep.input);
    process.closeWriteChannel();
    process.waitForFinished(-1);
    Attempt result;
    result.at = at;
    // strace ends as its child ended: by the same signal.
    result.killed = process.exitStatus() == QProcess::CrashExit || process.exitCode() == 128 + SIGKILL;
    result.finished = !result.killed && process.exitCode() == 0;
    result.lines = process.readAllStandardOutput().split('\n');
    // What follows the last line's end was cut off by the kill.
    result.lines.removeLast();
    result.complaint = process.readAllStandardError();
    return result;
}

}

Ended run(const QString& program, const QStringList& arguments, const QByteArray& input)
{
    QProcess process;
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    process.waitForFinished(-1);
    const int code = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    return {code, process.readAllStandardOutput(), process.readAllStandardError()};
}

QString usableStrace()
{
    const QString strace = QStandardPaths::findExecutable("strace");
    if (strace.isEmpty())
        return {};
    QProcess probe;
    probe.start(strace, {"-f", "-o", "/dev/null", "-e", "trace=write", "true"});
    probe.waitForFinished(-1);
    return probe.exitStatus() == QProcess::NormalExit && probe.exitCode() == 0 ? strace : QString();
}

int strideOr(int usual)
{
    return qEnvironmentVariableIsSet("EPHOR_KILL_EVERY_CALL") ? 1 : usual;
}

SweepResult sweepKills(const QString& strace, const QString& folder, const Sweep& sweep)
{
    std::atomic<int> next = 1;
    std::atomic<bool> ended = false;
    std::mutex mutex;
    SweepResult result;
    const auto wrong = [&](const std::string& what, const Attempt& tried) {
        const std::lock_guard lock(mutex);
        ended = true;
        if (result.wrong.empty())
            result.wrong = "killed at call " + std::to_string(tried.at) + " of " + sweep.call.toStdString() + ": "
                + what + "\n" + tried.lines.join('\n').toStdString() + "\n" + tried.complaint.toStdString();
    };
    const auto work = [&] {
        while (!ended) {
            const int at = next.fetch_add(sweep.stride);
            const QString own = folder + QStringLiteral("/%1-%2").arg(sweep.call).arg(at);
            const Attempt tried = attempt(strace, sweep, at, own);
            if (tried.killed) {
                const std::lock_guard lock(mutex);
                ++result.kills;
            } else {
                ended = true;
            }
            if (!tried.killed && !tried.finished)
                wrong("it failed by itself", tried);
            else if (at > mostCalls)
                wrong("it never ran to its end", tried);
            else if (const std::string what = sweep.check(tried, own); !what.empty())
                wrong(what, tried);
            QDir(own).removeRecursively();
            QFile::remove(own + ".trace");
        }
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < atOnce; ++i)
        threads.emplace_back(work);
    for (std::thread& thread : threads)
        thread.join();
    return result;
}

}
