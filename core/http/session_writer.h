#pragma once

#include "core/http/session.h"

namespace ephor::http {

/// The reply of one request of a session; every call is carried over to the session's sequence.
class SessionWriter final : public ReplyWriter {
public:
    SessionWriter(std::shared_ptr<Session> session, std::uint64_t request, std::shared_ptr<ClosedTasks> closedTasks)
        : m_session(std::move(session))
        , m_request(request)
        , m_closedTasks(std::move(closedTasks))
    {
    }
    ~SessionWriter() override;
    void reply(HttpReply reply) override;
    void begin(HttpReply head) override;
    void write(std::string bytes) override;
    void end() override;
    void after(std::chrono::milliseconds delay, std::function<void()> task) override;
    void onClosed(std::function<void()> task) override;

private:
    std::shared_ptr<Session> m_session;
    std::uint64_t m_request;
    std::shared_ptr<ClosedTasks> m_closedTasks;
    std::atomic<bool> m_answered = false;
};

}
