#include "core/demo/run_watch.h"

#include "core/api/run_event_data.h"
#include "core/domain/reflect.h"

#include <nlohmann/json.hpp>

namespace ephor::demo {

Result<void> RunWatch::start(Backend& backend, const StartRun::Request& request, const CallContext& context)
{
    auto listen = [state = m_state](const RunEvent& event) {
        const std::lock_guard lock(state->mutex);
        if (event.kind == RunEventKind::Text) {
            state->answer += event.text;
            return;
        }
        if (event.kind == RunEventKind::Verdict) {
            if (auto verdict = fromJson<Verdict>(jsonOf(event.data), UnknownMembers::Ignore))
                state->verdicts.push_back(std::move(*verdict));
            return;
        }
        WatchedRun ended;
        ended.run = event.run;
        if (event.kind == RunEventKind::Waiting) {
            ended.ended = WatchedRun::Ended::Waiting;
            if (const auto data = fromJson<RunWaiting>(jsonOf(event.data), UnknownMembers::Ignore))
                ended.approval = data->approval;
        } else if (event.kind == RunEventKind::Finished) {
            ended.ended = WatchedRun::Ended::Finished;
        } else if (event.kind == RunEventKind::Failed) {
            ended.ended = WatchedRun::Ended::Failed;
            if (const auto data = fromJson<RunFailed>(jsonOf(event.data), UnknownMembers::Ignore))
                ended.problem = data->message;
        } else {
            return;
        }
        ended.answer = state->answer;
        ended.verdicts = state->verdicts;
        state->ended = std::move(ended);
        state->changed.notify_all();
    };
    EPHOR_TRY(m_handle, backend.start(request, context, std::move(listen)));
    return {};
}

void RunWatch::expectMore()
{
    const std::lock_guard lock(m_state->mutex);
    m_state->ended.reset();
}

Result<WatchedRun> RunWatch::wait(std::chrono::milliseconds patience)
{
    std::unique_lock lock(m_state->mutex);
    if (!m_state->changed.wait_for(lock, patience, [this] { return m_state->ended.has_value(); }))
        return fail(Error(ErrorKind::Timeout, "demo.run-slow", "A run took longer than the demo waits for it.",
            "Look at the run's page.")
                .with("run", m_handle ? m_handle->id() : std::string()));
    return *m_state->ended;
}

}
