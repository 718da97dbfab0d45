#pragma once

#include <cstdint>
#include <string_view>

namespace ephor::sanitize {

/// Which step of the sanitizer has to look at a character.
enum class CharacterKind : std::uint8_t {
    Plain,
    Nul,
    Break, ///< line feed and carriage return
    Escape, ///< ESC, and the control characters that begin commands to a terminal (C1)
    Control, ///< the rest of C0 but tab, and of C1
    Tag, ///< U+E0000–E007F
    Selector, ///< variation selectors, those of Mongolian too
    Invisible, ///< of no width and no meaning by itself: joiners, fillers, soft hyphen, annotation
    Direction, ///< embeddings, overrides, isolates and marks of the bidirectional algorithm
    Unnamed, ///< private use, unassigned, noncharacters
};

/// By Unicode 15. Unassigned places that are kept for emoji and ideographs to come are Plain: a newer keyboard than
/// this program is no attack.
CharacterKind kindOf(char32_t value);

/// What occurs in a text, from one look at each byte.
struct TextSurvey {
    std::uint32_t kinds = 0; ///< a bit for each CharacterKind
    bool valid = true; ///< UTF-8
    bool ampersand = false;
    bool angle = false; ///< <
    bool backslash = false;
    bool bracket = false; ///< ]

    bool has(CharacterKind kind) const { return (kinds >> unsigned(kind) & 1U) != 0; }
};
TextSurvey survey(std::string_view text);

}
