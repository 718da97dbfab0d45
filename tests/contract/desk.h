#pragma once

#include "core/http/remote_backend.h"
#include "core/http/server.h"
#include "core/workspace/workspace.h"

#include <QTemporaryDir>
#include <memory>
#include <string>

namespace ephor::contract_tests {

/// How the tests reach the workspace: in process, over the owner's socket, or over loopback HTTP.
enum class Way { Local, Socket, Http };

/// A real workspace with one person, one team and one agent ("clerk", simulated, with a SQL tool "stock.look" and an
/// asked tool "stock.take"), released through the change path, and a Backend to reach it by.
class Desk {
public:
    explicit Desk(Way way);
    /// In a folder of the caller's choice (which exists), where it stays.
    Desk(Way way, const std::string& base);
    ~Desk();

    Backend& backend();
    /// Of the administrator, signed in with the password.
    CallContext admin();
    /// Of an officer.
    CallContext officer();
    /// Of a service key that may start runs.
    CallContext key();
    workspace::Workspace& workspace() { return *m_workspace; }
    std::uint16_t port() const { return m_server ? m_server->port() : 0; }

private:
    void makeWorkspace();
    void makePeople();
    void makeAgent();
    CallContext signIn(const char* login);

    QTemporaryDir m_folder;
    std::string m_base;
    Way m_way;
    std::unique_ptr<workspace::Workspace> m_workspace;
    std::unique_ptr<http::Server> m_server;
    std::unique_ptr<Backend> m_remote;
    std::string m_key;
};

/// Who a desk that was made before is called by.
struct DeskTokens {
    CallContext admin;
    CallContext officer;
    CallContext key;
};
/// Makes a desk in `base`, keeps its tokens beside it and closes it: what is then copied, opened and killed.
void prepareDesk(const std::string& base);
Result<DeskTokens> readTokens(const std::string& base);
/// Opens the workspace of a prepared desk, or of a copy of one.
Result<std::unique_ptr<workspace::Workspace>> openDesk(const std::string& base);
/// The count of pens that the desk's tools read and take from; 12 at first, and 2 less after each taking.
Result<int> stockOf(const std::string& base);

}
