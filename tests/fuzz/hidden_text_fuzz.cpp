// links: core_base core_trust_sanitize
#include "core/base/text.h"
#include "core/trust/sanitize/hidden_text.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace ephor::sanitize;

/// The pieces of any text are readable, in order, within the text and bounded.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    std::size_t start = 0;
    const auto pieces = hiddenTexts(text);
    if (pieces.size() > 256)
        std::abort();
    for (const HiddenText& piece : pieces) {
        const bool placed = piece.start >= start && piece.end > piece.start && piece.end <= text.size();
        if (!placed || piece.text.empty() || (ephor::isUtf8(text) && !ephor::isUtf8(piece.text)) || piece.depth < 1
            || piece.depth > 2)
            std::abort();
        start = piece.start;
    }
    return 0;
}
