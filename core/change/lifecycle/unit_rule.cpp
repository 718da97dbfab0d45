#include "core/change/lifecycle/unit_rule.h"

#include <string>

namespace ephor::lifecycle {

Result<void> requireStableUnits(std::uint64_t requests, std::uint64_t withoutUnit)
{
    constexpr std::uint64_t hundred = 100;
    if (requests < fewestRequests || withoutUnit * hundred <= requests)
        return {};
    return fail(Error(ErrorKind::Conflict, "rollout.unstable-units",
        std::to_string(withoutUnit) + " of the last " + std::to_string(requests)
            + " requests carry neither person nor conversation, so nobody would stay with one variant.",
        "Let the callers send a person or a conversation; at most 1 % may come without.")
            .with("requests", std::to_string(requests))
            .with("without", std::to_string(withoutUnit)));
}

}
