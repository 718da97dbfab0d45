// links: core_trust_temporal
#include "core/trust/cedar/authorizer.h"
#include "core/trust/cedar/validator.h"
#include "core/trust/temporal/limit_rule.h"
#include "core/trust/temporal/rule_form.h"
#include "core/trust/temporal/session_history.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

using namespace ephor;
using namespace ephor::temporal;

namespace {

struct World {
    std::shared_ptr<const cedar::Entities> entities;
    std::shared_ptr<const cedar::Schema> schema;
    std::vector<cedar::Request> requests;
};

const World& world()
{
    static const World made = [] {
        World world;
        world.entities = cedar::Entities::fromJson(*parseJson(R"([{"uid":{"type":"Action","id":"a"},"attrs":{},
            "parents":[{"type":"Action","id":"g"}]},{"uid":{"type":"User","id":"u"},"attrs":{"n":3},"parents":[]}])"))
                             .value_or(nullptr);
        world.schema = cedar::Schema::fromText(
            "entity User { n: Long }; entity Doc; action a appliesTo { principal: User, resource: Doc, context: { "
            "input: "
            "{ x: Long, s?: String } } }; action b appliesTo { principal: User, resource: Doc, context: { input: { x: "
            "Long } } };")
                           .value_or(nullptr);
        for (const char* const action : {"a", "b"}) {
            for (const int x : {1, 2}) {
                auto request = cedar::Request::fromJson(
                    {{"principal", "User::\"u\""}, {"action", {{"type", "Action"}, {"id", action}}},
                        {"resource", "Doc::\"d\""}, {"context", {{"input", {{"x", x}, {"s", action}}}}}});
                if (!request)
                    std::abort();
                world.requests.push_back(std::move(*request));
            }
        }
        if (world.entities == nullptr || world.schema == nullptr)
            std::abort();
        return world;
    }();
    return made;
}

void liveUnder(const std::shared_ptr<const cedar::PolicySet>& policies)
{
    SessionState state(Plan::compile(policies));
    std::vector<Event> recorded;
    for (std::size_t i = 0; i < 12; ++i) {
        const cedar::Request& request = world().requests[i % 4];
        const auto kind = cedar::EventKind(i % 5 == 3 ? 1 : i % 5 == 4 ? 2 : 0);
        Event event{kind, std::int64_t(i * i) * 60'000, &request};
        const auto moment = state.record(event, *world().entities);
        if (!moment)
            std::abort();
        const cedar::Verdict verdict
            = decide(*policies, *world().entities, request, cedar::Mode::Ephor, SessionHistory(state, *moment));
        if (kind == cedar::EventKind::Request && verdict.decision == cedar::Decision::Deny) {
            state.deny(*moment, request, *world().entities);
            event.kind = cedar::EventKind::Error;
        }
        recorded.push_back(event);
    }
    const auto replayed = SessionState::replay(Plan::compile(policies), recorded, *world().entities);
    if (!replayed)
        std::abort();
    for (const cedar::Request& request : world().requests) {
        const auto verdictIn = [&](const SessionState& one) {
            return decide(*policies, *world().entities, request, cedar::Mode::Ephor,
                SessionHistory(one, one.next(3 * 3'600'000)));
        };
        const cedar::Verdict live = verdictIn(state);
        const cedar::Verdict again = verdictIn(*replayed);
        if (live.reasons != again.reasons || live.errors.size() != again.errors.size())
            std::abort();
    }
}

}

/// A text of policies with rules over a session. What is read lives through a short session, and again from its record;
/// a plain text means the same in both grammars, and a form has one text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (size > 16 * 1024)
        return 0;
    const auto policies = cedar::PolicySet::fromText(text, {}, cedar::Grammar::Temporal);
    if (!policies) {
        if (policies.error().code.empty() || cedar::PolicySet::fromText(text))
            std::abort();
        return 0;
    }
    const bool plain = cedar::PolicySet::fromText(text).has_value();
    for (const cedar::Policy& policy : (*policies)->policies()) {
        for (const cedar::Condition& condition : policy.conditions) {
            if (condition.temporal && plain)
                std::abort();
        }
    }
    liveUnder(*policies);
    validate(**policies, *world().schema);
    if (const auto rules = limitRules(**policies)) {
        for (const cedar::PolicySource& rule : *rules) {
            if (!cedar::PolicySet::fromText(rule.text, {}, cedar::Grammar::Temporal))
                std::abort();
        }
    }
    if (const auto form = formOf(text)) {
        const auto written = formText(*form);
        if (written && formText(*formOf(*written)) != written)
            std::abort();
    }
    return 0;
}
