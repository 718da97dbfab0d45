#include "core/trust/cedar/explanation_sentence.h"

#include "core/base/text.h"
#include "core/trust/cedar/plain_value.h"

#include <algorithm>
#include <array>

namespace ephor::cedar {

namespace {

// Of one value in a sentence, in characters.
constexpr std::size_t longestToldValue = 120;

std::string changeClause(const ProposedChange& change)
{
    using Kind = ProposedChange::Kind;
    switch (change.kind) {
    case Kind::Set:
        return change.subject + " were " + change.to + (change.from.empty() ? "" : " instead of " + change.from);
    case Kind::Remove:
        return "there were no " + change.subject;
    case Kind::Join:
        return change.subject + " were in " + change.to;
    case Kind::Leave:
        return change.subject + " were not in " + change.to;
    case Kind::Replace:
        return "the " + change.subject + " were " + change.to + " instead of " + change.from;
    }
    return {};
}

std::string withFullStop(std::string sentence)
{
    if (!sentence.ends_with('.') && !sentence.ends_with('!') && !sentence.ends_with('?'))
        sentence += '.';
    return sentence;
}

// What is not as the scope wants it.
std::string scopeClause(const ScopeFinding& part)
{
    if (part.wanted.find(" in ") != std::string::npos && part.wanted.find(" is ") == std::string::npos)
        return "and " + part.entity + " is not in it";
    return "and it is " + part.entity;
}

std::string valueClause(const ConditionFinding& condition)
{
    std::string text;
    for (const NamedValue& named : condition.values) {
        if (named.text == named.value || named.text.empty())
            continue;
        text += text.empty() ? "and " : ", ";
        text += named.text
            + (named.problem.empty() ? " is " + shorten(named.value, longestToldValue) : std::string(" is not there"));
        break;
    }
    return text;
}

std::string missClause(const PolicyFinding& policy)
{
    if (policy.standing == Standing::ScopeMissed) {
        const auto part = std::ranges::find(policy.scope, false, &ScopeFinding::holds);
        return policy.id + ", which is for " + part->wanted + ", " + scopeClause(*part);
    }
    if (policy.standing == Standing::Satisfied || !policy.condition)
        return policy.id;
    if (policy.standing == Standing::Erred) {
        std::string problem = policy.condition->error;
        if (problem.ends_with('.'))
            problem.pop_back();
        return policy.id + ", which could not be evaluated: " + problem;
    }
    const std::string values = valueClause(*policy.condition);
    return policy.id + ", which wants " + (policy.condition->held ? "not " : "") + policy.condition->atom
        + (values.empty() ? "" : ", " + values);
}

std::string toldRequest(const Request& request)
{
    return toText(request.principal()) + " to do " + toText(request.action()) + " on " + toText(request.resource());
}

std::string decidedSentence(const PolicyFinding& policy, const Request& request)
{
    if (policy.standing == Standing::Erred)
        return missClause(policy) + ", and a forbid that errs denies";
    if (!policy.reason.empty())
        return policy.reason;
    const bool permits = policy.effect == Effect::Permit;
    std::string sentence = policy.id + (permits ? " permits " : " forbids ") + toldRequest(request);
    const auto told
        = std::ranges::find_if(policy.values, [](const NamedValue& named) { return named.text != named.value; });
    if (!permits && told != policy.values.end())
        sentence += ", and " + told->text + " is " + shorten(told->value, longestToldValue);
    return sentence;
}

}

ProposedChange proposedOf(const Change& change, const Entities& entities, const Request& request)
{
    using Kind = ProposedChange::Kind;
    ProposedChange told{change.kind, {}, {}, {}, change.wanted};
    if (change.kind == Kind::Join || change.kind == Kind::Leave) {
        told.subject = toText(*change.entity);
        told.to = toText(*change.group);
        return told;
    }
    if (change.kind == Kind::Replace) {
        const std::array<const EntityUid*, 3> parts{&request.principal(), &request.action(), &request.resource()};
        told.subject = nameOf(change.part);
        told.from = toText(*parts[std::size_t(change.part)]);
        told.to = toText(*change.entity);
        return told;
    }
    told.subject = change.place.text();
    const Value* const now = valueAt(change.place, entities, request);
    told.from = now == nullptr ? std::string() : plainText(*now);
    told.to = change.kind == Kind::Set ? plainText(change.value) : std::string();
    return told;
}

std::string sentenceOf(const Flip& flip)
{
    std::string text = flip.decision == Decision::Allow ? "It would be allowed if " : "It would be denied if ";
    for (std::size_t i = 0; i < flip.changes.size(); ++i) {
        const bool last = i + 1 == flip.changes.size();
        text += (i == 0 ? "" : last ? " and " : ", ") + changeClause(flip.changes[i]);
    }
    return text + ".";
}

std::string sentenceOf(const Explanation& explanation, const Request& request)
{
    const std::string decision = explanation.decision == Decision::Allow ? "Allowed: " : "Denied: ";
    if (!explanation.determining.empty()) {
        const auto reasoned = std::ranges::find_if(
            explanation.determining, [](const PolicyFinding& policy) { return !policy.reason.empty(); });
        const PolicyFinding& told
            = reasoned == explanation.determining.end() ? explanation.determining.front() : *reasoned;
        return withFullStop(decision + decidedSentence(told, request));
    }
    std::string sentence = decision + "no rule permits " + toldRequest(request);
    const auto permit = std::ranges::find(explanation.near, Effect::Permit, &PolicyFinding::effect);
    if (permit != explanation.near.end())
        sentence += "; nearest is " + missClause(*permit);
    return withFullStop(sentence);
}

}
