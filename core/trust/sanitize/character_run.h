#pragma once

#include "core/trust/sanitize/character_kind.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace ephor::sanitize {

/// Characters of one kind that stand together.
struct CharacterRun {
    std::size_t start = 0;
    std::size_t end = 0;
    std::u32string characters;
    char32_t before = 0; ///< the one in front, 0 at the beginning of the text
    bool empty() const { return start == end; }
};

/// The first run of `kind` at or after `from`; empty where there is none. `from` is 0 or the end of the run before.
CharacterRun nextRun(std::string_view text, std::size_t from, CharacterKind kind);

}
