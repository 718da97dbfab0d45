#include "core/contract/batch.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>

using namespace ephor;

/// An item of the batch verb: {"schema", "instance", ...}. Whatever is in it, there is an answer, and never both a
/// verdict and an error.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto item = parseJson(text, {.bytes = 64 * 1024, .depth = 64, .values = 10'000});
    if (!item)
        return 0;
    const Json answer = contract::checkSchemaItem(*item);
    if (answer.contains("error"))
        return answer.contains("valid") ? (std::abort(), 0) : 0;
    if (answer.at("valid").get<bool>() != answer.at("errors").empty())
        std::abort();
    return 0;
}
