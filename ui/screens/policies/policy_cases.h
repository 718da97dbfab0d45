#pragma once

#include "core/api/policies.h"
#include "ui/bridge/wording.h"
#include "ui/kit/cells_model.h"

#include <QString>
#include <optional>
#include <vector>

/// Cases of a policy as text that can be kept, and as rows. Pure.
namespace ephor::ui::policies {

using PolicyCases = List<PolicyCase, 64>;

/// Indented JSON; empty where there is none.
QString casesText(const PolicyCases& cases);
/// Nothing where the text is none of `casesText`'s.
std::optional<PolicyCases> casesFrom(const QString& text);

/// "allow", "ask", "deny" as people see it.
StateWords verdictWord(std::string_view word);
QStringList caseTitles();
/// The key of a row is its index. A case without a result is not judged yet.
std::vector<CellRow> caseRows(const PolicyCases& cases, const std::vector<PolicyCaseResult>& results);
/// "3 of 4 cases come out as expected"; empty without cases.
QString caseSummary(const std::vector<PolicyCaseResult>& results);

}
