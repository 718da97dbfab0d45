#include "core/http/chat_reply.h"

namespace ephor::http {

void ChatReply::run(Backend& backend, const ChatRequest& request, const CallContext& context,
    std::shared_ptr<ReplyWriter> writer, ChatTimes times, const Clock& clock, std::string_view occurrence)
{
    const auto created = std::chrono::floor<std::chrono::seconds>(clock.now()).time_since_epoch().count();
    const auto reply = std::make_shared<ChatReply>(
        ChatShape{request.run.agent, request.stream, request.includeUsage, created}, std::move(writer), times);
    // Before anything can come of it: a connection that goes, or a server that stops, takes its writer back.
    reply->m_writer->onClosed([reply] { reply->close(); });
    backend.begin(
        request.run, context, [reply](const RunEvent& event) { reply->take(event); },
        [reply, occurrence = std::string(occurrence)](Result<std::unique_ptr<RunHandle>> handle) {
            if (handle)
                reply->admitted(std::move(*handle));
            else
                reply->refused(handle.error(), occurrence);
        });
}

ChatReply::ChatReply(ChatShape shape, std::shared_ptr<ReplyWriter> writer, ChatTimes times)
    : m_streams(shape.stream)
    , m_translator(std::move(shape))
    , m_writer(std::move(writer))
    , m_times(times)
{
}

void ChatReply::take(const RunEvent& event)
{
    const std::lock_guard lock(m_mutex);
    apply(m_translator.take(event));
}

void ChatReply::refused(const Error& error, std::string_view occurrence)
{
    const std::lock_guard lock(m_mutex);
    apply(m_translator.refused(error, occurrence));
}

void ChatReply::admitted(std::unique_ptr<RunHandle> handle)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_closed) {
            m_handle = std::move(handle);
            apply(m_translator.opened(m_handle->id()));
        }
    }
    if (m_streams)
        beat();
}

void ChatReply::beat()
{
    const std::lock_guard lock(m_mutex);
    if (m_closed || m_translator.over())
        return;
    m_writer->after(m_times.heartbeat, [weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self)
            return;
        {
            const std::lock_guard again(self->m_mutex);
            self->apply(self->m_translator.heartbeat());
        }
        self->beat();
    });
}

void ChatReply::apply(ChatOutput output)
{
    if (m_closed)
        return;
    if (output.whole) {
        m_writer->reply(std::move(*output.whole));
        return;
    }
    if (output.head)
        m_writer->begin(std::move(*output.head));
    if (!output.bytes.empty())
        m_writer->write(std::move(output.bytes));
    if (output.waitBegan)
        m_writer->after(m_times.wait, [weak = weak_from_this(), wait = m_translator.wait()] {
            const auto self = weak.lock();
            if (!self)
                return;
            const std::lock_guard lock(self->m_mutex);
            self->apply(self->m_translator.waitedEnough(wait));
        });
    if (output.end)
        m_writer->end();
}

// On the connection's sequence, never inside an event: destroying the handle may wait for one that is running. An event
// that is still on its way may keep this object, but not the connection.
void ChatReply::close()
{
    std::unique_ptr<RunHandle> handle;
    std::shared_ptr<ReplyWriter> writer;
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
        writer = std::move(m_writer);
        handle = std::move(m_handle);
    }
}

}
