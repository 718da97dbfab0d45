#include "core/base/background_thread.h"

#include <cstdint>
#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace ephor {

namespace {

// The first version of the kernel's `struct sched_attr` (sched_setattr(2)); its header clashes with <sched.h>.
struct SchedulingWish {
    std::uint32_t size = sizeof(SchedulingWish);
    std::uint32_t policy = SCHED_BATCH;
    std::uint64_t flags = 0;
    std::int32_t nice = 0;
    std::uint32_t priority = 0;
    std::uint64_t turnNanoseconds = 0;
    std::uint64_t deadline = 0;
    std::uint64_t period = 0;
};

// A thread that asks for longer turns than others is interrupted by those that wake up (Linux 6.12 and later; before
// that any that slept may interrupt). The longest that the system gives are 100 ms.
constexpr std::uint64_t longTurnNanoseconds = 50'000'000;

}

void letOthersInterrupt()
{
    SchedulingWish wish;
    wish.nice = ::getpriority(PRIO_PROCESS, 0);
    wish.turnNanoseconds = longTurnNanoseconds;
    (void)::syscall(SYS_sched_setattr, 0, &wish, 0U);
}

}
