#include "core/http/remote_feed.h"

#include "core/http/problem.h"

#include <algorithm>

namespace ephor::http {

namespace {

bool isRefusal(const HttpReply& head)
{
    return head.status < 200 || head.status > 299;
}

// Waiting mends these; anything else will be the same next time.
bool mayMend(const Error& error)
{
    return error.kind == ErrorKind::Unavailable || error.kind == ErrorKind::Timeout
        || error.kind == ErrorKind::Internal;
}

}

RemoteFeed::RemoteFeed(RemoteChannel& channel, RemoteFeedPlan plan)
    : m_channel(channel)
    , m_plan(std::move(plan))
    , m_retry(channel.times().firstRetry)
{
}

Result<HttpReply> RemoteFeed::open()
{
    if (m_channel.isChannelThread())
        return fail(ErrorKind::Internal, "remote.callback", "A callback of the backend called the backend.");
    auto answer = m_promise.get_future();
    connect();
    return answer.get();
}

void RemoteFeed::stop()
{
    std::function<void()> cancel;
    std::unique_lock lock(m_mutex, std::defer_lock);
    if (!m_channel.isChannelThread())
        lock.lock();
    m_stopped = true;
    cancel = std::exchange(m_cancel, {});
    if (cancel)
        cancel();
}

void RemoteFeed::connect()
{
    const std::lock_guard lock(m_mutex);
    if (m_stopped)
        return;
    m_decoder = provider::SseDecoder();
    m_head = {};
    const auto self = shared_from_this();
    m_cancel = m_channel.stream(m_plan.request(m_attempt++),
        {[self](const HttpReply& head) { self->onHead(head); },
            [self](std::string bytes) { self->onBytes(std::move(bytes)); },
            [self](const Result<void>& result) { self->onEnded(result); }});
}

void RemoteFeed::settle(Result<HttpReply> result)
{
    if (std::exchange(m_opened, true))
        return;
    m_promise.set_value(std::move(result));
}

void RemoteFeed::onHead(const HttpReply& head)
{
    const std::lock_guard lock(m_mutex);
    m_head = head;
    if (m_stopped || isRefusal(head))
        return;
    m_retry = m_channel.times().firstRetry;
    const bool again = m_opened;
    if (m_plan.head)
        m_plan.head(head);
    settle(head);
    if (again && m_plan.reopened)
        m_plan.reopened();
}

void RemoteFeed::onBytes(std::string bytes)
{
    const std::lock_guard lock(m_mutex);
    if (isRefusal(m_head)) {
        m_head.body += bytes;
        return;
    }
    std::vector<provider::SseEvent> events;
    const auto decoded = m_decoder.push(bytes, events);
    for (const provider::SseEvent& event : events) {
        if (m_stopped || m_over)
            return;
        m_over = m_plan.event(event);
    }
    if (!decoded)
        breakOff();
}

// What it sends is no stream of events: as if it had broken.
void RemoteFeed::breakOff()
{
    if (const auto cancel = std::exchange(m_cancel, {}))
        cancel();
    retryLater();
}

void RemoteFeed::retryLater()
{
    m_channel.after(m_retry, [weak = weak_from_this()] {
        if (const auto self = weak.lock())
            self->connect();
    });
    m_retry = std::min(m_retry * 2, m_channel.times().longestRetry);
}

void RemoteFeed::onEnded(const Result<void>& result)
{
    const std::lock_guard lock(m_mutex);
    if (m_stopped || m_over)
        return;
    const Error error = !result ? result.error()
        : isRefusal(m_head)     ? errorFromProblem(m_head.status, m_head.body)
                                : Error(ErrorKind::Unavailable, "remote.lost", "The stream of the server ended.");
    if (!m_opened) {
        m_stopped = true;
        settle(std::unexpected<Error>(error));
        return;
    }
    if (!mayMend(error)) {
        m_stopped = true;
        if (m_plan.lost)
            m_plan.lost(error);
        return;
    }
    retryLater();
}

}
