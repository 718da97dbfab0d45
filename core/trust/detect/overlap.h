#pragma once

#include "core/trust/detect/candidate/candidate_sink.h"
#include "core/trust/detect/candidate/finding.h"

#include <span>
#include <vector>

namespace ephor::detect {

// Candidates of a whole text, whose entities are places in a set's list.

/// Leaves of those that overlap the best one: the highest score, then one that is validated, then the longest, then
/// the first. Returns them in the order of their start. n log n.
std::vector<Candidate> withoutOverlaps(std::vector<Candidate> findings, std::span<const Entity> entities);

/// As Presidio does: drops one that lies within another of the same entity whose score is no lower; different
/// entities may overlap. In the order of their start.
std::vector<Candidate> withoutContained(std::vector<Candidate> findings);

}
