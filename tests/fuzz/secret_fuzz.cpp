// links: core_trust_detect_secret
#include "core/trust/detect/secret/secret_matcher.h"

#include "core/base/text.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace ephor;
using namespace ephor::detect;

/// Any UTF-8 text. Whatever is found lies inside it, is no longer than promised and names an entity there is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const auto matcher = makeSecretMatcher();
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (!isUtf8(text))
        return 0;
    CandidateCollection found;
    matcher->match(text, found);
    for (const Candidate& candidate : found.candidates) {
        if (candidate.start >= candidate.end || candidate.end > size
            || candidate.end - candidate.start > matcher->longest() || candidate.entity >= matcher->entities().size()
            || candidate.score <= 0 || candidate.score > 1)
            std::abort();
    }
    return 0;
}
