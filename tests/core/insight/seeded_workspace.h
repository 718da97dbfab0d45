#pragma once

#include "core/base/clock.h"
#include "core/base/hash.h"
#include "core/base/id.h"
#include "core/change/lifecycle/change_store.h"
#include "core/definition/migrations.h"
#include "core/domain/reflect.h"
#include "core/insight/operations.h"
#include "core/insight/telemetry_store.h"
#include "core/run/route/releases.h"
#include "core/run/runtime/run_store.h"
#include "core/trust/approval/approvals.h"
#include "core/trust/identity/migrations.h"
#include "core/trust/identity/setup.h"
#include "core/trust/ledger/envelope.h"
#include "core/trust/ledger/migrations.h"
#include "core/trust/policy/tightenings.h"
#include "tests/core/insight/report_maker.h"
#include "tests/core/trust/identity/fake_door.h"

#include <nlohmann/json.hpp>

namespace ephor::test {

/// A workspace in memory with every table that insight reads, filled by the rooms that own them; entries of the record
/// are put in without their proofs.
class SeededWorkspace {
public:
    ManualClock clock{Instant(std::chrono::days(20'000) + std::chrono::hours(12))};
    std::unique_ptr<store::Database> database;
    std::unique_ptr<store::Database> telemetryDatabase;
    std::unique_ptr<insight::TelemetryStore> telemetry;
    std::unique_ptr<FakeDoor> door;

    SeededWorkspace()
    {
        std::vector<store::Migration> steps;
        for (const auto part :
            {ledger::migrations(), identity::migrations(), definition::migrations(), policy::migrations(),
                approval::migrations(), route::migrations(), runtime::migrations(), lifecycle::migrations()})
            steps.insert(steps.end(), part.begin(), part.end());
        database = open(steps);
        telemetryDatabase = open(insight::migrations());
        telemetry = std::make_unique<insight::TelemetryStore>(*telemetryDatabase, clock);
        door = std::make_unique<FakeDoor>(*database);
        insight::addHandlers(*door, {*telemetry, clock, "production"});
        write([&](store::Transaction& transaction) -> Result<void> {
            EPHOR_TRY_VOID(identity::addTeam(transaction, "cards", "Card services", clock));
            return identity::addTeam(transaction, "people", "People", clock);
        });
    }

    void write(const store::Database::Work& work) { need(database->write(work)); }

    static Principal person(const std::string& id, std::vector<RoleGrant> roles)
    {
        Principal who;
        who.kind = PrincipalKind::Person;
        who.id = id;
        who.name = id;
        who.roles = std::move(roles);
        return who;
    }

    /// Returns the principal id.
    std::string addPerson(const std::string& name, const std::string& login)
    {
        std::string id;
        write([&](store::Transaction& transaction) -> Result<void> {
            EPHOR_TRY(id, identity::addPersona(transaction, name, login, "Officer", {}, clock));
            return {};
        });
        return id;
    }

    void addDefinition(const std::string& kind, const std::string& name, const std::string& title,
        const std::string& team, const std::string& owner, const Json& body)
    {
        write([&](store::Transaction& transaction) -> Result<void> {
            const std::string text = compactJson(body);
            EPHOR_TRY_VOID(transaction.run("INSERT INTO definition(kind, name, team, owner, title, detail, newest, "
                                           "created_at, retired_at) VALUES (?, ?, ?, ?, ?, '', 1, 0, 0)",
                {kind, name, team, owner, title}));
            EPHOR_TRY_VOID(
                transaction.run("INSERT INTO definition_version(kind, name, number, digest, body, author, at,"
                                " message) VALUES (?, ?, 1, '', ?, ?, 0, '')",
                    {kind, name, bytesOf(text), owner}));
            return {};
        });
    }

    void addAgent(const std::string& name, const std::string& title, const std::string& team, const std::string& owner)
    {
        addDefinition("agent", name, title, team, owner,
            {{"title", title}, {"description", "Does " + name + "."}, {"tools", {"payments.send", "orders.read"}}});
    }

    /// Makes a release of the agent; different `message` makes it another one.
    Release addRelease(const std::string& agent, std::uint64_t promptVersion, Instant at)
    {
        Release release;
        release.agent = agent;
        release.at = at;
        release.pins = {{DefinitionKind::Agent, agent, 1}, {DefinitionKind::Tool, "payments.send", 1},
            {DefinitionKind::Tool, "orders.read", 1}, {DefinitionKind::Prompt, agent, promptVersion}};
        write([&](store::Transaction& transaction) -> Result<void> {
            EPHOR_TRY(release, route::addRelease(transaction, release));
            return {};
        });
        return release;
    }

    void serve(const Release& release)
    {
        write([&](store::Transaction& transaction) {
            return route::setProduction(transaction, release.agent, "production", release.id);
        });
    }

    void save(const Rollout& rollout)
    {
        write([&](store::Transaction& transaction) { return route::saveRollout(transaction, rollout); });
    }

    /// Asks about payments.send of the agent. Returns the id.
    std::string ask(
        const std::string& agent, const std::string& team, const std::function<void(ApprovalRequest&)>& set = {})
    {
        ApprovalRequest request;
        request.id = newId(clock);
        request.run = newId(clock);
        request.agent = agent;
        request.agentTitle = agent;
        request.team = team;
        request.tool = "payments.send";
        request.digest = "sha256:1";
        request.requestedAt = clock.now();
        request.expiresAt = clock.now() + std::chrono::hours(2);
        request.requester = "person:caller";
        if (set)
            set(request);
        write([&](store::Transaction& transaction) { return approval::add(transaction, request, 0); });
        return request.id;
    }

    /// Returns "CH-1" and so on.
    std::string addChange(const std::string& agent, const std::string& team, ChangeState state,
        const std::function<void(lifecycle::StoredChange&)>& set = {})
    {
        lifecycle::StoredChange stored;
        ChangeSummary& summary = stored.change.summary;
        summary.title = "Cite the clause";
        summary.agent = agent;
        summary.agentTitle = agent;
        summary.team = team;
        summary.environment = "production";
        summary.state = state;
        summary.author = "person:author";
        summary.authorName = "Ada Author";
        summary.approvalsNeeded = 1;
        summary.createdAt = clock.now();
        summary.movedAt = clock.now();
        stored.change.digest = "sha256:change";
        stored.authors = {"person:author", "person:writer"};
        if (set)
            set(stored);
        write([&](store::Transaction& transaction) { return lifecycle::addChange(transaction, stored); });
        return summary.id;
    }

    /// Returns the index.
    std::uint64_t record(const ledger::NewEntry& entry)
    {
        const std::uint64_t index = m_entries++;
        write([&](store::Transaction& transaction) -> Result<void> {
            EPHOR_TRY(const Json envelope, ledger::makeEnvelope(entry, {newId(clock), index, clock.now(), true}));
            EPHOR_TRY(const std::string body, canonicalJson(envelope));
            const Digest hash = sha256(body);
            EPHOR_TRY_VOID(transaction.run("INSERT INTO leaf(idx, leaf_hash, body) VALUES (?, ?, ?)",
                {std::int64_t(index), BytesView(hash), std::string_view(body)}));
            return {};
        });
        return index;
    }

    std::uint64_t record(const std::string& operation, const std::string& subject, const std::string& actor,
        std::map<std::string, std::string> refs, const std::string& outcome = "done",
        ledger::EntryKind kind = ledger::EntryKind::Operation)
    {
        ledger::NewEntry entry;
        entry.kind = kind;
        entry.operation = operation;
        entry.subject = subject;
        entry.actor = actor;
        entry.outcome = outcome;
        entry.reason = "Because.";
        entry.refs = std::move(refs);
        return record(entry);
    }

    /// Into the table of runs, not into telemetry.
    void addRun(const RunSummary& run)
    {
        write([&](store::Transaction& transaction) { return runtime::addRun(transaction, run, "person:caller"); });
    }

    template <class T> static T need(Result<T> result)
    {
        if (!result)
            qFatal("%s", describe(result.error()).c_str());
        if constexpr (!std::is_void_v<T>)
            return std::move(*result);
    }

private:
    static std::unique_ptr<store::Database> open(std::span<const store::Migration> steps)
    {
        return need(store::Database::open({}, steps));
    }

    std::uint64_t m_entries = 0;
};

}
