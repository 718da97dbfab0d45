#include "ui/bridge/session.h"

#include "ui/bridge/request.h"

#include <algorithm>

namespace ephor::ui {

Session::Session(std::shared_ptr<Backend> backend, QObject* parent)
    : QObject(parent)
    , m_backend(std::move(backend))
{
}

Session::Session(std::shared_ptr<Backend> backend, std::string credential, SessionInfo info, QObject* parent)
    : QObject(parent)
    , m_backend(std::move(backend))
    , m_credential(std::move(credential))
    , m_info(std::move(info))
{
}

CallContext Session::context() const
{
    CallContext context;
    context.credential = m_credential;
    context.surface = Surface::Console;
    context.localPeer = true;
    return context;
}

bool Session::may(Permission permission) const
{
    return permission == Permission::None
        || std::find(m_info.permissions.begin(), m_info.permissions.end(), permission) != m_info.permissions.end();
}

void Session::refreshInfo()
{
    request<CurrentSession>(this, *this, {}, [this](Result<SessionInfo> answer) {
        if (!answer || *answer == m_info)
            return;
        m_info = std::move(*answer);
        Q_EMIT infoChanged();
    });
}

void Session::requestBegan(Waiting waiting)
{
    if (waiting == Waiting::page)
        ++m_pending;
}

namespace {

bool isLostSession(const Error& error)
{
    // A wrong password is answered to the form that asked for it; the session itself is as good as before.
    return error.kind == ErrorKind::Unauthenticated && error.code != "session.refused";
}

}

void Session::requestEnded(const Error* failure, Waiting waiting)
{
    const bool reachable = !failure || (failure->kind != ErrorKind::Unavailable && failure->kind != ErrorKind::Timeout);
    if (reachable != m_reachable) {
        m_reachable = reachable;
        Q_EMIT reachableChanged(reachable);
    }
    if (failure && isSignedIn() && !m_ended && isLostSession(*failure)) {
        m_ended = true;
        Q_EMIT ended(*failure);
    }
    if (waiting == Waiting::nobody || --m_pending > 0)
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_pending == 0)
                Q_EMIT settled();
        },
        Qt::QueuedConnection);
}

}
