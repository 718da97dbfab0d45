// links: core_trust_cedar
#include "core/trust/cedar/entities.h"
#include "core/trust/cedar/schema.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>

using namespace ephor;
using namespace ephor::cedar;

namespace {

// Nobody is in itself, everybody is in their ancestors, and ancestors of ancestors are ancestors.
void check(const Entities& entities)
{
    for (const Entity& entity : entities.all()) {
        if (entities.find(*entity.uid) != &entity || !equal(Value(entity.attributes), Value(entity.attributes)))
            std::abort();
        for (const EntityUid* ancestor : entity.ancestors) {
            if (*ancestor == *entity.uid || !entity.isIn(*ancestor))
                std::abort();
            const Entity* const known = entities.find(*ancestor);
            if (known == nullptr)
                continue;
            for (const EntityUid* further : known->ancestors) {
                if (!entity.isIn(*further))
                    std::abort();
            }
        }
    }
}

}

/// A list of entities, read without a schema and with one. Whatever is read holds together.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto list = parseJson(text, {.bytes = 64 * 1024, .depth = 300, .values = 10'000});
    if (!list)
        return 0;
    static const auto schema
        = Schema::fromText("entity User in [Group] { age: Long, ip?: ipaddr, boss?: User, "
                           "all?: Set<User>, r?: { x: datetime } } tags Long; entity Group in Group; "
                           "entity Kind enum [\"a\"]; action v in g; action g;");
    if (!schema)
        std::abort();
    if (const auto entities = Entities::fromJson(*list))
        check(**entities);
    if (const auto entities = Entities::fromJson(*list, schema->get()))
        check(**entities);
    return 0;
}
