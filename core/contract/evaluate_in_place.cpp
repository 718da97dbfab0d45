#include "core/contract/schema_evaluator.h"

namespace ephor::contract {

namespace {

// Takes back what a failed schema added, at the end of its scope, unless told that it held.
class EvaluatedGuard {
public:
    explicit EvaluatedGuard(EvaluatedParts* parts)
        : m_parts(parts)
    {
        if (parts != nullptr)
            m_mark = parts->mark();
    }
    bool settle(bool held)
    {
        if (!held && m_parts != nullptr)
            m_parts->takeBack(m_mark);
        return held;
    }

private:
    EvaluatedParts* m_parts;
    EvaluatedParts::Mark m_mark{};
};

}

bool SchemaEvaluator::applyInPlace(const SchemaNode& node, const Frame& frame)
{
    const InPlaceRules& rules = *node.inPlace;
    bool ok = true;
    if (!rules.references.empty() && !goOn(ok, checkReferences(node, frame)))
        return false;
    if (!rules.allOf.empty() && !goOn(ok, checkAllOf(node, frame)))
        return false;
    if (!rules.anyOf.empty() && !goOn(ok, checkAnyOf(node, frame)))
        return false;
    if (!rules.oneOf.empty() && !goOn(ok, checkOneOf(node, frame)))
        return false;
    if (rules.negated != nullptr && !goOn(ok, checkNot(node, frame)))
        return false;
    if (rules.condition != nullptr)
        goOn(ok, checkCondition(node, frame));
    return ok;
}

// The outermost resource of the dynamic scope that has the anchor decides; without one, the lexical target.
const SchemaNode& SchemaEvaluator::dynamicTarget(const SchemaReference& reference, const Frame& frame) const
{
    const SchemaNode* target = reference.target;
    if (!reference.dynamicName)
        return *target;
    for (const DynamicScope* scope = frame.scope; scope != nullptr; scope = scope->outer) {
        for (const auto& [name, anchored] : m_plan.resources[scope->resource].dynamicAnchors) {
            if (name == *reference.dynamicName)
                target = anchored;
        }
    }
    return *target;
}

bool SchemaEvaluator::checkReferences(const SchemaNode& node, const Frame& frame)
{
    bool ok = true;
    for (const SchemaReference& reference : node.inPlace->references) {
        EvaluatedGuard guard(frame.evaluated);
        if (!goOn(ok, guard.settle(apply(dynamicTarget(reference, frame), frame))))
            return false;
    }
    return ok;
}

bool SchemaEvaluator::checkAllOf(const SchemaNode& node, const Frame& frame)
{
    bool ok = true;
    for (const SchemaNode* branch : node.inPlace->allOf) {
        EvaluatedGuard guard(frame.evaluated);
        if (!goOn(ok, guard.settle(apply(*branch, frame))))
            return false;
    }
    return ok;
}

bool SchemaEvaluator::checkAnyOf(const SchemaNode& node, const Frame& frame)
{
    const std::size_t before = m_violations.size();
    const Pass pass = m_pass;
    bool any = false;
    for (const SchemaNode* branch : node.inPlace->anyOf) {
        EvaluatedGuard guard(frame.evaluated);
        any = guard.settle(apply(*branch, frame)) || any;
        // When somebody asks what was evaluated, every branch that holds counts.
        if (m_undecided || (any && frame.evaluated == nullptr))
            break;
    }
    if (!any)
        return report(node, frame, "anyOf", "The value does not conform to any of the alternatives.");
    m_violations.resize(before);
    m_pass = pass;
    return true;
}

bool SchemaEvaluator::checkOneOf(const SchemaNode& node, const Frame& frame)
{
    const std::size_t before = m_violations.size();
    const Pass pass = m_pass;
    std::size_t held = 0;
    for (const SchemaNode* branch : node.inPlace->oneOf) {
        EvaluatedGuard guard(frame.evaluated);
        held += guard.settle(apply(*branch, frame)) ? 1 : 0;
        if (m_undecided || held > 1)
            break;
    }
    if (held == 0)
        return report(node, frame, "oneOf", "The value does not conform to any of the alternatives.");
    m_violations.resize(before);
    m_pass = pass;
    return held == 1 || report(node, frame, "oneOf", "The value conforms to more than one of the alternatives.");
}

bool SchemaEvaluator::checkNot(const SchemaNode& node, const Frame& frame)
{
    const Frame asked{frame.instance, frame.path, frame.scope, nullptr};
    if (!applyQuietly(*node.inPlace->negated, asked))
        return true;
    return report(node, frame, "not", "The value conforms to what is ruled out.");
}

bool SchemaEvaluator::checkCondition(const SchemaNode& node, const Frame& frame)
{
    const InPlaceRules& rules = *node.inPlace;
    EvaluatedGuard guard(frame.evaluated);
    const bool holds = guard.settle(applyQuietly(*rules.condition, frame));
    if (m_undecided)
        return false;
    const SchemaNode* branch = holds ? rules.consequence : rules.alternative;
    return branch == nullptr || apply(*branch, frame);
}

}
