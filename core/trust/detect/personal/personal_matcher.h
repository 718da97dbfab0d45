#pragma once

#include "core/trust/detect/candidate/candidate_matcher.h"
#include "core/trust/detect/candidate/profile.h"

#include <memory>

namespace ephor::detect {

/// All of personalEntities(), found in one pass over the words of a text: what a word is made of, and the sign
/// that follows it, decide which finders look closer.
std::unique_ptr<const CandidateMatcher> personalMatcher(Profile profile);

}
