#include "ui/bridge/rule_words.h"

#include "ui/bridge/values.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>

namespace ephor::ui {

namespace {

struct RuleWording {
    Q_DECLARE_TR_FUNCTIONS(RuleWording)
};

constexpr std::string_view defaultDeny = "default-deny";
/// What ids of rules in force begin with; those of policies are "name/0".
constexpr std::array<std::string_view, 5> ruleKinds{"grant:", "tightened:", "house:", "kept:", "limit:"};

constexpr std::string_view protectionRule = "protection:";
/// Of agents that name no protection of their own.
constexpr std::string_view standardProtection = "protection:standard/";

bool isPolicyRule(const std::string& rule)
{
    return rule.find(':') == std::string::npos && rule.find('/') != std::string::npos;
}

}

std::optional<Route> ruleRoute(const std::string& rule, const std::string& agent, const std::string& tool)
{
    if (rule == defaultDeny)
        return routes::matrix(text(agent), text(tool));
    if (rule.starts_with(protectionRule) && !rule.starts_with(standardProtection))
        return routes::definition(
            QStringLiteral("protections"), text(rule.substr(protectionRule.size())).section(u'/', 0, 0));
    const bool isKnown
        = std::ranges::any_of(ruleKinds, [&rule](std::string_view kind) { return rule.starts_with(kind); });
    if (!isKnown && !isPolicyRule(rule))
        return std::nullopt;
    // What stands over releases binds every agent, so that its own is not told apart by one.
    const bool isOver = rule.starts_with("house:") || rule.starts_with("tightened:");
    return routes::rule(text(rule), isOver ? QString() : text(agent));
}

QString ruleWords(const std::string& rule)
{
    if (rule == defaultDeny)
        return RuleWording::tr("No rule, so denied");
    if (isPolicyRule(rule))
        return RuleWording::tr("Policy %1").arg(text(rule.substr(0, rule.find('/'))));
    const std::size_t colon = rule.find(':');
    if (colon == std::string::npos)
        return text(rule);
    const QString what = text(rule.substr(colon + 1));
    if (rule.starts_with("grant:"))
        return RuleWording::tr("Grant %1").arg(what.section(u'#', 0, 0));
    if (rule.starts_with("tightened:"))
        return RuleWording::tr("Tightened: %1").arg(what);
    if (rule.starts_with("house:"))
        return RuleWording::tr("House rule %1").arg(what.section(u'/', 0, 0));
    if (rule.starts_with("kept:"))
        return RuleWording::tr("Kept as text: %1").arg(what);
    if (rule.starts_with("limit:"))
        return RuleWording::tr("Limit of %1").arg(what);
    if (rule.starts_with(standardProtection))
        return RuleWording::tr("Standard protection");
    if (rule.starts_with(protectionRule))
        return RuleWording::tr("Protection %1").arg(what.section(u'/', 0, 0));
    if (rule.starts_with("guard:"))
        return RuleWording::tr("Guard %1").arg(what);
    if (rule.starts_with("stop:"))
        return RuleWording::tr("Stop %1").arg(what);
    return text(rule);
}

QString titled(const std::string& sentence, const std::string& name, const std::string& title)
{
    QString words = text(sentence);
    const QString agent = text(name);
    if (agent.isEmpty() || title.empty())
        return words;
    // A sentence that has said the title needs it no second time, and the title may hold the name.
    const qsizetype said = words.indexOf(text(title));
    // Names hold dots, dashes and underscores, so that "mail" is no part of "mail.send".
    const auto isPart = [&words](qsizetype at) {
        return at >= 0 && at < words.size() && (words[at].isLetterOrNumber() || words[at] == u'-' || words[at] == u'_');
    };
    for (qsizetype at = words.indexOf(agent); at >= 0; at = words.indexOf(agent, at + 1)) {
        if (said >= 0 && at >= said)
            return words;
        const qsizetype end = at + agent.size();
        const bool isDotted = end + 1 < words.size() && words[end] == u'.' && isPart(end + 1);
        const bool isAfterDot = at > 1 && words[at - 1] == u'.' && isPart(at - 2);
        if (isPart(at - 1) || isPart(end) || isDotted || isAfterDot)
            continue;
        return words.replace(at, agent.size(), text(title));
    }
    return words;
}

}
