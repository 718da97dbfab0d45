#pragma once

#include "core/trust/cedar/request.h"

#include <cstddef>
#include <cstdint>

namespace ephor::temporal {

/// What `event` stands for in a rule: a record of `at` (datetime), `principal`, `action`, `resource`, `context`, and,
/// where the context has them, `input`, `output` and `labels`. It lies in `arena` and points into the request.
cedar::Value eventValue(const cedar::Request& request, std::int64_t at, cedar::Arena& arena);

/// The same for later, with all it points to in `arena`.
cedar::Value keptEventValue(const cedar::Request& request, std::int64_t at, cedar::Arena& arena);

/// About how many bytes a copy of the value takes.
std::size_t sizeOf(const cedar::Value& value);

}
