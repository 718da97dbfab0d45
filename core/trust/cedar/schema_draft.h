#pragma once

#include "core/base/json.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ephor::cedar {

struct AttributeDraft;

/// A type as written in a schema, its names not looked up yet.
struct TypeDraft {
    enum class Form : std::uint8_t {
        Set,
        Record,
        Extension,
        EntityName, ///< must name a type of entities
        CommonName, ///< must name a common type or a simple one
        AnyName, ///< may name either
    };
    Form form = Form::Record;
    std::string name;
    std::shared_ptr<const TypeDraft> element;
    std::vector<AttributeDraft> attributes;
    std::uint32_t offset = 0; ///< in the text, 0 in JSON
};

struct AttributeDraft {
    std::string name;
    bool required = true;
    TypeDraft type;
};

/// A name as written, and where.
struct NameDraft {
    std::string name;
    std::uint32_t offset = 0;
};

struct EntityDraft {
    NameDraft name;
    std::vector<NameDraft> parents;
    TypeDraft shape;
    std::optional<TypeDraft> tags;
    std::vector<std::string> choices;
};

struct ActionReferenceDraft {
    std::string type; ///< empty: the namespace's own actions first, then those of none
    std::string id;
    std::uint32_t offset = 0;
};

struct ActionDraft {
    NameDraft name;
    std::vector<ActionReferenceDraft> parents;
    std::vector<NameDraft> principals;
    std::vector<NameDraft> resources;
    TypeDraft context;
};

struct NamespaceDraft {
    std::string name; ///< empty for what lies in none
    std::map<std::string, TypeDraft> types;
    std::vector<EntityDraft> entities;
    std::vector<ActionDraft> actions;
};

/// Both forms of a schema come to this.
struct SchemaDraft {
    std::vector<NamespaceDraft> namespaces;
    std::string_view source; ///< the text, empty for JSON; offsets count in it
};

/// Code cedar.schema.
Result<SchemaDraft> readSchemaJson(const Json& document);
/// Codes: as TokenReader, and cedar.schema, with line and column.
Result<SchemaDraft> readSchemaText(std::string_view text);

/// Whether a common type may not have this name: Bool Boolean Entity Extension Long Record Set String.
bool isReservedTypeName(std::string_view name);

}
