#pragma once

#include "core/base/json.h"
#include "core/trust/cedar/authorizer.h"
#include "core/trust/cedar/schema.h"

#include <memory>

/// What the items of the policy verbs (docs/formats/verbs.md) have in common. Codes of readers: batch.item, cedar.*.
namespace ephor::cedar::batch {

std::unexpected<Error> itemFault(std::string message);

/// {"error": {"code", "message", "hint"?, …}}, places as numbers.
Json errorAnswer(const Error& error);

/// The answer, its error, or what was thrown, as JSON: the edge of every verb.
Json answered(Result<Json> (*verb)(const Json& item), const Json& item);

/// A text of policies, or an object of id to text; no templates.
Result<std::shared_ptr<const PolicySet>> policiesOf(
    const Json& item, const char* member, Grammar grammar = Grammar::Cedar);
/// Null when the item has none.
Result<std::shared_ptr<const Schema>> schemaOf(const Json& item);
/// None when the item has none.
Result<std::shared_ptr<const Entities>> entitiesOf(const Json& item, const Schema* schema);
Result<Request> requestOf(const Json& item, const Schema* schema);
/// Ephor when the item has none.
Result<Mode> modeOf(const Json& item);

/// {"policy", "message", "line", "column"}
Json errorJson(const PolicyError& error);
Json verdictJson(const Verdict& verdict);

}
