#pragma once

#include "core/domain/definition.h"

#include <string>
#include <vector>

namespace ephor::lifecycle {

/// One phrase for each limit that `after` has higher than `before`, or has no more ("tokens 20000 → 60000"). Zero and
/// empty mean no limit. Pure.
std::vector<std::string> raisedLimits(const Budget& before, const Budget& after);

/// Of each limit the lower of the two. Pure.
Budget lowerOf(const Budget& left, const Budget& right);

}
