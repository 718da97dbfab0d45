#include "core/trust/cedar/explain.h"

#include "core/base/text.h"
#include "core/trust/cedar/condition_trace.h"
#include "core/trust/cedar/explanation_sentence.h"
#include "core/trust/cedar/flip_search.h"
#include "core/trust/cedar/format.h"
#include "core/trust/cedar/position_reader.h"
#include "core/trust/cedar/role_path.h"

#include <algorithm>
#include <tuple>

namespace ephor::cedar {

namespace {

// Of a policy's text in an explanation: a longer one is read in the editor.
constexpr std::size_t longestPolicyText = 4'000;
// Groups told of somebody who is not in the one wanted.
constexpr std::size_t mostGroupsTold = 10;
// Policies whose conditions are worked out to see how near they came, and of those tried in a search for a flip: ten
// times what is told, since a refused call waits for them.
constexpr std::size_t mostExamined = 100;
constexpr std::size_t mostGoals = 12;

/// A policy that came near, and how near: less is nearer.
struct Nearness {
    const Policy* policy = nullptr;
    bool turns = false; ///< its effect would turn the verdict round
    std::uint32_t order = 0; ///< of the policy
    unsigned misses = 0;
    std::size_t distance = 0;

    bool operator<(const Nearness& other) const
    {
        return std::tuple(!turns, misses, distance, order)
            < std::tuple(!other.turns, other.misses, other.distance, other.order);
    }
};

/// Works out one explanation.
class Explainer {
public:
    Explainer(
        const PolicySet& policies, const Entities& entities, const Request& request, Mode mode, const History* history)
        : m_policies(policies)
        , m_entities(entities)
        , m_request(request)
        , m_mode(mode)
        , m_history(history)
        , m_evaluator(entities, request, history)
        , m_trace(m_evaluator)
    {
    }

    Explanation explain()
    {
        const Verdict verdict = decideWith(m_policies, m_entities, m_request, m_mode, m_history);
        Explanation explanation;
        explanation.decision = verdict.decision;
        const std::size_t told = std::min(verdict.reasons.size(), maximumDeterminingPolicies);
        for (std::size_t i = 0; i < told; ++i)
            explanation.determining.push_back(findingOf(*verdict.reasons[i]));
        PositionReader positions;
        for (const PolicyError& error : verdict.errors) {
            const TextPosition place = positions.at(error.policy->source, error.offset);
            explanation.errors.push_back({std::string(error.policy->id), error.message, place.line, place.column});
        }
        const std::vector<Nearness> near = nearest(verdict);
        for (const Nearness& one : near) {
            if (explanation.near.size() < maximumNearPolicies)
                explanation.near.push_back(findingOf(*one.policy));
        }
        explanation.flip = flip(verdict.decision, near);
        explanation.sentence = sentenceOf(explanation, m_request);
        return explanation;
    }

private:
    static bool isInside(const EntityUid& uid, const Entity* entity, const EntityUid& group)
    {
        return uid == group || (entity != nullptr && entity->isIn(group));
    }

    bool holds(const ScopeConstraint& constraint, const EntityUid& uid, const Entity* entity) const
    {
        using Form = ScopeConstraint::Form;
        const bool typed = constraint.form == Form::Is || constraint.form == Form::IsIn;
        if (typed && uid.type != constraint.type)
            return false;
        if (constraint.form == Form::Equal)
            return uid == *constraint.entity;
        const bool grouped = constraint.form == Form::In || constraint.form == Form::IsIn;
        return !grouped || isInside(uid, entity, *constraint.entity);
    }

    bool holds(const ActionConstraint& constraint) const
    {
        using Form = ActionConstraint::Form;
        const EntityUid& action = m_request.action();
        const Entity* const entity = m_evaluator.entities().action;
        if (constraint.form == Form::Any)
            return true;
        if (constraint.form == Form::Equal)
            return action == *constraint.entities.front();
        return std::ranges::any_of(
            constraint.entities, [&](const EntityUid* group) { return isInside(action, entity, *group); });
    }

    // Somebody else's grant is further away than a group one might be in.
    static unsigned missOf(const ScopeConstraint& constraint)
    {
        return constraint.form == ScopeConstraint::Form::In || constraint.form == ScopeConstraint::Form::IsIn ? 2 : 4;
    }

    unsigned missesOf(const Policy& policy, unsigned& parts) const
    {
        const RequestEntities& known = m_evaluator.entities();
        unsigned misses = 0;
        const auto count = [&](bool held, unsigned miss) {
            parts += held ? 0 : 1;
            misses += held ? 0 : miss;
        };
        count(holds(policy.principal, m_request.principal(), known.principal), missOf(policy.principal));
        count(holds(policy.action), 3);
        count(holds(policy.resource, m_request.resource(), known.resource), missOf(policy.resource));
        return misses;
    }

    std::vector<Nearness> nearest(const Verdict& verdict)
    {
        const Effect turning = verdict.decision == Decision::Allow ? Effect::Forbid : Effect::Permit;
        std::vector<Nearness> near;
        for (const Policy& policy : m_policies.policies()) {
            unsigned parts = 0;
            const unsigned misses = missesOf(policy, parts);
            m_matchingText += parts == 0 ? policy.length : 0;
            if (parts <= 1 && !std::ranges::binary_search(verdict.reasons, policy.order, {}, &Policy::order))
                near.push_back({&policy, policy.effect == turning, policy.order, misses, 0});
        }
        const std::size_t examined = std::min(near.size(), mostExamined);
        std::partial_sort(near.begin(), near.begin() + std::ptrdiff_t(examined), near.end());
        near.resize(examined);
        for (Nearness& one : near)
            one.distance = m_trace.failuresIn(*one.policy);
        std::sort(near.begin(), near.end());
        return near;
    }

    std::optional<Flip> flip(Decision decision, const std::vector<Nearness>& near)
    {
        FlipQuestion question{m_policies, m_entities, m_request, m_mode, m_history, decision, m_matchingText, {}};
        const Effect turning = decision == Decision::Allow ? Effect::Forbid : Effect::Permit;
        for (const Nearness& one : near) {
            if (one.policy->effect != turning || question.near.size() == mostGoals)
                continue;
            question.near.push_back(one.policy);
            question.textPerTrial += one.policy->length;
        }
        Arena arena;
        const auto changes = findFlip(question, arena);
        if (!changes)
            return std::nullopt;
        Flip found;
        found.decision = decision == Decision::Allow ? Decision::Deny : Decision::Allow;
        for (const Change& change : *changes)
            found.changes.push_back(proposedOf(change, m_entities, m_request));
        found.sentence = sentenceOf(found);
        return found;
    }

    PolicyFinding findingOf(const Policy& policy)
    {
        PolicyFinding finding;
        finding.id = std::string(policy.id);
        finding.effect = policy.effect;
        finding.text = shorten(policy.text(), longestPolicyText);
        finding.line = positionAt(policy.source, policy.offset).line;
        for (const std::string_view name : {"explain", "reason"}) {
            const Annotation* const annotation = policy.annotation(name);
            if (finding.reason.empty() && annotation != nullptr)
                finding.reason = std::string(annotation->value);
        }
        finding.scope = scopeOf(policy);
        if (!std::ranges::all_of(finding.scope, &ScopeFinding::holds)) {
            finding.standing = Standing::ScopeMissed;
            return finding;
        }
        finding.condition = m_trace.firstFailed(policy);
        if (finding.condition)
            finding.standing = finding.condition->error.empty() ? Standing::ConditionFailed : Standing::Erred;
        else
            finding.values = m_trace.valuesOf(policy);
        return finding;
    }

    ScopeFinding partOf(
        std::string_view variable, const ScopeConstraint& constraint, const EntityUid& uid, const Entity* entity) const
    {
        ScopeFinding finding{std::string(variable), formatted(variable, constraint), toText(uid), false, {}, {}};
        finding.holds = holds(constraint, uid, entity);
        const bool grouped
            = constraint.form == ScopeConstraint::Form::In || constraint.form == ScopeConstraint::Form::IsIn;
        if (grouped)
            tellGroups(finding, uid, *constraint.entity);
        return finding;
    }

    void tellGroups(ScopeFinding& finding, const EntityUid& uid, const EntityUid& group) const
    {
        for (const EntityUid* step : rolePath(m_entities, uid, group))
            finding.path.push_back(toText(*step));
        if (!finding.path.empty())
            return;
        for (const EntityUid* other : groupsOf(m_entities, uid, mostGroupsTold))
            finding.memberOf.push_back(toText(*other));
    }

    std::vector<ScopeFinding> scopeOf(const Policy& policy) const
    {
        const RequestEntities& known = m_evaluator.entities();
        ScopeFinding action{"action", formatted(policy.action), toText(m_request.action()), false, {}, {}};
        action.holds = holds(policy.action);
        if (policy.action.form == ActionConstraint::Form::In || policy.action.form == ActionConstraint::Form::InAny) {
            const auto found = std::ranges::find_if(policy.action.entities,
                [&](const EntityUid* group) { return isInside(m_request.action(), known.action, *group); });
            const bool named = policy.action.entities.empty();
            if (!named)
                tellGroups(action, m_request.action(),
                    found == policy.action.entities.end() ? *policy.action.entities.front() : **found);
        }
        return {partOf("principal", policy.principal, m_request.principal(), known.principal), std::move(action),
            partOf("resource", policy.resource, m_request.resource(), known.resource)};
    }

    const PolicySet& m_policies;
    const Entities& m_entities;
    const Request& m_request;
    Mode m_mode;
    const History* m_history;
    Evaluator m_evaluator;
    ConditionTrace m_trace;
    std::size_t m_matchingText = 0; ///< of the policies whose scope fits, in bytes
};

}

Explanation explain(
    const PolicySet& policies, const Entities& entities, const Request& request, Mode mode, const History* history)
{
    return Explainer(policies, entities, request, mode, history).explain();
}

}
