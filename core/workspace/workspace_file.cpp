#include "core/workspace/workspace_file.h"

#include "core/domain/reflect.h"

#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <unistd.h>

namespace ephor::workspace {

namespace {

constexpr std::uint64_t knownFormat = 1;

// A backup puts the database in its place first and this file last.
bool holdsDatabase(const std::string& path)
{
    const std::filesystem::path folder = std::filesystem::path(path).parent_path();
    std::error_code ignored;
    return std::filesystem::exists(folder / "ephor.db", ignored)
        || std::filesystem::exists(folder / "ephor.db.partial", ignored);
}

// A rename is only certain once its folder is on the disk.
bool syncFolder(const std::string& path)
{
    const std::string folder = std::filesystem::absolute(path).parent_path().string();
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
    if (descriptor >= 0)
        ::close(descriptor);
    return synced;
}

std::unexpected<Error> damaged(const std::string& path, const Error& cause)
{
    return fail(Error(ErrorKind::CheckFailed, "workspace.damaged", "workspace.json cannot be read: " + cause.message,
        "Restore it from a backup.")
            .with("path", path));
}

}

WorkspacePaths::WorkspacePaths(const std::string& directory)
    : folder(directory)
    , file(directory + "/workspace.json")
    , database(directory + "/ephor.db")
    , telemetry(directory + "/telemetry.db")
    , blobs(directory + "/blobs")
    , socket(directory + "/ephor.sock")
    , demoKey(directory + "/demo.key")
{
}

Error unfinished(const std::string& path)
{
    return Error(ErrorKind::Conflict, "workspace.unfinished",
        "Making or copying this workspace was interrupted, and what is here is only a part of it.",
        "Remove the folder, then make or copy it again.")
        .with("path", path);
}

Result<WorkspaceFile> readWorkspaceFile(const std::string& path)
{
    std::ifstream stream(path, std::ios::binary);
    if (!stream && holdsDatabase(path))
        return fail(unfinished(path));
    if (!stream)
        return fail(Error(ErrorKind::NotFound, "workspace.missing", "There is no workspace in this folder.",
            "Make one with: ephor init DIR")
                .with("path", path));
    std::ostringstream text;
    text << stream.rdbuf();
    const auto json = parseJson(text.str());
    if (!json)
        return damaged(path, json.error());
    auto file = fromJson<WorkspaceFile>(*json, UnknownMembers::Ignore);
    if (!file)
        return damaged(path, file.error());
    if (file->format > knownFormat)
        return fail(Error(ErrorKind::Conflict, "workspace.newer", "A later version of Ephor made this workspace.",
            "Open it with that version or a newer one.")
                .with("format", std::to_string(file->format)));
    return std::move(*file);
}

Result<void> writeWorkspaceFile(const std::string& path, const WorkspaceFile& file)
{
    const auto failed = [&](const char* step) {
        return fail(Error(ErrorKind::Unavailable, "workspace.write",
            std::string("workspace.json cannot be written: ") + step + ".",
            "Check the folder's permissions and free space.")
                .with("path", path));
    };
    const std::string text = toJson(file).dump(2) + "\n";
    const std::string beside = path + ".new";
    const int descriptor = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return failed("open");
    const bool written
        = ::write(descriptor, text.data(), text.size()) == ssize_t(text.size()) && ::fsync(descriptor) == 0;
    ::close(descriptor);
    if (!written)
        return failed("write");
    if (std::rename(beside.c_str(), path.c_str()) != 0)
        return failed("rename");
    if (!syncFolder(path))
        return failed("write the folder");
    return {};
}

}
