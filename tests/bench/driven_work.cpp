#include "tests/bench/driven_work.h"

#include <QThread>
#include <cstdio>
#include <ctime>
#include <fmt/format.h>
#include <utility>

namespace ephor::bench {

namespace {

double milliseconds(clockid_t id)
{
    timespec time{};
    ::clock_gettime(id, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

}

Work workOfThread()
{
    return {milliseconds(CLOCK_MONOTONIC), milliseconds(CLOCK_THREAD_CPUTIME_ID)};
}

bool MeteredApplication::notify(QObject* receiver, QEvent* event)
{
    if (m_inside || QThread::currentThread() != thread())
        return QApplication::notify(receiver, event);
    m_inside = true;
    const Work before = workOfThread();
    const bool handled = QApplication::notify(receiver, event);
    m_busy = m_busy + (workOfThread() - before);
    m_inside = false;
    return handled;
}

Work MeteredApplication::takeBusy()
{
    return std::exchange(m_busy, Work{});
}

void tell(const std::string& name, double value, const std::string& unit, const std::string& note)
{
    fmt::print("{}\t{}\t{}\t{}\n", name, value, unit, note);
    std::fflush(stdout);
}

}
