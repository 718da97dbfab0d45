#include "core/trust/cedar/hearing.h"

#include <algorithm>

namespace ephor::cedar {

Asked::Asked(const Entities& known, const Request& wanted)
    : entities(known)
    , request(wanted)
    , principal(wanted.principal(), known.find(wanted.principal()))
    , action(wanted.action(), known.find(wanted.action()))
    , resource(wanted.resource(), known.find(wanted.resource()))
{
}

Asked::Asked(const Asked& other, const Request& wanted)
    : entities(other.entities)
    , request(wanted)
    , principal(wanted.principal(), other.entities.find(wanted.principal()))
    , action(other.action)
    , resource(other.resource)
{
}

RequestEntities Asked::known() const
{
    return {principal.entity(), action.entity(), resource.entity()};
}

const Entity* Asked::find(const EntityUid& uid) const
{
    for (const ScopeSide* const side : {&principal, &resource, &action}) {
        if (&side->uid() == &uid)
            return side->entity();
    }
    return entities.find(uid);
}

PolicyError errorOf(const PolicySet& policies, const Asked& asked, const History* history, std::uint32_t place)
{
    const Policy& policy = policies.policies()[place];
    Evaluator evaluator(asked.entities, asked.request, asked.known(), history);
    if (evaluator.satisfies(policy) == Outcome::Fault)
        return {&policy, evaluator.fault().message, evaluator.fault().node->offset};
    return {&policy, "The policy could not be evaluated.", policy.offset};
}

std::vector<PolicyError> errorsOf(
    const PolicySet& policies, const Asked& asked, const History* history, const Heard& heard)
{
    std::vector<PolicyError> errors;
    errors.reserve(heard.errors.size());
    for (const std::uint32_t place : heard.errors)
        errors.push_back(errorOf(policies, asked, history, place));
    return errors;
}

Hearing::Hearing(const PolicySet& policies, Mode mode, const History* history)
    : m_policies(policies)
    , m_form(policies.deciding())
    , m_mode(mode)
    , m_history(history)
    , m_places(m_form.lookups().size(), &m_memory)
    , m_gathered(&m_memory)
    , m_candidates(&m_memory)
{
}

// What action and resource leave is the same for every principal.
void Hearing::gather()
{
    m_policies.index().ofActionAndResource(m_asked->action, m_asked->resource,
        [this](const ScopeIndex::Posting& posting) { m_gathered.push_back(posting); });
}

void Hearing::hear(const Asked& asked, Heard& heard)
{
    m_asked = &asked;
    m_evaluator.reset();
    if (m_round++ == 0)
        gather();
    const std::span<const Lookup> lookups = m_form.lookups();
    for (std::size_t i = 0; i < lookups.size(); ++i) {
        if (lookups[i].ofPrincipal)
            m_places[i].sight = Sight::Unknown;
    }
    const std::span<const DecidingPolicy> all = m_form.policies();
    m_candidates.clear();
    const auto take = [&](const ScopeIndex::Posting& posting) {
        __builtin_prefetch(&all[posting.place]);
        m_candidates.push_back(&all[posting.place]);
    };
    for (const ScopeIndex::Posting& posting : m_gathered) {
        if (asked.principal.fits(posting.principal))
            take(posting);
    }
    m_policies.index().ofPrincipal(asked.principal, asked.action, asked.resource, take);
    // Asking for all of them at once waits for memory once, not each time.
    for (const DecidingPolicy* policy : m_candidates)
        __builtin_prefetch(m_form.stepsOf(*policy).data());
    for (const DecidingPolicy* policy : m_candidates)
        count(*policy, heard);
    // The index may show a policy twice that names several actions.
    for (std::pmr::vector<std::uint32_t>* list : {&heard.permits, &heard.forbids, &heard.errors}) {
        std::ranges::sort(*list);
        list->erase(std::unique(list->begin(), list->end()), list->end());
    }
}

void Hearing::count(const DecidingPolicy& policy, Heard& heard)
{
    const Outcome outcome = outcomeOf(policy);
    if (outcome == Outcome::False)
        return;
    const bool forbids = policy.effect == Effect::Forbid;
    if (outcome == Outcome::Fault)
        heard.errors.push_back(policy.order);
    if (outcome == Outcome::True || (forbids && m_mode == Mode::Ephor))
        (forbids ? heard.forbids : heard.permits).push_back(policy.order);
}

bool Hearing::isInScope(const DecidingPolicy& policy) const
{
    using Form = ScopeConstraint::Form;
    const auto matches = [](Form form, const EntityUid* uid, const Text* type, const ScopeSide& side) {
        if ((form == Form::Is || form == Form::IsIn) && side.uid().type != *type)
            return false;
        if (form == Form::Equal)
            return side.uid() == *uid;
        return (form != Form::In && form != Form::IsIn) || side.isIn(*uid);
    };
    const ScopeSide& action = m_asked->action;
    const std::span<const EntityUid* const> actions(policy.actions, policy.actionCount);
    switch (policy.actionForm) {
    case ActionConstraint::Form::Any:
        break;
    case ActionConstraint::Form::Equal:
        if (action.uid() != *actions.front())
            return false;
        break;
    case ActionConstraint::Form::In:
    case ActionConstraint::Form::InAny:
        if (!std::ranges::any_of(actions, [&](const EntityUid* uid) { return action.isIn(*uid); }))
            return false;
        break;
    }
    return matches(policy.principalForm, policy.principal, policy.principalType, m_asked->principal)
        && matches(policy.resourceForm, policy.resource, policy.resourceType, m_asked->resource);
}

Outcome Hearing::outcomeOf(const DecidingPolicy& policy)
{
    if (!isInScope(policy))
        return Outcome::False;
    for (const Step& step : m_form.stepsOf(policy)) {
        const Outcome outcome = valueOf(step);
        if (outcome == Outcome::Fault)
            return outcome;
        if ((outcome == Outcome::True) != step.expected)
            return Outcome::False;
    }
    return Outcome::True;
}

Outcome Hearing::valueOf(const Step& step)
{
    if (step.kind == StepKind::Expression)
        return ofExpression(step.place);
    if (step.kind == StepKind::Never)
        return step.expected ? Outcome::False : Outcome::True;
    const Place& place = look(step.place);
    if (step.kind == StepKind::Has && place.sight == Sight::Missing)
        return Outcome::False;
    return place.sight == Sight::There ? valueAt(step, place.value) : Outcome::Fault;
}

Outcome Hearing::valueAt(const Step& step, const Value& value)
{
    const auto truth = [](bool holds) { return holds ? Outcome::True : Outcome::False; };
    const auto ordered = [&](bool holds) { return value.kind == step.literalKind ? truth(holds) : Outcome::Fault; };
    switch (step.kind) {
    case StepKind::Has:
        return Outcome::True;
    case StepKind::Truth:
        return value.kind == Kind::Boolean ? truth(value.boolean) : Outcome::Fault;
    case StepKind::Equal:
        return truth(equal(value, step.literal()));
    case StepKind::Less:
        return ordered(value.number < step.number);
    case StepKind::LessEqual:
        return ordered(value.number <= step.number);
    case StepKind::Greater:
        return ordered(value.number > step.number);
    case StepKind::GreaterEqual:
        return ordered(value.number >= step.number);
    case StepKind::Contains:
        return value.kind == Kind::Set ? truth(value.set->contains(step.literal())) : Outcome::Fault;
    case StepKind::Within:
        return truth(step.set->contains(value));
    case StepKind::Like:
        return value.kind == Kind::String ? truth(step.pattern->matches(value.text->view)) : Outcome::Fault;
    case StepKind::Never:
    case StepKind::Expression:
        break;
    }
    return Outcome::Fault;
}

Outcome Hearing::ofExpression(std::uint32_t number)
{
    const Expression& expression = m_form.expressions()[number];
    const std::uint32_t round = expression.ofPrincipal ? m_round : 0;
    Recalled& recalled = m_recalled[number % m_recalled.size()];
    if (recalled.number == number + 1 && recalled.round == round)
        return recalled.outcome;
    if (!m_evaluator)
        m_evaluator.emplace(m_asked->entities, m_asked->request, m_asked->known(), m_history);
    bool holds = false;
    const bool told = m_evaluator->evaluateBoolean(*expression.node, holds);
    const Outcome outcome = !told ? Outcome::Fault : holds ? Outcome::True : Outcome::False;
    recalled = {number + 1, round, outcome};
    return outcome;
}

const Hearing::Place& Hearing::look(std::uint32_t number)
{
    Place& place = m_places[number];
    if (place.sight != Sight::Unknown)
        return place;
    const Lookup& lookup = m_form.lookups()[number];
    if (lookup.of == number) {
        place.value = rootAt(number);
        place.sight = Sight::There;
        return place;
    }
    place.sight = attributeAt(look(lookup.of), lookup.name, place.value);
    return place;
}

Value Hearing::rootAt(std::uint32_t number) const
{
    switch (number) {
    case 0:
        return Value(&m_asked->request.principal());
    case 1:
        return Value(&m_asked->request.action());
    case 2:
        return Value(&m_asked->request.resource());
    default:
        return Value(&m_asked->request.context());
    }
}

Hearing::Sight Hearing::attributeAt(const Place& of, const Text& name, Value& value) const
{
    if (of.sight != Sight::There)
        return Sight::Fault;
    const RecordValue* record = nullptr;
    if (of.value.kind == Kind::Record)
        record = of.value.record;
    else if (of.value.kind != Kind::Entity)
        return Sight::Fault;
    else if (const Entity* const entity = m_asked->find(*of.value.entity))
        record = entity->attributes;
    const Value* const found = record == nullptr ? nullptr : record->find(name);
    if (found == nullptr)
        return Sight::Missing;
    value = *found;
    return Sight::There;
}

}
