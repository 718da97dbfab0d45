#pragma once

#include "core/trust/cedar/change.h"
#include "core/trust/cedar/condition_trace.h"

namespace ephor::cedar {

/// Finds single changes that may bring a policy nearer to holding, or to not holding: guesses for a search that tries
/// them. What the changes point to lies in `arena`.
class ChangeFinder {
public:
    ChangeFinder(const Entities& entities, const Request& request, const History* history, Arena& arena)
        : m_entities(entities)
        , m_request(request)
        , m_arena(arena)
        , m_evaluator(entities, request, history)
        , m_trace(m_evaluator)
    {
    }
    /// For the first part of the policy that does not hold; none when nothing is known that would mend it.
    std::vector<Change> toward(const Policy& policy);
    /// Each that may make a part of a satisfied or erring policy false.
    std::vector<Change> against(const Policy& policy);

private:
    enum class Order : std::uint8_t { Less, LessEqual, Greater, GreaterEqual };

    bool bringScope(const Policy& policy);
    bool bringConstraint(const ScopeConstraint& constraint, RequestPart part, const EntityUid& uid);
    void bringAction(const ActionConstraint& constraint);
    void leaveScope(const ScopeConstraint& constraint, const EntityUid& uid, std::string wanted);
    void bring(const Demand& demand);
    void bringEquality(const Node& left, const Node& right, bool wanted);
    void bringOrder(const Node& node, Order order, bool wanted);
    void bringMembership(const Node& left, const Node& right, bool wanted);
    void bringPresence(const Node& node, bool wanted);
    void bringTag(const Node& node, bool wanted);
    void bringPattern(const Node& node, bool wanted);
    void bringSets(const Node& node, bool wanted);
    void bringContains(const Node& left, const Node& right, bool wanted);
    void bringCall(const Node& node, bool wanted);
    void bringAddress(const Node& node, bool wanted);

    std::optional<Value> valueOf(const Node& node);
    std::optional<ValuePlace> placeOf(const Node& node);
    void assign(const Node& node, const Value& value);
    void assignNumber(const Node& node, Kind kind, std::int64_t number);
    void assignSummand(const Node& sum, std::int64_t number);
    void assignMoment(const Node& call, std::int64_t number);
    void assignOther(const Node& node, const Value& value);
    void propose(Change change);
    void joinOrLeave(ProposedChange::Kind kind, const EntityUid& entity, const EntityUid& group);

    const Entities& m_entities;
    const Request& m_request;
    Arena& m_arena;
    Evaluator m_evaluator;
    ConditionTrace m_trace;
    std::string m_wanted;
    std::vector<Change> m_changes;
};

}
