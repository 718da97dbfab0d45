#pragma once

#include "core/trust/detect/own/custom_detector.h"

#include <cstddef>
#include <span>
#include <string_view>

namespace ephor::detect {

/// How far the detectors look, for whoever reads a text in pieces and must know what is settled.
struct Reach {
    std::size_t token; ///< bytes of the longest finding without white space
    std::size_t spaced; ///< bytes of the longest finding with white space in it, key blocks left out
    std::size_t block; ///< bytes of the longest block between "-----BEGIN" and "-----END"
    /// So many plain words in a row, of small letters alone, are in no finding; 0: there is no such number.
    std::size_t plainWords;
    std::size_t before; ///< bytes before a finding that decide whether it is one, or how sure
    std::size_t after; ///< the same behind it
};

Reach reachOf(std::span<const CustomDetector> custom = {});

/// How many bytes of a growing text are settled: what is found there stays found and nothing else will be, whatever
/// follows. Never in the middle of a character. The text is UTF-8; linear in at most the last block's length.
std::size_t settledLength(std::string_view text, const Reach& reach);

}
