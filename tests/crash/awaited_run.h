#pragma once

#include "core/api/backend.h"
#include "core/domain/reflect.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <nlohmann/json.hpp>
#include <vector>

namespace ephor::crash_tests {

/// A run of the desk's agent whose events are waited for.
class AwaitedRun {
public:
    Result<void> start(Backend& backend, const char* text, const CallContext& key)
    {
        StartRun::Request request;
        request.agent = "clerk";
        request.messages = documentOf(Json::array({Json{{"role", "user"}, {"content", text}}}));
        request.reference = "REF-1";
        EPHOR_TRY(m_handle, backend.start(request, key, listener()));
        return {};
    }
    Result<void> follow(Backend& backend, const std::string& run, const CallContext& context)
    {
        EPHOR_TRY(m_subscription, backend.follow(run, 0, context, listener()));
        return {};
    }
    const std::string& id() const { return m_handle->id(); }
    /// Fails when the run ends in another way first.
    Result<void> waitFor(RunEventKind kind)
    {
        const auto isEnd = [&](RunEventKind seen) {
            return seen == kind || seen == RunEventKind::Finished || seen == RunEventKind::Failed;
        };
        std::unique_lock lock(m_state->mutex);
        m_state->came.wait(lock, [&] { return std::ranges::any_of(m_state->kinds, isEnd); });
        if (std::ranges::find(m_state->kinds, kind) != m_state->kinds.end())
            return {};
        return fail(ErrorKind::Internal, "test.run", "The run ended without what was waited for.");
    }

private:
    struct State {
        std::mutex mutex;
        std::condition_variable came;
        std::vector<RunEventKind> kinds;
    };
    std::function<void(const RunEvent&)> listener()
    {
        return [state = m_state](const RunEvent& event) {
            const std::lock_guard lock(state->mutex);
            state->kinds.push_back(event.kind);
            state->came.notify_all();
        };
    }

    std::shared_ptr<State> m_state = std::make_shared<State>();
    std::unique_ptr<RunHandle> m_handle;
    std::unique_ptr<Subscription> m_subscription;
};

}
