#pragma once

#include <QByteArrayList>
#include <QString>
#include <QStringList>
#include <functional>
#include <string>

namespace ephor::crash_tests {

/// One start of a program under strace, which kills it (SIGKILL) as it enters the `at`-th call of `call` of any one of
/// its threads.
struct Attempt {
    int at = 0;
    bool killed = false;
    bool finished = false; ///< ran to its end with exit code 0
    QByteArrayList lines; ///< of its standard output, complete ones only
    QByteArray complaint; ///< its standard error
};

/// What is swept. strace counts calls for each kind and each thread by itself, so every kind has a sweep of its own
/// (and no --seccomp-bpf: with it, strace 6.1 never gets beyond the first).
struct Sweep {
    QString call; ///< "pwrite64", "fdatasync", …
    QString onlyPath; ///< calls on this file of the attempt's folder alone; empty: on every file
    int stride = 1; ///< 2: every second call
    QByteArray input; ///< what the program reads
    /// Makes the folder of the attempt and answers the command line.
    std::function<QStringList(const QString& folder)> command;
    /// What is wrong with what the attempt left; empty: nothing. Called on several threads at once.
    std::function<std::string(const Attempt& attempt, const QString& folder)> check;
};

struct SweepResult {
    int kills = 0;
    std::string wrong; ///< the first thing that was; empty: nothing
};

/// A program that ran to its end. Checks are made by programs of their own too: between a fork of this one and the
/// start of the program, the child would hold every lock that this one has.
struct Ended {
    int code = -1;
    QByteArray out;
    QByteArray err;
};
Ended run(const QString& program, const QStringList& arguments, const QByteArray& input = {});

/// The path of strace when it is there and may trace; empty otherwise.
QString usableStrace();
/// Kills at the first call, the second and so on, until an attempt runs to its end; two attempts at a time. `folder` is
/// where they get theirs, each removed after its check.
SweepResult sweepKills(const QString& strace, const QString& folder, const Sweep& sweep);
/// 1 when every call is to be swept (EPHOR_KILL_EVERY_CALL is set, and QTEST_FUNCTION_TIMEOUT to an hour or so), else
/// `usual`: a stride that keeps the whole sweep under a minute.
int strideOr(int usual);

}
