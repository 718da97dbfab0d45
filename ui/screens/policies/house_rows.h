#pragma once

#include "core/api/policies.h"
#include "ui/kit/cells_model.h"

#include <QDateTime>
#include <QStringList>
#include <vector>

/// The house rules among the rules in force. Pure.
namespace ephor::ui::policies {

/// One house rule: what stands under one name, of one person, at one time.
struct StandingRule {
    QString name;
    std::vector<RuleInfo> parts; ///< its policies, at least one
    QString text; ///< of all of them
    const RuleInfo& head() const { return parts.front(); }
    bool isGoing() const { return !parts.front().retiring.empty(); }
};

std::vector<StandingRule> standingRules(const std::vector<RuleInfo>& rules);
QStringList houseTitles();
/// The key of a row is the name.
std::vector<CellRow> houseRows(const std::vector<StandingRule>& rules, const QString& words, const QDateTime& now);

}
