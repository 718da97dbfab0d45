// links: core_trust_detect_own
#include "core/trust/detect/own/custom_matcher.h"

#include "core/base/text.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace ephor;
using namespace ephor::detect;

/// The first line is a pattern, the second a word, the rest a text. What does not compile says so; what is found lies
/// in the text and has a score.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view all(reinterpret_cast<const char*>(data), size);
    const std::size_t first = all.find('\n');
    const std::size_t second = first == std::string_view::npos ? first : all.find('\n', first + 1);
    if (second == std::string_view::npos || size > 16 * 1024 || !isUtf8(all.substr(second + 1)))
        return 0;
    const std::string_view text = all.substr(second + 1);
    CustomDetector byPattern{"BY_PATTERN", "", EntityClass::Custom, std::string(all.substr(0, first)), {}, 0.5, {}};
    CustomDetector byWord{"BY_WORD", "", EntityClass::Custom, {},
        {std::string(all.substr(first + 1, second - first - 1))}, 0.5, {{{"near"}, 20, 0.25}}};
    for (const CustomDetector& detector : {byPattern, byWord}) {
        const auto matcher = makeCustomMatcher(std::span(&detector, 1));
        if (!matcher) {
            if (matcher.error().code.empty() || matcher.error().message.empty())
                std::abort();
            continue;
        }
        CandidateCollection found;
        (*matcher)->match(text, found);
        for (const Candidate& candidate : found.candidates) {
            if (candidate.start >= candidate.end || candidate.end > text.size() || candidate.score <= 0
                || candidate.score > 1)
                std::abort();
        }
    }
    return 0;
}
