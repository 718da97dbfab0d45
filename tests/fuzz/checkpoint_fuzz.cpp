// links: core_proof
#include "core/proof/checkpoint.h"
#include "core/proof/frontier.h"

#include <cstdlib>

using namespace ephor;

/// A checkpoint that can be read has one spelling, and so has a saved frontier.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const BytesView bytes(data, size);
    if (const auto checkpoint = proof::parseCheckpoint(textOf(bytes))) {
        if (proof::formatCheckpoint(*checkpoint) != std::string(textOf(bytes)))
            std::abort();
    }
    if (const auto frontier = proof::Frontier::parse(bytes)) {
        const Bytes again = frontier->serialise();
        if (!std::equal(again.begin(), again.end(), bytes.begin(), bytes.end()))
            std::abort();
        static_cast<void>(frontier->root());
    }
    return 0;
}
