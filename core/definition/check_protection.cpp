#include "core/definition/check_parts.h"
#include "core/trust/detect/own/custom_matcher.h"
#include "core/trust/detect/own/own_detector.h"

#include <algorithm>
#include <array>
#include <set>

namespace ephor::definition {

namespace {

bool isEntityName(std::string_view name)
{
    const auto isPart = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; };
    return name.size() >= 2 && name.front() >= 'A' && name.front() <= 'Z' && std::ranges::all_of(name, isPart);
}

bool isRuleWord(std::string_view word)
{
    constexpr std::array<std::string_view, 6> classes{
        "personal", "financial", "secret", "technical", "custom", "instruction"};
    return isEntityName(word) || std::ranges::find(classes, word) != classes.end();
}

bool isHost(std::string_view host)
{
    const auto isPart = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.'; };
    return host.size() <= 254 && std::ranges::all_of(host, isPart) && host.find_first_not_of('.') != host.npos;
}

void checkRule(const ProtectionRule& rule, const std::string& at, std::vector<Problem>& problems)
{
    if (rule.what.empty())
        problems.push_back(problemAt(at + "/what", "protection.nothing", "The rule says of nothing what becomes of it.",
            "Name an entity such as CREDIT_CARD, or a class such as personal."));
    for (const std::string& word : rule.what) {
        if (!isRuleWord(word))
            problems.push_back(problemAt(at + "/what", "protection.word",
                "\"" + word + "\" is neither an entity nor a class.",
                "Entities are in capitals; classes are personal, financial, secret, technical, custom, instruction."));
    }
    if (rule.atLeast > 100)
        problems.push_back(problemAt(
            at + "/atLeast", "definition.limit", "A certainty lies between 0 and 100 percent.", "Choose one of them."));
    const bool onlyArguments = rule.surfaces.size() == 1 && rule.surfaces.front() == TextSurface::Arguments;
    if (rule.action == ProtectAction::Ask && !onlyArguments)
        problems.push_back(problemAt(at + "/action", "protection.ask",
            "Only the arguments of a tool call can wait for a person.", "Ask of arguments alone, or deny."));
    // Orders stand in what callers and tools wrote; arguments are a model's own, and nothing else can wait.
    const bool aboutOrders = std::ranges::find(rule.what, "instruction") != rule.what.end();
    if (rule.action == ProtectAction::Ask && aboutOrders)
        problems.push_back(problemAt(at + "/action", "protection.ask-orders",
            "A rule about instruction cannot ask: orders are looked for in requests and results, which do not wait.",
            "Redact or deny them, and let \"trust\" ask about what the run does after it has read them."));
    const bool onTools = std::ranges::all_of(rule.surfaces,
        [](TextSurface surface) { return surface == TextSurface::Arguments || surface == TextSurface::Result; });
    if (!rule.tools.empty() && (rule.surfaces.empty() || !onTools))
        problems.push_back(problemAt(at + "/tools", "protection.tools",
            "A rule about certain tools must be about their arguments or results.",
            "Choose Arguments, Result or both, or name no tool."));
}

void checkDetector(
    const OwnDetector& detector, const std::string& at, std::set<std::string>& names, std::vector<Problem>& problems)
{
    const bool isNamed = isEntityName(detector.entity) && names.insert(detector.entity).second;
    if (!isNamed)
        problems.push_back(problemAt(at + "/entity", "protection.entity",
            "A detector needs a name of its own, in capitals.", "Write it like PROJECT_CODE."));
    if (detector.pattern.empty() == detector.words.empty())
        problems.push_back(problemAt(at + "/pattern", "protection.pattern-or-words",
            "A detector looks for a pattern or for words, one of the two.", "Give one and leave the other empty."));
    else if (const auto compiled = detect::checkCustomDetector(detect::customDetectorOf(detector)); !compiled) {
        // Each is told where it is mended, and once.
        const Error& error = compiled.error();
        const bool isTold
            = (error.code == "detector.entity" && !isNamed) || (error.code == "detector.score" && detector.score > 100);
        const char* const part = error.code == "detector.entity" ? "/entity"
            : error.code == "detector.score"                     ? "/score"
            : error.code == "detector.hotwords"                  ? "/hotwords"
            : detector.words.empty()                             ? "/pattern"
                                                                 : "/words";
        if (!isTold)
            problems.push_back(problemAt(at + part, error.code, error.message, error.hint));
    }
    if (detector.score > 100)
        problems.push_back(problemAt(
            at + "/score", "definition.limit", "A certainty lies between 0 and 100 percent.", "Choose one of them."));
    for (const Hotwords& hotwords : detector.hotwords) {
        if (hotwords.words.empty() || hotwords.within < 1 || hotwords.within > 500 || hotwords.change < -100
            || hotwords.change > 100)
            problems.push_back(problemAt(at + "/hotwords", "protection.hotwords",
                "Words nearby need a word, 1 to 500 characters, and a change of at most 100 percent.",
                "Mend or remove them."));
    }
}

}

std::vector<Problem> problemsOf(const ProtectionBody& body)
{
    std::vector<Problem> problems;
    for (std::size_t i = 0; i < body.rules.size(); ++i)
        checkRule(body.rules[i], "/rules/" + std::to_string(i), problems);
    std::set<std::string> names;
    for (std::size_t i = 0; i < body.detectors.size(); ++i)
        checkDetector(body.detectors[i], "/detectors/" + std::to_string(i), names, problems);
    for (std::size_t i = 0; i < body.exceptions.size(); ++i) {
        const ProtectionException& exception = body.exceptions[i];
        if (!isEntityName(exception.entity) || exception.digest.empty() || exception.reason.empty())
            problems.push_back(problemAt("/exceptions/" + std::to_string(i), "protection.exception",
                "An exception needs an entity, a digest and a reason.", "Report the false alarm anew."));
    }
    for (std::size_t i = 0; i < body.allowedHosts.size(); ++i) {
        if (!isHost(body.allowedHosts[i]))
            problems.push_back(problemAt("/allowedHosts/" + std::to_string(i), "protection.host",
                "This is no name of a host.", "Write it like example.com, or .example.com with all below it."));
    }
    if (body.grounded > 100)
        problems.push_back(problemAt(
            "/grounded", "definition.limit", "A share lies between 0 and 100 percent.", "Choose one of them."));
    return problems;
}

}
