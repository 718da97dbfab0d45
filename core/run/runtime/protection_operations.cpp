#include "core/run/runtime/protection_operations.h"

#include "core/api/handlers.h"
#include "core/api/protection.h"
#include "core/base/clock.h"
#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/definition/body.h"
#include "core/definition/checks.h"
#include "core/definition/definitions.h"
#include "core/domain/reflect.h"
#include "core/insight/agent_facts.h"
#include "core/run/runtime/routing.h"
#include "core/trust/guard/protection.h"

#include <algorithm>
#include <cmath>

namespace ephor::runtime {

namespace {

// Nobody learns by a trial what stands behind a stand-in or a hash of a run: its own are made with another key.
guard::ProtectionKeys trialKeys(const ProtectionServices& services)
{
    guard::ProtectionKeys keys = services.keys;
    fillRandom(keys.values);
    return keys;
}

Problem compileProblem(const Error& error)
{
    Problem problem;
    problem.code = error.code;
    problem.message = error.message;
    problem.hint = error.hint;
    problem.at = "/detectors";
    return problem;
}

// A word in capitals is only known once the detectors are compiled.
void checkWords(const ProtectionBody& body, const guard::Protection& protection, std::vector<Problem>& problems)
{
    for (std::size_t i = 0; i < body.rules.size(); ++i) {
        for (const std::string& word : body.rules[i].what) {
            const bool isEntity = !word.empty() && word.front() >= 'A' && word.front() <= 'Z';
            const bool known = std::ranges::any_of(
                protection.entities(), [&](const detect::Entity& entity) { return entity.name == word; });
            if (!isEntity || known)
                continue;
            Problem problem;
            problem.code = "protection.unknown-entity";
            problem.message = "Nothing finds \"" + word + "\".";
            problem.hint = "See the list of entities, or add a detector of that name.";
            problem.at = "/rules/" + std::to_string(i) + "/what";
            problems.push_back(std::move(problem));
        }
    }
}

Result<CheckProtection::Response> checkProtection(
    const ProtectionServices& services, const CheckProtection::Request& request)
{
    CheckProtection::Response response;
    response.problems = definition::problemsOf(request.body);
    const auto protection = guard::Protection::compile({}, request.body, trialKeys(services));
    if (!protection) {
        response.problems.push_back(compileProblem(protection.error()));
        return response;
    }
    for (const detect::Entity& entity : (*protection)->entities())
        response.entities.push_back({entity.name, entity.title, std::string(guard::classWord(entity.entityClass))});
    checkWords(request.body, **protection, response.problems);
    return response;
}

guard::Hook hookOf(TextSurface surface)
{
    switch (surface) {
    case TextSurface::Input:
        return guard::Hook::Input;
    case TextSurface::Model:
        return guard::Hook::BeforeModel;
    case TextSurface::Arguments:
        return guard::Hook::BeforeTool;
    case TextSurface::Result:
        return guard::Hook::AfterTool;
    case TextSurface::Answer:
        break;
    }
    return guard::Hook::Output;
}

Result<TryProtection::Response> tryProtection(const ProtectionServices& services, const TryProtection::Request& request)
{
    EPHOR_TRY_VOID(definition::refuseProblems(definition::problemsOf(request.body)));
    if (!isUtf8(request.text))
        return fail(ErrorKind::Invalid, "protection.text", "The text is not valid UTF-8.", "Send it as UTF-8.");
    EPHOR_TRY(const auto protection, guard::Protection::compile({}, request.body, trialKeys(services)));
    TryProtection::Response response;
    const guard::GuardChain chain({guard::makeWellFormedGuard(), protection->guard()});
    guard::Inspection inspection = chain.inspect({hookOf(request.surface), request.text, {}, request.tool});
    response.word = lowerAscii(wordOf(inspection.word));
    response.reason = inspection.reason;
    if (inspection.word != VerdictWord::Deny)
        response.text = inspection.replacement ? std::move(*inspection.replacement) : std::string(request.text);
    EPHOR_TRY(const auto judged, protection->judge(request.text, request.surface, request.tool));
    const std::string_view text = request.text;
    for (const guard::Judged& each : judged) {
        TriedFinding found;
        found.what = each.finding.entity->name;
        found.title = each.finding.entity->title;
        found.start = codePointCount(text.substr(0, each.finding.start));
        found.end
            = found.start + codePointCount(text.substr(each.finding.start, each.finding.end - each.finding.start));
        found.score = std::uint64_t(std::lround(each.finding.score * 100));
        found.action = each.action;
        found.excepted = each.excepted;
        response.findings.push_back(std::move(found));
    }
    const guard::Protection::Orders orders = protection->ordersIn(request.text, request.surface, request.tool);
    for (const sanitize::InstructionSign& sign : orders.signs) {
        TriedFinding found;
        found.what = "instruction";
        found.title = "Order to the model";
        found.start = codePointCount(text.substr(0, sign.start));
        found.end = found.start + codePointCount(text.substr(sign.start, sign.end - sign.start));
        found.score = std::uint64_t(std::lround(sign.weight * 100));
        found.action = orders.action;
        response.findings.push_back(std::move(found));
    }
    std::ranges::stable_sort(response.findings, {}, &TriedFinding::start);
    return response;
}

Result<ExceptFinding::Response> exceptFinding(const ProtectionServices& services, store::Transaction& transaction,
    const Call& call, const ExceptFinding::Request& request, Note& note)
{
    EPHOR_TRY(const auto known, definition::get(transaction, DefinitionKind::Protection, request.name));
    EPHOR_TRY_VOID(call.allow({known.team, {}}));
    EPHOR_TRY(const auto newest, definition::verifiedBytes(transaction, DefinitionKind::Protection, request.name, 0));
    EPHOR_TRY(ProtectionBody body, definition::protectionFrom(newest.body));
    EPHOR_TRY(const auto protection, guard::Protection::compile(request.name, body, services.keys));
    EPHOR_TRY(const std::string digest, protection->exceptionOf(request.entity, request.value));
    const bool there = std::ranges::any_of(
        body.exceptions, [&](const ProtectionException& exception) { return exception.digest == digest; });
    if (there)
        return fail(ErrorKind::Conflict, "protection.excepted", "This value is an exception already.",
            "Release the version that holds it by a change.");
    body.exceptions.push_back({request.entity, digest, shorten(request.reason, 500)});
    EPHOR_TRY_VOID(definition::refuseProblems(definition::problemsOf(body)));
    definition::NewVersion version;
    version.name = request.name;
    EPHOR_TRY(version.body, definition::storedBody(body));
    version.author = call.principal().id;
    version.message = "Except a false alarm of " + request.entity;
    version.expectedVersion = request.expectedVersion;
    version.at = services.clock.now();
    EPHOR_TRY(DefinitionRef saved, definition::save(transaction, version));
    note.subject = "protection:" + request.name;
    note.reason = request.reason;
    note.refs = {{"version", std::to_string(saved.version)}, {"entity", request.entity}, {"digest", digest}};
    return ExceptFinding::Response{std::move(saved)};
}

bool isSensitive(const ToolBody& tool)
{
    return guard::resultLabel(tool).confidentiality >= Confidentiality::Confidential;
}

Result<ReadExposure::Response> readExposure(const ProtectionServices& services, const store::Snapshot& snapshot,
    const Call& call, const ReadExposure::Request& request)
{
    const std::string& environment = services.routing.environment();
    EPHOR_TRY(const auto agents, insight::servingAgents(snapshot, environment, services.clock.now()));
    ReadExposure::Response response;
    for (const insight::AgentFacts& facts : agents) {
        const bool wanted = request.agent.empty() || facts.name == request.agent;
        const auto route = services.routing.find(facts.name);
        if (!wanted || !route || !route->production || !call.holds(Permission::View, {facts.team, environment}))
            continue;
        AgentExposure exposure;
        exposure.agent = facts.name;
        exposure.title = facts.title;
        exposure.protection = route->production->agent.protection;
        for (const PlannedTool& tool : route->production->tools) {
            if (guard::resultLabel(tool.body).integrity == Integrity::Untrusted)
                exposure.untrusted.push_back(tool.name);
            if (isSensitive(tool.body))
                exposure.sensitive.push_back(tool.name);
            if (tool.body.effect != SideEffect::Read)
                exposure.acting.push_back(tool.name);
        }
        response.agents.push_back(std::move(exposure));
    }
    return response;
}

}

void addProtectionHandlers(HandlerTable& table, const ProtectionServices& services)
{
    table.read<CheckProtection>(
        [services](const store::Snapshot&, const Call&, const CheckProtection::Request& request) {
            return checkProtection(services, request);
        });
    table.read<TryProtection>([services](const store::Snapshot&, const Call&, const TryProtection::Request& request) {
        return tryProtection(services, request);
    });
    table.read<ShowStandardProtection>([](const store::Snapshot&, const Call&, const Empty&) {
        return Result<ShowStandardProtection::Response>(ShowStandardProtection::Response{guard::standardProtection()});
    });
    table.read<ReadExposure>(
        [services](const store::Snapshot& snapshot, const Call& call, const ReadExposure::Request& request) {
            return readExposure(services, snapshot, call, request);
        });
    table.write<ExceptFinding>(
        [services](store::Transaction& transaction, const Call& call, const ExceptFinding::Request& request,
            Note& note) { return exceptFinding(services, transaction, call, request, note); });
}

}
