// links: core_base
#include "core/base/canonical_text.h"
#include "core/base/json.h"
#include "core/base/text.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>

using namespace ephor;

/// Any text is a value within the limits or an error; a value that has a canonical form is read back from it unchanged.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto value = parseJson(text, {.bytes = 64 * 1024, .depth = 64, .values = 10'000});
    if (!value)
        return value.error().code.starts_with("json.") ? 0 : (std::abort(), 0);
    const auto canonical = canonicalJson(*value);
    if (!canonical)
        return canonical.error().code == "json.integer-range" ? 0 : (std::abort(), 0);
    if (!isUtf8(*canonical))
        std::abort();
    if (isPlainlyCanonical(text) && *canonical != text)
        std::abort();
    const auto again = parseJson(*canonical);
    if (!again || *again != *value)
        std::abort();
    // A double such as 1e17 is written as digits, and those are read as an integer beyond 2^53.
    const auto twice = canonicalJson(*again);
    if (!twice || *twice != *canonical)
        std::abort();
    return 0;
}
