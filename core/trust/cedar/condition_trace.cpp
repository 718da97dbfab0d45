#include "core/trust/cedar/condition_trace.h"

#include "core/base/text.h"
#include "core/trust/cedar/format.h"
#include "core/trust/cedar/plain_value.h"

#include <algorithm>

namespace ephor::cedar {

namespace {

// What a reader takes in at once, and enough for any comparison people write.
constexpr std::size_t mostNamedValues = 12;
// Alternatives of one condition: a longer list of `||` has no nearest one.
constexpr std::size_t mostDemands = 32;
// Of a part told in a sentence or a table's cell, in characters.
constexpr std::size_t longestPartText = 400;

std::string partText(const Node& node)
{
    if (node.kind == NodeKind::Temporal)
        return std::string(nameOf(node.temporal->kind)) + "(…)";
    return isPlain(node) ? shorten(formatted(node), longestPartText) : std::string();
}

bool isLogic(NodeKind kind)
{
    return kind == NodeKind::And || kind == NodeKind::Or || kind == NodeKind::Not || kind == NodeKind::If;
}

bool isLookup(NodeKind kind)
{
    return kind == NodeKind::Attribute || kind == NodeKind::GetTag || kind == NodeKind::Principal
        || kind == NodeKind::Action || kind == NodeKind::Resource || kind == NodeKind::Context;
}

}

ConditionTrace::Truth ConditionTrace::truthOf(const Node& node)
{
    Value value;
    if (!m_evaluator.evaluate(node, value) || value.kind != Kind::Boolean)
        return Truth::None;
    return value.boolean ? Truth::True : Truth::False;
}

bool ConditionTrace::holds(const Condition& condition)
{
    return condition.body != nullptr
        && truthOf(*condition.body) == (condition.kind == ConditionKind::When ? Truth::True : Truth::False);
}

// Down to the part that made an expression come to this: what it says itself is said by no part alone.
const Node& ConditionTrace::deciding(const Node& node, bool came)
{
    const Truth truth = came ? Truth::True : Truth::False;
    if (node.kind == NodeKind::Not) {
        const Node& inner = *node.children[0];
        return isLogic(inner.kind) ? deciding(inner, !came) : node;
    }
    if (node.kind == NodeKind::If) {
        const Truth asked = truthOf(*node.children[0]);
        return asked == Truth::None ? *node.children[0] : deciding(*node.children[asked == Truth::True ? 1 : 2], came);
    }
    const bool oneDecides = (node.kind == NodeKind::And && !came) || (node.kind == NodeKind::Or && came);
    if (!oneDecides)
        return node;
    const auto found = std::ranges::find_if(node.children, [&](const Node* child) { return truthOf(*child) == truth; });
    return found == node.children.end() ? node : deciding(**found, came);
}

std::optional<ConditionFinding> ConditionTrace::firstFailed(const Policy& policy)
{
    for (std::size_t i = 0; i < policy.conditions.size(); ++i) {
        const Condition& condition = policy.conditions[i];
        if (holds(condition))
            continue;
        ConditionFinding finding;
        finding.text = shorten(sourceOfCondition(policy, i), longestPartText);
        if (condition.body == nullptr) {
            finding.atom = finding.text;
            return finding;
        }
        Value value;
        const bool evaluated = m_evaluator.evaluate(*condition.body, value);
        const Node* part = condition.body;
        if (!evaluated) {
            part = m_evaluator.fault().node;
            finding.error = m_evaluator.fault().message;
        } else if (value.kind != Kind::Boolean) {
            finding.error = "A condition wants a bool, but got a " + std::string(nameOf(value.kind)) + ".";
        } else {
            finding.held = value.boolean;
            part = &deciding(*condition.body, value.boolean);
            finding.held = truthOf(*part) == Truth::True;
        }
        finding.atom = isPlain(*part) ? partText(*part) : withoutLayout(finding.text);
        finding.values = valuesOf(*part);
        const TextPosition position = positionAt(policy.source, part->offset);
        finding.line = position.line;
        finding.column = position.column;
        return finding;
    }
    return std::nullopt;
}

std::size_t ConditionTrace::failuresIn(const Policy& policy)
{
    std::size_t failures = 0;
    for (const Condition& condition : policy.conditions) {
        const bool chain = condition.body != nullptr && condition.kind == ConditionKind::When
            && condition.body->kind == NodeKind::And;
        if (!chain)
            failures += holds(condition) ? 0 : 1;
        else
            failures += std::size_t(std::ranges::count_if(
                condition.body->children, [this](const Node* child) { return truthOf(*child) != Truth::True; }));
    }
    return failures;
}

void ConditionTrace::gatherOperand(const Node& node, std::vector<NamedValue>& values)
{
    if (values.size() == mostNamedValues)
        return;
    std::string text = partText(node);
    if (text.empty() || std::ranges::find(values, text, &NamedValue::text) != values.end())
        return;
    NamedValue named{std::move(text), {}, {}};
    Value value;
    if (m_evaluator.evaluate(node, value))
        named.value = shorten(plainText(value), longestPartText);
    else
        named.problem = m_evaluator.fault().message;
    values.push_back(std::move(named));
    const bool computed = !node.folded && !isLookup(node.kind) && node.kind != NodeKind::Temporal;
    if (computed)
        gatherValues(node, values);
}

void ConditionTrace::gatherValues(const Node& node, std::vector<NamedValue>& values)
{
    if (values.size() == mostNamedValues)
        return;
    if (isLogic(node.kind)) {
        for (const Node* child : node.children)
            gatherValues(*child, values);
    } else if (isLookup(node.kind) || node.kind == NodeKind::Temporal || node.children.empty()) {
        if (node.kind != NodeKind::Literal)
            gatherOperand(node, values);
    } else {
        for (const Node* child : node.children)
            gatherOperand(*child, values);
    }
}

std::vector<NamedValue> ConditionTrace::valuesOf(const Node& node)
{
    std::vector<NamedValue> values;
    gatherValues(node, values);
    return values;
}

std::vector<NamedValue> ConditionTrace::valuesOf(const Policy& policy)
{
    std::vector<NamedValue> values;
    for (const Condition& condition : policy.conditions) {
        if (condition.body != nullptr)
            gatherValues(*condition.body, values);
    }
    // A constant says nothing beside the part that it is written in.
    std::erase_if(values, [](const NamedValue& named) { return named.text == named.value; });
    return values;
}

std::vector<Demand> ConditionTrace::demands(const Node& node, bool wanted)
{
    std::vector<Demand> demands;
    gatherDemands(node, wanted, demands);
    return demands;
}

void ConditionTrace::gatherDemands(const Node& node, bool wanted, std::vector<Demand>& demands)
{
    const Truth truth = truthOf(node);
    const Truth goal = wanted ? Truth::True : Truth::False;
    if (truth == goal || demands.size() == mostDemands)
        return;
    if (node.kind == NodeKind::Not) {
        gatherDemands(*node.children[0], !wanted, demands);
        return;
    }
    if (node.kind == NodeKind::If) {
        const Truth asked = truthOf(*node.children[0]);
        if (asked != Truth::None)
            gatherDemands(*node.children[asked == Truth::True ? 1 : 2], wanted, demands);
        gatherDemands(*node.children[0], asked != Truth::True, demands);
        return;
    }
    if (node.kind != NodeKind::And && node.kind != NodeKind::Or) {
        demands.push_back({&node, wanted});
        return;
    }
    const bool oneDecides = wanted == (node.kind == NodeKind::Or);
    for (const Node* child : node.children) {
        if (truthOf(*child) == goal)
            continue;
        gatherDemands(*child, wanted, demands);
        // Where all must be so, the first that is not comes first: those after it may rest on it.
        if (!oneDecides)
            return;
    }
}

}
