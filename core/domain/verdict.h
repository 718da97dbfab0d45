#pragma once

#include "core/domain/principal.h"

#include <boost/describe.hpp>

namespace ephor {

/// What a gate said.
enum class VerdictWord { Allow, Deny, Transform, Ask };
BOOST_DESCRIBE_ENUM(VerdictWord, Allow, Deny, Transform, Ask)

/// One gate's answer with the reason a person understands. The id finds it anywhere.
struct Verdict {
    std::string id; ///< "vd-…"
    std::string gate; ///< "permission", "budget", "contract-in", "guard-out", "stop", …
    VerdictWord word = VerdictWord::Deny;
    std::string reason; ///< a plain sentence
    std::string rule; ///< what determined it: "grant:refunds/payments.send", "default-deny", "stop:…"
    std::string askWhom; ///< role or person that can change it
    bool operator==(const Verdict&) const = default;
};
BOOST_DESCRIBE_STRUCT(Verdict, (), (id, gate, word, reason, rule, askWhom))

/// What the permission table says for one agent and one tool.
enum class Access { None, Allow, Ask, Deny };
BOOST_DESCRIBE_ENUM(Access, None, Allow, Ask, Deny)

/// A rule of the permission table. No rule means deny.
struct GrantRule {
    Name agent;
    Name tool;
    Access access = Access::Deny;
    Role approver = Role::Officer; ///< who is asked, when access is Ask
    std::uint64_t approvals = 1; ///< how many people, when access is Ask
    Line reason;
    std::optional<Instant> expires;
    bool operator==(const GrantRule&) const = default;
};
BOOST_DESCRIBE_STRUCT(GrantRule, (), (agent, tool, access, approver, approvals, reason, expires))

}
