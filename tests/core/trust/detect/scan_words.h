#pragma once

#include "core/trust/detect/detector_set.h"

#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace ephor::detect {

inline const DetectorSet& builtInSet(Profile profile)
{
    static const auto ephor = DetectorSet::compile(Profile::Ephor);
    static const auto presidio = DetectorSet::compile(Profile::Presidio);
    const auto& set = profile == Profile::Ephor ? ephor : presidio;
    if (!set)
        throw std::runtime_error(set.error().message);
    return **set;
}

inline std::string asWords(std::string_view text, std::span<const Finding> findings)
{
    std::string words;
    for (const Finding& finding : findings) {
        words += words.empty() ? "" : "; ";
        words += finding.entity->name + " ";
        words += text.substr(finding.start, finding.end - finding.start);
    }
    return words;
}

/// What is found, as "US_SSN 536-90-4399; URL x.org".
inline std::string scanWords(std::string_view text, Profile profile = Profile::Ephor)
{
    const auto found = builtInSet(profile).scan(text);
    return found ? asWords(text, *found) : found.error().code;
}

/// The same, of one entity that is asked for.
inline std::string scanWordsFor(std::string_view text, const std::string& entity, Profile profile = Profile::Ephor)
{
    const auto found = builtInSet(profile).scanFor(text, std::vector{entity});
    return found ? asWords(text, *found) : found.error().code;
}

}
