#include "ui/screens/policies/cell_rules.h"

#include "core/domain/reflect.h"
#include "ui/bridge/values.h"
#include "ui/screens/policies/rule_rows.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <algorithm>

namespace ephor::ui::policies {

namespace {

struct CellRuleWords {
    Q_DECLARE_TR_FUNCTIONS(CellRuleWords)
};

/// The scope of a rule, "principal …, action …, resource …", without annotations and comments.
QString scopeOf(const std::string& rule)
{
    static const QRegularExpression aside(QStringLiteral("@\\w+\\s*\\(\\s*\"(?:[^\"\\\\]|\\\\.)*\"\\s*\\)|//[^\\n]*"));
    static const QRegularExpression head(
        QStringLiteral("\\b(?:permit|forbid)\\s*\\(((?:\"(?:[^\"\\\\]|\\\\.)*\"|[^\")])*)\\)"));
    QString words = text(rule);
    words.remove(aside);
    return head.match(words).captured(1);
}

/// The ids of a type that one part of a scope names; nothing where the part names none.
QStringList namedIn(const QString& scope, const QString& part, const QString& type)
{
    const QRegularExpression clause(
        QStringLiteral("\\b%1\\b((?:\\[[^\\]]*\\]|\"(?:[^\"\\\\]|\\\\.)*\"|[^,\"\\[])*)").arg(part));
    const QRegularExpression id(QStringLiteral("\\b%1::\"((?:[^\"\\\\]|\\\\.)*)\"").arg(type));
    QStringList names;
    auto matches = id.globalMatch(clause.match(scope).captured(1));
    while (matches.hasNext())
        names << matches.next().captured(1);
    return names;
}

bool isText(const RuleInfo& rule)
{
    return rule.origin == "policy" || rule.origin == "kept" || rule.origin == "house";
}

}

std::vector<RuleInfo> textRulesOf(
    const std::vector<RuleInfo>& rules, const std::string& agent, const std::string& tool, SideEffect effect)
{
    const QStringList calls{text(tool), QStringLiteral("effect:") + text(wordOf(effect)), QStringLiteral("any")};
    std::vector<RuleInfo> bearing;
    std::ranges::copy_if(rules, std::back_inserter(bearing), [&](const RuleInfo& rule) {
        if (!isText(rule) || (!rule.agent.empty() && rule.agent != "*" && rule.agent != agent))
            return false;
        const QString scope = scopeOf(rule.text);
        const QStringList agents = namedIn(scope, QStringLiteral("principal"), QStringLiteral("Agent"));
        const QStringList actions = namedIn(scope, QStringLiteral("action"), QStringLiteral("Action"));
        return (agents.isEmpty() || agents.contains(text(agent)))
            && (actions.isEmpty()
                || std::ranges::any_of(actions, [&calls](const QString& action) { return calls.contains(action); }));
    });
    return bearing;
}

StoryRule storyOfText(const RuleInfo& rule)
{
    StoryRule told;
    told.access = rule.mode == RuleMode::Observe ? ui::Access::none
        : !rule.asks.empty()                     ? ui::Access::ask
        : rule.effect == "forbid"                ? ui::Access::deny
                                                 : ui::Access::allow;
    told.title = CellRuleWords::tr("%1: %2").arg(effectWords(rule).words, saysOf(rule));
    told.source = text(rule.id);
    return told;
}

}
