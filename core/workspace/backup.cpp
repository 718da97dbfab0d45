#include "core/workspace/backup.h"

#include "core/api/handlers.h"
#include "core/api/workspace.h"
#include "core/store/database.h"
#include "core/trust/ledger/ledger.h"

#include <filesystem>

namespace ephor::workspace {

namespace {

std::unexpected<Error> folderError(const std::string& folder, const std::string& cause)
{
    return fail(Error(ErrorKind::Invalid, "backup.folder", "The backup cannot be written there: " + cause + ".",
        "Name a new or empty folder.")
            .with("folder", folder));
}

}

Result<void> backUp(const store::Database& database, const WorkspacePaths& paths, const std::string& folder)
{
    namespace fs = std::filesystem;
    std::error_code problem;
    if (fs::exists(folder, problem) && !fs::is_empty(folder, problem))
        return folderError(folder, "the folder is not empty");
    fs::create_directories(folder, problem);
    if (problem)
        return folderError(folder, problem.message());
    fs::permissions(folder, fs::perms::owner_all, problem);
    const WorkspacePaths target(folder);
    EPHOR_TRY_VOID(database.backup(target.database));
    if (fs::exists(paths.blobs, problem))
        fs::copy(paths.blobs, target.blobs, fs::copy_options::recursive, problem);
    if (problem)
        return folderError(folder, problem.message());
    EPHOR_TRY(const WorkspaceFile file, readWorkspaceFile(paths.file));
    return writeWorkspaceFile(target.file, file);
}

void addBackupHandler(
    HandlerTable& table, const store::Database& database, const WorkspacePaths& paths, const ledger::Ledger& ledger)
{
    table.direct<BackUp>([&database, paths, &ledger](
                             const Call& call, const BackUp::Request& request, Note& note) -> Result<BackUp::Response> {
        EPHOR_TRY_VOID(call.allow({"*", {}}));
        note.subject = "workspace";
        const std::uint64_t entries = ledger.status().size;
        EPHOR_TRY_VOID(backUp(database, paths, request.directory));
        return BackUp::Response{entries};
    });
}

}
