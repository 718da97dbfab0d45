#include "ui/screens/policies/house_rows.h"

#include "ui/bridge/values.h"
#include "ui/screens/policies/rule_rows.h"

#include <QCoreApplication>
#include <algorithm>

namespace ephor::ui::policies {

namespace {

struct HouseWords {
    Q_DECLARE_TR_FUNCTIONS(HouseWords)
};

}

std::vector<StandingRule> standingRules(const std::vector<RuleInfo>& rules)
{
    std::vector<StandingRule> standing;
    for (const RuleInfo& rule : rules) {
        if (rule.origin != "house")
            continue;
        const QString name = text(rule.definition);
        auto found = std::ranges::find(standing, name, &StandingRule::name);
        if (found == standing.end())
            found = standing.insert(standing.end(), {name, {}, {}});
        found->parts.push_back(rule);
        found->text += (found->text.isEmpty() ? QString() : QStringLiteral("\n\n")) + text(rule.text);
    }
    return standing;
}

QStringList houseTitles()
{
    return {HouseWords::tr("Rule"), HouseWords::tr("State"), HouseWords::tr("Says"), HouseWords::tr("By"),
        HouseWords::tr("When")};
}

std::vector<CellRow> houseRows(const std::vector<StandingRule>& rules, const QString& words, const QDateTime& now)
{
    std::vector<CellRow> rows;
    const QStringList wanted = words.split(u' ', Qt::SkipEmptyParts);
    for (const StandingRule& rule : rules) {
        const RuleInfo& head = rule.head();
        QStringList says;
        for (const RuleInfo& part : rule.parts)
            says << text(part.says);
        const StateWords mode = modeWords(head.mode);
        CellRow row{rule.name, {}};
        row.cells.push_back({.text = rule.name});
        row.cells.push_back(rule.isGoing() ? Cell{.text = HouseWords::tr("%1 asks to end it").arg(text(head.retiring)),
                                                 .state = State::waiting,
                                                 .toolTip = HouseWords::tr("%1 proposes to take it back: %2")
                                                     .arg(text(head.retiring), text(head.retiringReason))}
                                           : Cell{.text = mode.words, .state = mode.state});
        row.cells.push_back({.text = says.join(u' '), .toolTip = says.join(u'\n')});
        row.cells.push_back({.text = text(head.by)});
        row.cells.push_back({.text = head.at ? relativeTime(*head.at, now) : QString(),
            .sort = head.at ? QVariant(qlonglong(head.at->time_since_epoch().count())) : QVariant(),
            .toolTip = head.at ? absoluteTime(*head.at) : QString()});
        const bool fitsWords = std::ranges::all_of(wanted, [&](const QString& word) {
            return rule.text.contains(word, Qt::CaseInsensitive)
                || text(head.reason).contains(word, Qt::CaseInsensitive)
                || std::ranges::any_of(
                    row.cells, [&word](const Cell& cell) { return cell.text.contains(word, Qt::CaseInsensitive); });
        });
        if (fitsWords)
            rows.push_back(std::move(row));
    }
    return rows;
}

}
