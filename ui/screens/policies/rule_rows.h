#pragma once

#include "core/api/policies.h"
#include "ui/bridge/wording.h"
#include "ui/kit/cells_model.h"

#include <QDateTime>
#include <QStringList>

/// Rules in force as the list of rules shows them. Pure.
namespace ephor::ui::policies {

/// Which rules are shown; an empty member leaves nothing out.
struct RuleFilter {
    QString words; ///< each somewhere in what is shown or in the text
    QString origin;
    QString agent; ///< rules over every agent stay: they bind this one too
    QString effect; ///< "permit", "forbid", "ask"
    QString mode; ///< "enforce", "observe"
    bool operator==(const RuleFilter&) const = default;
};

/// What the rule says, with the agent's title; what is part of the program in words that say what it is for.
QString saysOf(const RuleInfo& rule);
/// Gives every rule the title of its agent that another rule tells: tightenings come without one.
void completeTitles(std::vector<RuleInfo>& rules);
/// "ask" where the rule lets a call through after somebody's word.
QString effectKey(const RuleInfo& rule);
/// "Permits", "Asks", "Forbids"; of a rule that only observes "Would forbid".
StateWords effectWords(const RuleInfo& rule);
/// "Enforced", "Observed only".
StateWords modeWords(RuleMode mode);
QString originWords(const std::string& origin);
/// What a rule of this origin is and how it is changed: one sentence.
QString originTeaching(const std::string& origin);
/// "every agent", or the agent's title.
QString agentWords(const RuleInfo& rule);
/// "release v41", or who did it.
QString madeBy(const RuleInfo& rule);

bool fits(const RuleInfo& rule, const RuleFilter& filter);
QStringList ruleTitles();
/// The key of a row is the index in `rules`. What is part of the program comes last.
std::vector<CellRow> ruleCells(const std::vector<RuleInfo>& rules, const RuleFilter& filter);

}
