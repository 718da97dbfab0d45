#pragma once

#include "core/base/result.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace ephor {

/// A moment of wall-clock time, UTC, to the microsecond. The zero value means "never" or "not yet".
using Instant = std::chrono::sys_time<std::chrono::microseconds>;
using Duration = std::chrono::microseconds;

/// The only source of time: injected, so that tests and the demo's history run on one of their own.
/// Thread-safe.
class Clock {
public:
    virtual ~Clock() = default;
    /// Wall-clock time; may step in either direction.
    virtual Instant now() const = 0;
    /// Never steps back; only differences mean anything.
    virtual Duration steady() const = 0;
    /// True for time that is made up: what is recorded under such a clock says so.
    virtual bool simulated() const = 0;
};

/// The machine's clock. One instance serves the whole process.
Clock& systemClock();

/// A clock that moves only when told to.
class ManualClock final : public Clock {
public:
    explicit ManualClock(Instant start)
        : m_start(start)
        , m_now(start.time_since_epoch().count())
    {
    }
    Instant now() const override { return Instant(Duration(m_now.load())); }
    Duration steady() const override { return now() - m_start; }
    bool simulated() const override { return true; }
    void advance(Duration by) { m_now.fetch_add(by.count()); }
    void set(Instant to) { m_now.store(to.time_since_epoch().count()); }

private:
    Instant m_start;
    std::atomic<std::int64_t> m_now;
};

/// RFC 3339 in UTC with six decimals: "2026-03-16T14:20:08.123456Z". Lexical order is time order.
std::string formatInstant(Instant instant);

/// Reads RFC 3339 with any offset and 0 to 9 decimals (more than six are cut).
Result<Instant> parseInstant(std::string_view text);

}
