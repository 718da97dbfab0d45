#pragma once

#include "core/api/operation.h"
#include "core/domain/definition.h"
#include "core/domain/run.h"

namespace ephor {

/// The version of a prompt that a unit gets now, canary included: for agents that live elsewhere and take part in
/// rollouts. The same unit gets the same answer for as long as a rollout stands at its share.
struct ResolvePrompt {
    static constexpr Operation operation{
        "prompts.resolve", Permission::InvokeAgents, Effect::Read, "Tell which version of a prompt a unit gets now"};
    struct Request {
        Name name;
        Text<64> tag = "production"; ///< which line of releases
        Text<256> unit; ///< person or conversation that sticks to one variant; empty: the baseline
        Text<128> agent; ///< whose release decides; needed when several agents use the prompt
    };
    struct Response {
        DefinitionVersion prompt;
        std::string release; ///< digest of the release it comes from
        Variant variant = Variant::Only;
    };
};
BOOST_DESCRIBE_STRUCT(ResolvePrompt::Request, (), (name, tag, unit, agent))
BOOST_DESCRIBE_STRUCT(ResolvePrompt::Response, (), (prompt, release, variant))

}
