#include "core/run/provider/usage.h"

#include <cmath>
#include <initializer_list>

namespace ephor::provider {

namespace {

// Sums of two counts must stay far from overflow; nobody bills so many tokens in one call.
constexpr std::int64_t largestTokenCount = 1'000'000'000'000;

std::optional<std::int64_t> countOf(const Json& object, std::initializer_list<const char*> names)
{
    if (!object.is_object())
        return std::nullopt;
    for (const char* name : names) {
        const auto found = object.find(name);
        if (found == object.end() || !found->is_number())
            continue;
        const double number = found->get<double>();
        if (number >= 0 && number <= double(largestTokenCount) && number == std::floor(number))
            return std::int64_t(number);
    }
    return std::nullopt;
}

const Json& detailsOf(const Json& usage, std::initializer_list<const char*> names)
{
    static const Json none;
    for (const char* name : names) {
        const auto found = usage.find(name);
        if (found != usage.end() && found->is_object())
            return *found;
    }
    return none;
}

}

std::optional<Usage> readUsage(const Json& usage)
{
    if (!usage.is_object())
        return std::nullopt;
    const Json& inputDetails = detailsOf(usage, {"prompt_tokens_details", "input_tokens_details"});
    const Json& outputDetails = detailsOf(usage, {"completion_tokens_details", "output_tokens_details"});
    Usage read;
    read.inputTokens = countOf(usage, {"prompt_tokens", "input_tokens"});
    read.outputTokens = countOf(usage, {"completion_tokens", "output_tokens"});
    read.totalTokens = countOf(usage, {"total_tokens"});
    read.cacheReadTokens = countOf(inputDetails, {"cached_tokens"});
    if (!read.cacheReadTokens)
        read.cacheReadTokens = countOf(usage, {"prompt_cache_hit_tokens", "cache_read_input_tokens", "cached_tokens"});
    read.cacheWriteTokens = countOf(inputDetails, {"cache_write_tokens", "cache_creation_tokens"});
    if (!read.cacheWriteTokens)
        read.cacheWriteTokens = countOf(usage, {"cache_creation_input_tokens"});
    read.reasoningTokens = countOf(outputDetails, {"reasoning_tokens"});
    if (!read.totalTokens && read.inputTokens && read.outputTokens)
        read.totalTokens = *read.inputTokens + *read.outputTokens;
    if (read == Usage())
        return std::nullopt;
    return read;
}

}
