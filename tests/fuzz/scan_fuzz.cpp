// links: core_trust_detect
#include "core/base/text.h"
#include "core/trust/detect/detector_set.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace ephor;
using namespace ephor::detect;

namespace {

const DetectorSet& builtIn(Profile profile)
{
    static const auto ephorSet = DetectorSet::compile(Profile::Ephor);
    static const auto presidioSet = DetectorSet::compile(Profile::Presidio);
    const auto& set = profile == Profile::Ephor ? ephorSet : presidioSet;
    if (!set)
        std::abort();
    return **set;
}

void checkFindings(std::string_view text, Profile profile)
{
    const auto found = builtIn(profile).scan(text);
    if (found.has_value() != isUtf8(text))
        std::abort();
    if (!found)
        return;
    std::size_t last = 0;
    for (const Finding& finding : *found) {
        const bool inside = finding.start < finding.end && finding.end <= text.size();
        const bool ordered = profile == Profile::Presidio || finding.start >= last;
        const bool likely
            = finding.score > 0 && finding.score <= 1 && (profile == Profile::Presidio || finding.score >= 0.35F);
        // No finding begins or ends inside a character.
        const auto isCut = [&](std::size_t at) { return at < text.size() && (std::uint8_t(text[at]) & 0xC0) == 0x80; };
        if (!inside || !ordered || !likely || isCut(finding.start) || isCut(finding.end))
            std::abort();
        last = finding.end;
    }
}

}

/// Any bytes: what is found lies in the text, in order, apart from each other and never across half a character.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (size > 16 * 1024)
        return 0;
    checkFindings(text, Profile::Ephor);
    checkFindings(text, Profile::Presidio);
    return 0;
}
