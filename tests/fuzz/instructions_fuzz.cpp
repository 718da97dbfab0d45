// links: core_base core_trust_sanitize
#include "core/trust/sanitize/instructions.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace ephor::sanitize;

/// The signs of any text are in order and within it, and their weights are what they are said to be.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto signs = instructionSigns(text);
    std::size_t start = 0;
    for (const InstructionSign& sign : signs) {
        if (sign.start < start || sign.end < sign.start || sign.end > size || sign.weight <= 0 || sign.weight >= 1)
            std::abort();
        start = sign.start;
    }
    const double weight = instructionWeight(signs);
    if (weight < 0 || weight >= 1 || (weight == 0) != signs.empty())
        std::abort();
    return 0;
}
