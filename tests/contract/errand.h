#pragma once

#include "tests/contract/desk.h"

#include "core/api/runs.h"
#include "core/domain/reflect.h"

#include <algorithm>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace ephor::contract_tests {

/// One run of the desk's clerk for somebody, by the service key, and what it told.
class Errand {
public:
    Errand(Desk& desk, const std::string& text, const std::string& person)
    {
        StartRun::Request request;
        request.agent = "clerk";
        request.messages = documentOf(Json::array({Json{{"role", "user"}, {"content", text}}}));
        request.person = person;
        m_handle = desk.backend().start(request, desk.key(), [state = m_state](const RunEvent& event) {
            const std::lock_guard lock(state->mutex);
            state->kinds.push_back(event.kind);
            state->came.notify_all();
        });
    }
    const std::string& id() const { return (*m_handle)->id(); }
    /// Waits a minute at most.
    bool heard(RunEventKind kind)
    {
        std::unique_lock lock(m_state->mutex);
        return m_state->came.wait_for(lock, std::chrono::minutes(1),
            [&] { return std::ranges::find(m_state->kinds, kind) != m_state->kinds.end(); });
    }

private:
    struct State {
        std::mutex mutex;
        std::condition_variable came;
        std::vector<RunEventKind> kinds;
    };
    std::shared_ptr<State> m_state = std::make_shared<State>();
    Result<std::unique_ptr<RunHandle>> m_handle = fail(ErrorKind::Internal, "test", "not started");
};

}
