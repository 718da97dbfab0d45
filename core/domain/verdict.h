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

/// What a grant says for one agent and one tool.
enum class Access { None, Allow, Ask, Deny };
BOOST_DESCRIBE_ENUM(Access, None, Allow, Ask, Deny)

enum class GrantConditionKind {
    AtMost, ///< the argument, a number
    AtLeast,
    OneOf, ///< the argument, a text
    OwnOnly, ///< the argument is the person the caller named
    Hours, ///< from, until: "08:00", "18:00" in UTC
    Classification, ///< of the tool's data: one of these
    AskAbove, ///< a call whose argument is greater asks
};
BOOST_DESCRIBE_ENUM(GrantConditionKind, AtMost, AtLeast, OneOf, OwnOnly, Hours, Classification, AskAbove)

/// What a grant wants of a call besides its agent and tool.
struct GrantCondition {
    GrantConditionKind kind = GrantConditionKind::AtMost;
    Line argument; ///< a member of the tool's input; empty for Hours and Classification
    List<std::string, 32> values; ///< one number for AtMost, AtLeast and AskAbove; none for OwnOnly
    bool operator==(const GrantCondition&) const = default;
};
BOOST_DESCRIBE_STRUCT(GrantCondition, (), (kind, argument, values))

/// A grant as a form: what a cell of the access matrix shows and edits. It is stored as policies
/// (core/trust/policy/grant_policy.h). No rule means deny.
struct GrantRule {
    Name agent;
    Name tool;
    Access access = Access::Deny;
    Role approver = Role::Officer; ///< who is asked, when access is Ask
    std::uint64_t approvals = 1; ///< how many people, when access is Ask
    Line reason;
    std::optional<Instant> expires;
    List<GrantCondition, 16> conditions; ///< all must hold, AskAbove apart
    bool operator==(const GrantRule&) const = default;
};
BOOST_DESCRIBE_STRUCT(GrantRule, (), (agent, tool, access, approver, approvals, reason, expires, conditions))

/// A policy as it is stored.
struct PolicyText {
    std::string id; ///< "grant:refunds/payments.send"
    std::string text;
    bool operator==(const PolicyText&) const = default;
};
BOOST_DESCRIBE_STRUCT(PolicyText, (), (id, text))

}
