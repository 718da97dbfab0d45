#pragma once

#include "core/api/backend.h"
#include "core/api/handlers.h"

namespace ephor::workspace {

/// The Call a handler sees: one principal, one operation, checked against the roles as they are now.
class CallScope final : public Call {
public:
    CallScope(const Operation& operation, Principal principal, const CallContext& context)
        : m_operation(operation)
        , m_principal(std::move(principal))
        , m_localPeer(context.localPeer)
        , m_surface(context.surface)
    {
    }
    const Principal& principal() const override { return m_principal; }
    bool holds(Permission permission, const Scope& scope) const override;
    Result<void> allow(const Scope& scope) const override { return allow(m_operation.permission, scope); }
    Result<void> allow(Permission permission, const Scope& scope) const override;
    bool localPeer() const override { return m_localPeer; }
    Surface surface() const override { return m_surface; }

private:
    const Operation& m_operation;
    Principal m_principal;
    bool m_localPeer;
    Surface m_surface;
};

}
