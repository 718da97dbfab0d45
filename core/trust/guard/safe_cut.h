#pragma once

#include <cstddef>
#include <string_view>

namespace ephor::guard {

/// How far a text that still grows may be let go: up to here nothing that a detector looks for, and no link or markup,
/// can still be unfinished. 0: nothing yet. Two words of small letters and no digits end whatever stood before them;
/// so do full stops of scripts that write without spaces. A word that never ends, or a link, is no end.
/// `stillOpen` is how many bytes at the end could be the beginning of something in small letters.
std::size_t safeCut(std::string_view text, std::size_t stillOpen);

}
