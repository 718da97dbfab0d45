#include "core/run/provider/sse.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace {

using namespace ephor::provider;

// Small enough that the fuzzer meets the limit.
constexpr SseLimits fuzzLimits{4'096};

struct Decoded {
    bool good = true;
    std::vector<SseEvent> events;
    bool operator==(const Decoded&) const = default;
};

Decoded decode(std::string_view bytes, std::size_t piece)
{
    SseDecoder decoder(fuzzLimits);
    Decoded decoded;
    while (!bytes.empty()) {
        decoded.good = decoder.push(bytes.substr(0, piece), decoded.events).has_value();
        bytes.remove_prefix(std::min(piece, bytes.size()));
    }
    if (decoded.good)
        decoded.good = decoder.finish(decoded.events).has_value();
    return decoded;
}

}

/// However the bytes are cut, the events are the same. The first byte chooses the cut.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    if (decode(bytes, bytes.size()) != decode(bytes, std::size_t(data[0] % 16) + 1))
        std::abort();
    return 0;
}
