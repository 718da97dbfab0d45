#pragma once

#include "core/api/policies.h"
#include "core/change/evaluate/operations.h"
#include "core/definition/definitions.h"
#include "core/domain/reflect.h"
#include "core/run/route/releases.h"
#include "tests/core/run/runtime/run_house.h"

// After Qt, which it uses.
#include "tests/core/trust/identity/fake_door.h"

#include <nlohmann/json.hpp>

namespace ephor::evaluate::testing {

using namespace runtime::testing;

template <class T> T take(Result<T> result)
{
    if (!result)
        qFatal("%s", describe(result.error()).c_str());
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

/// A run path with recorded runs, and the operations that judge them again.
class RecordedHouse {
public:
    RecordedHouse()
        : door(*house.database)
    {
        evaluate::addHandlers(door,
            {*house.ledger, house.tightenings, house.clock, "production",
                [this](const store::Snapshot&, const std::string&) -> Result<Release> { return candidate; }});
        officer.kind = PrincipalKind::Person;
        officer.id = "person:officer";
        officer.name = "Olga";
        officer.roles = {{"*", "*", Role::Officer}, {"*", "*", Role::Owner}, {"*", "*", Role::Auditor}};
    }

    /// Runs to the end with these calls; what is asked is approved.
    std::string record(const std::vector<std::pair<std::string, int>>& calls, const std::string& conversation = {},
        const std::string& person = {})
    {
        Story story;
        bool asks = false;
        for (const auto& [tool, amount] : calls) {
            house.model->call(tool, {{"amount", amount}});
            asks = asks || tool == "pay";
        }
        house.model->say("Done.");
        StartRun::Request request;
        request.conversation = conversation;
        request.person = person;
        const auto handle = take(house.start(story, "Go", request));
        if (asks) {
            if (!story.waitFor(RunEventKind::Waiting))
                qFatal("nobody is asked");
            house.decide(house.waiting().front(), ApprovalState::Approved);
        }
        if (!story.waitFor(RunEventKind::Finished))
            qFatal("the run does not end");
        house.clock.advance(std::chrono::minutes(1));
        return handle->id();
    }

    Backtest::Response backtest(const CandidateRules& rules, std::uint64_t days = 30)
    {
        Backtest::Request request;
        request.days = days;
        request.candidate = rules;
        return take(door.call<Backtest>(officer, request));
    }

    /// Saves the next version of a policy.
    void savePolicy(const std::string& name, const std::string& text)
    {
        take(house.database->write([&](store::Transaction& transaction) -> Result<void> {
            PolicyBody body;
            body.title = "Rules";
            body.text = text;
            body.mode = RuleMode::Observe;
            EPHOR_TRY(auto stored, definition::storedBody(body));
            EPHOR_TRY_VOID(definition::save(
                transaction, {name, "desk", std::move(stored), "person:caller", "", 0, house.clock.now()}));
            return {};
        }));
    }

    TryRules::Response tryCall(const std::string& tool, const Json& input, const CandidateRules& rules = {},
        const std::vector<std::string>& roles = {"viewer"})
    {
        TryRules::Request request;
        request.agent = "clerk";
        request.tool = tool;
        request.input = documentOf(input);
        request.roles.assign(roles.begin(), roles.end());
        request.candidate = rules;
        return take(door.call<TryRules>(officer, request));
    }

    RunHouse house;
    test::FakeDoor door;
    Release candidate;
    Principal officer;
};

inline CandidateRules houseRule(const std::string& text)
{
    CandidateRules rules;
    rules.houseRule = text;
    return rules;
}

inline CandidateRules granting(const char* tool, Access access)
{
    GrantRule grant;
    grant.agent = "clerk";
    grant.tool = tool;
    grant.access = access;
    CandidateRules rules;
    rules.grants.push_back(grant);
    return rules;
}

inline const std::string overTen
    = "@explain(\"Looks are small.\") forbid(principal is Agent, action == Action::\"look\", resource) "
      "when { context.input has amount && context.input.amount > 10 };";

template <class T> std::string codeOf(const Result<T>& result)
{
    return result ? std::string() : result.error().code;
}

}
