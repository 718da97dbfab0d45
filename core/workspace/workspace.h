#pragma once

#include "core/api/backend.h"
#include "core/base/clock.h"
#include "core/trust/keys/unlock.h"
#include "core/workspace/workspace_file.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace ephor {
class HandlerTable;
}
namespace ephor::net {
class Timer;
}
namespace ephor::provider {
class SimulatedModel;
}
namespace ephor::store {
class Transaction;
}

namespace ephor::workspace {

/// Where the keys of a workspace are and how they are unlocked. The default is the user's configuration folder.
struct KeyPlace {
    std::string keys; ///< empty: keys::defaultKeyPath
    std::string unlock; ///< empty: keys::defaultUnlockPath
    std::function<Result<std::string>()> prompt; ///< asks for the passphrase; empty: never asked
};

struct OpenOptions {
    std::string folder;
    /// Who holds the folder. At a desk it is whoever is signed in, and everybody is told that this person could alter
    /// roles and keys; a service keeps it away from those who sign in.
    enum class Owner { Desk, Service } owner = Owner::Desk;
    KeyPlace keyPlace;
    const Clock* clock = &systemClock();
    net::Timer* timer = nullptr; ///< null: the loop's own; the demo's history passes time itself
    unsigned loopThreads = 0; ///< 0: as many as suit the machine
    /// Adds the handlers of demo.*; empty: they answer that this is no demo. Called once, before the first call.
    std::function<void(HandlerTable&)> demoHandlers;
    /// For making a workspace that is thrown away when it fails: no sync at every commit.
    enum class Durability { Full, WhileBuilding } durability = Durability::Full;
};

/// Who may do everything in a new workspace.
struct FirstAdmin {
    std::string name;
    std::string login;
    std::string passwordHash; ///< core/trust/keys/password.h
};

struct CreateOptions {
    std::string folder;
    std::string name; ///< empty: as the folder is called
    std::string environment = "production";
    KeyPlace keyPlace;
    const Clock* clock = &systemClock();
    bool demo = false; ///< built at once and not complete before `finish`
    std::uint64_t seed = 1;
};

/// One folder, owned by this process: the stores, the record, every room, and the Backend over them. Thread-safe
/// through its Backend. Closing waits for what is under way.
class Workspace {
public:
    /// Makes the folder, its keys and its empty record. Codes: workspace.exists, workspace.write and those of the
    /// rooms.
    static Result<void> create(const CreateOptions& options);
    /// The same with its first administrator. One whose making was cut off before it had one is gone on with; one that
    /// has people is workspace.exists.
    static Result<WorkspaceFile> make(const CreateOptions& options, const FirstAdmin& admin);
    /// Says that a workspace that was being built (CreateOptions::demo) is whole. Code: workspace.write.
    static Result<void> finish(const std::string& folder);
    /// Takes the lock, migrates, verifies the record's end, takes up waiting runs. Codes: store.locked, store.newer,
    /// workspace.missing, workspace.unfinished, workspace.newer, keys.*, ledger.*.
    static Result<std::unique_ptr<Workspace>> open(const OpenOptions& options);
    ~Workspace();

    Backend& backend();
    const WorkspaceFile& file() const;
    const WorkspacePaths& paths() const;

    /// A write by the system itself, recorded as such: for making workspaces, never for serving.
    Result<void> asSystem(const std::string& operation, const std::string& reason,
        const std::function<Result<void>(store::Transaction&)>& work);
    /// Reads what serves again: after `asSystem` put releases in place.
    Result<void> refreshRoutes();
    /// Waits until spans and measures that were reported are stored; fails with what their store failed with.
    Result<void> flushTelemetry();
    /// Runs with a coroutine at this moment.
    std::size_t activeRuns() const;
    /// Why nothing can be recorded at the moment, and therefore nothing happens; or nothing. After a full disk it goes
    /// on by itself, within a second of there being room again.
    std::optional<Error> halted() const;
    /// Requests past their time become denials; called by the workspace's own timer, and by whoever moves the clock by
    /// hand.
    Result<void> expireApprovals();
    /// The simulated model of that definition's newest client, to change its scenario in a demo; null when there is
    /// none.
    std::shared_ptr<provider::SimulatedModel> simulatedModel(const std::string& name);
    /// Verifies the whole record, on the caller's thread; `go` returns false to end early.
    Result<void> verifyRecord(const std::function<bool(std::uint64_t, std::uint64_t)>& go);
    /// Where agents reach this workspace ("http://127.0.0.1:8443"), for SessionInfo::address. Said by whoever serves
    /// it.
    void setAddress(std::string url);
    /// Ends what is long and loses nothing by it (verifying the record: Cancelled), so that closing need not wait.
    void beginClosing();
    /// An online copy of database, blobs and workspace.json into a new folder. Keys are not copied.
    Result<void> backUp(const std::string& folder);

private:
    struct Rooms;
    explicit Workspace(std::unique_ptr<Rooms> rooms);
    std::unique_ptr<Rooms> m_rooms;
};

}
