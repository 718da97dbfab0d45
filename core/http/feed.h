#pragma once

#include "core/http/reply_writer.h"

#include <memory>
#include <mutex>
#include <string>

namespace ephor::http {

/// A stream of server-sent events from a source in the backend to one client. Events may come before the head is sent:
/// they wait for it. Keeps itself and its source alive until the stream is over or the client has gone. Thread-safe.
class Feed : public std::enable_shared_from_this<Feed> {
public:
    Feed(std::shared_ptr<ReplyWriter> writer, std::chrono::milliseconds heartbeat);

    /// One formatted event.
    void push(std::string event);
    /// The source has nothing more to say.
    void finish();
    /// Sends the head and what waited for it. `source` is released on the connection's sequence when the feed ends.
    void open(Headers headers, std::string firstBytes, std::shared_ptr<void> source);

private:
    void beat();
    void close();

    std::mutex m_mutex;
    std::shared_ptr<ReplyWriter> m_writer;
    std::chrono::milliseconds m_heartbeat;
    std::string m_early;
    std::shared_ptr<void> m_source;
    bool m_opened = false;
    bool m_finished = false;
    bool m_closed = false;
};

}
