#pragma once

#include "core/http/server_options.h"

#include <memory>

namespace ephor::http {

/// Serves a Backend over HTTP/1.1 until it is destroyed. Start, port and stop belong to one thread; the backend
/// outlives the server.
class Server {
public:
    /// Listens before it returns. Codes http.address, http.plain-text, http.tls, http.listen, http.socket-taken.
    static Result<std::unique_ptr<Server>> start(Backend& backend, const ServerOptions& options);
    ~Server();

    /// The TCP port; 0 without TCP.
    std::uint16_t port() const;
    /// Takes no more, finishes the replies under way, closes everything. Streams end; their runs go on.
    void stop();

private:
    class State;
    explicit Server(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}
