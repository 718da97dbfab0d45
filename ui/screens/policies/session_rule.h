#pragma once

#include <QString>
#include <optional>

/// The three rules over a session that are offered as forms, and the text each writes. Pure.
/// The text is what `temporal::formOf` reads (docs/formats/temporal.md).
namespace ephor::ui::policies {

struct SessionRule {
    enum class Kind {
        atMost, ///< so many calls, or so much of an argument, within a window
        onlyAfter, ///< a call only after another one was answered
        neverAfter ///< no call after another one was answered
    };
    Kind kind = Kind::atMost;
    QString agent; ///< empty: everybody
    QString tool; ///< "payments.send", or a group: "effect:write", "any"
    int minutes = 60; ///< of the window, at most a day
    QString most = QStringLiteral("5"); ///< calls, or the sum that may be reached
    QString argument; ///< that is summed; empty: calls are counted
    enum class Number { whole, decimal } number = Number::whole; ///< what the argument is
    QString before; ///< the other tool
    QString same; ///< an argument in which both calls must agree; empty: none
    bool operator==(const SessionRule&) const = default;
};

constexpr int mostWindowMinutes = 24 * 60;

/// Why it says no rule yet; empty where it does.
QString whyNoRule(const SessionRule& rule);
/// One sentence: "At most 5 calls of payments.send within 1 hour of a session."
QString sessionRuleSentence(const SessionRule& rule);
/// The rule as text, with its sentence as the reason.
QString sessionRuleText(const SessionRule& rule);
/// The rule that the form would write as exactly this text, spaces aside; nothing for any other text.
std::optional<SessionRule> sessionRuleFrom(const QString& text);

}
