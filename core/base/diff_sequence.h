#pragma once

#include "core/base/diff.h"

#include <cstdint>
#include <span>
#include <utility>

namespace ephor {

/// The pairs (index in `left`, index in `right`) of a longest common subsequence, in order. `steps` is what is left
/// of the search; when it or `limits.edits` runs out, fewer pairs are found.
std::vector<std::pair<std::size_t, std::size_t>> commonSubsequence(std::span<const std::uint32_t> left,
    std::span<const std::uint32_t> right, const DiffLimits& limits, std::size_t& steps);

}
