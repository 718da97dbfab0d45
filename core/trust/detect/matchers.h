#pragma once

#include "core/base/result.h"
#include "core/trust/detect/candidate/candidate_matcher.h"
#include "core/trust/detect/candidate/profile.h"
#include "core/trust/detect/own/custom_detector.h"

#include <memory>
#include <span>
#include <vector>

namespace ephor::detect {

using Matchers = std::vector<std::unique_ptr<const CandidateMatcher>>;

/// All matchers of a profile: the one list of the families (matchers.cpp).
Result<Matchers> matchersOf(Profile profile, std::span<const CustomDetector> custom);

}
