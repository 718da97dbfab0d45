#pragma once

#include "core/trust/cedar/entities.h"
#include "core/trust/cedar/history.h"
#include "core/trust/cedar/policy.h"
#include "core/trust/cedar/request.h"
#include "core/trust/cedar/scope_index.h"

#include <array>
#include <string>

namespace ephor::cedar {

/// Why an evaluation came to nothing.
struct EvaluationFault {
    const Node* node = nullptr; ///< where
    std::string message;
};

enum class Outcome : std::uint8_t { False, True, Fault };

/// Evaluates policies for one request. Values it makes live as long as it does; it keeps a few kilobytes in itself, so
/// that an ordinary verdict asks the heap for nothing. One thread at a time.
class Evaluator {
public:
    /// Without a history every temporal operation is a fault.
    Evaluator(const Entities& entities, const Request& request, const History* history = nullptr);
    /// With the request's entities already looked up.
    Evaluator(const Entities& entities, const Request& request, const RequestEntities& known, const History* history);
    Evaluator(const Evaluator&) = delete;
    Evaluator& operator=(const Evaluator&) = delete;

    const RequestEntities& entities() const { return m_known; }
    bool matchesScope(const Policy& policy) const;
    /// Scope and conditions, left to right until one is false. After Fault see fault().
    Outcome satisfies(const Policy& policy);
    const EvaluationFault& fault() const { return m_fault; }
    /// One expression; false with fault() set.
    bool evaluate(const Node& node, Value& result);
    /// The same where it must be a Boolean.
    bool evaluateBoolean(const Node& node, bool& result);
    /// What `event` stands for from now on; null for nothing.
    void setEvent(const Value* event) { m_event = event; }

private:
    bool matches(const ScopeConstraint& constraint, const EntityUid& uid, const Entity* entity) const;
    Value known(const Node& node) const;
    bool evaluateTemporal(const Node& node, Value& result);
    bool evaluateChain(const Node& node, Value& result);
    bool evaluateUnary(const Node& node, Value& result);
    bool evaluateSum(const Node& node, Value& result);
    bool evaluateProduct(const Node& node, Value& result);
    bool evaluateOrder(const Node& node, Value& result);
    bool evaluateBranches(const Node& node, Value& result);
    bool evaluateSet(const Node& node, Value& result);
    bool evaluateRecord(const Node& node, Value& result);
    bool evaluateAttribute(const Node& node, Value& result);
    bool evaluateHas(const Node& node, Value& result);
    bool evaluateIs(const Node& node, Value& result);
    bool evaluateIn(const Node& node, const Value& left, const Value& right, Value& result);
    bool evaluateSets(const Node& node, Value& result);
    bool evaluateTag(const Node& node, Value& result);
    bool evaluateCall(const Node& node, Value& result);
    bool evaluatePair(const Node& node, Value& left, Value& right);
    bool evaluateKind(const Node& parent, const Node& node, Kind kind, Value& result);
    bool fail(const Node& node, std::string message);
    bool failKind(const Node& node, std::string_view wanted, const Value& value);
    const Entity* entityOf(const EntityUid& uid) const;
    bool isIn(const EntityUid& uid, const EntityUid& other) const;

    const Entities& m_entities;
    const Request& m_request;
    const History* m_history;
    const Value* m_event = nullptr;
    RequestEntities m_known;
    EvaluationFault m_fault;
    alignas(std::max_align_t) std::array<std::byte, 2048> m_first;
    Arena m_arena;
};

}
