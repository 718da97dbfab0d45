#pragma once

#include "core/workspace/dispatcher.h"

namespace ephor::runtime {
class Runtime;
}

namespace ephor::workspace {

/// The Backend in the process that owns the workspace.
class LocalBackend final : public Backend {
public:
    LocalBackend(Dispatcher& dispatcher, runtime::Runtime& runs, EventBus& events)
        : m_dispatcher(dispatcher)
        , m_runs(runs)
        , m_events(events)
    {
    }

    Result<void> invoke(
        const OperationType& operation, const void* request, void* response, const CallContext& context) override;
    Result<std::unique_ptr<RunHandle>> start(const StartRun::Request& request, const CallContext& context,
        std::function<void(const RunEvent&)> onEvent) override;
    void begin(const StartRun::Request& request, const CallContext& context,
        std::function<void(const RunEvent&)> onEvent, const OnStarted& onStarted) override;
    Result<std::unique_ptr<Subscription>> follow(const std::string& run, std::uint64_t after,
        const CallContext& context, std::function<void(const RunEvent&)> onEvent) override;
    Result<std::unique_ptr<Subscription>> subscribe(
        const TopicSet& topics, const CallContext& context, std::function<void(const Event&)> onEvent) override;

private:
    Result<Principal> admitted(const StartRun::Request& request, const CallContext& context);

    Dispatcher& m_dispatcher;
    runtime::Runtime& m_runs;
    EventBus& m_events;
};

}
