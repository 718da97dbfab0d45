#pragma once

#include "core/api/event.h"
#include "core/base/result.h"
#include "core/http/http_message.h"

#include <optional>
#include <string>
#include <vector>

namespace ephor {
struct RunFinished;
}

namespace ephor::http {

/// What a Chat Completions reply looks like, as the request chose it.
struct ChatShape {
    std::string agent;
    bool stream = false;
    bool includeUsage = false;
    std::int64_t created = 0; ///< seconds since 1970
};

/// What to do next with the connection, in this order.
struct ChatOutput {
    std::optional<HttpReply> whole; ///< the one reply; nothing else follows
    std::optional<HttpReply> head; ///< begins a streamed reply
    std::string bytes; ///< of the stream
    bool end = false; ///< of the stream
    bool waitBegan = false; ///< a person is waited for from now on: start a timer for `waitedEnough`
};

/// Turns the events of one run into what a Chat Completions client reads: pure, no clock and no socket.
/// A reply is begun late, with the first thing that shows, so that a run that fails before has its proper status.
/// While a person is waited for, comments show that the connection lives; `waitedEnough` ends the reply normally with
/// a text that names the approval, and the run goes on by itself. Not thread-safe.
class ChatTranslator {
public:
    explicit ChatTranslator(ChatShape shape);

    /// The run was admitted; events taken before this moment are answered now.
    ChatOutput opened(const std::string& run);
    /// The run was refused, or the backend gave up: only before `opened`.
    ChatOutput refused(const Error& error, std::string_view occurrence);
    ChatOutput take(const RunEvent& event);
    /// Some time passed.
    ChatOutput heartbeat();
    /// The wait with that number has lasted as long as a reply may; a later or ended one is left alone.
    ChatOutput waitedEnough(std::uint64_t wait);
    /// The number of the newest wait.
    std::uint64_t wait() const { return m_wait; }
    bool over() const { return m_over; }

private:
    void begin(ChatOutput& output);
    void addText(ChatOutput& output, const std::string& text);
    void finish(ChatOutput& output, const RunFinished& finished);
    void failWith(ChatOutput& output, const Document& data);
    void takeOpened(ChatOutput& output, const RunEvent& event);
    std::string chunk(const std::string& choices, const std::string& usage, const std::string& more = {}) const;
    std::string delta(const std::string& content, const std::string& finishReason) const;

    ChatShape m_shape;
    std::string m_run;
    std::vector<RunEvent> m_early;
    std::string m_text; ///< of a whole reply
    bool m_opened = false;
    bool m_begun = false;
    bool m_spoke = false;
    bool m_over = false;
    bool m_waiting = false;
    std::uint64_t m_wait = 0;
    std::string m_approval;
    std::string m_waitText;
    std::string m_prefix; ///< of every chunk, up to its choices
};

}
