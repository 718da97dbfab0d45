#pragma once

#include "core/http/http_message.h"
#include "core/http/remote_options.h"

#include <functional>
#include <memory>

namespace ephor::http {

struct RemoteRequest {
    std::string method;
    std::string target;
    Headers headers;
    std::string body;
};

/// May a request be sent again when a connection that was kept turns out dead before any answer?
enum class Repeat { Never, Once };

/// Requests to one server over as many connections as there are at once; kept connections are used again.
/// Thread-safe. Handlers run on the channel's one thread and must not block.
class RemoteChannel {
public:
    /// Connects nothing yet. Codes remote.url, remote.plain-text, remote.tls.
    static Result<std::unique_ptr<RemoteChannel>> open(const RemoteOptions& options);
    ~RemoteChannel();

    /// Blocks until the whole reply is there; not on the channel's thread (remote.callback).
    Result<HttpReply> call(const RemoteRequest& request, Repeat repeat);

    struct StreamHandlers {
        std::function<void(const HttpReply&)> head;
        std::function<void(std::string)> bytes;
        std::function<void(Result<void>)> ended; ///< once, unless it was closed before
    };
    /// Sends the request on a connection of its own. The function returned closes it.
    std::function<void()> stream(const RemoteRequest& request, StreamHandlers handlers);

    /// Runs the task on the channel's thread after a while; dropped when the channel ends.
    void after(std::chrono::milliseconds delay, std::function<void()> task);
    bool isChannelThread() const;
    const RemoteTimes& times() const;

private:
    class State;
    explicit RemoteChannel(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}
