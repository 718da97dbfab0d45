#pragma once

#include "core/trust/cedar/entities.h"
#include "core/trust/cedar/policy_set.h"

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

namespace ephor::temporal {

/// Events that some operations of a policy set ask for, compiled: what sessions watch for. Points into the set.
struct Watch {
    /// An equality of event and request: which events are meant is looked up by what its two sides come to.
    struct Key {
        const cedar::Node* event = nullptr;
        const cedar::Node* request = nullptr;
    };

    std::span<const cedar::EntityUid* const> actions; ///< empty: any
    cedar::EventKind kind = cedar::EventKind::Request;
    std::vector<const cedar::Node*> request; ///< asked of the present request, before any event
    std::vector<const cedar::Node*> event; ///< asked of an event once, when it is recorded
    std::vector<Key> keys;
    std::vector<const cedar::Node*> rest; ///< asked of event and request together, for each event that is left
    const cedar::Node* of = nullptr; ///< what is summed; null where events are counted

    bool concerns(const cedar::EntityUid& action, const cedar::Entity* entity) const;
    bool readsEvent() const { return !event.empty() || !keys.empty() || !rest.empty() || of != nullptr; }
};

/// An operation of the policy set with the places of its watches.
struct PlannedOperation {
    const cedar::TemporalOperation* operation = nullptr;
    std::uint32_t event = 0;
    std::uint32_t ever = 0; ///< of Since
};

/// What the temporal operations of a policy set watch for, equal ones once. Made once per set and shared by all
/// sessions; immutable, thread-safe.
class Plan {
public:
    /// The set is kept alive. Never fails: the parser refused what cannot be compiled.
    static std::shared_ptr<const Plan> compile(std::shared_ptr<const cedar::PolicySet> policies);

    const cedar::PolicySet& policies() const { return *m_policies; }
    std::span<const Watch> watches() const { return m_watches; }
    /// Null for an operation of another policy set.
    const PlannedOperation* find(const cedar::TemporalOperation& operation) const;
    /// The places of the watches that may mean an event of this kind and action, each once. `entity` is the action's,
    /// null for none.
    std::vector<std::uint32_t> concerned(
        cedar::EventKind kind, const cedar::EntityUid& action, const cedar::Entity* entity) const;

private:
    Plan() = default;
    friend class PlanCompiler;

    std::shared_ptr<const cedar::PolicySet> m_policies;
    std::vector<Watch> m_watches;
    std::vector<PlannedOperation> m_operations;
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> m_byAction; ///< by kind and action
    std::array<std::vector<std::uint32_t>, 3> m_byKind; ///< those of any action
};

}
