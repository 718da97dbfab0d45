#include "core/http/feed.h"

#include "core/http/sse_format.h"

namespace ephor::http {

Feed::Feed(std::shared_ptr<ReplyWriter> writer, std::chrono::milliseconds heartbeat)
    : m_writer(std::move(writer))
    , m_heartbeat(heartbeat)
{
}

void Feed::push(std::string event)
{
    const std::lock_guard lock(m_mutex);
    if (m_closed || m_finished)
        return;
    if (m_opened)
        m_writer->write(std::move(event));
    else
        m_early += event;
}

void Feed::finish()
{
    const std::lock_guard lock(m_mutex);
    if (m_closed || m_finished)
        return;
    m_finished = true;
    if (m_opened)
        m_writer->end();
}

void Feed::open(Headers headers, std::string firstBytes, std::shared_ptr<void> source)
{
    headers.push_back({"Content-Type", "text/event-stream; charset=utf-8"});
    headers.push_back({"X-Accel-Buffering", "no"});
    const auto writer = m_writer; // closing lets go of the member
    {
        const std::lock_guard lock(m_mutex);
        m_source = std::move(source);
        m_opened = true;
        m_writer->begin({200, std::move(headers), firstBytes + std::exchange(m_early, {})});
        if (m_finished)
            m_writer->end();
    }
    writer->onClosed([self = shared_from_this()] { self->close(); });
    beat();
}

void Feed::beat()
{
    const std::lock_guard lock(m_mutex);
    if (m_closed || m_finished)
        return;
    m_writer->after(m_heartbeat, [weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self)
            return;
        self->push(sseComment("here"));
        self->beat();
    });
}

// On the connection's sequence, never inside an event: destroying a subscription waits for one that is running. An
// event that is still on its way may keep this object, but not the connection.
void Feed::close()
{
    std::shared_ptr<void> source;
    std::shared_ptr<ReplyWriter> writer;
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
        writer = std::move(m_writer);
        source = std::move(m_source);
    }
}

}
