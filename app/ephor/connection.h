#pragma once

#include "app/ephor/command.h"
#include "core/api/backend.h"
#include "core/workspace/workspace.h"

#include <memory>

namespace ephor::cli {

/// A backend with the credential to call it by. A workspace that nobody owns is opened by this process for the length
/// of the verb; else the verb attaches to its owner's socket.
struct Connection {
    std::unique_ptr<workspace::Workspace> owned;
    std::unique_ptr<Backend> remote;
    CallContext context;

    Backend& backend() const { return owned ? owned->backend() : *remote; }
};

/// Codes: usage.no-workspace, those of opening and connecting, session.sign-in when a persona is asked for.
Result<Connection> connect(const CommonOptions& common);

/// The sessions that `ephor login` keeps, by workspace or server: $XDG_STATE_HOME/ephor/sessions.json, 0600.
Result<void> keepSession(const CommonOptions& common, const std::string& token);
std::string keptSession(const CommonOptions& common);

}
