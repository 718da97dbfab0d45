#pragma once

#include "core/api/backend.h"
#include "core/base/clock.h"
#include "core/http/access_rules.h"
#include "core/http/chat_reply.h"
#include "core/http/counters.h"
#include "core/http/problem.h"
#include "core/http/routes.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

namespace ephor::http {

/// The version of what the endpoints below /v1 mean. A console of another one is refused at the handshake.
constexpr std::uint64_t protocolVersion = 1;

struct ServiceOptions {
    AccessRules access;
    ChatTimes chat;
    std::chrono::milliseconds heartbeat{15'000}; ///< of event streams
    Clock* clock = &systemClock();
    std::string version = EPHOR_VERSION;
    /// Why the workspace can change nothing at the moment, or nothing: /healthz then answers 503. Any thread.
    std::function<std::optional<Error>()> halted;
};

/// Answers requests from a Backend: all of the server but the sockets. Thread-safe; `handle` blocks for as long as the
/// backend does and belongs on a worker. Endpoints and shapes: docs/formats/http.md.
class Service {
public:
    Service(Backend& backend, ServiceOptions options, const Counters& counters);
    ~Service();

    /// Answers on `writer`, now or later; never throws.
    void handle(const HttpRequestView& request, const std::shared_ptr<ReplyWriter>& writer);

private:
    struct Exchange;

    Result<void> dispatch(const Exchange& exchange);
    Result<void> answer(const Exchange& exchange, const RouteMatch& match);
    Result<void> chat(const Exchange& exchange);
    Result<void> listModels(const Exchange& exchange);
    Result<void> showModel(const Exchange& exchange, const std::string& name);
    Result<void> showPrompt(const Exchange& exchange, const std::string& name);
    Result<void> runOperation(const Exchange& exchange, const std::string& name);
    Result<void> streamEvents(const Exchange& exchange);
    Result<void> startRun(const Exchange& exchange);
    Result<void> followRun(const Exchange& exchange, const std::string& run);
    Result<void> cancelRun(const Exchange& exchange, const std::string& run);
    Result<void> showMetrics(const Exchange& exchange);
    const std::string& openApi();
    HttpReply health() const;

    /// A run that a caller streams: its handle, and whose it is.
    struct LiveRun {
        std::string credential;
        std::weak_ptr<RunHandle> handle;
    };

    Backend& m_backend;
    ServiceOptions m_options;
    const Counters& m_counters;
    std::once_flag m_openApiOnce;
    std::string m_openApi;
    std::mutex m_runsMutex;
    std::map<std::string, LiveRun> m_runs;
};

}
