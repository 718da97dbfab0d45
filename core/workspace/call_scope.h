#pragma once

#include "core/api/backend.h"
#include "core/api/handlers.h"
#include "core/trust/access/authority.h"

#include <map>
#include <tuple>

namespace ephor::workspace {

/// By which rule an act was permitted, as the record keeps it.
struct Permitted {
    std::string rule; ///< "role:admin"; empty for what is open to everybody
    std::vector<std::string> observed; ///< rules in observe-only mode that would have forbidden it
};

/// The Call a handler sees: one principal, one operation, judged by the rules as they are now. Lists ask about the same
/// few teams again and again, so that what was judged once holds to the end of the call. One thread at a time.
class CallScope final : public Call {
public:
    /// All but `principal` must outlive this.
    CallScope(
        const Operation& operation, Principal principal, const CallContext& context, const access::Authority& authority)
        : m_operation(operation)
        , m_principal(std::move(principal))
        , m_localPeer(context.localPeer)
        , m_surface(context.surface)
        , m_authority(authority)
    {
    }
    const Principal& principal() const override { return m_principal; }
    bool holds(Permission permission, const Scope& scope) const override;
    Result<void> allow(const Scope& scope) const override { return allow(m_operation.permission, scope); }
    Result<void> allow(Permission permission, const Scope& scope) const override;
    bool localPeer() const override { return m_localPeer; }
    Surface surface() const override { return m_surface; }
    /// Of the last `allow` that did.
    const Permitted& permitted() const { return m_permitted; }

private:
    access::Act actOf(Permission permission, const Scope& scope) const;
    const access::AccessVerdict& verdictOn(Permission permission, const Scope& scope) const;

    const Operation& m_operation;
    Principal m_principal;
    bool m_localPeer;
    Surface m_surface;
    const access::Authority& m_authority;
    using Question = std::tuple<Permission, std::string, std::string, std::string>;
    mutable std::map<Question, access::AccessVerdict> m_known;
    mutable Permitted m_permitted;
};

}
