#pragma once

#include "core/api/backend.h"
#include "core/api/handlers.h"
#include "core/store/database.h"
#include "core/trust/keys/sealing.h"
#include "core/workspace/event_bus.h"
#include "core/workspace/idempotency.h"

#include <functional>
#include <memory>
#include <string_view>
#include <unordered_map>

namespace ephor {
class Clock;
}
namespace ephor::access {
class Authority;
}
namespace ephor::identity {
class KeyPasses;
}
namespace ephor::ledger {
class Ledger;
struct NewEntry;
}

namespace ephor::workspace {

class CallScope;

/// Finds who holds a credential; an empty one is nobody, which is not an error.
using Authenticate = std::function<Result<Principal>(const store::Snapshot&, std::string_view credential)>;

/// The one place where an operation is authenticated, validated, authorised and recorded. Nothing reaches a handler
/// around it. Thread-safe once every handler is added.
///
/// A read runs on one snapshot. A write prepares off the writer; then one short transaction authenticates and
/// authorises again on the state as it is then, checks the idempotency key, commits the state and its ledger entry
/// together. An act outside the database has its permit durable before it happens and its outcome after. Refusals of
/// known principals are recorded one by one; those of nobody are counted into one entry a minute. A service key that
/// was just found admits its holder again without a look at the database, until any write operation is committed.
class Dispatcher final : public HandlerTable {
public:
    /// `requestKey`: what the digests of requests with an idempotency key are made with.
    Dispatcher(store::Database& database, ledger::Ledger& ledger, const Clock& clock, EventBus& events,
        Authenticate authenticate, const access::Authority& authority, const keys::SymmetricKey& requestKey);
    ~Dispatcher() override;

    static std::span<const store::Migration> migrations();

    /// Fails with workspace.incomplete, naming the first operation of the catalogue that has no handler.
    Result<void> complete() const;

    Result<void> invoke(
        const OperationType& operation, const void* request, void* response, const CallContext& context);

    /// Who calls, for surfaces that admit more than operations (runs, subscriptions); refused like an operation would
    /// be.
    Result<Principal> admit(const Operation& operation, const CallContext& context);

protected:
    void addRead(const Operation& operation, ReadFunction function) override;
    void addWrite(const Operation& operation, PrepareFunction prepare, CommitFunction commit) override;
    void addDirect(const Operation& operation, DirectFunction function) override;

private:
    struct Handler;
    struct Denials;
    Handler& slot(const Operation& operation);
    Result<void> lookUp(const Operation& operation, const CallContext& context, Principal& principal);
    Result<void> invokeRead(const OperationType& type, const Handler& handler, const void* request, void* response,
        const CallContext& context);
    Result<void> invokeWrite(const OperationType& type, const Handler& handler, const void* request, void* response,
        const CallContext& context);
    Result<void> invokeDirect(const OperationType& type, const Handler& handler, const void* request, void* response,
        const CallContext& context);
    Result<void> invokeDirectOnce(const OperationType& type, const Handler& handler, const void* request,
        void* response, const CallContext& context);
    OnceKey onceKeyOf(
        const OperationType& type, const void* request, const Principal& principal, const CallContext& context) const;
    CallScope scopeOf(const Operation& operation, const Principal& principal, const CallContext& context) const;
    Result<void> record(const ledger::NewEntry& entry);
    void refuse(const Operation& operation, const Principal& actor, const CallContext& context, const Error& error);
    void announce(const Operation& operation, const Note& note);

    store::Database& m_database;
    ledger::Ledger& m_ledger;
    const Clock& m_clock;
    EventBus& m_events;
    Authenticate m_authenticate;
    const access::Authority& m_authority;
    std::unique_ptr<identity::KeyPasses> m_passes;
    std::unordered_map<std::string_view, std::unique_ptr<Handler>> m_handlers;
    std::unique_ptr<Denials> m_denials;
    keys::SymmetricKey m_requestKey;
    std::unique_ptr<OnceUnderWay> m_underWay;
};

}
