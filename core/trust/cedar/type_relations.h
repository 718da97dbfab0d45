#pragma once

#include "core/trust/cedar/type.h"

namespace ephor::cedar {

/// The narrowest type that has the values of both, or null when there is none, strictly. May lie in `arena`.
const Type* unite(Arena& arena, const Type& left, const Type& right);

}
