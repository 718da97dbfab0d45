#include "tests/core/trust/temporal/naive_session.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace ephor::temporal::tests {

namespace {

using cedar::TemporalOperator;

constexpr std::int64_t wholeDay = 86'400'000;

enum class Class : std::uint8_t { Request, Event, Equality, Rest };

Class classOf(NaivePart part)
{
    switch (part) {
    case NaivePart::BigRequest:
    case NaivePart::NamedRequest:
        return Class::Request;
    case NaivePart::BigEvent:
    case NaivePart::NamedEvent:
        return Class::Event;
    case NaivePart::SameTo:
    case NaivePart::SameAmount:
    case NaivePart::SameAgent:
        return Class::Equality;
    case NaivePart::NotMore:
    case NaivePart::ToOrBig:
        break;
    }
    return Class::Rest;
}

std::string partText(NaivePart part)
{
    static constexpr std::array<const char*, 9> texts{"context.input.amount > 2", "context.input.to != \"zz\"",
        "event.input.amount > 3", "event.input.to != \"b\"", "event.input.to == context.input.to",
        "context.input.amount == event.input.amount", "event.principal == principal",
        "event.input.amount <= context.input.amount", "(event.input.to == \"a\" || context.input.amount > 4)"};
    return texts[std::size_t(part)];
}

Truth truth(bool holds)
{
    return holds ? Truth::True : Truth::False;
}

Truth partOf(NaivePart part, const NaiveCall& event, const NaiveCall& request)
{
    switch (part) {
    case NaivePart::BigRequest:
        return truth(request.amount > 2);
    case NaivePart::NamedRequest:
        return request.to.empty() ? Truth::Fault : Truth::True;
    case NaivePart::BigEvent:
        return truth(event.amount > 3);
    case NaivePart::NamedEvent:
        return event.to.empty() ? Truth::Fault : truth(event.to != "b");
    case NaivePart::SameTo:
        return truth(event.to == request.to);
    case NaivePart::SameAmount:
        return truth(event.amount == request.amount);
    case NaivePart::SameAgent:
        return truth(event.agent == request.agent);
    case NaivePart::NotMore:
        return truth(event.amount <= request.amount);
    case NaivePart::ToOrBig:
        return event.to.empty() ? Truth::Fault : truth(event.to == "a" || request.amount > 4);
    }
    return Truth::Fault;
}

bool meansAction(const NaivePattern& pattern, const std::string& action)
{
    return pattern.actions.empty() || std::ranges::any_of(pattern.actions, [&](const std::string& one) {
        return one == action || (one == "money" && (action == "pay" || action == "refund"));
    });
}

bool says(const NaivePattern& pattern, NaivePart part)
{
    return std::ranges::find(pattern.where, part) != pattern.where.end();
}

Truth all(const NaivePattern& pattern, Class wanted, const NaiveCall& event, const NaiveCall& request)
{
    for (const NaivePart part : pattern.where) {
        if (classOf(part) != wanted)
            continue;
        const Truth holds = partOf(part, event, request);
        if (holds != Truth::True)
            return holds;
    }
    return Truth::True;
}

/// What the request alone tells, before any event.
Truth beforeEvents(const NaivePattern& pattern, const NaiveCall& request)
{
    const Truth holds = all(pattern, Class::Request, request, request);
    if (holds != Truth::True)
        return holds;
    return says(pattern, NaivePart::SameTo) && request.to.empty() ? Truth::Fault : Truth::True;
}

Truth meansEvent(const NaivePattern& pattern, bool sums, const NaiveCall& event, const NaiveCall& request)
{
    if (event.withdrawn || event.kind != pattern.kind || !meansAction(pattern, event.action))
        return Truth::False;
    const Truth alone = all(pattern, Class::Event, event, request);
    if (alone != Truth::True)
        return alone;
    if ((says(pattern, NaivePart::SameTo) && event.to.empty()) || (sums && !event.cost))
        return Truth::Fault;
    const Truth equal = all(pattern, Class::Equality, event, request);
    return equal != Truth::True ? equal : all(pattern, Class::Rest, event, request);
}

struct Found {
    bool fault = false;
    std::vector<std::size_t> places;
};

Found findAll(const NaivePattern& pattern, bool sums, const std::vector<NaiveCall>& events, std::size_t from,
    std::size_t before, std::int64_t since, const NaiveCall& request)
{
    Found found;
    const Truth first = beforeEvents(pattern, request);
    found.fault = first == Truth::Fault;
    if (first != Truth::True)
        return found;
    for (std::size_t i = from; i < before; ++i) {
        if (events[i].at < since)
            continue;
        const Truth means = meansEvent(pattern, sums, events[i], request);
        found.fault = found.fault || means == Truth::Fault;
        if (means == Truth::True)
            found.places.push_back(i);
    }
    return found;
}

Truth sumTruth(
    const NaiveRule& rule, const std::vector<NaiveCall>& events, const Found& found, const NaiveCall& request)
{
    std::int64_t sum = rule.plus ? request.amount : 0;
    for (const std::size_t place : found.places) {
        // The rule compares with a Long, which a decimal is not, nor can both be added.
        if (events[place].isDecimal)
            return Truth::Fault;
        sum += *events[place].cost;
    }
    return truth(sum >= rule.most);
}

Truth sinceTruth(const NaiveRule& rule, const std::vector<NaiveCall>& events, std::size_t place, const Found& found,
    std::int64_t since, const NaiveCall& request)
{
    if (found.places.empty())
        return Truth::False;
    const std::size_t after = found.places.back() + 1;
    std::size_t live = 0;
    for (std::size_t i = after; i < place; ++i)
        live += events[i].withdrawn ? 0 : 1;
    if (live == 0)
        return Truth::True;
    const Found ever = findAll(rule.ever, false, events, after, place, since, request);
    if (ever.fault)
        return Truth::Fault;
    return truth(ever.places.size() == (rule.ever.negated ? 0 : live));
}

NaivePattern drawPattern(std::mt19937& chance)
{
    NaivePattern pattern;
    static const std::vector<std::vector<std::string>> choices{
        {}, {}, {"pay"}, {"approve"}, {"money"}, {"pay", "approve"}, {"refund", "money"}};
    pattern.actions = choices[chance() % choices.size()];
    pattern.kind = chance() % 5 < 3 ? cedar::EventKind::Request : cedar::EventKind(1 + chance() % 2);
    for (std::size_t i = chance() % 4; i > 0; --i) {
        // What may fault comes less often, or nearly everything would.
        NaivePart part = NaivePart(chance() % 9);
        const bool mayFault = part == NaivePart::NamedRequest || part == NaivePart::NamedEvent
            || part == NaivePart::ToOrBig || part == NaivePart::SameTo;
        if (mayFault && chance() % 2 == 0)
            part = NaivePart::SameAgent;
        if (!says(pattern, part))
            pattern.where.push_back(part);
    }
    return pattern;
}

std::string patternText(const NaivePattern& pattern)
{
    std::string text = pattern.negated ? "!" : "";
    for (std::size_t i = 0; i < pattern.actions.size(); ++i)
        text += (i == 0 ? "[" : ", ") + ("Action::\"" + pattern.actions[i] + "\"");
    text += pattern.actions.empty() ? "any::" : "]::";
    text += nameOf(pattern.kind);
    for (std::size_t i = 0; i < pattern.where.size(); ++i)
        text += (i == 0 ? " where { " : " && ") + partText(pattern.where[i]);
    return text + (pattern.where.empty() ? "" : " }");
}

}

NaiveCall drawCall(std::mt19937& chance)
{
    NaiveCall call;
    static const std::vector<std::string> actions{"pay", "pay", "refund", "approve", "look"};
    static const std::vector<std::string> people{"a", "b", "c", "a", "b", "c", "a", "b", "c", ""};
    call.kind = chance() % 3 < 2 ? cedar::EventKind::Request : cedar::EventKind(1 + chance() % 2);
    call.agent = chance() % 2 == 0 ? "till" : "desk";
    call.action = actions[chance() % actions.size()];
    call.to = people[chance() % people.size()];
    call.amount = int(chance() % 7);
    if (chance() % 20 != 0)
        call.cost = int(chance() % 5);
    call.isDecimal = chance() % 20 == 0;
    return call;
}

NaiveRule drawRule(std::mt19937& chance)
{
    static const std::vector<std::pair<std::string, std::int64_t>> windows{
        {"1ms", 1}, {"10s", 10'000}, {"1m", 60'000}, {"1m30s", 90'000}, {"1h", 3'600'000}, {"", wholeDay}};
    NaiveRule rule;
    rule.kind = TemporalOperator(chance() % 5);
    std::tie(rule.windowText, rule.window) = windows[chance() % windows.size()];
    if (rule.kind == TemporalOperator::Previous)
        std::tie(rule.windowText, rule.window) = windows.back();
    rule.event = drawPattern(chance);
    rule.ever = drawPattern(chance);
    rule.ever.negated = chance() % 2 == 0;
    rule.most = int(chance() % 6);
    rule.plus = chance() % 2 == 0;
    return rule;
}

std::string textOf(const NaiveRule& rule)
{
    const std::string within = rule.windowText.empty() ? " " : " within " + rule.windowText + " ";
    const std::string event = patternText(rule.event);
    switch (rule.kind) {
    case TemporalOperator::Formerly:
        return "formerly" + within + event;
    case TemporalOperator::Previous:
        return "previous " + event;
    case TemporalOperator::Since:
        return patternText(rule.ever) + " since" + within + event;
    case TemporalOperator::Count:
        return "count" + within + event + " >= " + std::to_string(rule.most);
    case TemporalOperator::Sum:
        break;
    }
    return "sum" + within + event + " of event.input.cost" + (rule.plus ? " plus context.input.amount" : "")
        + " >= " + std::to_string(rule.most);
}

Truth truthOf(const NaiveRule& rule, const std::vector<NaiveCall>& events, std::size_t place, const NaiveCall& request)
{
    const std::int64_t since = request.at - rule.window;
    std::size_t from = 0;
    if (rule.kind == TemporalOperator::Previous) {
        from = place;
        while (from > 0 && events[from - 1].withdrawn)
            --from;
        if (from == 0)
            return Truth::False;
        --from;
    }
    const Found found = findAll(rule.event, rule.kind == TemporalOperator::Sum, events, from, place, since, request);
    if (found.fault)
        return Truth::Fault;
    switch (rule.kind) {
    case TemporalOperator::Since:
        return sinceTruth(rule, events, place, found, since, request);
    case TemporalOperator::Count:
        return truth(found.places.size() >= std::size_t(rule.most));
    case TemporalOperator::Sum:
        return sumTruth(rule, events, found, request);
    default:
        return truth(!found.places.empty());
    }
}

}
