#include "core/definition/operations.h"

#include "core/api/policies.h"
#include "core/api/protection.h"
#include "core/base/clock.h"
#include "core/definition/checks.h"
#include "core/definition/definitions.h"
#include "core/definition/version_diff.h"
#include "core/domain/reflect.h"

namespace ephor::definition {

namespace {

std::string subjectOf(DefinitionKind kind, const std::string& name)
{
    return wordOf(kind) + ":" + name;
}

// The half of a save that needs nobody's state: a body that passed its checks, as it will be stored.
template <class Request> Result<StoredBody> prepareSave(const Request& request)
{
    EPHOR_TRY_VOID(checkName(request.name));
    EPHOR_TRY_VOID(refuseProblems(problemsOf(request.body)));
    return storedBody(request.body);
}

struct SaveWords {
    const std::string& name;
    const std::string& team;
    const std::string& message;
    std::uint64_t expectedVersion;
};

Result<DefinitionRef> commitSave(store::Transaction& transaction, const Call& call, const SaveWords& words,
    const StoredBody& body, Instant now, Note& note)
{
    EPHOR_TRY(const auto found, find(transaction, body.kind, words.name));
    if (!found && words.team.empty() && words.expectedVersion == 0)
        return fail(ErrorKind::Invalid, "definition.no-team", "A new definition needs a team.",
            "Name the team that answers for it.");
    EPHOR_TRY_VOID(call.allow(Scope{found ? found->team : words.team, {}}));
    NewVersion version;
    version.name = words.name;
    version.team = words.team;
    version.body = body;
    version.author = call.principal().id;
    version.message = words.message;
    version.expectedVersion = words.expectedVersion;
    version.at = now;
    EPHOR_TRY(DefinitionRef saved, save(transaction, version));
    note.subject = subjectOf(body.kind, words.name);
    note.refs = {{"version", std::to_string(saved.version)}, {"digest", body.digest}};
    return saved;
}

template <class Op> void addSave(HandlerTable& table, const Clock& clock)
{
    using Request = typename Op::Request;
    using Response = typename Op::Response;
    table.write<Op, StoredBody>([](const Call&, const Request& request) { return prepareSave(request); },
        [&clock](store::Transaction& transaction, const Call& call, const Request& request, StoredBody& body,
            Note& note) -> Result<Response> {
            const SaveWords words{request.name, request.team, request.message, request.expectedVersion};
            EPHOR_TRY(DefinitionRef saved, commitSave(transaction, call, words, body, clock.now(), note));
            return Response{std::move(saved)};
        });
}

Result<ListDefinitions::Response> listVisible(
    const store::Snapshot& snapshot, const Call& call, const ListDefinitions::Request& request)
{
    EPHOR_TRY(auto all, list(snapshot, request.kind, request.retired ? Retired::Show : Retired::Hide));
    ListDefinitions::Response response;
    for (DefinitionSummary& summary : all) {
        if (call.holds(Permission::View, Scope{summary.team, {}}))
            response.definitions.push_back(std::move(summary));
    }
    return response;
}

Result<DefinitionVersion> showVersion(
    const store::Snapshot& snapshot, const Call& call, const GetDefinition::Request& request)
{
    DefinitionVersion shown;
    EPHOR_TRY(shown.definition, get(snapshot, request.kind, request.name));
    EPHOR_TRY_VOID(call.allow(Scope{shown.definition.team, {}}));
    EPHOR_TRY(VersionBytes bytes, verifiedBytes(snapshot, request.kind, request.name, request.version));
    EPHOR_TRY(const auto infos, versions(snapshot, request.kind, request.name));
    for (const VersionInfo& info : infos) {
        if (info.number == bytes.number)
            shown.version = info;
    }
    shown.body = Document{std::move(bytes.body)};
    return shown;
}

Result<DiffVersions::Response> showDiff(
    const store::Snapshot& snapshot, const Call& call, const DiffVersions::Request& request)
{
    EPHOR_TRY(const DefinitionSummary summary, get(snapshot, request.kind, request.name));
    EPHOR_TRY_VOID(call.allow(Scope{summary.team, {}}));
    return diffVersions(snapshot, request.kind, request.name, request.from, request.to);
}

Result<CheckPrompt::Response> checkPrompt(const store::Snapshot& snapshot, const CheckPrompt::Request& request)
{
    CheckPrompt::Response response;
    response.problems = problemsOf(request.body);
    response.variables = variablesOf(request.body);
    EPHOR_TRY(const auto users, uses(snapshot, DefinitionKind::Prompt, request.name));
    std::string last;
    for (const Use& use : users) {
        if (use.by.name == last)
            continue;
        last = use.by.name;
        EPHOR_TRY(const VersionBytes bytes, bodyBytes(snapshot, DefinitionKind::Agent, use.by.name, use.by.version));
        EPHOR_TRY(const AgentBody agent, agentFrom(bytes.body));
        for (Problem& problem : undeclaredBy(request.body, use.by.name, agent))
            response.problems.push_back(std::move(problem));
    }
    return response;
}

Result<Empty> retireOne(store::Transaction& transaction, const Call& call, const RetireDefinition::Request& request,
    Instant now, Note& note)
{
    EPHOR_TRY(const DefinitionSummary summary, get(transaction, request.kind, request.name));
    EPHOR_TRY_VOID(call.allow(Scope{summary.team, {}}));
    EPHOR_TRY_VOID(retire(transaction, request.kind, request.name, now));
    note.subject = subjectOf(request.kind, request.name);
    note.reason = request.reason;
    note.refs = {{"version", std::to_string(summary.newest)}};
    return Empty{};
}

void addReads(HandlerTable& table)
{
    table.read<ListDefinitions>(listVisible);
    table.read<GetDefinition>(showVersion);
    table.read<DiffVersions>(showDiff);
    table.read<ListVersions>([](const store::Snapshot& snapshot, const Call& call,
                                 const ListVersions::Request& request) -> Result<ListVersions::Response> {
        EPHOR_TRY(const DefinitionSummary summary, get(snapshot, request.kind, request.name));
        EPHOR_TRY_VOID(call.allow(Scope{summary.team, {}}));
        EPHOR_TRY(auto infos, versions(snapshot, request.kind, request.name));
        return ListVersions::Response{std::move(infos)};
    });
    table.read<WhereUsed>([](const store::Snapshot& snapshot, const Call& call,
                              const WhereUsed::Request& request) -> Result<WhereUsed::Response> {
        EPHOR_TRY(const DefinitionSummary summary, get(snapshot, request.kind, request.name));
        EPHOR_TRY_VOID(call.allow(Scope{summary.team, {}}));
        EPHOR_TRY(auto users, uses(snapshot, request.kind, request.name));
        return WhereUsed::Response{std::move(users)};
    });
    table.read<CheckPrompt>([](const store::Snapshot& snapshot, const Call&, const CheckPrompt::Request& request) {
        return checkPrompt(snapshot, request);
    });
}

}

void addHandlers(HandlerTable& table, const Clock& clock)
{
    addReads(table);
    addSave<SavePrompt>(table, clock);
    addSave<SaveAgent>(table, clock);
    addSave<SaveModel>(table, clock);
    addSave<SaveTool>(table, clock);
    addSave<SavePolicy>(table, clock);
    addSave<SaveProtection>(table, clock);
    table.write<RetireDefinition>(
        [&clock](store::Transaction& transaction, const Call& call, const RetireDefinition::Request& request,
            Note& note) { return retireOne(transaction, call, request, clock.now(), note); });
}

}
