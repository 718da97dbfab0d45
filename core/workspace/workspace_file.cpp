#include "core/workspace/workspace_file.h"

#include "core/domain/reflect.h"

#include <cstdio>
#include <fcntl.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <unistd.h>

namespace ephor::workspace {

namespace {

constexpr std::uint64_t knownFormat = 1;

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

Result<WorkspaceFile> readWorkspaceFile(const std::string& path)
{
    std::ifstream stream(path, std::ios::binary);
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
    return {};
}

}
