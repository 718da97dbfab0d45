#pragma once

#include "core/api/backend.h"
#include "core/http/chat_request.h"
#include "core/http/chat_translator.h"
#include "core/http/reply_writer.h"

#include <memory>
#include <mutex>

namespace ephor::http {

/// How long a Chat Completions reply is kept open.
struct ChatTimes {
    std::chrono::milliseconds wait{60'000}; ///< for a person; then the reply ends and names the approval
    std::chrono::milliseconds heartbeat{10'000}; ///< between comments: below the minute after which proxies give up
};

/// Joins one run with one reply: events come from the backend's threads, timers from the connection's sequence.
/// Keeps itself alive until the reply is over or the client has gone; the run goes on either way.
class ChatReply : public std::enable_shared_from_this<ChatReply> {
public:
    /// Starts the run; what comes of it, its refusal too, is answered from the backend's threads.
    static void run(Backend& backend, const ChatRequest& request, const CallContext& context,
        std::shared_ptr<ReplyWriter> writer, ChatTimes times, const Clock& clock, std::string_view occurrence);

    ChatReply(ChatShape shape, std::shared_ptr<ReplyWriter> writer, ChatTimes times);

private:
    void take(const RunEvent& event);
    void admitted(std::unique_ptr<RunHandle> handle);
    void refused(const Error& error, std::string_view occurrence);
    void beat();
    void apply(ChatOutput output);
    void close();

    const bool m_streams; ///< a whole reply has no heartbeat
    std::mutex m_mutex;
    ChatTranslator m_translator;
    std::shared_ptr<ReplyWriter> m_writer;
    ChatTimes m_times;
    std::unique_ptr<RunHandle> m_handle;
    bool m_closed = false;
};

}
