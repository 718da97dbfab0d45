#pragma once

#include "core/base/result.h"
#include "core/trust/detect/candidate/candidate_matcher.h"
#include "core/trust/detect/own/custom_detector.h"

#include <memory>
#include <cstddef>
#include <span>
#include <string>

namespace ephor::detect {

inline constexpr std::size_t mostCustomDetectors = 256; ///< each pattern is run over every text
inline constexpr std::size_t longestPattern = 1024; ///< bytes; a longer one is a list of words in disguise
inline constexpr std::size_t largestPattern = 10'000; ///< instructions of its program: "(a{500}){500}" has 250,000
inline constexpr std::size_t longestPatternMatch = 512; ///< bytes; a longer match is reported in pieces of this length
inline constexpr std::size_t longestCustomWord = 256; ///< bytes
inline constexpr std::size_t mostCustomLetters = 2'000'000; ///< bytes of all words together: about 200 MB in memory
inline constexpr std::uint64_t furthestHotword = 500; ///< characters

/// The company's own detectors, compiled together. `taken` are the names of entities there already are. The first
/// mistake is told, naming the detector in the field `entity`. Codes:
///   detector.too-many, detector.entity (no name in capitals), detector.entity-taken, detector.nothing (neither a
///   pattern nor words, or both), detector.score, detector.hotwords, detector.word, detector.words-too-large,
///   detector.pattern-too-long, detector.pattern-lookaround, detector.pattern-backreference, detector.pattern-syntax,
///   detector.pattern-too-large, detector.pattern-empty (it matches where nothing stands).
Result<std::unique_ptr<const CandidateMatcher>> makeCustomMatcher(
    std::span<const CustomDetector> custom, std::span<const std::string> taken = {});

/// What is wrong with one detector by itself.
Result<void> checkCustomDetector(const CustomDetector& detector);

}
