// links: core_trust_cedar
#include "core/trust/cedar/schema.h"
#include "core/trust/cedar/validator.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>

using namespace ephor;
using namespace ephor::cedar;

namespace {

// Whatever was read can be looked up, and a policy validated against it.
void use(const Schema& schema)
{
    for (const SchemaEntityType& type : schema.types()) {
        if (schema.findType(type.name) != &type || type.attributes->kind != TypeKind::Record)
            std::abort();
        for (const Text& ancestor : type.ancestors) {
            if (schema.findType(ancestor) == nullptr)
                std::abort();
        }
    }
    for (const SchemaAction& action : schema.actions()) {
        if (schema.findAction(*action.uid) != &action || action.context->kind != TypeKind::Record)
            std::abort();
    }
    static const auto policies = PolicySet::fromText(
        "permit(principal, action, resource) when { principal has a && principal.a == resource && context.b like \"*\" "
        "};"
        "forbid(principal is U in G::\"x\", action in [Action::\"a\"], resource) unless { principal.hasTag(\"t\") };");
    validate(**policies, schema);
}

}

/// A schema: JSON when it begins with a brace, else the text form.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (size > 64 * 1024)
        return 0;
    if (text.starts_with('{')) {
        const auto document = parseJson(text, {.bytes = 64 * 1024, .depth = 300, .values = 10'000});
        if (!document)
            return 0;
        if (const auto schema = Schema::fromJson(*document))
            use(**schema);
    } else if (const auto schema = Schema::fromText(text)) {
        use(**schema);
    }
    return 0;
}
