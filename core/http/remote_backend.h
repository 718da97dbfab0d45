#pragma once

#include "core/api/backend.h"
#include "core/http/remote_options.h"

namespace ephor::http {

/// A Backend on the other side of HTTPS or of the owner's socket: what Server serves, mirrored. Errors come back as
/// they were. Blocking calls may run side by side, each on a connection of its own. Streams that break are opened
/// again: a run goes on after its last event, and a subscription hears one event of the kind "resync". Handles and
/// subscriptions do not outlive the backend, and callbacks must not call it (remote.callback).
class RemoteBackend final : public Backend {
public:
    /// Connects and compares versions. Codes remote.url, remote.plain-text, remote.tls, remote.unreachable,
    /// remote.timeout, remote.version, remote.unexpected.
    static Result<std::unique_ptr<RemoteBackend>> connect(const RemoteOptions& options);
    ~RemoteBackend() override;

    /// Of the server, as it names itself.
    const std::string& serverVersion() const;

    Result<void> invoke(
        const OperationType& operation, const void* request, void* response, const CallContext& context) override;
    Result<std::unique_ptr<RunHandle>> start(const StartRun::Request& request, const CallContext& context,
        std::function<void(const RunEvent&)> onEvent) override;
    Result<std::unique_ptr<Subscription>> follow(const std::string& run, std::uint64_t after,
        const CallContext& context, std::function<void(const RunEvent&)> onEvent) override;
    Result<std::unique_ptr<Subscription>> subscribe(
        const TopicSet& topics, const CallContext& context, std::function<void(const Event&)> onEvent) override;

private:
    struct State;
    explicit RemoteBackend(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}
