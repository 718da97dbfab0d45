#include "core/insight/words.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace ephor::insight {

namespace {

std::string withOneDecimal(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value);
    return text;
}

}

std::string durationWords(double seconds)
{
    if (seconds < 1)
        return std::to_string(std::lround(seconds * 1'000)) + " ms";
    if (seconds < 60)
        return withOneDecimal(seconds) + " s";
    const long whole = std::lround(seconds);
    if (whole < 3'600)
        return std::to_string(whole / 60) + " m " + std::to_string(whole % 60) + " s";
    return std::to_string(whole / 3'600) + " h " + std::to_string(whole % 3'600 / 60) + " m";
}

std::string percentWords(double share)
{
    const double tenths = std::round(share * 1'000);
    if (tenths >= 100 || std::fmod(tenths, 10) == 0)
        return std::to_string(std::lround(share * 100)) + " %";
    return withOneDecimal(share * 100) + " %";
}

std::string stateWords(std::string_view word)
{
    std::string words(word);
    std::ranges::replace(words, '-', ' ');
    return words;
}

}
