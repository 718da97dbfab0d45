#pragma once

#include "core/trust/detect/candidate_matcher.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace ephor::detect {

/// The place of an entity in personalEntities(), which names it; its size where none has the name.
std::uint32_t personalEntity(std::string_view name);

inline Candidate candidateAt(std::uint32_t entity, std::size_t start, std::size_t end, float score)
{
    return {entity, std::uint32_t(start), std::uint32_t(end), score, false};
}

inline Candidate validatedAt(std::uint32_t entity, std::size_t start, std::size_t end, float score)
{
    return {entity, std::uint32_t(start), std::uint32_t(end), score, true};
}

}
