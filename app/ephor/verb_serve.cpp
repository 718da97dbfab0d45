#include "app/ephor/verbs.h"
#include "core/demo/demo.h"
#include "core/http/server.h"
#include "core/workspace/workspace.h"

#include <charconv>
#include <csignal>
#include <iostream>
#include <nlohmann/json.hpp>

namespace ephor::cli {

namespace {

Result<http::ServerOptions> serverOptions(const Command& command, const workspace::WorkspacePaths& paths)
{
    http::ServerOptions options;
    options.unixSocket = paths.socket;
    if (const std::string* const address = command.find("address"))
        options.address = *address;
    if (const std::string* const port = command.find("port")) {
        const auto [end, problem] = std::from_chars(port->data(), port->data() + port->size(), options.port);
        if (problem != std::errc() || end != port->data() + port->size())
            return fail(ErrorKind::Invalid, "usage.port", "A port is a number from 0 to 65535.", "Write --port 8443.");
    }
    if (const std::string* const certificate = command.find("tls-certificate"))
        options.certificateFile = *certificate;
    if (const std::string* const key = command.find("tls-key"))
        options.keyFile = *key;
    for (const Command::Option& option : command.options) {
        if (option.name == "allowed-host")
            options.service.access.hosts.push_back(option.value);
        if (option.name == "allowed-origin")
            options.service.access.origins.push_back(option.value);
    }
    if (command.has("waive-tls"))
        options.plainText = http::PlainText::Everywhere;
    return options;
}

// Signals are taken by waiting for them, so that closing happens on an ordinary thread with everything allowed.
sigset_t stopSignals()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signals;
}

Result<void> serve(const Command& command, const Streams& streams)
{
    EPHOR_TRY_VOID(command.allowOnly(
        {"address", "port", "tls-certificate", "tls-key", "allowed-host", "allowed-origin", "waive-tls"}));
    if (command.common.workspace.empty())
        return fail(ErrorKind::Invalid, "usage.no-workspace", "No workspace is named.", "Add --workspace DIR.");
    const sigset_t signals = stopSignals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    const workspace::WorkspacePaths paths(command.common.workspace);
    EPHOR_TRY(const workspace::WorkspaceFile file, workspace::readWorkspaceFile(paths.file));
    std::unique_ptr<demo::DemoHost> host;
    workspace::OpenOptions opening;
    opening.owner = workspace::OpenOptions::Owner::Service;
    opening.folder = command.common.workspace;
    opening.demoHandlers = demo::refuseHandlers;
    if (file.demo) {
        EPHOR_TRY(host, demo::DemoHost::start(command.common.workspace));
        opening.demoHandlers = [&host](HandlerTable& table) { host->handlers(table); };
    }
    EPHOR_TRY(const auto opened, workspace::Workspace::open(opening));
    EPHOR_TRY(http::ServerOptions options, serverOptions(command, paths));
    options.service.halted = [&opened] { return opened->halted(); };
    EPHOR_TRY(const auto server, http::Server::start(opened->backend(), options));
    if (host)
        EPHOR_TRY_VOID(host->attach(*opened));
    const std::string scheme = options.certificateFile.empty() ? "http://" : "https://";
    const std::string url = scheme + options.address.value_or("127.0.0.1") + ":" + std::to_string(server->port());
    opened->setAddress(url);
    printAnswer(streams.out,
        Json{{"url", url}, {"socket", paths.socket}, {"workspace", file.name}, {"simulated", file.demo}},
        command.common.format);
    streams.out << std::flush;
    int received = 0;
    sigwait(&signals, &received);
    if (host)
        host->detach();
    server->stop();
    return {};
}

}

Exit runServe(const Command& command, const Streams& streams)
{
    const auto served = serve(command, streams);
    if (served)
        return Exit::Done;
    printError(streams.out, streams.err, served.error(), command.common.format);
    return exitFor(served.error());
}

}
