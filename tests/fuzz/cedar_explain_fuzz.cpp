// links: core_trust_cedar
#include "core/trust/cedar/explain.h"
#include "core/trust/cedar/format.h"
#include "core/trust/cedar/shape_table.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>

using namespace ephor;
using namespace ephor::cedar;

namespace {

struct Desk {
    std::shared_ptr<const Entities> entities;
    Request request;
};

const Desk& desk()
{
    static const Desk made = [] {
        const auto list = parseJson(R"([{"uid":{"type":"User","id":"ann"},"parents":[{"type":"Group","id":"desk"}],
            "tags":{"t":"v"},"attrs":{"age":41,"name":"Ann","home":{"city":"Oslo"},
            "ip":{"__extn":{"fn":"ip","arg":"10.0.0.1"}}}}])");
        const auto asked
            = parseJson(R"({"principal":"User::\"ann\"","action":"Action::\"read\"","resource":"Doc::\"d\"",
            "context":{"mfa":true,"n":3,"all":["a"]}})");
        auto entities = Entities::fromJson(*list);
        auto request = Request::fromJson(*asked);
        if (!entities || !request)
            std::abort();
        return Desk{std::move(*entities), std::move(*request)};
    }();
    return made;
}

void checkLayout(const Policy& policy)
{
    const auto again = PolicySet::fromText(formatted(policy));
    if (!again || (*again)->policies().size() != 1)
        std::abort();
    const Policy& read = (*again)->policies().front();
    ShapeTable shapes;
    if (read.conditions.size() != policy.conditions.size())
        std::abort();
    for (std::size_t i = 0; i < read.conditions.size(); ++i) {
        if (shapes.of(*read.conditions[i].body) != shapes.of(*policy.conditions[i].body))
            std::abort();
    }
}

}

/// A text of policies. Its explanation must tell the verdict's own decision, and each policy written in the one layout
/// must be the same policy again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (size > 16 * 1024)
        return 0;
    const auto policies = PolicySet::fromText(text);
    if (!policies)
        return 0;
    const Verdict verdict = decide(**policies, *desk().entities, desk().request);
    const Explanation explanation = explain(**policies, *desk().entities, desk().request);
    if (explanation.decision != verdict.decision || explanation.sentence.empty())
        std::abort();
    if (explanation.flip && (explanation.flip->decision == verdict.decision || explanation.flip->changes.empty()))
        std::abort();
    toJson(explanation);
    for (const Policy& policy : (*policies)->policies())
        checkLayout(policy);
    return 0;
}
