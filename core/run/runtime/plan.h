#pragma once

#include "core/contract/schema.h"
#include "core/contract/template.h"
#include "core/domain/change.h"
#include "core/insight/prices.h"
#include "core/run/connector/connector.h"
#include "core/run/provider/model_client.h"
#include "core/store/database.h"
#include "core/trust/guard/protection.h"
#include "core/trust/policy/argument_shape.h"
#include "core/trust/policy/rule_set.h"
#include "core/trust/policy/vocabulary.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ephor::runtime {

/// A tool of a plan, compiled.
struct PlannedTool {
    std::string name;
    ToolBody body;
    std::string schemaDigest; ///< of the input schema; approvals bind to it
    contract::Schema input;
    std::optional<contract::Schema> output;
    std::shared_ptr<connector::Connector> connector;
    provider::ToolDeclaration declaration; ///< as the model reads it
    policy::ArgumentShape shape; ///< the arguments as rules read them
    policy::ArgumentShape outputShape; ///< the result as rules over sessions read it
};

/// A model that is asked what an answer rests on.
struct PlannedJudge {
    std::string name;
    ModelBody body;
    std::shared_ptr<provider::ModelClient> client;
    std::optional<insight::ModelPrice> price;
};

/// Everything one release of an agent needs, compiled once and shared by every run of it. Immutable.
struct Plan {
    Release release;
    std::string agentName;
    std::string team;
    AgentBody agent;
    std::string promptName;
    std::uint64_t promptVersion = 0;
    std::shared_ptr<const contract::Template> prompt;
    std::shared_ptr<const contract::Partials> partials;
    std::optional<contract::Schema> input; ///< of the caller's variables
    std::map<std::string, Document>
        defaults; ///< of variables a caller may leave out: the input schema's own `default`s
    std::optional<contract::Schema> output; ///< of a JSON answer
    std::string modelName;
    ModelBody model;
    std::shared_ptr<provider::ModelClient> client;
    std::optional<insight::ModelPrice> price;
    std::vector<PlannedTool> tools;
    std::vector<policy::ToolWords> words; ///< the tools as rules know them, in the same order
    std::shared_ptr<const policy::RuleSet> rules; ///< of the release: its grants and the policies it pins
    std::shared_ptr<const guard::Protection> protection; ///< what may pass
    std::shared_ptr<const guard::GuardChain> guards; ///< everything that looks at its texts
    std::optional<PlannedJudge> judge; ///< that the protection names

    const PlannedTool* findTool(std::string_view name) const;
};

/// The bodies a plan is compiled from, already read from the store at their pinned versions.
struct PlanSources {
    Release release;
    std::string team;
    AgentBody agent;
    PromptBody prompt;
    std::uint64_t promptVersion = 0;
    ModelBody model;
    std::vector<std::pair<std::string, ToolBody>> tools;
    std::vector<std::string> toolTeams; ///< in the same order
    std::vector<std::pair<std::string, PolicyBody>> policies;
    std::optional<ProtectionBody> protection; ///< nothing: the standard one
    std::optional<ModelBody> judge; ///< that it names
};

/// What a plan gets from outside: clients and connectors for bodies, prices.
struct PlanParts {
    std::function<Result<std::shared_ptr<provider::ModelClient>>(const std::string& name, const ModelBody& body)>
        client;
    std::function<Result<std::shared_ptr<connector::Connector>>(const std::string& name, const ToolBody& body)>
        connector;
    /// The protection of that name; null: the standard one.
    std::function<Result<std::shared_ptr<const guard::Protection>>(const std::string& name, const ProtectionBody* body)>
        protection;
    /// Every chain begins with these.
    std::vector<std::shared_ptr<const guard::Guard>> guards;
    const insight::PriceTable* prices = nullptr;
};

/// Reads what a release pins. Codes: definition.unknown, release.incomplete.
Result<PlanSources> readSources(const store::Snapshot& snapshot, const Release& release);
/// The rules of a release: the policies it holds and those of the definitions it pins.
Result<std::shared_ptr<const policy::RuleSet>> releasedRules(
    const Release& release, std::span<const std::pair<std::string, PolicyBody>> policies);
/// Compiles. Codes of the schema and template compilers, with the definition's name in the fields.
Result<std::shared_ptr<const Plan>> compilePlan(PlanSources sources, const PlanParts& parts);

/// The caller's variables with the defaults of those left out: what the contract is checked against and the prompt
/// rendered with.
Json completeVariables(const Plan& plan, Json variables);

/// The system message for these variables.
Result<std::string> renderPrompt(const Plan& plan, Json variables);

}
