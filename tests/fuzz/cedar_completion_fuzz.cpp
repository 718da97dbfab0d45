// links: core_trust_cedar
#include "core/trust/cedar/completion.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>

using namespace ephor;
using namespace ephor::cedar;

namespace {

const Schema& world()
{
    static const auto schema
        = Schema::fromText("entity User in [Group] { age: Long, name?: String, home: { city: String } } tags String;"
                           "entity Group; namespace N { entity Doc; } entity Color enum [\"red\"]; action any; "
                           "action read in [any] appliesTo { principal: User, resource: N::Doc, "
                           "context: { mfa: Bool, n?: Long, all: Set<String> } };");
    if (!schema)
        std::abort();
    return **schema;
}

}

/// The first byte says how far from the end the place lies, the rest is the text. What is offered must be bounded, and
/// go on from what is typed.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 2 || size > 64 * 1024)
        return 0;
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    const std::size_t offset = text.size() - std::min<std::size_t>(data[0], text.size());
    const Completions completions = complete(text, offset, {&world(), nullptr, {}, Grammar::Temporal});
    if (completions.from > offset || completions.choices.size() > maximumCompletions)
        std::abort();
    for (const Completion& choice : completions.choices) {
        if (choice.insert.empty() || choice.about.empty() || choice.insert.size() < offset - completions.from)
            std::abort();
    }
    return 0;
}
