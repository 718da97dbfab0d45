#include "core/trust/policy/obligations.h"

#include "core/domain/reflect.h"
#include "core/trust/cedar/name.h"
#include "core/trust/cedar/parser.h"

#include <algorithm>
#include <charconv>

namespace ephor::policy {

namespace {

// What one policy can want hidden; there are not more kinds of personal data than this.
constexpr std::size_t mostRedactions = 64;

std::unexpected<Error> badObligation(const cedar::Policy& policy, std::string_view annotation, const Error& cause)
{
    const std::size_t found = policy.text().find("@" + std::string(annotation));
    const std::size_t offset = policy.offset + (found == std::string_view::npos ? 0 : found);
    return fail(cedar::sourceError(
        policy.source, offset, "policy.obligation", "@" + std::string(annotation) + ": " + cause.message, cause.hint));
}

Result<std::vector<std::string>> classesFrom(std::string_view text)
{
    std::vector<std::string> classes;
    for (bool more = true; more;) {
        const std::size_t comma = std::min(text.find(','), text.size());
        more = comma < text.size();
        std::string_view word = text.substr(0, comma);
        text.remove_prefix(more ? comma + 1 : comma);
        while (word.starts_with(' '))
            word.remove_prefix(1);
        while (word.ends_with(' '))
            word.remove_suffix(1);
        if (!cedar::isIdentifier(word) || classes.size() == mostRedactions)
            return fail(ErrorKind::Invalid, "policy.obligation", "This names no class of personal data.",
                "Write classes as in \"EMAIL, IBAN\".");
        classes.emplace_back(word);
    }
    return classes;
}

}

int rankOf(Role role)
{
    switch (role) {
    case Role::Officer:
        return 2;
    case Role::Owner:
        return 1;
    default:
        return 0;
    }
}

std::string whoOf(const ApprovalDemand& demand)
{
    const std::string one = demand.role == Role::Officer ? "governance officer" : "owner of the agent";
    return demand.count == 1 ? (demand.role == Role::Owner ? "an " : "a ") + one
                             : std::to_string(demand.count) + " people with the role " + one;
}

ApprovalDemand joined(const ApprovalDemand& left, const ApprovalDemand& right)
{
    return {rankOf(left.role) >= rankOf(right.role) ? left.role : right.role, std::max(left.count, right.count)};
}

std::string approvalText(const ApprovalDemand& demand)
{
    const std::string role = demand.role == Role::Owner ? "owner" : "officer";
    return demand.count == 1 ? role : std::to_string(demand.count) + "-of-" + role + "s";
}

Result<ApprovalDemand> approvalFrom(std::string_view text)
{
    ApprovalDemand demand;
    std::string_view role = text;
    if (const std::size_t of = text.find("-of-"); of != std::string_view::npos) {
        const std::string_view number = text.substr(0, of);
        const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), demand.count);
        if (error != std::errc() || end != number.data() + number.size())
            demand.count = 0;
        role = text.substr(of + 4);
    }
    if (role.ends_with('s'))
        role.remove_suffix(1);
    if ((role != "officer" && role != "owner") || demand.count < 1 || demand.count > mostApprovals)
        return fail(ErrorKind::Invalid, "policy.obligation", "Nobody can tell who is asked.",
            "Write \"officer\", \"owner\" or \"2-of-officers\", with 1 to 10 people.");
    demand.role = role == "owner" ? Role::Owner : Role::Officer;
    return demand;
}

std::string stepUpSentence(std::string_view why)
{
    std::string sentence = "Whoever it works for must confirm it after a fresh sign-in";
    return why.empty() ? sentence + "." : sentence + ": " + std::string(why) + ".";
}

Result<Obligations> obligationsOf(const cedar::Policy& policy)
{
    Obligations obligations;
    if (const cedar::Annotation* const approve = policy.annotation("approve")) {
        auto demand = approvalFrom(approve->value);
        if (!demand)
            return badObligation(policy, "approve", demand.error());
        obligations.approval = *demand;
    }
    if (const cedar::Annotation* const redact = policy.annotation("redact")) {
        auto classes = classesFrom(redact->value);
        if (!classes)
            return badObligation(policy, "redact", classes.error());
        obligations.redact = std::move(*classes);
    }
    if (const cedar::Annotation* const stepUp = policy.annotation("stepup"))
        obligations.stepUp = std::string(stepUp->value);
    for (const char* const name : {"reason", "explain"}) {
        if (const cedar::Annotation* const words = policy.annotation(name); words != nullptr && !words->value.empty())
            obligations.explain = std::string(words->value);
    }
    return obligations;
}

}
