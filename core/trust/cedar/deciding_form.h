#pragma once

#include "core/trust/cedar/arena.h"
#include "core/trust/cedar/policy.h"

#include <cstdint>
#include <span>
#include <vector>

namespace ephor::cedar {

/// A place that conditions look at: principal, action, resource, context (the first four of a form), or an attribute of
/// an earlier place.
struct Lookup {
    std::uint16_t of = 0; ///< the place it is an attribute of
    bool ofPrincipal = false; ///< it begins at `principal`
    Text name;
};

/// An expression that no simpler step can say.
struct Expression {
    const Node* node = nullptr;
    bool ofPrincipal = false; ///< it reads `principal` somewhere
};

enum class StepKind : std::uint8_t {
    Never, ///< a constant that is not what is expected
    Truth, ///< the place itself
    Has, ///< whether the place is there
    Equal, ///< place == literal, and so on
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Contains, ///< place.contains(literal)
    Within, ///< literal.contains(place)
    Like, ///< place like pattern
    Expression,
};

/// One part of a policy's conditions, which && joins: it must come to `expected`.
struct Step {
    StepKind kind = StepKind::Never;
    bool expected = true;
    Kind literalKind = Kind::Boolean; ///< of the steps that compare with a literal
    std::uint32_t place = 0; ///< a Lookup, or of Expression an Expression
    union {
        bool boolean;
        std::int64_t number = 0;
        const Text* text;
        const EntityUid* entity;
        const SetValue* set;
        const RecordValue* record;
        const IpAddress* ip;
        const Pattern* pattern; ///< of Like
    };

    void setLiteral(const Value& value);
    Value literal() const;
};
static_assert(sizeof(Step) == 16);

/// Scope and conditions of one policy.
struct alignas(64) DecidingPolicy {
    const EntityUid* principal = nullptr; ///< Equal, In, IsIn
    const EntityUid* resource = nullptr;
    const Text* principalType = nullptr; ///< Is, IsIn
    const Text* resourceType = nullptr;
    const EntityUid* const* actions = nullptr;
    std::uint32_t actionCount = 0;
    std::uint32_t firstStep = 0;
    std::uint32_t stepCount = 0;
    std::uint32_t order = 0; ///< its place in the set
    Effect effect = Effect::Permit;
    ScopeConstraint::Form principalForm = ScopeConstraint::Form::Any;
    ActionConstraint::Form actionForm = ActionConstraint::Form::Any;
    ScopeConstraint::Form resourceForm = ScopeConstraint::Form::Any;
};
// One line of the processor's memory each: a verdict among thousands of policies waits for that more than for anything.
static_assert(sizeof(DecidingPolicy) == 64);

/// The policies of a set as deciding reads them: conditions are lists of steps over places that are looked up once a
/// request, in the order in which the index finds the policies. Points into the set. Tells what holds and what errs,
/// not why: for that the policies themselves are read. Immutable; thread-safe.
class DecidingForm {
public:
    DecidingForm() = default;
    DecidingForm(const DecidingForm&) = delete;
    DecidingForm& operator=(const DecidingForm&) = delete;

    std::span<const DecidingPolicy> policies() const { return m_policies; }
    std::span<const Step> stepsOf(const DecidingPolicy& policy) const
    {
        return {m_steps.data() + policy.firstStep, policy.stepCount};
    }
    std::span<const Lookup> lookups() const { return m_lookups; }
    std::span<const Expression> expressions() const { return m_expressions; }

private:
    friend class DecidingCompiler;

    Arena m_arena;
    std::vector<DecidingPolicy> m_policies;
    std::vector<Step> m_steps;
    std::vector<Lookup> m_lookups;
    std::vector<Expression> m_expressions;
};

}
