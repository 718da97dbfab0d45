#pragma once

#include "core/trust/detect/candidate/finding.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace ephor::detect {

/// What is known of an entity of personal data beside its shapes.
struct EntityText {
    std::string_view name;
    std::string_view title;
    EntityClass entityClass;
    /// Words that stand near it, divided by "|". Those after "!" are so general ("number", "us") that only Presidio's
    /// profile heeds them, those after "+" Presidio does not know.
    std::string_view words;
    bool inPresidioByDefault = false;
};

/// All entities of personal data, in the order of the documentation.
std::span<const EntityText> personalEntities();

/// The place of an entity in personalEntities(), which names it; its size where none has the name.
std::uint32_t personalEntity(std::string_view name);

}
