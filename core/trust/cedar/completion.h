#pragma once

#include "core/trust/cedar/entities.h"
#include "core/trust/cedar/schema.h"
#include "core/trust/cedar/temporal_operation.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ephor::cedar {

/// Of completions offered at once: a longer list is narrowed by typing on, not read.
inline constexpr std::size_t maximumCompletions = 200;

/// What stands to be inserted.
enum class CompletionKind : std::uint8_t {
    Keyword, ///< a word or an operator of the language
    Variable, ///< principal, action, resource, context
    Attribute,
    Method,
    Function,
    EntityType,
    Entity, ///< an entity's id in quotes
    Action, ///< a whole action, `Action::"read"`
    Annotation,
};

/// As JSON and styles name it: "attribute".
std::string_view nameOf(CompletionKind kind);

struct Completion {
    CompletionKind kind = CompletionKind::Keyword;
    std::string insert;
    std::string about; ///< one line: a type, or what it does
};

/// An annotation that the caller gives a meaning.
struct AnnotationHint {
    std::string_view name;
    std::string_view about;
};

/// What a completion may draw on; each may be missing.
struct CompletionSources {
    const Schema* schema = nullptr; ///< types, actions, attributes
    const Entities* entities = nullptr; ///< ids
    std::span<const AnnotationHint> annotations;
    Grammar grammar = Grammar::Cedar;
};

/// What may stand at a place.
struct Completions {
    std::size_t from = 0; ///< where the word begins that is being typed: what is inserted replaces it up to the place
    std::vector<Completion> choices; ///< that go on from what is typed; the likeliest kinds first, else by name
};

/// What may stand at a byte offset of a text of policies, however unfinished. Attributes are those of the actions, and
/// of the types, that the scope of the policy at hand names. Nothing inside comments and texts, and in texts longer
/// than 16 MiB. Pure; thread-safe; never fails.
Completions complete(std::string_view text, std::size_t offset, const CompletionSources& sources);

}
