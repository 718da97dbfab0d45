#pragma once

#include "core/api/backend.h"
#include "core/api/session.h"

#include <QObject>
#include <memory>

namespace ephor::ui {

/// Whether a page waits for an answer. What nobody waits for is not counted as pending: verifying a long record, a job.
enum class Waiting { page, nobody };

/// A person at a backend. Everything the console asks goes through one of these, by `request` (request.h). UI thread
/// only.
class Session : public QObject {
    Q_OBJECT

public:
    /// Nobody is signed in yet: enough for the operations that are open to everybody.
    explicit Session(std::shared_ptr<Backend> backend, QObject* parent = nullptr);
    Session(std::shared_ptr<Backend> backend, std::string credential, SessionInfo info, QObject* parent = nullptr);

    const std::shared_ptr<Backend>& backend() const { return m_backend; }
    /// What every call is made with; fill `idempotencyKey` where a write may be sent twice.
    CallContext context() const;
    const SessionInfo& info() const { return m_info; }
    bool isSignedIn() const { return !m_credential.empty(); }

    /// Whether the person holds the permission somewhere. Decides what a screen offers, never what is allowed: the
    /// backend decides that.
    bool may(Permission permission) const;
    /// "person:…" of who is signed in; empty before.
    const std::string& principal() const { return m_info.principal.id; }

    /// Requests under way that a page waits for.
    int pending() const { return m_pending; }

    /// Asks again who is signed in and what the workspace is; tells `infoChanged`.
    void refreshInfo();

    // For request.cpp: counting, and noticing that the credential is no longer good.
    void requestBegan(Waiting waiting);
    void requestEnded(const Error* failure, Waiting waiting);

Q_SIGNALS:
    /// A call answered that nobody is signed in any more. Told once.
    void ended(const ephor::Error& why);
    void infoChanged();
    /// Nothing is under way, told one turn of the event loop after the last answer was delivered.
    void settled();
    /// False: a call could not reach the backend. True: one could again.
    void reachableChanged(bool reachable);

private:
    std::shared_ptr<Backend> m_backend;
    std::string m_credential;
    SessionInfo m_info;
    int m_pending = 0;
    bool m_ended = false;
    bool m_reachable = true;
};

}
