#pragma once

#include "tests/contract/desk.h"

#include "core/api/changes.h"
#include "core/api/people.h"
#include "core/api/policies.h"
#include "core/api/session.h"
#include "core/domain/reflect.h"

#include <QtGlobal>
#include <string>

namespace ephor::contract_tests {

inline constexpr const char* wandasPassword = "a long enough sentence";

/// What a step that must not fail gave.
template <class T> T take(Result<T> result)
{
    if (!result)
        qFatal("%s: %s", result.error().code.c_str(), result.error().message.c_str());
    return std::move(*result);
}

/// A new session of hers.
inline CallContext wandaSignsIn(Desk& desk)
{
    CallContext context;
    context.localPeer = true;
    SignIn::Request request;
    request.login = "wanda";
    request.password = wandasPassword;
    const auto session = desk.backend().call<SignIn>(request, context);
    context.credential = session ? session->token : std::string();
    return context;
}

/// Wanda, who only looks on, and a rule that wants her sign-in for whatever the clerk takes for her.
inline void wantSignIn(Desk& desk, const std::string& annotations = {})
{
    const CallContext admin = desk.admin();
    const CallContext officer = desk.officer();
    SavePerson::Request wanda;
    wanda.login = "wanda";
    wanda.name = "Wanda Nowak";
    wanda.roles = {{"desk", "*", Role::Viewer}};
    wanda.password = wandasPassword;
    take(desk.backend().call<SavePerson>(wanda, admin));
    SavePolicy::Request policy;
    policy.name = "fresh";
    policy.team = "desk";
    policy.body.title = "A fresh sign-in for taking";
    policy.body.text = annotations
        + "@stepup(\"stock leaves the desk\") permit (principal is Agent, action == "
          "Action::\"stock.take\", resource);";
    take(desk.backend().call<SavePolicy>(policy, admin));
    SaveAgent::Request agent;
    agent.name = "clerk";
    agent.body.title = "Clerk";
    agent.body.prompt = "clerk-prompt";
    agent.body.model = "small";
    agent.body.tools = {"stock.look", "stock.take"};
    agent.body.policies = {"fresh"};
    agent.expectedVersion = 1;
    take(desk.backend().call<SaveAgent>(agent, admin));
    CreateChange::Request change;
    change.agent = "clerk";
    change.title = "Let the clerk take after a sign-in";
    change.items = {{DefinitionKind::Agent, "clerk", 0, 2}, {DefinitionKind::Policy, "fresh", 0, 1}};
    change.grants = {{.agent = "clerk", .tool = "stock.take", .access = Access::Allow}};
    const std::string id = take(desk.backend().call<CreateChange>(change, admin)).change.id;
    take(desk.backend().call<SubmitChange>({id}, admin));
    const auto shown = take(desk.backend().call<GetChange>({id}, officer));
    take(desk.backend().call<ApproveChange>({id, shown.change.digest, "The sign-in makes up for it"}, officer));
    const auto started = take(desk.backend().call<StartRollout>({id, "go"}, admin));
    for (std::string rollout = started.rollout.id; !rollout.empty();) {
        const auto promoted = take(desk.backend().call<PromoteRollout>({rollout, "further"}, admin));
        rollout = promoted.rollout.state == RolloutState::Running ? promoted.rollout.id : std::string();
    }
    if (!desk.workspace().refreshRoutes())
        qFatal("routes");
}

}
