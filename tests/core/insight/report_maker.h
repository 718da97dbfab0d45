#pragma once

#include "core/insight/telemetry_store.h"

namespace ephor::test {

/// A run that ended well, to be changed by the test.
inline insight::RunReport report(const std::string& id, const std::string& agent, Instant startedAt, double seconds)
{
    insight::RunReport made;
    made.summary.id = id;
    made.summary.agent = agent;
    made.summary.release = "sha256:" + agent;
    made.summary.state = RunState::Done;
    made.summary.startedAt = startedAt;
    made.summary.durationMicros = std::uint64_t(seconds * 1e6);
    made.summary.cost = Money{1'000};
    made.summary.usage = {100, 20, std::nullopt};
    made.model = "large";
    made.ended = true;
    return made;
}

}
