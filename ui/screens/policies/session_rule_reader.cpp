#include "ui/screens/policies/session_rule.h"

#include <QRegularExpression>
#include <array>

// How the form reads back what it wrote: the parts are guessed, and the guess stands only where it writes the same
// text.
namespace ephor::ui::policies {

namespace {

QString unquoted(QString words)
{
    words.replace(QStringLiteral("\\\""), QStringLiteral("\"")).replace(QStringLiteral("\\\\"), QStringLiteral("\\"));
    return words;
}

QString firstOf(const QString& text, const QString& pattern)
{
    const auto match = QRegularExpression(pattern).match(text);
    return match.hasMatch() ? unquoted(match.captured(1)) : QString();
}

int minutesOf(const QString& window)
{
    const auto match = QRegularExpression(QStringLiteral("^(?:(\\d+)h)?(?:(\\d+)m)?$")).match(window);
    return match.captured(1).toInt() * 60 + match.captured(2).toInt();
}

/// "event.input.amount" or "event.input[\"the amount\"]".
QString memberAfter(const QString& text, const QString& before)
{
    const QString plain = firstOf(text, before + QStringLiteral("input\\.(\\w+)"));
    return plain.isEmpty() ? firstOf(text, before + QStringLiteral("input\\[\"((?:[^\"\\\\]|\\\\.)*)\"\\]")) : plain;
}

SessionRule guessFrom(const QString& text)
{
    const QString id = QStringLiteral("\"((?:[^\"\\\\]|\\\\.)*)\"");
    SessionRule rule;
    rule.agent = firstOf(text, QStringLiteral("principal == Agent::") + id);
    rule.tool = firstOf(text, QStringLiteral("action (?:==|in) Action::") + id);
    rule.minutes = minutesOf(firstOf(text, QStringLiteral(" within ([0-9hm]+) Action::")));
    if (!text.contains(QStringLiteral(" temporal { formerly "))) {
        rule.kind = SessionRule::Kind::atMost;
        rule.argument = memberAfter(text, QStringLiteral("of event\\."));
        const QString decimal = firstOf(text, QStringLiteral("greaterThan\\(decimal\\(\"([0-9.]+)\"\\)\\)"));
        rule.number = decimal.isEmpty() ? SessionRule::Number::whole : SessionRule::Number::decimal;
        rule.most = decimal.isEmpty() ? firstOf(text, QStringLiteral("(?:>=|>) ([0-9]+) \\}")) : decimal;
        return rule;
    }
    rule.kind = text.contains(QStringLiteral("unless temporal")) ? SessionRule::Kind::onlyAfter
                                                                 : SessionRule::Kind::neverAfter;
    rule.before = firstOf(text, QStringLiteral(" within [0-9hm]+ Action::") + id);
    rule.same = memberAfter(text, QStringLiteral("where \\{ event\\."));
    return rule;
}

}

std::optional<SessionRule> sessionRuleFrom(const QString& text)
{
    const QString wanted = text.simplified();
    SessionRule rule = guessFrom(wanted);
    if (rule.most.isEmpty())
        rule.most = SessionRule{}.most;
    const auto writesIt = [&wanted](const SessionRule& made) {
        return whyNoRule(made).isEmpty() && sessionRuleText(made).simplified() == wanted;
    };
    if (writesIt(rule))
        return rule;
    // "1000" was written as the decimal "1000.0".
    if (rule.most.endsWith(QStringLiteral(".0")))
        rule.most.chop(2);
    return writesIt(rule) ? std::optional(rule) : std::nullopt;
}

}
