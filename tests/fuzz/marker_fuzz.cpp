// links: core_trust_guard
#include "core/base/text.h"
#include "core/trust/guard/marker.h"

#include <cstdint>
#include <cstdlib>
#include <string>

using namespace ephor;
using namespace ephor::guard;

namespace {

bool isInside(const std::string& text, std::size_t at)
{
    return at < text.size() && (std::uint8_t(text[at]) & 0xC0) == 0x80;
}

}

// Whatever the pieces, which are of whole characters: a text passes whole or is refused, and nothing with the marker in
// it passes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 2 || size > 4 * 1024)
        return 0;
    const std::size_t step = 1 + data[0] % 32;
    std::string text(reinterpret_cast<const char*>(data + 1), size - 1);
    if (!isUtf8(text))
        return 0;
    const std::string marker = markerOf({}, "fuzz");
    // So that the marker and its beginnings occur.
    for (std::size_t at = text.find('!'); at != text.npos; at = text.find('!', at + 1))
        text.replace(at, 1, marker.substr(0, 1 + at % marker.size()));
    const auto stream = openMarkerStream(marker, "fuzz");
    std::string shown;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = std::min(text.size(), at + step);
        while (isInside(text, end))
            ++end;
        const auto released = stream->push(text.substr(at, end - at));
        if (!released) {
            if (!holdsMarker(text, marker) || holdsMarker(shown, marker))
                std::abort();
            return 0;
        }
        shown += *released;
        at = end;
    }
    const auto rest = stream->finish();
    if (!rest || shown + *rest != text || text.find(marker) != text.npos)
        std::abort();
    return 0;
}
