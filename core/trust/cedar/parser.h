#pragma once

#include "core/base/result.h"
#include "core/trust/cedar/arena.h"
#include "core/trust/cedar/policy.h"

#include <string_view>
#include <vector>

namespace ephor::cedar {

/// Reads policies and templates in the Cedar language (version 4: docs.cedarpolicy.com, "Grammar specification"), ids
/// left empty. They point into `source` and `arena`, which must outlive them. Errors carry line and column (from 1, in
/// bytes). Codes: cedar.syntax, cedar.escape, cedar.integer-range, cedar.reserved-word, cedar.unknown-function,
/// cedar.scope, cedar.too-deep, cedar.too-large, cedar.utf8. Bounded by limits.h; thread-safe.
/// With `operations` a policy may also say `when temporal { … }` and `unless temporal { … }`, and what these ask of the
/// session's events is added there, numbered by place (docs/formats/temporal.md). Codes: also temporal.window,
/// temporal.event, temporal.of.
Result<std::vector<Policy>> readPolicies(
    std::string_view source, Arena& arena, TemporalOperations* operations = nullptr);

/// A code at a place of a source, with its line and column as fields.
Error sourceError(
    std::string_view source, std::size_t offset, std::string code, std::string message, std::string hint = {});

}
