#pragma once

#include "core/trust/detect/candidate/finding.h"

#include <vector>

namespace ephor::detect {

/// Leaves of findings that overlap the best one: the highest score, then one that is validated, then the longest, then
/// the first. Returns them in the order of their start. n log n.
std::vector<Finding> withoutOverlaps(std::vector<Finding> findings);

/// As Presidio does: drops a finding that lies within another of the same entity whose score is no lower; different
/// entities may overlap. In the order of their start.
std::vector<Finding> withoutContained(std::vector<Finding> findings);

}
