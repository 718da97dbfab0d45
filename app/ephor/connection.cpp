#include "app/ephor/connection.h"

#include "core/api/session.h"
#include "core/demo/demo.h"
#include "core/http/remote_backend.h"

#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <unistd.h>

namespace ephor::cli {

namespace {

namespace fs = std::filesystem;

Result<fs::path> sessionsPath()
{
    const char* const state = std::getenv("XDG_STATE_HOME");
    const char* const home = std::getenv("HOME");
    if (state != nullptr && *state != '\0')
        return fs::path(state) / "ephor" / "sessions.json";
    if (home == nullptr || *home == '\0')
        return fail(ErrorKind::Unavailable, "session.no-home",
            "There is no place to keep the session: HOME is not set.", "Use --token.");
    return fs::path(home) / ".local" / "state" / "ephor" / "sessions.json";
}

// One workspace by whatever path it is named.
std::string placeOf(const CommonOptions& common)
{
    if (!common.server.empty())
        return common.server;
    std::error_code problem;
    const fs::path canonical = fs::weakly_canonical(common.workspace, problem);
    return problem ? common.workspace : canonical.string();
}

Json readSessions(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    auto json = parseJson(text.str());
    return json && json->is_object() ? std::move(*json) : Json::object();
}

Result<Connection> openPlace(const CommonOptions& common)
{
    Connection connection;
    if (!common.server.empty()) {
        http::RemoteOptions options;
        options.url = common.server;
        options.caFile = common.caFile;
        EPHOR_TRY(connection.remote, http::RemoteBackend::connect(options));
        return connection;
    }
    if (common.workspace.empty())
        return fail(
            ErrorKind::Invalid, "usage.no-workspace", "No workspace is named.", "Add --workspace DIR or --server URL.");
    workspace::OpenOptions options;
    options.folder = common.workspace;
    options.demoHandlers = demo::refuseHandlers;
    auto opened = workspace::Workspace::open(options);
    if (opened) {
        connection.owned = std::move(*opened);
        return connection;
    }
    if (opened.error().code != "store.locked")
        return std::unexpected<Error>(std::move(opened).error());
    http::RemoteOptions socket;
    socket.unixSocket = workspace::WorkspacePaths(common.workspace).socket;
    auto attached = http::RemoteBackend::connect(socket);
    if (!attached)
        return fail(std::move(attached.error()).with("owner", "another process owns the workspace"));
    connection.remote = std::move(*attached);
    return connection;
}

}

Result<Connection> connect(const CommonOptions& common)
{
    EPHOR_TRY(Connection connection, openPlace(common));
    connection.context.surface = Surface::Verb;
    connection.context.localPeer = connection.owned != nullptr;
    connection.context.idempotencyKey = common.idempotencyKey;
    if (!common.persona.empty()) {
        EPHOR_TRY(auto signedIn, connection.backend().call<SignInAs>({common.persona}, connection.context));
        connection.context.credential = std::move(signedIn.token);
    } else if (!common.token.empty()) {
        EPHOR_TRY(std::string token, valueOf(common.token));
        token.erase(token.find_last_not_of(" \r\n\t") + 1);
        connection.context.credential = std::move(token);
    } else {
        connection.context.credential = keptSession(common);
    }
    return connection;
}

Result<void> keepSession(const CommonOptions& common, const std::string& token)
{
    EPHOR_TRY(const fs::path path, sessionsPath());
    std::error_code problem;
    fs::create_directories(path.parent_path(), problem);
    Json sessions = readSessions(path);
    if (token.empty())
        sessions.erase(placeOf(common));
    else
        sessions[placeOf(common)] = token;
    const std::string text = sessions.dump(2) + "\n";
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const bool written = file >= 0 && ::write(file, text.data(), text.size()) == ssize_t(text.size());
    if (file >= 0)
        ::close(file);
    if (!written)
        return fail(Error(ErrorKind::Unavailable, "session.keep", "The session cannot be kept.", "Use --token instead.")
                .with("path", path.string()));
    return {};
}

std::string keptSession(const CommonOptions& common)
{
    const auto path = sessionsPath();
    return path ? readSessions(*path).value(placeOf(common), std::string()) : std::string();
}

}
