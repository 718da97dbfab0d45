#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ephor::temporal {

enum class RuleKind : std::uint8_t {
    AtMost, ///< so many calls, or so much of an argument, within a window
    OnlyAfter, ///< a call only after another event
    NeverAfter, ///< no call after another event
};

/// A rule over a session as the console's forms have it. Every such form has one text, and reads back from it.
struct RuleForm {
    RuleKind kind = RuleKind::AtMost;
    std::string principal; ///< `Agent::"refunds"`; empty: everybody
    std::string action; ///< of the calls that are ruled: `Action::"payments.send"`; empty: every action
    bool isGroup = false; ///< the action is a group: the calls in it are ruled
    std::int64_t window = 0; ///< milliseconds, at most 24 hours
    /// AtMost: calls, or the sum that may be reached; a decimal's text where `decimal`.
    std::string most;
    std::string argument; ///< AtMost: the argument that is summed; empty: calls are counted
    bool decimal = false; ///< the argument is a decimal, not a Long
    std::string event; ///< OnlyAfter, NeverAfter: `Action::"payments.approve"::response`
    std::string sameArgument; ///< OnlyAfter, NeverAfter: an argument that both calls must agree in; empty: none
};

/// The rule's text, one forbid without an id. Codes: temporal.form, and those of the parser where a part is no such
/// text.
Result<std::string> formText(const RuleForm& form);

/// The form of a text that says exactly such a rule, however it is laid out, and whatever @id and @reason it carries;
/// none for any other text.
std::optional<RuleForm> formOf(std::string_view text);

}
