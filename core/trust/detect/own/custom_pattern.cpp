#include "core/trust/detect/own/custom_pattern.h"

#include "core/trust/detect/own/custom_matcher.h"

#include <algorithm>
#include <re2/re2.h>
#include <re2/set.h>

namespace ephor::detect {

namespace {

constexpr std::int64_t patternMemory = 2 << 20; ///< bytes of one pattern's program and automaton
constexpr std::int64_t togetherMemory = 16 << 20; ///< the same of all patterns at once
constexpr std::size_t together = 4; ///< from so many on trying all at once saves time
/// A pattern that must read on to the end to know how long its match is would do so at each place: it reads this far.
constexpr std::size_t windowStep = 1024;

RE2::Options optionsWith(std::int64_t memory)
{
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(memory);
    return options;
}

std::string asLines(std::string_view pattern)
{
    return "(?m)" + std::string(pattern);
}

Error syntaxError(const RE2& pattern)
{
    const std::string& part = pattern.error_arg();
    const auto begins = [&](std::initializer_list<std::string_view> signs) {
        return std::ranges::any_of(signs, [&](std::string_view sign) { return part.starts_with(sign); });
    };
    // RE2 names the first characters of a group alone, where others would tell what it was meant to be.
    const std::string& all = pattern.pattern();
    const bool behind = begins({"(?<"}) && (all.contains("(?<=") || all.contains("(?<!"));
    if (behind || begins({"(?=", "(?!"}))
        return Error(ErrorKind::Invalid, "detector.pattern-lookaround",
            "The pattern looks at what stands around a match (" + part + "), which cannot be done in linear time.",
            "Match the surroundings as well, or use \\b for the edge of a word.");
    const bool digit = part.size() >= 2 && part[0] == '\\' && part[1] >= '1' && part[1] <= '9';
    if (digit || begins({"\\k", "\\g"}) || (part == "(?P" && all.contains("(?P=")))
        return Error(ErrorKind::Invalid, "detector.pattern-backreference",
            "The pattern refers back to an earlier group (" + part + "), which cannot be done in linear time.",
            "Write out what may stand there.");
    if (pattern.error_code() == RE2::ErrorPatternTooLarge)
        return Error(ErrorKind::TooLarge, "detector.pattern-too-large",
            "The pattern unfolds to more than a pattern may hold.", "Repeat less, or use a list of words.");
    if (pattern.error_code() == RE2::ErrorRepeatSize)
        return Error(ErrorKind::TooLarge, "detector.pattern-too-large",
            "The pattern repeats a part more than 1,000 times in all, or at least more often than at most (" + part
                + ").",
            "Repeat less.");
    return Error(ErrorKind::Invalid, "detector.pattern-syntax",
        "The pattern does not compile: " + pattern.error() + ".",
        "See RE2's syntax; there are no atomic groups and no possessive repeats.")
        .with("part", part);
}

bool matchesNothing(const RE2& pattern)
{
    for (const std::string_view sample : {"", "a", " a b ", "1-2", "\n\n"}) {
        re2::StringPiece match;
        const re2::StringPiece text(sample.data(), sample.size());
        if (pattern.Match(text, 0, text.size(), RE2::UNANCHORED, &match, 1) && match.empty())
            return true;
    }
    return false;
}

}

struct CustomPatterns::Parts {
    std::vector<std::unique_ptr<RE2>> patterns;
    std::unique_ptr<RE2::Set> all; ///< null: each pattern is tried by itself

    std::vector<int> candidates(const re2::StringPiece& text) const;
    void eachOf(std::size_t place, const re2::StringPiece& text, const Visit& visit) const;
};

CustomPatterns::CustomPatterns()
    : m_parts(std::make_unique<Parts>())
{
}
CustomPatterns::~CustomPatterns() = default;
CustomPatterns::CustomPatterns(CustomPatterns&&) noexcept = default;

Result<void> CustomPatterns::add(std::string_view pattern)
{
    if (pattern.size() > longestPattern)
        return fail(Error(ErrorKind::TooLarge, "detector.pattern-too-long",
            "The pattern has more than " + std::to_string(longestPattern) + " bytes.",
            "Use a list of words, or several detectors."));
    auto compiled = std::make_unique<RE2>(asLines(pattern), optionsWith(patternMemory));
    if (!compiled->ok())
        return fail(syntaxError(*compiled));
    if (std::size_t(compiled->ProgramSize()) > largestPattern)
        return fail(Error(ErrorKind::TooLarge, "detector.pattern-too-large",
            "The pattern unfolds to " + std::to_string(compiled->ProgramSize()) + " steps, more than "
                + std::to_string(largestPattern) + ".",
            "Repeat less, or use a list of words."));
    if (matchesNothing(*compiled))
        return fail(Error(ErrorKind::Invalid, "detector.pattern-empty",
            "The pattern also matches where nothing stands, so it would be found everywhere.",
            "Ask for at least one character: + instead of *."));
    m_parts->patterns.push_back(std::move(compiled));
    return {};
}

void CustomPatterns::finish()
{
    if (m_parts->patterns.size() < together)
        return;
    auto all = std::make_unique<RE2::Set>(optionsWith(togetherMemory), RE2::UNANCHORED);
    for (const auto& pattern : m_parts->patterns) {
        if (all->Add(pattern->pattern(), nullptr) < 0)
            return;
    }
    if (all->Compile())
        m_parts->all = std::move(all);
}

std::vector<int> CustomPatterns::Parts::candidates(const re2::StringPiece& text) const
{
    std::vector<int> places;
    RE2::Set::ErrorInfo error{};
    if (all && (all->Match(text, &places, &error) || error.kind == RE2::Set::kNoError)) {
        std::ranges::sort(places);
        return places;
    }
    // Too many states for the memory there is: each for itself, then.
    places.resize(patterns.size());
    for (std::size_t i = 0; i < places.size(); ++i)
        places[i] = int(i);
    return places;
}

void CustomPatterns::Parts::eachOf(std::size_t place, const re2::StringPiece& text, const Visit& visit) const
{
    std::size_t at = 0;
    for (std::size_t window = 0; window < text.size(); window += windowStep) {
        const std::size_t next = std::min(window + windowStep, text.size());
        const std::size_t end = std::min(next + longestPatternMatch, text.size());
        at = std::max(at, window);
        re2::StringPiece match;
        while (at < next && patterns[place]->Match(text, at, end, RE2::UNANCHORED, &match, 1)) {
            const auto start = std::size_t(match.data() - text.data());
            if (start >= next)
                break;
            const std::size_t matchEnd = start + match.size();
            for (std::size_t piece = start; piece < matchEnd; piece += longestPatternMatch)
                visit(place, piece, std::min(piece + longestPatternMatch, matchEnd));
            at = std::max(matchEnd, start + 1);
        }
    }
}

void CustomPatterns::each(std::string_view text, const Visit& visit) const
{
    const re2::StringPiece piece(text.data(), text.size());
    if (m_parts->patterns.empty())
        return;
    for (const int place : m_parts->candidates(piece))
        m_parts->eachOf(std::size_t(place), piece, visit);
}

}
