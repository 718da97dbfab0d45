#pragma once

#include "core/base/result.h"
#include "core/trust/cedar/request.h"
#include "core/trust/cedar/schema.h"

#include <span>

namespace ephor::cedar {

/// Whether a value is of a type: attributes neither missing nor more, references of enumerated types to their choices.
bool conforms(const Value& value, const Type& type, const Schema& schema);

/// Code cedar.nonconforming.
Result<void> checkEntity(const Schema& schema, const EntityUid& uid, const RecordValue& attributes,
    const RecordValue& tags, std::span<const EntityUid* const> ancestors);

/// Code cedar.nonconforming.
Result<void> checkRequest(const Schema& schema, const Request& request);

}
