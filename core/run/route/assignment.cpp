#include "core/run/route/assignment.h"

#include "core/base/text.h"

#include <nlohmann/json.hpp>
#include <string>

namespace ephor::route {

namespace {

constexpr std::uint32_t fnvOffset = 0x811C9DC5u;
constexpr std::uint32_t fnvPrime = 16'777'619u;
constexpr std::uint32_t bucketsV2 = 10'000;
constexpr std::uint32_t bucketsV1 = 1'000;
constexpr std::size_t longestText = 65'536; // of a seed or a unit: neither is content

Json itemError(std::string code, std::string message)
{
    return {{"error", {{"code", std::move(code)}, {"message", std::move(message)}}}};
}

}

std::uint32_t fnv1a32(std::string_view utf8)
{
    std::uint32_t hash = fnvOffset;
    for (const char16_t unit : toUtf16(utf8)) {
        hash ^= unit;
        hash *= fnvPrime;
    }
    return hash;
}

double bucketV2(std::string_view seed, std::string_view unit)
{
    const std::uint32_t inner = fnv1a32(std::string(seed) + std::string(unit));
    return double(fnv1a32(std::to_string(inner)) % bucketsV2) / bucketsV2;
}

double bucketV1(std::string_view seed, std::string_view unit)
{
    return double(fnv1a32(std::string(unit) + std::string(seed)) % bucketsV1) / bucketsV1;
}

Variant assign(std::string_view seed, std::string_view unit, double share)
{
    if (unit.empty())
        return share >= 1 ? Variant::Canary : Variant::Baseline;
    return bucketV2(seed, unit) < share ? Variant::Canary : Variant::Baseline;
}

Json assignItem(const Json& item)
{
    if (!item.is_object())
        return itemError("assign.item", "An item is an object with seed and unit.");
    const auto text = [&](const char* name) -> const std::string* {
        const auto found = item.find(name);
        return found != item.end() && found->is_string() ? found->get_ptr<const std::string*>() : nullptr;
    };
    const std::string* const seed = text("seed");
    const std::string* const unit = text("unit");
    if (seed == nullptr || unit == nullptr)
        return itemError("assign.item", "The members seed and unit are needed, both text.");
    if (seed->size() > longestText || unit->size() > longestText)
        return itemError("assign.too-long", "A seed or unit is longer than 65,536 bytes.");
    const auto version = item.find("version");
    if (version == item.end() || *version == 2)
        return {{"bucket", bucketV2(*seed, *unit)}};
    if (*version == 1)
        return {{"bucket", bucketV1(*seed, *unit)}};
    return itemError("assign.version", "The version is 1 or 2.");
}

}
