#pragma once

#include "core/base/json.h"
#include "core/trust/cedar/authorizer.h"
#include "core/trust/cedar/schema.h"
#include "core/trust/cedar/session_events.h"

#include <functional>
#include <memory>

/// What the items of the policy verbs (docs/formats/verbs.md) have in common. Codes of readers: batch.item, cedar.*.
namespace ephor::cedar::batch {

std::unexpected<Error> itemFault(std::string message);

/// {"error": {"code", "message", "hint"?, …}}, places as numbers.
Json errorAnswer(const Error& error);

/// The answer, its error, or what was thrown, as JSON: the edge of every verb.
Json answered(const std::function<Result<Json>(const Json& item)>& verb, const Json& item);

/// A text of policies, or an object of id to text; no templates.
Result<std::shared_ptr<const PolicySet>> policiesOf(
    const Json& item, const char* member, Grammar grammar = Grammar::Cedar);
/// Of the plain language without a dialect.
Grammar grammarOf(const SessionDialect* dialect);

/// Policies with what an item tells of sessions.
struct RulesAndEvents {
    std::shared_ptr<const PolicySet> policies;
    std::unique_ptr<const SessionEvents> events; ///< null: the item has none
    std::vector<std::string> wanting; ///< policies that ask for events where the item has none

    /// Null without events.
    Result<std::unique_ptr<const History>> historyFor(const Json& request) const;
};
/// The item's member "events", which may be left out.
Result<RulesAndEvents> withEvents(std::shared_ptr<const PolicySet> policies, std::shared_ptr<const Entities> entities,
    Mode mode, const Json& item, const SessionDialect* dialect);
/// Adds "needsEvents" to an answer where policies want for them.
void tellWanting(Json& answer, const RulesAndEvents& rules);

/// Null when the item has none.
Result<std::shared_ptr<const Schema>> schemaOf(const Json& item);
/// None when the item has none.
Result<std::shared_ptr<const Entities>> entitiesOf(const Json& item, const Schema* schema);
Result<Request> requestOf(const Json& item, const Schema* schema);
/// Ephor when the item has none.
Result<Mode> modeOf(const Json& item);

/// {"decision", "reasons", "errors": [{"policy", "message", "line", "column"}]}
Json verdictJson(const Verdict& verdict);

}
