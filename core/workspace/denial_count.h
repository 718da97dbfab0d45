#pragma once

#include "core/base/clock.h"

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace ephor::workspace {

/// Counts refusals of callers nobody knows, so that a flood of them becomes one entry a minute instead of filling the
/// record. Thread-safe.
class DenialCount {
public:
    explicit DenialCount(const Clock& clock)
        : m_clock(clock)
    {
    }

    /// Counts one; returns the counts by operation when a minute is over and they are due for the record.
    std::optional<std::map<std::string, std::uint64_t>> add(const std::string& operation);
    /// What is left, at shutdown.
    std::map<std::string, std::uint64_t> take();

private:
    const Clock& m_clock;
    std::mutex m_mutex;
    std::map<std::string, std::uint64_t> m_counts;
    std::optional<Duration> m_recordedAt;
};

}
