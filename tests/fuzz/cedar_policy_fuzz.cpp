// links: core_trust_cedar
#include "core/trust/cedar/authorizer.h"
#include "core/trust/cedar/evaluator.h"
#include "core/trust/cedar/validator.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>

using namespace ephor;
using namespace ephor::cedar;

namespace {

struct World {
    std::shared_ptr<const Entities> entities;
    std::shared_ptr<const Schema> schema;
    Request request;
};

const World& world()
{
    static const World made = [] {
        const auto list = parseJson(R"([{"uid":{"type":"User","id":"ann"},"parents":[{"type":"Group","id":"desk"}],
            "tags":{"t":"v"},"attrs":{"age":41,"name":"Ann","home":{"city":"Oslo"},
            "ip":{"__extn":{"fn":"ip","arg":"10.0.0.1"}}}}])");
        const auto asked
            = parseJson(R"({"principal":"User::\"ann\"","action":"Action::\"read\"","resource":"Doc::\"d\"",
            "context":{"mfa":true,"n":3}})");
        auto entities = Entities::fromJson(*list);
        auto request = Request::fromJson(*asked);
        auto schema = Schema::fromText(
            "entity User in [Group] { age: Long, name?: String, home: { city: String } } tags String;"
            "entity Group; entity Doc; action read appliesTo { principal: User, resource: Doc, "
            "context: { mfa: Bool, n?: Long } };");
        if (!entities || !request || !schema)
            std::abort();
        return World{std::move(*entities), std::move(*schema), std::move(*request)};
    }();
    return made;
}

}

/// A text of policies. What is read is decided and validated too; the index must lose no policy, and what a policy's
/// own text says must be read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (size > 64 * 1024)
        return 0;
    const auto policies = PolicySet::fromText(text);
    if (!policies) {
        if (policies.error().code.empty() || policies.error().message.empty())
            std::abort();
        return 0;
    }
    const Verdict verdict = decide(**policies, *world().entities, world().request, Mode::Cedar);
    Evaluator evaluator(*world().entities, world().request);
    std::size_t satisfied = 0;
    std::size_t erring = 0;
    for (const Policy& policy : (*policies)->policies()) {
        const Outcome outcome = evaluator.satisfies(policy);
        const bool counts = (policy.effect == Effect::Permit) == (verdict.decision == Decision::Allow);
        satisfied += outcome == Outcome::True && counts ? 1 : 0;
        erring += outcome == Outcome::Fault ? 1 : 0;
        if (!PolicySet::fromText(policy.text()))
            std::abort();
    }
    if (satisfied != verdict.reasons.size() || erring != verdict.errors.size())
        std::abort();
    validate(**policies, *world().schema);
    return 0;
}
