#pragma once

#include "core/trust/detect/candidate/candidate_matcher.h"
#include "core/trust/detect/candidate/personal_entities.h"

#include <cstdint>

namespace ephor::detect {

inline Candidate candidateAt(std::uint32_t entity, std::size_t start, std::size_t end, float score)
{
    return {entity, std::uint32_t(start), std::uint32_t(end), score, false};
}

inline Candidate validatedAt(std::uint32_t entity, std::size_t start, std::size_t end, float score)
{
    return {entity, std::uint32_t(start), std::uint32_t(end), score, true};
}

}
