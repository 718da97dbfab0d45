#pragma once

#include "core/trust/sanitize/hidden_text.h"

#include <functional>

namespace ephor::sanitize {

/// Takes one piece; false: enough has been found, stop searching.
using HiddenTextSink = std::function<bool(HiddenText piece)>;

// Four searches, each one pass over the text. The pieces of one are in order, and do not overlap but for several
// readings of the same place.

/// Tags, selectors, bits.
void findUnseenText(std::string_view text, const HiddenTextSink& found);
/// Base64, Base32, Base85, hexadecimal.
void findEncodedRuns(std::string_view text, const HiddenTextSink& found);
/// Quoted-printable, percent, character references, escapes: where at least three stand near each other.
void findEscapedText(std::string_view text, const HiddenTextSink& found);
/// ROT13 and reversed.
void findDisguisedWords(std::string_view text, const HiddenTextSink& found);

/// A longer piece is decoded so far only.
constexpr std::size_t longestHiddenPiece = 64 * 1024;

}
