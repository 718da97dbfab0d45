#pragma once

#include "core/base/json.h"
#include "core/trust/cedar/arena.h"
#include "core/trust/cedar/type.h"
#include "core/trust/cedar/uid_table.h"

#include <memory>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ephor::cedar {

struct TextHash {
    std::size_t operator()(const Text& text) const { return std::size_t(text.hash); }
};

/// A type of entities as a schema declares it.
struct SchemaEntityType {
    Text name;
    const Type* attributes = nullptr; ///< a record
    const Type* tags = nullptr; ///< null when it has none
    std::vector<Text> parents; ///< as declared
    std::vector<Text> ancestors; ///< types its entities may be in, at any distance, by hash; itself only if declared so
    std::vector<Text> choices; ///< the ids of an enumerated type, by hash; empty for others

    bool isEnumerated() const { return !choices.empty(); }
    bool mayBeIn(const Text& type) const;
    bool allows(const Text& id) const;
};

/// An action as a schema declares it.
struct SchemaAction {
    const EntityUid* uid = nullptr;
    std::vector<const EntityUid*> parents;
    std::vector<const EntityUid*> ancestors; ///< groups it is in, by hash, itself not counted
    std::vector<Text> principals; ///< types; both empty for one that applies to nothing
    std::vector<Text> resources;
    const Type* context = nullptr; ///< a record

    bool isIn(const EntityUid& other) const;
};

/// The types of entities and actions that policies, entities and requests must keep to. Immutable; thread-safe.
class Schema {
public:
    /// The JSON form (docs.cedarpolicy.com, "JSON schema format"). Codes: cedar.schema, cedar.too-deep,
    /// cedar.too-large.
    static Result<std::shared_ptr<const Schema>> fromJson(const Json& document);
    /// The form that reads like the language. Codes: also those of readPolicies, with line and column.
    static Result<std::shared_ptr<const Schema>> fromText(std::string_view text);

    /// Null when it is not declared.
    const SchemaEntityType* findType(const Text& name) const;
    const SchemaAction* findAction(const EntityUid& uid) const;
    std::span<const SchemaEntityType> types() const { return m_types; }
    std::span<const SchemaAction> actions() const { return m_actions; }

private:
    friend class SchemaBuilder;
    Schema() = default;

    Arena m_arena;
    std::vector<SchemaEntityType> m_types;
    std::vector<SchemaAction> m_actions;
    std::unordered_map<Text, std::uint32_t, TextHash> m_typePlaces;
    UidTable m_actionPlaces;
};

}
