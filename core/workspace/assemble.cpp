#include "core/workspace/rooms.h"

#include "core/api/workspace.h"
#include "core/base/background_thread.h"
#include "core/change/evaluate/operations.h"
#include "core/change/lifecycle/change_candidate.h"
#include "core/change/lifecycle/change_store.h"
#include "core/change/lifecycle/operations.h"
#include "core/definition/definitions.h"
#include "core/definition/migrations.h"
#include "core/definition/operations.h"
#include "core/insight/operations.h"
#include "core/insight/run_record.h"
#include "core/insight/telemetry_store.h"
#include "core/run/route/releases.h"
#include "core/run/runtime/operations.h"
#include "core/run/runtime/protection_operations.h"
#include "core/run/runtime/run_store.h"
#include "core/trust/approval/approvals.h"
#include "core/trust/approval/operations.h"
#include "core/trust/identity/migrations.h"
#include "core/trust/identity/people.h"
#include "core/trust/identity/sessions.h"
#include "core/trust/ledger/kept_head.h"
#include "core/trust/ledger/migrations.h"
#include "core/trust/ledger/operations.h"
#include "core/trust/policy/operations.h"
#include "core/workspace/backup.h"
#include "core/workspace/price_file.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sys/resource.h>
#include <unistd.h>

namespace ephor::workspace {

namespace {

constexpr std::uint64_t expiredAtOnce = 256; // requests one transaction turns into denials
constexpr auto lookEvery = std::chrono::seconds(1);
constexpr int verifierNiceness = 15; // a thirtieth of a busy core, all of an idle one

}

std::vector<store::Migration> governedMigrations()
{
    std::vector<store::Migration> all;
    const auto add = [&](std::span<const store::Migration> room) { all.insert(all.end(), room.begin(), room.end()); };
    add(ledger::migrations());
    add(identity::migrations());
    add(definition::migrations());
    add(policy::migrations());
    add(approval::migrations());
    add(route::migrations());
    add(runtime::migrations());
    add(lifecycle::migrations());
    add(Dispatcher::migrations());
    return all;
}

namespace {

template <class Op> void refuseDemo(HandlerTable& table)
{
    table.direct<Op>([](const Call&, const typename Op::Request&, Note&) -> Result<typename Op::Response> {
        return fail(
            ErrorKind::NotFound, "demo.none", "This workspace is no demo.", "Make one with: ephor init DIR --demo");
    });
}

}

namespace {

// Measures may be lost, decisions may not: a file that is no database any more is put aside and begun anew.
Result<std::unique_ptr<store::Database>> openMeasures(const store::DatabaseOptions& options, const Clock& clock)
{
    auto opened = store::Database::open(options, insight::migrations());
    if (opened || opened.error().code != "store.corrupt")
        return opened;
    const std::string aside = ".damaged-" + std::to_string(clock.now().time_since_epoch().count());
    std::error_code problem;
    for (const char* part : {"", "-wal", "-shm"}) {
        if (std::filesystem::exists(options.path + part, problem))
            std::filesystem::rename(options.path + part, options.path + aside + part, problem);
    }
    if (problem)
        return opened;
    return store::Database::open(options, insight::migrations());
}

}

Result<std::string> keyPathOf(const KeyPlace& place, const std::string& workspace)
{
    return place.keys.empty() ? keys::defaultKeyPath(workspace) : place.keys;
}

Result<std::string> keptHeadPathOf(const KeyPlace& place, const std::string& workspace, const std::string& folder)
{
    EPHOR_TRY(const std::string keys, keyPathOf(place, workspace));
    return ledger::keptHeadPath(keys, folder);
}

Result<std::unique_ptr<keys::KeyStore>> openKeyStore(const KeyPlace& place, const std::string& workspace)
{
    keys::UnlockWays ways;
    ways.prompt = place.prompt;
    ways.file = place.unlock;
    if (ways.file.empty()) {
        EPHOR_TRY(ways.file, keys::defaultUnlockPath(workspace));
    }
    EPHOR_TRY(const std::string path, keyPathOf(place, workspace));
    EPHOR_TRY(const keys::Unlock unlock, keys::findUnlock(ways));
    return keys::KeyStore::open(path, unlock);
}

Workspace::Rooms::Rooms(const OpenOptions& options)
    : paths(options.folder)
    , clock(*options.clock)
    , givenTimer(options.timer)
    , loop(options.loopThreads)
{
}

Workspace::Rooms::~Rooms()
{
    {
        const std::lock_guard lock(mutex);
        closing = true;
    }
    wake.notify_all();
    if (keeper.joinable())
        keeper.join();
    if (verifier.joinable())
        verifier.join();
    stopsSubscription.reset();
    rulesSubscription.reset();
    if (activity)
        (void)activity->flush();
    // Runs first, which wait for their tools, then the threads that may be compiling routes, then what both work with.
    runtime.reset();
    pool.reset();
    routing.reset();
    parts.reset();
    http.reset();
}

Result<std::string> Workspace::Rooms::secret(const std::string& reference) const
{
    constexpr std::string_view scheme = "secret:";
    if (!reference.starts_with(scheme))
        return fail(ErrorKind::Invalid, "keys.reference", "A secret is named like secret:openai.",
            "Store it first and name it here.");
    return keyStore->secret(reference.substr(scheme.size()));
}

guard::ProtectionKeys Workspace::Rooms::protectionKeys() const
{
    return {keyStore->derived("protection:values"), keyStore->derived("protection:exceptions")};
}

Result<void> Workspace::Rooms::openStores(const OpenOptions& options)
{
    EPHOR_TRY(file, readWorkspaceFile(paths.file));
    if (!file.complete && options.durability == OpenOptions::Durability::Full)
        return fail(unfinished(paths.file));
    const store::Sync sync
        = options.durability == OpenOptions::Durability::Full ? store::Sync::Full : store::Sync::WhileBuilding;
    store::DatabaseOptions governed;
    governed.path = paths.database;
    governed.sync = sync;
    EPHOR_TRY(database, store::Database::open(governed, governedMigrations()));
    EPHOR_TRY(keyStore, openKeyStore(options.keyPlace, file.id));
    store::DatabaseOptions measured;
    measured.path = paths.telemetry;
    measured.reserveBytes = 0;
    // Losing the last moments of it with the power loses no decision, and a disk that is asked for less answers sooner.
    measured.sync = sync == store::Sync::Full ? store::Sync::AtCheckpoints : sync;
    EPHOR_TRY(telemetryDatabase, openMeasures(measured, clock));
    return {};
}

Result<void> Workspace::Rooms::openTrust(const OpenOptions& options)
{
    ledger::LedgerOptions record{.database = *database, .keys = keyStore.get(), .clock = clock};
    EPHOR_TRY(record.keptHead, keptHeadPathOf(options.keyPlace, file.id, options.folder));
    // Nobody reads a workspace that is being built: a day of made-up time passes in a second, and needs one head.
    if (options.durability == OpenOptions::Durability::WhileBuilding)
        record.signAfter = std::chrono::days(1);
    const auto known = database->read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(const auto entries, snapshot.integer("SELECT 1 FROM leaf LIMIT 1", {}));
        return entries ? Result<void>() : fail(ErrorKind::NotFound, "ledger.empty", "The record is empty.");
    });
    if (!known)
        record.origin = file.demo ? "ephor.local/" + file.id + "/demo" : "ephor.local/" + file.id;
    EPHOR_TRY(ledger, ledger::openLedger(record));
    EPHOR_TRY_VOID(tightenings.load(*database));
    EPHOR_TRY_VOID(stops.load(*database));
    authority = std::make_unique<access::Authority>(
        clock, file.environment, [this] { return tightenings.table()->operationRules(); });
    activity = std::make_unique<identity::Activity>(*database, clock);
    return {};
}

Result<void> Workspace::Rooms::openRunPath(const OpenOptions&)
{
    EPHOR_TRY(prices, shippedPrices());
    insight::TelemetryOptions measuring;
    measuring.onFindings = [this] { events.publish({0, Topic::Findings, "counted", {}, 0}); };
    telemetry = std::make_unique<insight::TelemetryStore>(*telemetryDatabase, clock, std::move(measuring));
    loopTimer = net::makeLoopTimer(loop);
    http = std::make_unique<net::HttpClient>(loop);
    pool = std::make_unique<connector::BlockingPool>();
    net::Timer& timer = givenTimer != nullptr ? *givenTimer : *loopTimer;
    parts = std::make_unique<Parts>(Parts::Sources{*http, timer, clock, *pool, paths.folder, file.seed,
        [this](const std::string& reference) { return secret(reference); }});
    runtime::PlanParts planParts;
    planParts.client = [this](const std::string& name, const ModelBody& body) { return parts->client(name, body); };
    planParts.connector
        = [this](const std::string& name, const ToolBody& body) { return parts->connector(name, body); };
    planParts.prices = &prices;
    planParts.guards = {guard::makeWellFormedGuard()};
    planParts.protection = [this](const std::string& name, const ProtectionBody* body) {
        return guard::Protection::compile(
            name, body != nullptr ? *body : guard::standardProtection(), protectionKeys());
    };
    routing = std::make_unique<runtime::Routing>(*database, std::move(planParts), file.environment);
    runtime = std::make_unique<runtime::Runtime>(runtime::RuntimeServices{.database = *database,
        .ledger = *ledger,
        .clock = clock,
        .authority = *authority,
        .loop = loop,
        .routing = *routing,
        .tightenings = tightenings,
        .stops = stops,
        .reports = *telemetry,
        .publish = [this](Event event) { events.publish(std::move(event)); }});
    dispatcher = std::make_unique<Dispatcher>(
        *database, *ledger, clock, events,
        [this](const store::Snapshot& snapshot, std::string_view credential) -> Result<Principal> {
            EPHOR_TRY(Principal principal, identity::authenticate(snapshot, credential, clock));
            activity->seen(principal);
            return principal;
        },
        *authority, keyStore->derived("requests"));
    backend = std::make_unique<LocalBackend>(*dispatcher, *runtime, events);
    return {};
}

Result<void> Workspace::Rooms::addAllHandlers(const OpenOptions& options)
{
    HandlerTable& table = *dispatcher;
    identity::Services people{*database, clock, *authority, {}, keyStore.get(), definition::agentsByTeam};
    people.facts = {file.id, file.name, file.environment, EPHOR_VERSION, file.demo,
        options.owner == OpenOptions::Owner::Desk, [this] {
            const std::lock_guard lock(mutex);
            return address;
        }};
    identity::addHandlers(table, std::move(people));
    definition::addHandlers(table, clock);
    policy::addHandlers(table, {tightenings, stops, clock});
    approval::addHandlers(
        table, {*ledger, clock, [this](const ApprovalRequest& request) { runtime->decided(request); }});
    ledger::Services record{*ledger, *database, [](const store::Snapshot& snapshot, const std::string& actor) {
                                return identity::displayName(snapshot, actor).value_or(actor);
                            }};
    record.releaseName = [](const store::Snapshot& snapshot, const std::string& id) {
        const auto release = route::release(snapshot, id);
        return release ? "v" + std::to_string(release->number) : std::string();
    };
    record.wholeIds = insight::idsOfShort;
    record.goesOn = [this] {
        const std::lock_guard lock(mutex);
        return !closing;
    };
    ledger::addHandlers(table, record);
    runtime::addHandlers(table,
        {*runtime, *routing, *database, *ledger, tightenings, clock,
            [this](const std::string& run) { return telemetry->spans(run); }});
    runtime::addProtectionHandlers(table, {*routing, clock, protectionKeys()});
    lifecycle::Services changes{*database, *ledger, tightenings, clock, file.environment, {}, {}, {}};
    changes.routesChanged = [this] {
        pool->post([this] {
            (void)routing->refresh();
            Event event;
            event.topic = Topic::Rollouts;
            event.kind = "routed";
            events.publish(std::move(event));
        });
    };
    changes.compiles = [this](const Release& release, const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(auto sources, runtime::readSources(snapshot, release));
        EPHOR_TRY([[maybe_unused]] const auto plan, runtime::compilePlan(std::move(sources), routing->parts()));
        return {};
    };
    lifecycle::addHandlers(table, changes);
    evaluate::addHandlers(table, {*ledger, tightenings, clock, file.environment, lifecycle::candidateOfChange});
    insight::addHandlers(table, {*telemetry, clock, file.environment});
    addBackupHandler(table, *database, paths, *ledger);
    if (options.demoHandlers) {
        options.demoHandlers(table);
    } else {
        refuseDemo<SetTraffic>(table);
        refuseDemo<ListStories>(table);
        refuseDemo<RunStory>(table);
    }
    return dispatcher->complete();
}

Result<void> Workspace::Rooms::begin()
{
    EPHOR_TRY_VOID(routing->refresh());
    stopsSubscription = events.subscribe({Topic::Stops}, [this](const Event&) { runtime->enforceStops(); });
    rulesSubscription
        = events.subscribe({Topic::Grants}, [this, check = runtime->rulesCheck()](const Event&) { pool->post(check); });
    EPHOR_TRY_VOID(runtime->recover());
    if (clock.simulated())
        return {};
    keeper = std::thread([this] { keepUp(); });
    verifier = std::thread([this] {
        // Nobody waits for it, so that whoever works at the moment comes first.
        (void)::setpriority(PRIO_PROCESS, id_t(::gettid()), verifierNiceness);
        letOthersInterrupt();
        (void)ledger->verify(0, [this](std::uint64_t, std::uint64_t) {
            const std::lock_guard lock(mutex);
            return !closing;
        });
    });
    return {};
}

Result<void> Workspace::Rooms::expireApprovals()
{
    std::vector<ApprovalRequest> expired;
    bool any = false;
    EPHOR_TRY_VOID(database->read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(const auto due,
            snapshot.integer("SELECT 1 FROM approval WHERE state = 0 AND expires_at <= ? LIMIT 1",
                {clock.now().time_since_epoch().count()}));
        any = due.has_value();
        return {};
    }));
    if (!any)
        return {};
    EPHOR_TRY_VOID(database->write([&](store::Transaction& transaction) -> Result<void> {
        EPHOR_TRY(expired, approval::expire(transaction, clock.now(), expiredAtOnce));
        for (const ApprovalRequest& request : expired) {
            ledger::NewEntry entry;
            entry.kind = ledger::EntryKind::Approval;
            entry.actor = "system";
            entry.operation = "approvals.expire";
            entry.subject = "approval:" + request.id;
            entry.outcome = "expired";
            entry.reason = "Nobody decided in time, so the call is denied.";
            entry.refs = {{"approval", request.id}, {"run", request.run}, {"tool", request.tool}};
            EPHOR_TRY([[maybe_unused]] auto appended, ledger->append(transaction, entry));
        }
        return {};
    }));
    for (const ApprovalRequest& request : expired)
        runtime->decided(request);
    return {};
}

void Workspace::Rooms::resumeWhatFits()
{
    // Space comes back without anybody telling; after any other fault of a disk somebody should look first, and open
    // the workspace again.
    const auto wasFull = [](const store::Database& store) {
        const auto halt = store.halted();
        return halt && std::ranges::any_of(halt->fields, [](const auto& field) {
            return field.first == "cause" && (field.second == "store.full" || field.second == "store.reserve");
        });
    };
    if (wasFull(*telemetryDatabase))
        (void)telemetryDatabase->resume();
    if (wasFull(*database) && database->resume())
        runtime->goOnAfterHalt();
}

void Workspace::Rooms::keepUp()
{
    std::unique_lock lock(mutex);
    while (!wake.wait_for(lock, lookEvery, [this] { return closing; })) {
        lock.unlock();
        // A halted store says so itself, in its status and its own entry; the next look tries again.
        resumeWhatFits();
        (void)expireApprovals();
        lock.lock();
    }
}

Result<std::unique_ptr<Workspace>> Workspace::open(const OpenOptions& options)
{
    auto rooms = std::make_unique<Rooms>(options);
    EPHOR_TRY_VOID(rooms->openStores(options));
    EPHOR_TRY_VOID(rooms->openTrust(options));
    EPHOR_TRY_VOID(rooms->openRunPath(options));
    EPHOR_TRY_VOID(rooms->addAllHandlers(options));
    EPHOR_TRY_VOID(rooms->begin());
    return std::unique_ptr<Workspace>(new Workspace(std::move(rooms)));
}
}
