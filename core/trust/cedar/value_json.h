#pragma once

#include "core/base/json.h"
#include "core/trust/cedar/arena.h"
#include "core/trust/cedar/type.h"
#include "core/trust/cedar/value.h"

namespace ephor::cedar {

/// A value in the language's JSON form: integers, texts, lists (sets), objects (records), {"__entity": {"type", "id"}}
/// and {"__extn": {"fn", "arg"}}. With a type, references and extension values may come without the escape, and a
/// record may have no attribute the type does not name. The value lies in `arena`. Codes: cedar.value,
/// cedar.nonconforming, cedar.too-deep, with the path in the field `at`.
Result<Value> readJsonValue(const Json& json, Arena& arena, const Type* expected = nullptr);

/// A reference: {"type", "id"}, {"__entity": …}, or the text `Type::"id"`. Code cedar.entity.
Result<const EntityUid*> readJsonUid(const Json& json, Arena& arena);

}
