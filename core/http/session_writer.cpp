#include "core/http/session_writer.h"

#include <boost/asio/post.hpp>

namespace ephor::http {

SessionWriter::~SessionWriter()
{
    if (!m_answered)
        reply(errorReply(Dialect::Problem,
            Error(ErrorKind::Internal, "http.unanswered", "The request was given up without an answer.",
                "Try again; the server may be stopping."),
            ""));
}

void SessionWriter::reply(HttpReply reply)
{
    m_answered = true;
    boost::asio::post(
        m_session->m_executor, [session = m_session, request = m_request, reply = std::move(reply)]() mutable {
            session->sendWhole(request, std::move(reply));
        });
}

void SessionWriter::begin(HttpReply head)
{
    m_answered = true;
    boost::asio::post(
        m_session->m_executor, [session = m_session, request = m_request, head = std::move(head)]() mutable {
            session->begin(request, std::move(head));
        });
}

void SessionWriter::write(std::string bytes)
{
    boost::asio::post(
        m_session->m_executor, [session = m_session, request = m_request, bytes = std::move(bytes)]() mutable {
            session->sendPiece(request, std::move(bytes));
        });
}

void SessionWriter::end()
{
    boost::asio::post(m_session->m_executor, [session = m_session, request = m_request] { session->end(request); });
}

void SessionWriter::after(std::chrono::milliseconds delay, std::function<void()> task)
{
    boost::asio::post(
        m_session->m_executor, [session = m_session, request = m_request, delay, task = std::move(task)]() mutable {
            session->startTimer(request, delay, std::move(task));
        });
}

void SessionWriter::onClosed(std::function<void()> task)
{
    if (!m_closedTasks->keep(task))
        boost::asio::post(m_session->m_executor, [session = m_session, task = std::move(task)] { task(); });
}

}
