#include "core/trust/cedar/deciding_compiler.h"

#include <algorithm>

namespace ephor::cedar {

namespace {

// Of places one set looks at, each two words of a verdict's memory; conditions over more are read as expressions.
constexpr std::size_t mostLookups = 256;

constexpr std::uint16_t principalPlace = 0;
constexpr std::uint16_t actionPlace = 1;
constexpr std::uint16_t resourcePlace = 2;
constexpr std::uint16_t contextPlace = 3;

bool readsPrincipal(const Node& node);

bool patternReadsPrincipal(const EventPattern& pattern)
{
    return pattern.where != nullptr && readsPrincipal(*pattern.where);
}

// As deep as the reader let the expression nest.
bool readsPrincipal(const Node& node)
{
    if (node.kind == NodeKind::Principal)
        return true;
    if (node.kind == NodeKind::Temporal) {
        const TemporalOperation& operation = *node.temporal;
        return patternReadsPrincipal(operation.event) || patternReadsPrincipal(operation.ever)
            || (operation.of != nullptr && readsPrincipal(*operation.of))
            || (operation.plus != nullptr && readsPrincipal(*operation.plus));
    }
    return std::ranges::any_of(node.children, [](const Node* child) { return readsPrincipal(*child); });
}

bool isOrdered(Kind kind)
{
    return kind == Kind::Long || kind == Kind::Datetime || kind == Kind::Duration;
}

StepKind stepFor(NodeKind kind)
{
    switch (kind) {
    case NodeKind::Less:
        return StepKind::Less;
    case NodeKind::LessEqual:
        return StepKind::LessEqual;
    case NodeKind::Greater:
        return StepKind::Greater;
    case NodeKind::GreaterEqual:
        return StepKind::GreaterEqual;
    default:
        return StepKind::Equal;
    }
}

// 5 < x is x > 5.
StepKind mirrored(StepKind kind)
{
    switch (kind) {
    case StepKind::Less:
        return StepKind::Greater;
    case StepKind::LessEqual:
        return StepKind::GreaterEqual;
    case StepKind::Greater:
        return StepKind::Less;
    case StepKind::GreaterEqual:
        return StepKind::LessEqual;
    default:
        return kind;
    }
}

}

DecidingCompiler::DecidingCompiler(DecidingForm& form)
    : m_form(form)
    , m_copier(form.m_arena)
{
    for (const std::uint16_t place : {principalPlace, actionPlace, resourcePlace, contextPlace})
        m_form.m_lookups.push_back({place, place == principalPlace, {}});
}

void DecidingCompiler::add(const Policy& policy)
{
    DecidingPolicy made;
    made.order = policy.order;
    made.effect = policy.effect;
    made.principalForm = policy.principal.form;
    made.actionForm = policy.action.form;
    made.resourceForm = policy.resource.form;
    made.principal = m_copier.shared(policy.principal.entity);
    made.resource = m_copier.shared(policy.resource.entity);
    made.principalType = m_copier.sharedType(policy.principal.type);
    made.resourceType = m_copier.sharedType(policy.resource.type);
    const std::span<const EntityUid*> actions = m_form.m_arena.array<const EntityUid*>(policy.action.entities.size());
    std::ranges::transform(
        policy.action.entities, actions.begin(), [this](const EntityUid* uid) { return m_copier.shared(uid); });
    made.actions = actions.data();
    made.actionCount = std::uint32_t(actions.size());
    made.firstStep = std::uint32_t(m_form.m_steps.size());
    for (const Condition& condition : policy.conditions)
        addPart(*condition.body, condition.kind == ConditionKind::When);
    made.stepCount = std::uint32_t(m_form.m_steps.size()) - made.firstStep;
    m_form.m_policies.push_back(made);
}

// Each way apart keeps the order in which parts are asked, and that the first which is not as expected ends it.
void DecidingCompiler::addPart(const Node& node, bool expected)
{
    if (node.folded && node.value.kind == Kind::Boolean) {
        if (node.value.boolean != expected)
            addStep(StepKind::Never, expected, 0);
        return;
    }
    bool said = false;
    switch (node.folded ? NodeKind::Literal : node.kind) {
    case NodeKind::And:
    case NodeKind::Or:
        said = (node.kind == NodeKind::And) == expected;
        for (std::size_t i = 0; said && i < node.children.size(); ++i)
            addPart(*node.children[i], expected);
        break;
    case NodeKind::Not:
        addPart(*node.children[0], !expected);
        said = true;
        break;
    case NodeKind::Has:
        said = addHas(node, expected);
        break;
    case NodeKind::Equal:
    case NodeKind::NotEqual:
    case NodeKind::Less:
    case NodeKind::LessEqual:
    case NodeKind::Greater:
    case NodeKind::GreaterEqual:
        said = addComparison(node, expected);
        break;
    case NodeKind::Contains:
        said = addContains(node, expected);
        break;
    case NodeKind::Like:
        if (const auto place = placeOf(*node.children[0])) {
            addStep(StepKind::Like, expected, *place);
            m_form.m_steps.back().pattern = m_copier.copied(*node.pattern);
            said = true;
        }
        break;
    case NodeKind::Attribute:
        if (const auto place = placeOf(node)) {
            addStep(StepKind::Truth, expected, *place);
            said = true;
        }
        break;
    default:
        break;
    }
    if (!said)
        addExpression(node, expected);
}

bool DecidingCompiler::addHas(const Node& node, bool expected)
{
    // Not to have a.b is to lack either: no list of steps that must all be so.
    if (!expected && node.names.size() > 1)
        return false;
    auto place = placeOf(*node.children[0]);
    std::vector<std::uint16_t> places;
    for (const Text& name : node.names) {
        place = place ? attributeOf(*place, name) : std::nullopt;
        if (!place)
            return false;
        places.push_back(*place);
    }
    for (const std::uint16_t each : places)
        addStep(StepKind::Has, expected, each);
    return true;
}

bool DecidingCompiler::addComparison(const Node& node, bool expected)
{
    const bool isFlipped = node.children[0]->folded;
    const Node& literal = *node.children[isFlipped ? 0 : 1];
    if (!literal.folded)
        return false;
    const StepKind kind = isFlipped ? mirrored(stepFor(node.kind)) : stepFor(node.kind);
    if (kind != StepKind::Equal && !isOrdered(literal.value.kind))
        return false;
    const auto place = placeOf(*node.children[isFlipped ? 1 : 0]);
    if (!place)
        return false;
    addStep(kind, expected == (node.kind != NodeKind::NotEqual), *place, m_copier.shared(literal.value));
    return true;
}

bool DecidingCompiler::addContains(const Node& node, bool expected)
{
    const bool isWithin = node.children[0]->folded;
    const Node& literal = *node.children[isWithin ? 0 : 1];
    if (!literal.folded || (isWithin && literal.value.kind != Kind::Set))
        return false;
    const auto place = placeOf(*node.children[isWithin ? 1 : 0]);
    if (!place)
        return false;
    addStep(isWithin ? StepKind::Within : StepKind::Contains, expected, *place, m_copier.shared(literal.value));
    return true;
}

void DecidingCompiler::addStep(StepKind kind, bool expected, std::uint32_t place, const Value& literal)
{
    Step& step = m_form.m_steps.emplace_back();
    step.kind = kind;
    step.expected = expected;
    step.place = place;
    step.setLiteral(literal);
}

void DecidingCompiler::addExpression(const Node& node, bool expected)
{
    const auto [known, isNew]
        = m_expressions.try_emplace(m_shapes.of(node), std::uint32_t(m_form.m_expressions.size()));
    if (isNew)
        m_form.m_expressions.push_back({m_copier.copy(node), readsPrincipal(node)});
    addStep(StepKind::Expression, expected, known->second);
}

std::optional<std::uint16_t> DecidingCompiler::placeOf(const Node& node)
{
    if (node.folded)
        return std::nullopt;
    switch (node.kind) {
    case NodeKind::Principal:
        return principalPlace;
    case NodeKind::Action:
        return actionPlace;
    case NodeKind::Resource:
        return resourcePlace;
    case NodeKind::Context:
        return contextPlace;
    case NodeKind::Attribute: {
        const auto place = placeOf(*node.children[0]);
        return place ? attributeOf(*place, node.names.front()) : std::nullopt;
    }
    default:
        return std::nullopt;
    }
}

std::optional<std::uint16_t> DecidingCompiler::attributeOf(std::uint16_t place, const Text& name)
{
    const auto known = m_places.find(mixed(name.hash, place));
    if (known != m_places.end()) {
        const Lookup& lookup = m_form.m_lookups[known->second];
        return lookup.of == place && lookup.name == name ? std::optional(known->second) : std::nullopt;
    }
    if (m_form.m_lookups.size() == mostLookups)
        return std::nullopt;
    const auto made = std::uint16_t(m_form.m_lookups.size());
    m_form.m_lookups.push_back({place, m_form.m_lookups[place].ofPrincipal, m_form.m_arena.text(name.view)});
    m_places.emplace(mixed(name.hash, place), made);
    return made;
}

}
