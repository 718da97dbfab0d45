#include "core/workspace/local_backend.h"

#include "core/domain/reflect.h"
#include "core/run/runtime/runtime.h"

namespace ephor::workspace {

Result<void> LocalBackend::invoke(
    const OperationType& operation, const void* request, void* response, const CallContext& context)
{
    return m_dispatcher.invoke(operation, request, response, context);
}

Result<std::unique_ptr<RunHandle>> LocalBackend::start(
    const StartRun::Request& request, const CallContext& context, std::function<void(const RunEvent&)> onEvent)
{
    EPHOR_TRY(const Principal principal, admitted(request, context));
    return m_runs.start(request, principal, std::move(onEvent));
}

void LocalBackend::begin(const StartRun::Request& request, const CallContext& context,
    std::function<void(const RunEvent&)> onEvent, const OnStarted& onStarted)
{
    const auto principal = admitted(request, context);
    if (principal)
        m_runs.begin(request, *principal, std::move(onEvent), onStarted);
    else
        onStarted(fail(principal.error()));
}

Result<Principal> LocalBackend::admitted(const StartRun::Request& request, const CallContext& context)
{
    EPHOR_TRY_VOID(checkLimits(typeOf<StartRun::Request>(), &request));
    return m_dispatcher.admit(StartRun::operation, context);
}

Result<std::unique_ptr<Subscription>> LocalBackend::follow(const std::string& run, std::uint64_t after,
    const CallContext& context, std::function<void(const RunEvent&)> onEvent)
{
    EPHOR_TRY(const Principal principal, m_dispatcher.admit(followRun, context));
    return m_runs.follow(run, after, principal, std::move(onEvent));
}

Result<std::unique_ptr<Subscription>> LocalBackend::subscribe(
    const TopicSet& topics, const CallContext& context, std::function<void(const Event&)> onEvent)
{
    EPHOR_TRY([[maybe_unused]] const Principal principal, m_dispatcher.admit(followEvents, context));
    return m_events.subscribe(topics, std::move(onEvent));
}

}
