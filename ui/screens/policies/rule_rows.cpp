#include "ui/screens/policies/rule_rows.h"

#include "core/domain/reflect.h"
#include "ui/bridge/rule_words.h"
#include "ui/bridge/values.h"

#include <QCoreApplication>
#include <algorithm>
#include <map>

namespace ephor::ui::policies {

namespace {

struct RuleWords {
    Q_DECLARE_TR_FUNCTIONS(RuleWords)
};

bool isBuiltIn(const RuleInfo& rule)
{
    return rule.origin == "built-in";
}

// The agent stands in a column of its own: "May call payments.send" leaves room for what it may.
QString saysBeside(const RuleInfo& rule)
{
    if (isBuiltIn(rule))
        return saysOf(rule);
    QString says = text(rule.says);
    const QString agent = text(rule.agent) + u' ';
    if (rule.agent.empty() || !says.startsWith(agent) || says.size() == agent.size())
        return says;
    says.remove(0, agent.size());
    says[0] = says[0].toUpper();
    return says;
}

}

QString saysOf(const RuleInfo& rule)
{
    // Read alone, the text of these two sounds as if anybody might do anything.
    if (isBuiltIn(rule) && rule.id == "people")
        return RuleWords::tr("An agent may work for any person; what the agent may do is judged beside.");
    if (isBuiltIn(rule) && rule.id == "services")
        return RuleWords::tr("An agent may work for any service; what the agent may do is judged beside.");
    return titled(rule.says, rule.agent, rule.agentTitle);
}

void completeTitles(std::vector<RuleInfo>& rules)
{
    std::map<std::string, std::string> titles;
    for (const RuleInfo& rule : rules) {
        if (!rule.agentTitle.empty())
            titles.emplace(rule.agent, rule.agentTitle);
    }
    for (RuleInfo& rule : rules) {
        if (const auto known = titles.find(rule.agent); rule.agentTitle.empty() && known != titles.end())
            rule.agentTitle = known->second;
    }
}

QString effectKey(const RuleInfo& rule)
{
    return rule.asks.empty() ? text(rule.effect) : QStringLiteral("ask");
}

StateWords effectWords(const RuleInfo& rule)
{
    if (rule.mode == RuleMode::Observe)
        return {State::info,
            !rule.asks.empty()            ? RuleWords::tr("Would ask")
                : rule.effect == "forbid" ? RuleWords::tr("Would forbid")
                                          : RuleWords::tr("Would permit")};
    if (!rule.asks.empty())
        return {State::waiting, RuleWords::tr("Asks")};
    return rule.effect == "forbid" ? StateWords{State::denied, RuleWords::tr("Forbids")}
                                   : StateWords{State::ok, RuleWords::tr("Permits")};
}

StateWords modeWords(RuleMode mode)
{
    return mode == RuleMode::Observe ? StateWords{State::info, RuleWords::tr("Observed only")}
                                     : StateWords{State::neutral, RuleWords::tr("Enforced")};
}

QString originWords(const std::string& origin)
{
    if (origin == "grant")
        return RuleWords::tr("Grant");
    if (origin == "policy")
        return RuleWords::tr("Policy");
    if (origin == "kept")
        return RuleWords::tr("Kept as text");
    if (origin == "tightening")
        return RuleWords::tr("Tightening");
    if (origin == "house")
        return RuleWords::tr("House rule");
    if (origin == "built-in")
        return RuleWords::tr("Built in");
    return text(origin);
}

QString originTeaching(const std::string& origin)
{
    if (origin == "grant")
        return RuleWords::tr(
            "A cell of the access matrix. A change releases another one; a tightening stands over it.");
    if (origin == "policy")
        return RuleWords::tr("Written as text in a policy that the agent names; its release pins the version.");
    if (origin == "kept")
        return RuleWords::tr("Written by hand into the release: it binds as it stands, and the matrix cannot show it.");
    if (origin == "tightening")
        return RuleWords::tr("One person\u2019s act: binds at once, over every release. A change loosens it.");
    if (origin == "house")
        return RuleWords::tr("Binds every agent at once, over every release. Two people take it back.");
    return RuleWords::tr("Part of the program: nobody can take it away.");
}

QString agentWords(const RuleInfo& rule)
{
    if (rule.agent.empty() || rule.agent == "*")
        return RuleWords::tr("Every agent");
    return text(rule.agentTitle.empty() ? rule.agent : rule.agentTitle);
}

QString madeBy(const RuleInfo& rule)
{
    if (rule.release != 0)
        return RuleWords::tr("release %1").arg(versionText(rule.release));
    return rule.by.empty() ? RuleWords::tr("built in") : text(rule.by);
}

bool fits(const RuleInfo& rule, const RuleFilter& filter)
{
    const bool everybody = rule.agent.empty() || rule.agent == "*";
    if ((!filter.origin.isEmpty() && text(rule.origin) != filter.origin)
        || (!filter.agent.isEmpty() && !everybody && text(rule.agent) != filter.agent)
        || (!filter.effect.isEmpty() && effectKey(rule) != filter.effect)
        || (!filter.mode.isEmpty() && text(wordOf(rule.mode)) != filter.mode))
        return false;
    const QString whole = QStringList{text(rule.id), text(rule.says), agentWords(rule), text(rule.definition),
        text(rule.by), text(rule.reason), text(rule.text), originWords(rule.origin)}
                              .join(u'\n');
    const QStringList words = filter.words.split(u' ', Qt::SkipEmptyParts);
    return std::ranges::all_of(
        words, [&whole](const QString& word) { return whole.contains(word, Qt::CaseInsensitive); });
}

QStringList ruleTitles()
{
    return {RuleWords::tr("Effect"), RuleWords::tr("Says"), RuleWords::tr("Agent"), RuleWords::tr("Origin")};
}

std::vector<CellRow> ruleCells(const std::vector<RuleInfo>& rules, const RuleFilter& filter)
{
    std::vector<CellRow> rows;
    for (std::size_t at = 0; at < rules.size(); ++at) {
        const RuleInfo& rule = rules[at];
        if (!fits(rule, filter))
            continue;
        const StateWords effect = effectWords(rule);
        CellRow row{qulonglong(at), {}};
        row.cells.push_back({.text = effect.words,
            .state = effect.state,
            .toolTip = rule.mode == RuleMode::Observe
                ? RuleWords::tr("Observed only: what it would have said is recorded; it binds nobody.")
                : QString()});
        row.cells.push_back({.text = saysBeside(rule), .toolTip = saysOf(rule)});
        row.cells.push_back({.text = agentWords(rule)});
        row.cells.push_back({.text = originWords(rule.origin),
            .secondary = text(rule.definition),
            .toolTip = originTeaching(rule.origin)});
        rows.push_back(std::move(row));
    }
    // What somebody made comes before what is part of the program.
    std::ranges::stable_partition(
        rows, [&rules](const CellRow& row) { return !isBuiltIn(rules[std::size_t(row.key.toULongLong())]); });
    return rows;
}

}
