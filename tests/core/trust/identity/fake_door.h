#pragma once

#include "core/api/handlers.h"
#include "core/store/database.h"
#include "core/trust/access/authority.h"

#include <QtGlobal>
#include <map>

namespace ephor::test {

/// A call with a principal and nothing of the dispatcher's: what `holds` says is what counts.
class FakeCall final : public Call {
public:
    FakeCall(Principal principal, Permission permission, bool localPeer)
        : m_principal(std::move(principal))
        , m_permission(permission)
        , m_localPeer(localPeer)
    {
    }
    const Principal& principal() const override { return m_principal; }
    bool holds(Permission permission, const Scope& scope) const override
    {
        return m_authority.permits(m_principal, permission, scope);
    }
    Result<void> allow(const Scope& scope) const override { return allow(m_permission, scope); }
    Result<void> allow(Permission permission, const Scope& scope) const override
    {
        if (holds(permission, scope))
            return {};
        return fail(ErrorKind::Forbidden, "forbidden", "Not permitted.");
    }
    bool localPeer() const override { return m_localPeer; }
    Surface surface() const override { return Surface::Console; }

private:
    Principal m_principal;
    Permission m_permission;
    bool m_localPeer;
    access::Authority m_authority{systemClock(), "production"};
};

/// Runs handlers on a database as the dispatcher does, without record and idempotency.
class FakeDoor final : public HandlerTable {
public:
    explicit FakeDoor(store::Database& database)
        : m_database(database)
    {
    }

    template <class Op>
    Result<typename Op::Response> call(const Principal& principal, const typename Op::Request& request = {})
    {
        typename Op::Response response{};
        const FakeCall call(principal, Op::operation.permission, localPeer);
        if (!call.holds(Op::operation.permission, {}))
            return fail(ErrorKind::Forbidden, "forbidden", "Not permitted.");
        note = {};
        const auto found = m_handlers.find(std::string(Op::operation.name));
        if (found == m_handlers.end())
            return fail(ErrorKind::Internal, "no-handler", "No handler.");
        if (auto done = found->second(call, &request, &response); !done)
            return std::unexpected<Error>(done.error());
        return response;
    }

    std::vector<std::string> names() const
    {
        std::vector<std::string> list;
        for (const auto& [name, handler] : m_handlers)
            list.push_back(name);
        return list;
    }

    Note note; ///< of the last call
    bool localPeer = true;

private:
    using Handler = std::function<Result<void>(const Call&, const void*, void*)>;

    void add(const Operation& operation, Handler handler)
    {
        const bool isNew = m_handlers.emplace(operation.name, std::move(handler)).second;
        if (!isNew)
            qFatal("an operation has two handlers");
    }
    void addRead(const Operation& operation, ReadFunction function) override
    {
        add(operation, [this, function](const Call& call, const void* request, void* response) {
            return m_database.read(
                [&](const store::Snapshot& snapshot) { return function(snapshot, call, request, response, note); });
        });
    }
    void addWrite(const Operation& operation, PrepareFunction prepare, CommitFunction commit) override
    {
        add(operation, [this, prepare, commit](const Call& call, const void* request, void* response) -> Result<void> {
            HeldDraft draft;
            if (prepare) {
                EPHOR_TRY(draft, prepare(call, request));
            }
            return m_database.write([&](store::Transaction& transaction) {
                return commit(transaction, call, request, draft, response, note);
            });
        });
    }
    void addDirect(const Operation& operation, DirectFunction function) override
    {
        add(operation, [this, function](const Call& call, const void* request, void* response) {
            return function(call, request, response, note);
        });
    }

    store::Database& m_database;
    std::map<std::string, Handler> m_handlers;
};

}
