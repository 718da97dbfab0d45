#pragma once

#include "core/api/policies.h"
#include "core/store/database.h"
#include "core/trust/cedar/entities.h"
#include "core/trust/policy/tightening_table.h"
#include "core/trust/policy/vocabulary.h"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace ephor {
class Call;
}

namespace ephor::evaluate {

/// Every rule in force that the caller may see: what stands over releases, then each agent's own.
Result<ListRules::Response> listRules(const policy::TighteningTable& standing, const std::string& environment,
    const store::Snapshot& snapshot, const Call& call);

/// House rules and rules written as text in an agent's release whose scopes leave room for a call of the tool by the
/// agent: what they say of a call needs its arguments, so that a cell of the matrix cannot show it. In the order in
/// which verdicts name them.
Result<std::vector<RuleInfo>> textRulesOver(const policy::TighteningTable& standing, const std::string& environment,
    const store::Snapshot& snapshot, const DefinitionSummary& agent, const std::string& tool);

/// Every agent, tool, asset, team and role there is, for completion.
Result<std::shared_ptr<const cedar::Entities>> knownEntities(
    const store::Snapshot& snapshot, const std::string& environment, std::span<const policy::ToolWords> tools);

}
