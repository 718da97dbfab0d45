#pragma once

#include "core/base/result.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace ephor {
class Backend;
}

namespace ephor::console {

/// How to open a folder in this process.
struct EmbeddedOptions {
    std::string folder;
    /// Serve HTTP on this port of the loopback address, too, for agents that live elsewhere; nothing: only the socket.
    std::optional<std::uint16_t> port;
};

/// What was opened.
struct EmbeddedWorkspace {
    /// Keeps the workspace open; the last one to let go closes it, off the UI thread.
    std::shared_ptr<Backend> backend;
    std::string name;
    bool attached = false; ///< another program has it open: this is its socket
    std::string notice; ///< what does not work although the workspace is open; empty: nothing
};

/// Opens the folder's workspace and serves its socket, so that verbs and other consoles can attach; a demo workspace
/// comes alive with its services and traffic. When another program has it open, attaches to that one. Blocks.
/// Codes: those of the workspace, of the demo and of the remote backend.
Result<EmbeddedWorkspace> openEmbedded(const EmbeddedOptions& options);

/// Ends what is long in the open workspaces (verifying a record), so that the program need not wait for it.
void beginClosing();

/// A new workspace with its first administrator.
struct FirstWorkspace {
    std::string folder;
    std::string name;
    std::string personName;
    std::string login;
    std::string password;
};
/// Makes it; does not open it. What was made is removed when it fails. Codes: workspace.exists, workspace.write,
/// init.password-short.
Result<void> makeWorkspace(const FirstWorkspace& wanted);

/// Makes the demo workspace unless it is there. `progress` returns false to give up.
Result<void> makeDemo(
    const std::string& folder, std::function<bool(const std::string& stage, double fraction)> progress);

}
