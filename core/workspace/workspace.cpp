#include "core/workspace/workspace.h"

#include "core/base/id.h"
#include "core/run/provider/simulated_model.h"
#include "core/trust/identity/setup.h"
#include "core/workspace/backup.h"
#include "core/workspace/rooms.h"

#include <filesystem>

namespace ephor::workspace {

namespace {

std::string nameOfFolder(const std::string& folder)
{
    std::error_code problem;
    std::filesystem::path whole = std::filesystem::absolute(folder, problem).lexically_normal();
    if (!whole.has_filename())
        whole = whole.parent_path();
    return whole.has_filename() ? whole.filename().string() : "Workspace";
}

}

Workspace::Workspace(std::unique_ptr<Rooms> rooms)
    : m_rooms(std::move(rooms))
{
}

Workspace::~Workspace() = default;

Result<void> Workspace::create(const CreateOptions& options)
{
    namespace fs = std::filesystem;
    const WorkspacePaths paths(options.folder);
    std::error_code problem;
    if (fs::exists(paths.file, problem))
        return fail(Error(ErrorKind::Conflict, "workspace.exists", "There is a workspace in this folder already.",
            "Open it, or name another folder.")
                .with("folder", options.folder));
    if (const auto partial = readWorkspaceFile(paths.file); !partial && partial.error().code == "workspace.unfinished")
        return fail(partial.error());
    fs::create_directories(options.folder, problem);
    if (problem)
        return fail(Error(ErrorKind::Unavailable, "workspace.write",
            "The folder cannot be made: " + problem.message() + ".", "Check the path and its permissions.")
                .with("folder", options.folder));
    fs::permissions(options.folder, fs::perms::owner_all, problem);
    WorkspaceFile file;
    file.id = newId(*options.clock);
    file.name = options.name.empty() ? nameOfFolder(options.folder) : options.name;
    file.environment = options.environment;
    file.demo = options.demo;
    file.complete = !options.demo;
    file.seed = options.seed;
    file.createdAt = options.clock->now();
    std::string unlockPath = options.keyPlace.unlock;
    if (unlockPath.empty()) {
        EPHOR_TRY(unlockPath, keys::defaultUnlockPath(file.id));
    }
    EPHOR_TRY(const std::string keyPath, keyPathOf(options.keyPlace, file.id));
    fs::create_directories(fs::path(unlockPath).parent_path(), problem);
    fs::create_directories(fs::path(keyPath).parent_path(), problem);
    EPHOR_TRY_VOID(keys::createUnlockFile(unlockPath));
    EPHOR_TRY(const keys::Unlock unlock, keys::readUnlockFile(unlockPath));
    EPHOR_TRY([[maybe_unused]] const auto store, keys::KeyStore::create(keyPath, file.id, unlock));
    return writeWorkspaceFile(paths.file, file);
}

Result<WorkspaceFile> Workspace::make(const CreateOptions& options, const FirstAdmin& admin)
{
    const auto created = create(options);
    if (!created && created.error().code != "workspace.exists")
        return fail(created.error());
    OpenOptions opening;
    opening.folder = options.folder;
    opening.keyPlace = options.keyPlace;
    opening.clock = options.clock;
    auto opened = open(opening);
    // Whatever keeps an existing one from opening, it is not for this call to go on with.
    if (!opened)
        return created ? std::unexpected<Error>(std::move(opened).error()) : fail(created.error());
    const auto added = (*opened)->asSystem("workspace.init", "The workspace was made, with its first administrator.",
        [&](store::Transaction& transaction) -> Result<void> {
            EPHOR_TRY([[maybe_unused]] const auto id,
                identity::addFirstAdmin(transaction, admin.name, admin.login, admin.passwordHash, *options.clock));
            return {};
        });
    if (!added)
        return !created && added.error().code == "identity.not-first" ? fail(created.error()) : fail(added.error());
    return (*opened)->file();
}

Result<void> Workspace::finish(const std::string& folder)
{
    const WorkspacePaths paths(folder);
    EPHOR_TRY(WorkspaceFile file, readWorkspaceFile(paths.file));
    file.complete = true;
    return writeWorkspaceFile(paths.file, file);
}

std::optional<Error> Workspace::halted() const
{
    return m_rooms->database->halted();
}

Backend& Workspace::backend()
{
    return *m_rooms->backend;
}

const WorkspaceFile& Workspace::file() const
{
    return m_rooms->file;
}

const WorkspacePaths& Workspace::paths() const
{
    return m_rooms->paths;
}

Result<void> Workspace::asSystem(const std::string& operation, const std::string& reason,
    const std::function<Result<void>(store::Transaction&)>& work)
{
    return m_rooms->database->write([&](store::Transaction& transaction) -> Result<void> {
        EPHOR_TRY_VOID(work(transaction));
        ledger::NewEntry entry;
        entry.actor = "system";
        entry.operation = operation;
        entry.subject = "workspace";
        entry.outcome = "done";
        entry.reason = reason;
        EPHOR_TRY([[maybe_unused]] auto appended, m_rooms->ledger->append(transaction, entry));
        return {};
    });
}

Result<void> Workspace::refreshRoutes()
{
    return m_rooms->routing->refresh();
}

Result<void> Workspace::flushTelemetry()
{
    return m_rooms->telemetry->flush();
}

std::size_t Workspace::activeRuns() const
{
    return m_rooms->runtime->active();
}

Result<void> Workspace::expireApprovals()
{
    return m_rooms->expireApprovals();
}

std::shared_ptr<provider::SimulatedModel> Workspace::simulatedModel(const std::string& name)
{
    return m_rooms->parts->simulated(name);
}

Result<void> Workspace::verifyRecord(const std::function<bool(std::uint64_t, std::uint64_t)>& go)
{
    EPHOR_TRY([[maybe_unused]] const auto status, m_rooms->ledger->verify(0, go));
    return {};
}

void Workspace::setAddress(std::string url)
{
    const std::lock_guard lock(m_rooms->mutex);
    m_rooms->address = std::move(url);
}

void Workspace::beginClosing()
{
    const std::lock_guard lock(m_rooms->mutex);
    m_rooms->closing = true;
    m_rooms->wake.notify_all();
}

Result<void> Workspace::backUp(const std::string& folder)
{
    return workspace::backUp(*m_rooms->database, m_rooms->paths, folder);
}

}
