#pragma once

#include "core/http/remote_channel.h"
#include "core/run/provider/sse.h"

#include <future>
#include <memory>
#include <mutex>

namespace ephor::http {

/// What a feed reads and how it goes on. All of it runs on the channel's thread.
struct RemoteFeedPlan {
    /// The request of each attempt; the first is attempt 0.
    std::function<RemoteRequest(std::uint64_t attempt)> request;
    /// True when this was the last event there will be.
    std::function<bool(const provider::SseEvent&)> event;
    /// The server has accepted an attempt; may be left out.
    std::function<void(const HttpReply&)> head;
    /// A broken stream is open again; may be left out.
    std::function<void()> reopened;
    /// It broke and cannot be opened again: the server refuses for a reason that waiting does not mend; may be
    /// left out.
    std::function<void(const Error&)> lost;
};

/// A stream of server-sent events that opens itself again after it broke, waiting longer each time.
class RemoteFeed : public std::enable_shared_from_this<RemoteFeed> {
public:
    /// The channel outlives the feed.
    RemoteFeed(RemoteChannel& channel, RemoteFeedPlan plan);

    /// Blocks until the server has accepted or refused the first request; answers the head.
    Result<HttpReply> open();
    /// No function of the plan runs after this, unless it is called by one of them.
    void stop();

private:
    void connect();
    void onHead(const HttpReply& head);
    void onBytes(std::string bytes);
    void onEnded(const Result<void>& result);
    void settle(Result<HttpReply> result);
    void breakOff();
    void retryLater();

    RemoteChannel& m_channel;
    RemoteFeedPlan m_plan;
    std::mutex m_mutex; ///< held while a function of the plan runs
    bool m_stopped = false;
    bool m_opened = false; ///< the promise is kept
    bool m_over = false;
    std::promise<Result<HttpReply>> m_promise;
    std::function<void()> m_cancel;
    provider::SseDecoder m_decoder;
    HttpReply m_head;
    std::uint64_t m_attempt = 0;
    std::chrono::milliseconds m_retry;
};

}
