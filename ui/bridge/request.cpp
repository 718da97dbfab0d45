#include "ui/bridge/request.h"

#include <QCoreApplication>
#include <QThreadPool>

namespace ephor::ui {

struct RequestHandle::State {
    bool pending = true;
};

void RequestHandle::cancel()
{
    if (m_state)
        m_state->pending = false;
    m_state.reset();
}

bool RequestHandle::isPending() const
{
    return m_state && m_state->pending;
}

namespace {

/// Never destroyed: a call that hangs at the end of the program must not hang the end of the program.
QThreadPool& requestPool()
{
    static QThreadPool* pool = [] {
        auto* made = new QThreadPool;
        made->setMaxThreadCount(largestConcurrentRequests);
        return made;
    }();
    return *pool;
}

/// Ending subscriptions and other slow goodbyes, so that they never hold up an answer somebody waits for.
QThreadPool& detachedPool()
{
    static QThreadPool* pool = [] {
        auto* made = new QThreadPool;
        made->setMaxThreadCount(2);
        return made;
    }();
    return *pool;
}

/// What travels to the worker and back; its functions hold things of the UI and are let go there.
struct Journey {
    QPointer<QObject> owner;
    QPointer<Session> session;
    std::function<void()> work;
    std::function<const Error*()> failure;
    std::function<void()> deliver;
    Waiting waiting;
};

}

RequestHandle RequestRunner::run(QObject* owner, Session& session, std::function<void()> work,
    std::function<const Error*()> failure, std::function<void()> deliver, Waiting waiting)
{
    RequestHandle handle;
    handle.m_state = std::make_shared<RequestHandle::State>();
    session.requestBegan(waiting);
    auto journey = std::make_shared<Journey>(
        Journey{owner, &session, std::move(work), std::move(failure), std::move(deliver), waiting});
    requestPool().start([journey = std::move(journey), state = handle.m_state]() mutable {
        journey->work();
        QCoreApplication* application = QCoreApplication::instance();
        if (!application)
            return;
        QMetaObject::invokeMethod(
            application,
            [journey = std::move(journey), state] {
                // Delivering may take the error with it, so the session's copy is made first.
                std::optional<Error> failed;
                if (const Error* error = journey->failure())
                    failed = *error;
                if (journey->owner && state->pending) {
                    state->pending = false;
                    journey->deliver();
                }
                state->pending = false;
                if (journey->session)
                    journey->session->requestEnded(failed ? &*failed : nullptr, journey->waiting);
            },
            Qt::QueuedConnection);
    });
    return handle;
}

void RequestRunner::detach(std::function<void()> work)
{
    detachedPool().start(std::move(work));
}

bool RequestRunner::drain(int milliseconds)
{
    return requestPool().waitForDone(milliseconds) && detachedPool().waitForDone(milliseconds);
}

}
