#pragma once

#include "core/insight/prices.h"
#include "core/insight/telemetry_store.h"
#include "core/net/event_loop.h"
#include "core/net/http_client.h"
#include "core/net/timer.h"
#include "core/run/runtime/routing.h"
#include "core/run/runtime/runtime.h"
#include "core/trust/access/authority.h"
#include "core/trust/guard/protection.h"
#include "core/trust/identity/activity.h"
#include "core/trust/identity/operations.h"
#include "core/trust/keys/key_store.h"
#include "core/trust/ledger/ledger.h"
#include "core/trust/policy/stop_orders.h"
#include "core/trust/policy/tightenings.h"
#include "core/workspace/dispatcher.h"
#include "core/workspace/event_bus.h"
#include "core/workspace/local_backend.h"
#include "core/workspace/parts.h"
#include "core/workspace/workspace.h"

#include <condition_variable>
#include <thread>

namespace ephor::workspace {

/// The schema of ephor.db, room by room in rank order.
std::vector<store::Migration> governedMigrations();

/// Where the keys of the workspace with this id are. Code: keys.path.
Result<std::string> keyPathOf(const KeyPlace& place, const std::string& workspace);
/// Where the newest signed head of the workspace in this folder is kept: beside the keys, out of reach of whoever can
/// write the workspace alone.
Result<std::string> keptHeadPathOf(const KeyPlace& place, const std::string& workspace, const std::string& folder);
/// The workspace's keys, unlocked by whichever way is there.
Result<std::unique_ptr<keys::KeyStore>> openKeyStore(const KeyPlace& place, const std::string& workspace);

/// Everything one open workspace consists of, in the order it is built; it is taken down in the reverse order, which
/// assemble.cpp relies on.
struct Workspace::Rooms {
    explicit Rooms(const OpenOptions& options);
    ~Rooms();

    Result<void> openStores(const OpenOptions& options);
    Result<void> openTrust(const OpenOptions& options);
    Result<void> openRunPath(const OpenOptions& options);
    Result<void> addAllHandlers(const OpenOptions& options);
    Result<void> begin();
    /// Once a second: what is due by the clock alone.
    void keepUp();
    Result<void> expireApprovals();
    void resumeWhatFits();
    Result<std::string> secret(const std::string& reference) const;
    guard::ProtectionKeys protectionKeys() const;

    WorkspacePaths paths;
    WorkspaceFile file;
    const Clock& clock;
    net::Timer* givenTimer;

    std::unique_ptr<keys::KeyStore> keyStore;
    std::unique_ptr<store::Database> database;
    std::unique_ptr<store::Database> telemetryDatabase;
    std::unique_ptr<ledger::Ledger> ledger;
    EventBus events; ///< before what publishes from a thread of its own
    std::unique_ptr<insight::TelemetryStore> telemetry;
    insight::PriceTable prices;
    policy::Tightenings tightenings;
    policy::StopOrders stops;
    std::unique_ptr<access::Authority> authority;
    std::unique_ptr<identity::Activity> activity;
    net::EventLoop loop;
    std::unique_ptr<net::Timer> loopTimer;
    std::unique_ptr<net::HttpClient> http;
    std::unique_ptr<connector::BlockingPool> pool; ///< SQL tools, and compiling routes off the writer
    std::unique_ptr<Parts> parts;
    std::unique_ptr<runtime::Routing> routing;
    std::unique_ptr<runtime::Runtime> runtime;
    std::unique_ptr<Dispatcher> dispatcher;
    std::unique_ptr<LocalBackend> backend;
    std::unique_ptr<Subscription> stopsSubscription;
    std::unique_ptr<Subscription> rulesSubscription;

    std::mutex mutex;
    std::condition_variable wake;
    bool closing = false;
    std::string address; ///< where agents are served; under `mutex`
    std::thread keeper;
    std::thread verifier;
};

}
