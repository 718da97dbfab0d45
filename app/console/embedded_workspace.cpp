#include "app/console/embedded_workspace.h"

#include "core/demo/demo.h"
#include "core/http/remote_backend.h"
#include "core/http/server.h"
#include "core/trust/keys/password.h"
#include "core/workspace/workspace.h"
#include "ui/bridge/request.h"

#include <filesystem>
#include <mutex>
#include <vector>

namespace ephor::console {

namespace {

/// As for every other way of setting one (core/api/people.h).
constexpr std::size_t shortestPassword = 10;

/// An open workspace and what serves it, in the order in which they may be closed.
struct OpenFolder {
    std::unique_ptr<demo::DemoHost> demo;
    std::unique_ptr<workspace::Workspace> workspace;
    std::unique_ptr<http::Server> server;

    ~OpenFolder()
    {
        if (demo)
            demo->detach();
        if (server)
            server->stop();
        server.reset();
        workspace.reset();
    }
};

struct OpenFolders {
    std::mutex mutex;
    std::vector<std::weak_ptr<OpenFolder>> all;
};

OpenFolders& openFolders()
{
    static OpenFolders folders;
    return folders;
}

/// Closing waits for what is under way, so the last one to let go leaves it to a thread of the bridge.
std::shared_ptr<Backend> sharedBackend(std::unique_ptr<OpenFolder> open)
{
    Backend* backend = &open->workspace->backend();
    const std::shared_ptr<OpenFolder> owner(
        open.release(), [](OpenFolder* closing) { ui::RequestRunner::detach([closing] { delete closing; }); });
    OpenFolders& folders = openFolders();
    const std::lock_guard lock(folders.mutex);
    folders.all.push_back(owner);
    return {owner, backend};
}

Result<EmbeddedWorkspace> attach(const workspace::WorkspacePaths& paths, const std::string& name)
{
    http::RemoteOptions options;
    options.unixSocket = paths.socket;
    EPHOR_TRY(std::unique_ptr<http::RemoteBackend> remote, http::RemoteBackend::connect(options));
    return EmbeddedWorkspace{std::move(remote), name, true, {}};
}

std::string serveFolder(OpenFolder& open, const EmbeddedOptions& options)
{
    http::ServerOptions serving;
    serving.unixSocket = open.workspace->paths().socket;
    serving.service.halted = [&workspace = *open.workspace] { return workspace.halted(); };
    serving.address.reset();
    if (options.port) {
        serving.address = "127.0.0.1";
        serving.port = *options.port;
    }
    auto server = http::Server::start(open.workspace->backend(), serving);
    if (!server)
        return "The command line and other consoles cannot attach: " + describe(server.error());
    open.server = std::move(*server);
    if (serving.address)
        open.workspace->setAddress("http://" + *serving.address + ":" + std::to_string(open.server->port()));
    return {};
}

}

Result<EmbeddedWorkspace> openEmbedded(const EmbeddedOptions& options)
{
    const workspace::WorkspacePaths paths(options.folder);
    EPHOR_TRY(const workspace::WorkspaceFile file, workspace::readWorkspaceFile(paths.file));
    auto open = std::make_unique<OpenFolder>();
    workspace::OpenOptions opening;
    opening.folder = options.folder;
    opening.demoHandlers = demo::refuseHandlers;
    if (file.demo) {
        EPHOR_TRY(open->demo, demo::DemoHost::start(options.folder));
        opening.demoHandlers = [host = open->demo.get()](HandlerTable& table) { host->handlers(table); };
    }
    auto opened = workspace::Workspace::open(opening);
    if (!opened) {
        if (opened.error().code == "store.locked")
            return attach(paths, file.name);
        return fail(std::move(opened).error());
    }
    open->workspace = std::move(*opened);
    const std::string notice = serveFolder(*open, options);
    if (open->demo)
        EPHOR_TRY_VOID(open->demo->attach(*open->workspace));
    return EmbeddedWorkspace{sharedBackend(std::move(open)), file.name, false, notice};
}

void beginClosing()
{
    OpenFolders& folders = openFolders();
    const std::lock_guard lock(folders.mutex);
    for (const std::weak_ptr<OpenFolder>& folder : folders.all) {
        if (const std::shared_ptr<OpenFolder> open = folder.lock())
            open->workspace->beginClosing();
    }
    folders.all.clear();
}

Result<void> makeWorkspace(const FirstWorkspace& wanted)
{
    if (wanted.password.size() < shortestPassword)
        return fail(ErrorKind::Invalid, "init.password-short",
            "The password is shorter than " + std::to_string(shortestPassword) + " characters.",
            "Choose a longer one.");
    EPHOR_TRY(const std::string hash, keys::hashPassword(wanted.password));
    workspace::CreateOptions options;
    options.folder = wanted.folder;
    options.name = wanted.name;
    // What a failure leaves is gone on with by the next attempt; the folder may have held other things before.
    EPHOR_TRY_VOID(workspace::Workspace::make(options, {wanted.personName, wanted.login, hash}));
    return {};
}

Result<void> makeDemo(
    const std::string& folder, std::function<bool(const std::string& stage, double fraction)> progress)
{
    if (demo::isDemo(folder))
        return {};
    std::error_code ignored;
    std::filesystem::create_directories(std::filesystem::path(folder).parent_path(), ignored);
    demo::CreateDemoOptions options;
    options.folder = folder;
    options.progress = std::move(progress);
    return demo::createDemo(options);
}

}
