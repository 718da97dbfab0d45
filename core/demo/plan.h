#pragma once

#include "core/base/result.h"
#include "core/demo/cast.h"
#include "core/domain/definition.h"
#include "core/domain/verdict.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ephor::demo {

/// How a change of the demo's past ended.
enum class PastEnd { Live, RolledBack, Rejected };

/// A change of the demo's past, or one that is not over.
struct PastChange {
    double day = 0; ///< from the beginning; for what is not over: days before the end
    std::string title;
    std::string description;
    std::string by; ///< login
    std::vector<std::pair<std::string, std::string>> replace; ///< in the text in production
    PastEnd end = PastEnd::Live;
    std::string why; ///< it was rolled back or rejected
};

struct PlannedAgent {
    std::string name;
    std::string team;
    std::string author; ///< login
    std::string promptTitle;
    std::string promptText; ///< of the first version
    AgentBody body;
    std::vector<GrantRule> grants;
    std::vector<PastChange> past; ///< the first is the first release
    std::vector<PastChange> canary; ///< at most one: still at its first share
    std::vector<PastChange> pending; ///< at most one: waits for approval
    std::vector<PastChange> drafts; ///< at most one: not submitted
};

struct PlannedTool {
    std::string name;
    std::string team;
    ToolBody body;
};

struct PlannedModel {
    std::string name;
    ModelBody body;
};

struct PlannedPolicy {
    std::string name;
    std::string team;
    PolicyBody body;
};

struct PlannedProtection {
    std::string name;
    std::string team;
    ProtectionBody body;
};

struct PlannedTeam {
    std::string name;
    std::string title;
};

struct PlannedPersona {
    std::string login;
    std::string name;
    std::string title;
    std::vector<RoleGrant> roles;
};

/// What the demo sets up and what happened since, read from resources/demo.
struct DemoPlan {
    std::string bankName;
    std::string environment;
    std::vector<PlannedTeam> teams;
    std::vector<PlannedPersona> personas;
    std::vector<PlannedModel> models;
    std::vector<PlannedTool> tools;
    std::vector<PlannedPolicy> policies;
    std::vector<PlannedProtection> protections;
    std::vector<PlannedAgent> agents;
};

/// The times that the plan depends on.
struct DemoTimes {
    Instant begin;
    Instant end;
    double scale = 1; ///< days of this demo for each of the ninety that the data speak of
};

/// `port` is where the services listen. Code: demo.data, with the place in the fields.
Result<DemoPlan> readPlan(std::uint16_t port, const DemoTimes& times);

/// The text with every replacement made. Code: demo.data when a passage is not there.
Result<std::string> replaced(std::string text, const PastChange& change);

}
