#include "core/change/lifecycle/checks.h"

#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/change/lifecycle/budget_limits.h"
#include "core/change/lifecycle/grant_edits.h"
#include "core/change/lifecycle/protection_check.h"
#include "core/definition/body.h"
#include "core/definition/checks.h"
#include "core/definition/definitions.h"

#include <algorithm>

namespace ephor::lifecycle {

namespace {

// One line of a list; the whole story of an error is where its definition is edited.
constexpr std::size_t longestDetail = 400;

std::string oneLine(std::string text)
{
    std::ranges::replace(text, '\n', ' ');
    return shorten(text, longestDetail);
}

std::string joined(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text;
}

CheckResult checkLint(const store::Snapshot& snapshot, const CheckedChange& checked, const CompileRelease& compiles)
{
    CheckResult check{"Lint", true, true, "Every part reads and compiles.", 0};
    if (const auto compiled = compiles(checked.candidate, snapshot); !compiled) {
        check.passed = false;
        check.detail = oneLine(describe(compiled.error()));
    }
    return check;
}

Result<CheckResult> checkContract(const store::Snapshot& snapshot, const CheckedChange& checked)
{
    CheckResult check{"Contract", true, true, "What the prompt uses is declared.", 0};
    const std::string& name = checked.basis.body.prompt;
    const DefinitionRef* const pin = findPin(checked.candidate.pins, DefinitionKind::Prompt, name);
    EPHOR_TRY(const auto bytes,
        definition::verifiedBytes(snapshot, DefinitionKind::Prompt, name, pin != nullptr ? pin->version : 0));
    EPHOR_TRY(const PromptBody prompt, definition::promptFrom(bytes.body));
    std::vector<std::string> wrong;
    for (const Problem& problem : definition::problemsOf(prompt)) {
        if (!problem.warning)
            wrong.push_back(problem.message);
    }
    for (const Problem& problem : definition::undeclaredBy(prompt, checked.candidate.agent, checked.basis.body))
        wrong.push_back(problem.message);
    if (!wrong.empty()) {
        check.passed = false;
        check.detail = oneLine(joined(wrong));
    }
    return check;
}

CheckResult checkPermissions(const CheckedChange& checked)
{
    CheckResult check{"Permissions", true, false, {}, 0};
    std::vector<std::string> without;
    for (const std::string& tool : checked.basis.parts.tools) {
        if (findRule(checked.candidate.grants, tool) == nullptr)
            without.push_back(tool);
    }
    std::vector<std::string> loosened;
    for (const GrantEdit& edit : checked.grants) {
        if (edit.loosens)
            loosened.push_back(edit.after.tool + " (" + inWords(edit.before) + " → " + inWords(edit.after) + ")");
    }
    check.passed = without.empty();
    if (!without.empty())
        check.detail = "No grant, so every call is denied: " + joined(without) + ". ";
    check.detail += loosened.empty() ? "Nothing is loosened." : "Loosened: " + joined(loosened) + ".";
    check.detail = oneLine(std::move(check.detail));
    return check;
}

CheckResult checkBudget(const CheckedChange& checked)
{
    CheckResult check{"Budget", true, false, "No limit rises.", 0};
    if (!checked.basis.before) {
        check.detail = "The first release: there is no budget to compare with.";
        return check;
    }
    if (const auto raised = raisedLimits(checked.basis.before->budget, checked.basis.body.budget); !raised.empty()) {
        check.passed = false;
        check.detail = oneLine("Raised: " + joined(raised) + ".");
    }
    return check;
}

}

Result<std::vector<CheckResult>> runChecks(const store::Snapshot& snapshot, const CheckedChange& checked,
    const CompileRelease& compiles, const PolicyGround& ground, const Clock& clock)
{
    std::vector<CheckResult> results;
    const auto timed = [&](const auto& check) -> Result<void> {
        const Duration begun = clock.steady();
        EPHOR_TRY(CheckResult result, Result<CheckResult>(check()));
        result.tookMicros = std::uint64_t((clock.steady() - begun).count());
        results.push_back(std::move(result));
        return {};
    };
    EPHOR_TRY_VOID(timed([&] { return checkLint(snapshot, checked, compiles); }));
    EPHOR_TRY_VOID(timed([&] { return checkContract(snapshot, checked); }));
    EPHOR_TRY_VOID(timed([&] { return checkPolicies(snapshot, checked.candidate, ground); }));
    EPHOR_TRY_VOID(timed([&] { return checkPermissions(checked); }));
    EPHOR_TRY_VOID(timed([&] { return checkBudget(checked); }));
    const Duration protectionBegun = clock.steady();
    EPHOR_TRY(auto protection, checkProtection(snapshot, checked.candidate, checked.basis.parts.base));
    if (protection) {
        protection->tookMicros = std::uint64_t((clock.steady() - protectionBegun).count());
        results.push_back(std::move(*protection));
    }
    return results;
}

Result<void> refuseFailedChecks(const std::vector<CheckResult>& checks)
{
    Error error(ErrorKind::CheckFailed, "change.checks-failed", "The change does not pass its checks.",
        "Mend what they name, then submit it again or draft another.");
    for (const CheckResult& check : checks) {
        if (check.required && !check.passed)
            error.fields.emplace_back(check.name, check.detail);
    }
    return error.fields.empty() ? Result<void>() : fail(std::move(error));
}

}
