#pragma once

#include "core/api/policies.h"
#include "core/run/runtime/plan.h"
#include "core/store/database.h"
#include "core/trust/policy/argument_shape.h"
#include "core/trust/policy/call_history.h"
#include "core/trust/policy/call_verdict.h"
#include "core/trust/policy/tightening_table.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ephor::evaluate {

/// Rules over a session look back a day at most.
constexpr std::chrono::hours sessionLookback(24);

/// The rules that the calls of one agent keep to, in force or as they would be, ready to judge with. Immutable but for
/// what it remembers of requesters; one thread at a time.
class AgentRules {
public:
    /// What production pins. Codes: agent.unreleased, those of readSources and of the policy language.
    static Result<AgentRules> inForce(const store::Snapshot& snapshot, const std::string& agent,
        const std::string& environment, std::shared_ptr<const policy::TighteningTable> standing);
    /// What a release that need not be there yet would bring.
    static Result<AgentRules> ofRelease(const store::Snapshot& snapshot, const Release& release,
        const std::string& environment, std::shared_ptr<const policy::TighteningTable> standing);

    /// The same with the candidate's drafts, grants and house rule in place.
    /// Codes: those of the policy language with the field `policy` or `grant`.
    Result<AgentRules> with(const CandidateRules& candidate, Instant now) const;

    /// One call that is judged, in the circumstances told.
    struct Question {
        std::string tool;
        std::shared_ptr<const Json> arguments; ///< an object; null: none
        Instant at;
        std::string conversation;
        std::string person; ///< whom the caller named
        std::string run;
        std::uint64_t toolCalls = 0;
        std::string call; ///< id in the run
        std::optional<Instant> answeredAt; ///< of a call that was made; people have then said yes to what was asked
        std::shared_ptr<const Json> answer; ///< null: it failed, or nobody knows
    };
    /// Nothing when the agent has no tool of that name. Rules over a session see the calls judged before it in the same
    /// conversation, or run, so that calls must come in order of time.
    std::optional<policy::PermissionVerdict> judge(const Question& question, const Principal& requester);
    /// Why, for either of the two that must be permitted, in the JSON of cedar::Explanation. Null like judge.
    struct Why {
        Document agent;
        Document requester;
    };
    Result<Why> explain(const Question& question, const Principal& requester);

    /// Whether any rule asks what happened before in a session.
    bool asksSessions() const;

    const Release& release() const { return m_sources->release; }
    const std::string& environment() const { return m_environment; }
    const std::string& team() const { return m_sources->team; }
    const policy::RuleSet& released() const { return *m_released; }
    const std::vector<policy::ToolWords>& words() const { return m_words; }

private:
    AgentRules() = default;
    static Result<AgentRules> of(
        runtime::PlanSources sources, std::string environment, std::shared_ptr<const policy::TighteningTable> standing);
    Result<std::shared_ptr<const cedar::Entities>> entities(const Principal& requester);
    std::optional<std::size_t> placeOf(const std::string& tool) const;
    policy::CallFacts factsOf(
        const Question& question, const Principal& requester, std::size_t place, const cedar::Entities& entities) const;

    std::shared_ptr<const runtime::PlanSources> m_sources;
    std::string m_environment;
    std::vector<policy::ToolWords> m_words;
    std::vector<policy::ArgumentShape> m_shapes; ///< in the same order
    std::vector<policy::ArgumentShape> m_outputShapes; ///< in the same order
    std::shared_ptr<const policy::RuleSet> m_released;
    std::shared_ptr<const policy::TighteningTable> m_standing;
    std::map<std::string, std::shared_ptr<const cedar::Entities>> m_entities; ///< by requester and its roles
    struct Session {
        Instant last;
        std::shared_ptr<policy::CallHistory> history;
    };
    policy::CallHistory& historyOf(const Question& question);
    std::map<std::string, Session> m_sessions; ///< where rules ask for them
};

}
