#pragma once

#include "core/trust/cedar/arena.h"
#include "core/trust/cedar/policy.h"

namespace ephor::cedar {

/// The same policy with all that deciding touches laid into `arena`, one part behind the other. Id, annotations and
/// source stay where they are.
Policy copyForDeciding(Arena& arena, const Policy& policy);

}
