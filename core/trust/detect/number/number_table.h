#pragma once

#include "core/trust/detect/number/number_checks.h"

#include <span>
#include <string_view>

namespace ephor::detect {

/// A profile that does not know a row.
inline constexpr float unknownRow = -1;

/// The score of what a check digit confirms though one in ten ordinary numbers would pass as well (nine bare digits,
/// say): under Ephor's threshold, so that a word near it, or somebody who asks for this entity, must speak for it.
inline constexpr float weaklyHeld = 0.3F;

/// One shape in which a number is written.
struct NumberRow {
    std::string_view entity;
    std::string_view layout; ///< see Layout
    CheckFunction check = nullptr; ///< none: the shape is all there is
    float score = 0; ///< in Ephor's profile where the check is open or missing
    float heldScore = 0; ///< there, where it holds
    float presidio = unknownRow; ///< in Presidio's, which gives 1 where a check holds
};

/// Numbers by region.
std::span<const NumberRow> worldNumbers();
std::span<const NumberRow> americanNumbers();
std::span<const NumberRow> britishNumbers();
std::span<const NumberRow> germanNumbers();
std::span<const NumberRow> europeanNumbers();
std::span<const NumberRow> asianNumbers();

}
