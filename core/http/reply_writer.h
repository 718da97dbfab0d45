#pragma once

#include "core/http/http_message.h"

#include <chrono>
#include <functional>

namespace ephor::http {

/// Where the reply of one request goes. Thread-safe; every call returns at once, and what several threads send keeps
/// the order of their calls. Either `reply` once, or `begin`, any number of `write`, `end`. A writer that is destroyed
/// unanswered answers 500. What comes after the client has gone is dropped.
class ReplyWriter {
public:
    virtual ~ReplyWriter() = default;
    virtual void reply(HttpReply reply) = 0;
    /// The head of a streamed reply; its body holds the first bytes and may be empty.
    virtual void begin(HttpReply head) = 0;
    virtual void write(std::string bytes) = 0;
    virtual void end() = 0;
    /// Runs `task` on the connection's own sequence after `delay`, unless the reply is over by then.
    virtual void after(std::chrono::milliseconds delay, std::function<void()> task) = 0;
    /// Runs `task` on the connection's own sequence once the reply is over or the client has gone; soon when it is.
    virtual void onClosed(std::function<void()> task) = 0;
};

}
