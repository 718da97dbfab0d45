#pragma once

#include "core/base/id.h"
#include "core/change/lifecycle/change_store.h"
#include "core/change/lifecycle/operations.h"
#include "core/definition/definitions.h"
#include "core/definition/migrations.h"
#include "core/domain/reflect.h"
#include "core/run/route/releases.h"
#include "core/run/runtime/plan.h"
#include "core/run/runtime/run_store.h"
#include "core/trust/identity/migrations.h"
#include "core/trust/identity/people.h"
#include "core/trust/identity/setup.h"
#include "core/trust/keys/key_store.h"
#include "core/trust/ledger/ledger.h"
#include "core/trust/ledger/migrations.h"
#include "core/trust/policy/tightenings.h"

// After Qt, which it uses.
#include "tests/core/trust/identity/fake_door.h"

#include <nlohmann/json.hpp>

namespace ephor::test {

/// A workspace in memory with one agent of team "care", its parts, people, and the real record.
class Scene {
public:
    Scene()
        : keys(take(keys::KeyStore::inMemory("w1")))
        , database(take(store::Database::open({}, allMigrations())))
        , ledger(take(ledger::openLedger({.database = *database,
              .keys = keys.get(),
              .clock = clock,
              .origin = "ledger.test/lifecycle",
              .trustedKeys = {},
              .signEvery = 1'000'000,
              .signAfter = std::chrono::hours(1'000)})))
        , door(*database)
    {
        lifecycle::addHandlers(door, services());
        write([&](store::Transaction& transaction) -> Result<void> {
            EPHOR_TRY_VOID(identity::addTeam(transaction, "care", "Customer care", clock));
            return identity::addTeam(transaction, "it", "IT", clock);
        });
        ada = person("ada", {{"*", "*", Role::Admin}});
        saveParts();
    }

    /// Everybody who can approve in the team.
    void addOfficers()
    {
        olga = person("olga", {{"*", "*", Role::Officer}});
        oskar = person("oskar", {{"care", "*", Role::Officer}});
    }

    Principal person(const std::string& login, std::vector<RoleGrant> roles)
    {
        Principal made;
        write([&](store::Transaction& transaction) -> Result<void> {
            identity::PersonRecord record;
            record.person.id = "person:" + newId(clock);
            record.person.login = login;
            record.person.name = login;
            record.person.roles = roles;
            made = {PrincipalKind::Person, record.person.id, login, roles, {}, {}, {}};
            return identity::insertPerson(transaction, record);
        });
        return made;
    }

    template <class T> static T take(Result<T> result)
    {
        if (!result)
            qFatal("%s", describe(result.error()).c_str());
        return std::move(*result);
    }
    void write(store::Database::Work work)
    {
        if (auto done = database->write(std::move(work)); !done)
            qFatal("%s", describe(done.error()).c_str());
    }
    template <class T> T read(const std::function<Result<T>(const store::Snapshot&)>& query)
    {
        std::optional<T> found;
        if (auto done = database->read([&](const store::Snapshot& snapshot) -> Result<void> {
                EPHOR_TRY(found, query(snapshot));
                return {};
            });
            !done)
            qFatal("%s", describe(done.error()).c_str());
        return std::move(*found);
    }

    template <class Body>
    std::uint64_t save(const std::string& name, const Body& body, const std::string& author, std::uint64_t expected = 0)
    {
        std::uint64_t number = 0;
        write([&](store::Transaction& transaction) -> Result<void> {
            EPHOR_TRY(auto stored, definition::storedBody(body));
            EPHOR_TRY(const auto saved,
                definition::save(transaction, {name, "care", std::move(stored), author, {}, expected, clock.now()}));
            number = saved.version;
            return {};
        });
        return number;
    }
    std::uint64_t savePrompt(const std::string& text, std::uint64_t expected)
    {
        PromptBody prompt;
        prompt.title = "Greeting";
        prompt.text = text;
        return save("greet", prompt, ada.id, expected);
    }

    static GrantRule rule(const std::string& tool, Access access)
    {
        GrantRule made;
        made.agent = "helper";
        made.tool = tool;
        made.access = access;
        return made;
    }
    static CreateChange::Request draft(std::vector<ChangeItem> items, std::vector<GrantRule> grants = {})
    {
        CreateChange::Request request;
        request.agent = "helper";
        request.title = "A change";
        request.items.assign(items.begin(), items.end());
        request.grants.assign(grants.begin(), grants.end());
        return request;
    }

    /// Drafts, submits and has it approved by as many as needed; returns its id.
    std::string approved(const CreateChange::Request& request)
    {
        const std::string id = take(door.call<CreateChange>(ada, request)).change.id;
        auto summary = take(door.call<SubmitChange>(ada, {id})).change;
        for (const Principal& officer : {olga, oskar}) {
            if (summary.state == ChangeState::Approval)
                summary = take(door.call<ApproveChange>(officer, {id, digestOf(id), "looks right"})).change;
        }
        if (summary.state != ChangeState::Approved)
            qFatal("not approved");
        return id;
    }
    Rollout started(const CreateChange::Request& request)
    {
        return take(door.call<StartRollout>(ada, {approved(request), "go"})).rollout;
    }
    Rollout promotedToEnd(Rollout rollout)
    {
        while (rollout.state == RolloutState::Running)
            rollout = take(door.call<PromoteRollout>(ada, {rollout.id, "good numbers"})).rollout;
        return rollout;
    }
    /// The first release: prompt version 1, orders.read allowed, mail.send asked.
    Rollout firstRelease()
    {
        return started(draft({}, {rule("orders.read", Access::Allow), rule("mail.send", Access::Ask)}));
    }

    Change change(const std::string& id) { return take(door.call<GetChange>(ada, {id})).change; }
    std::string digestOf(const std::string& id) { return change(id).digest; }
    route::Serving serving()
    {
        return read<route::Serving>([](const store::Snapshot& snapshot) -> Result<route::Serving> {
            EPHOR_TRY(const auto found, route::servingOf(snapshot, "helper", "production"));
            return found.value_or(route::Serving{});
        });
    }
    Release production()
    {
        const std::string id = serving().production;
        return read<Release>([&](const store::Snapshot& snapshot) { return route::release(snapshot, id); });
    }
    static std::uint64_t pinOf(const Release& release, DefinitionKind kind, const std::string& name)
    {
        for (const DefinitionRef& pin : release.pins) {
            if (pin.kind == kind && pin.name == name)
                return pin.version;
        }
        return 0;
    }

    void addRuns(std::size_t count, const std::string& release, Variant variant,
        const std::function<void(std::size_t, RunSummary&)>& shape)
    {
        write([&](store::Transaction& transaction) -> Result<void> {
            for (std::size_t i = 0; i < count; ++i) {
                RunSummary run;
                run.id = newId(clock);
                run.agent = "helper";
                run.environment = "production";
                run.release = release;
                run.variant = variant;
                run.state = RunState::Done;
                run.startedAt = clock.now();
                run.person = "person " + std::to_string(i);
                shape(i, run);
                EPHOR_TRY_VOID(runtime::addRun(transaction, run, "key:1"));
            }
            return {};
        });
    }

    /// The body of the newest entry.
    Json lastEntry()
    {
        const std::uint64_t size = ledger->status().size;
        return read<Json>([&](const store::Snapshot& snapshot) -> Result<Json> {
            EPHOR_TRY(const std::string body, ledger->body(snapshot, size - 1));
            return parseJson(body);
        });
    }

    ManualClock clock{Instant(std::chrono::days(20'000))};
    std::unique_ptr<keys::KeyStore> keys;
    std::unique_ptr<store::Database> database;
    std::unique_ptr<ledger::Ledger> ledger;
    policy::Tightenings tightenings;
    FakeDoor door;
    std::optional<Error> compileFault;
    int routesChanged = 0;
    Principal ada; ///< administrator: drafts and operates
    Principal olga; ///< officer everywhere
    Principal oskar; ///< officer of the team

private:
    static std::vector<store::Migration> allMigrations()
    {
        std::vector<store::Migration> all;
        for (const auto room : {ledger::migrations(), identity::migrations(), definition::migrations(),
                 policy::migrations(), route::migrations(), runtime::migrations(), lifecycle::migrations()})
            all.insert(all.end(), room.begin(), room.end());
        return all;
    }

    lifecycle::Services services()
    {
        lifecycle::Services made{*database, *ledger, tightenings, clock, "production", {}, {}, {}};
        made.routesChanged = [this] { ++routesChanged; };
        made.compiles = [this](const Release& release, const store::Snapshot& snapshot) -> Result<void> {
            EPHOR_TRY_VOID(runtime::readSources(snapshot, release));
            return compileFault ? fail(*compileFault) : Result<void>();
        };
        return made;
    }

    void saveParts()
    {
        savePrompt("Hello.", 0);
        ModelBody model;
        model.title = "Large";
        save("large", model, ada.id);
        ToolBody read;
        read.title = "Read orders";
        read.http.url = "https://orders.test/";
        save("orders.read", read, ada.id);
        ToolBody mail = read;
        mail.title = "Send mail";
        mail.effect = SideEffect::Egress;
        save("mail.send", mail, ada.id);
        save("helper", agentBody(), ada.id);
    }

public:
    static AgentBody agentBody()
    {
        AgentBody agent;
        agent.title = "Helper";
        agent.prompt = "greet";
        agent.model = "large";
        agent.tools = {"orders.read", "mail.send"};
        return agent;
    }
};

}
