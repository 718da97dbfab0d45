#include "core/contract/schema_index.h"

#include "core/contract/json_equality.h"
#include "core/contract/json_pointer.h"
#include "core/contract/uri.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace ephor::contract {

namespace {

constexpr std::array singleSchemaKeywords{"additionalProperties", "contains", "contentSchema", "else", "if", "items",
    "not", "propertyNames", "then", "unevaluatedItems", "unevaluatedProperties"};
constexpr std::array schemaListKeywords{"allOf", "anyOf", "oneOf", "prefixItems"};
constexpr std::array schemaMapKeywords{
    "$defs", "definitions", "dependencies", "dependentSchemas", "patternProperties", "properties"};

bool isSchemaValue(const Json& value)
{
    return value.is_object() || value.is_boolean();
}

const std::string* stringMember(const Json& schema, const char* name)
{
    const auto found = schema.find(name);
    return found == schema.end() ? nullptr : found->get_ptr<const std::string*>();
}

std::unexpected<Error> schemaFault(std::string code, std::string message, std::string hint, const std::string& location)
{
    return fail(
        Error(ErrorKind::Invalid, std::move(code), std::move(message), std::move(hint)).with("location", location));
}

bool isAnchorName(std::string_view name)
{
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    return !name.empty() && letter(name[0]) && std::all_of(name.begin(), name.end(), [&](char c) {
        return letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
    });
}

std::string childLocation(const std::string& parent, std::string_view token)
{
    return parent + "/" + percentEncodeFragment(escapePointerToken(token));
}

// Returns false for a vocabulary this implementation does not know.
bool switchVocabulary(Vocabularies& set, std::string_view uri)
{
    constexpr std::string_view prefix = "https://json-schema.org/draft/2020-12/vocab/";
    if (!uri.starts_with(prefix))
        return false;
    const auto name = uri.substr(prefix.size());
    constexpr std::array members{
        std::pair{std::string_view("applicator"), &Vocabularies::applicator},
        std::pair{std::string_view("unevaluated"), &Vocabularies::unevaluated},
        std::pair{std::string_view("validation"), &Vocabularies::validation},
        std::pair{std::string_view("meta-data"), &Vocabularies::metaData},
        std::pair{std::string_view("content"), &Vocabularies::content},
        std::pair{std::string_view("format-annotation"), &Vocabularies::formatAnnotation},
        std::pair{std::string_view("format-assertion"), &Vocabularies::formatAssertion},
    };
    for (const auto& [known, member] : members) {
        if (known == name) {
            set.*member = true;
            return true;
        }
    }
    return name == "core";
}

}

SchemaIndex::SchemaIndex(const SchemaOptions& options)
    : m_options(options)
{
}

Result<void> SchemaIndex::addRoot(std::shared_ptr<const Json> document)
{
    m_inRoot = true;
    EPHOR_TRY_VOID(addDocument(std::move(document), normalizeUri(m_options.baseUri), {}));
    m_inRoot = false;
    return {};
}

Result<std::uint32_t> SchemaIndex::addDocument(
    std::shared_ptr<const Json> document, std::string uri, const std::string& prefix)
{
    const std::string location = prefix + "#";
    if (!isSchemaValue(*document))
        return schemaFault("schema.not-a-schema", "A schema is an object or a boolean.",
            "Write the schema as a JSON object.", location);
    std::size_t values = 0;
    if (!measureJson(*document, m_options.limits.schemaDepth, values))
        return schemaFault("schema.too-deep", "The schema is nested more deeply than the limit allows.",
            "Move inner schemas to $defs and refer to them.", location);
    const Json& root = *document;
    m_documents.push_back(std::move(document));
    const auto resource = static_cast<std::uint32_t>(m_resources.size());
    m_resources.push_back({uri, &root, {}, {}, {}});
    EPHOR_TRY_VOID(nameResource(uri, resource, location));
    EPHOR_TRY_VOID(walkSchema(root, {resource, location, 0}));
    return m_places.at(&root).resource;
}

// Two documents under one address would make a reference mean either; the same content twice is harmless.
Result<void> SchemaIndex::nameResource(const std::string& uri, std::uint32_t resource, const std::string& location)
{
    const auto [entry, added] = m_byUri.emplace(normalizeUri(uri), resource);
    if (added || equalJson(*m_resources[entry->second].root, *m_resources[resource].root))
        return {};
    return schemaFault("schema.duplicate-identifier", fmt::format("Two schemas have the same $id {}.", uri),
        "Give each schema its own $id.", location);
}

Result<void> SchemaIndex::walkSchema(const Json& schema, Walk walk)
{
    if (m_places.contains(&schema))
        return {};
    if (m_places.size() >= m_options.limits.subschemas)
        return schemaFault("schema.too-many-subschemas", "The schema has more subschemas than the limit allows.",
            "Split the schema, or share subschemas in $defs.", walk.location);
    if (schema.is_object()) {
        EPHOR_TRY(walk.resource, openResource(schema, walk));
        EPHOR_TRY_VOID(noteAnchors(schema, walk));
    }
    m_places.emplace(&schema, SchemaPlace{walk.resource, walk.location});
    if (m_inRoot)
        m_rootSchemas.push_back(&schema);
    return schema.is_object() ? walkChildren(schema, walk) : Result<void>();
}

// The resource of `schema`: a new one when it has an $id of its own.
Result<std::uint32_t> SchemaIndex::openResource(const Json& schema, const Walk& walk)
{
    const bool isDocument = m_resources[walk.resource].root == &schema;
    const std::string* id = stringMember(schema, "$id");
    if (id == nullptr && !isDocument)
        return walk.resource;
    EPHOR_TRY(const Vocabularies vocabularies,
        vocabulariesOf(schema, m_resources[walk.resource].vocabularies, walk.location));
    if (id == nullptr) {
        m_resources[walk.resource].vocabularies = vocabularies;
        return walk.resource;
    }
    const UriParts parts = splitUri(*id);
    if (parts.hasFragment && !parts.fragment.empty())
        return schemaFault("schema.invalid-keyword", "$id may not have a fragment.", "Use $anchor to name a place.",
            walk.location + "/$id");
    const std::string uri = normalizeUri(resolveUri(m_resources[walk.resource].uri, *id));
    if (isDocument) {
        // The address it was found under stays known besides its own.
        m_resources[walk.resource].uri = uri;
        m_resources[walk.resource].vocabularies = vocabularies;
        EPHOR_TRY_VOID(nameResource(uri, walk.resource, walk.location));
        return walk.resource;
    }
    const auto resource = static_cast<std::uint32_t>(m_resources.size());
    m_resources.push_back({uri, &schema, vocabularies, {}, {}});
    EPHOR_TRY_VOID(nameResource(uri, resource, walk.location));
    return resource;
}

Result<void> SchemaIndex::noteAnchors(const Json& schema, const Walk& walk)
{
    SchemaResource& resource = m_resources[walk.resource];
    for (const char* keyword : {"$anchor", "$dynamicAnchor"}) {
        const std::string* name = stringMember(schema, keyword);
        if (name == nullptr)
            continue;
        if (!isAnchorName(*name))
            return schemaFault("schema.invalid-keyword",
                fmt::format(
                    "{} must begin with a letter or an underscore and hold only letters, digits, '-', '_' and '.'.",
                    keyword),
                "Rename the anchor.", walk.location + "/" + keyword);
        const auto [entry, added] = resource.anchors.emplace(*name, &schema);
        if (!added && entry->second != &schema)
            return schemaFault("schema.duplicate-identifier",
                fmt::format("Two schemas have the same anchor {}.", *name), "Give each anchor its own name.",
                walk.location + "/" + keyword);
        if (keyword == std::string_view("$dynamicAnchor"))
            resource.dynamicAnchors.emplace(*name, &schema);
    }
    return {};
}

Result<void> SchemaIndex::walkChildren(const Json& schema, const Walk& walk)
{
    const std::size_t depth = walk.depth + 1;
    for (const char* keyword : singleSchemaKeywords) {
        const auto found = schema.find(keyword);
        if (found != schema.end() && isSchemaValue(*found))
            EPHOR_TRY_VOID(walkSchema(*found, {walk.resource, childLocation(walk.location, keyword), depth}));
    }
    for (const char* keyword : schemaListKeywords) {
        const auto found = schema.find(keyword);
        if (found == schema.end() || !found->is_array())
            continue;
        const std::string location = childLocation(walk.location, keyword);
        for (std::size_t i = 0; i < found->size(); ++i) {
            if (isSchemaValue((*found)[i]))
                EPHOR_TRY_VOID(
                    walkSchema((*found)[i], {walk.resource, childLocation(location, std::to_string(i)), depth}));
        }
    }
    for (const char* keyword : schemaMapKeywords) {
        const auto found = schema.find(keyword);
        if (found != schema.end() && found->is_object())
            EPHOR_TRY_VOID(walkMembers(*found, walk, childLocation(walk.location, keyword)));
    }
    return {};
}

Result<void> SchemaIndex::walkMembers(const Json& members, const Walk& walk, const std::string& location)
{
    for (const auto& [name, member] : members.get_ref<const Json::object_t&>()) {
        if (isSchemaValue(member))
            EPHOR_TRY_VOID(walkSchema(member, {walk.resource, childLocation(location, name), walk.depth + 1}));
    }
    return {};
}

std::shared_ptr<const Json> SchemaIndex::findDocument(std::string_view uri) const
{
    if (m_options.remotes != nullptr) {
        if (auto document = m_options.remotes->find(uri))
            return document;
    }
    return standardMetaschema(uri);
}

Result<Vocabularies> SchemaIndex::vocabulariesOf(
    const Json& schema, const Vocabularies& inherited, const std::string& location) const
{
    const std::string* dialect = stringMember(schema, "$schema");
    if (dialect == nullptr)
        return inherited;
    const auto metaschema = findDocument(*dialect);
    if (!metaschema)
        return fail(Error(ErrorKind::Invalid, "schema.unknown-dialect",
            fmt::format("The dialect {} named by $schema is not known here.", *dialect),
            "Use https://json-schema.org/draft/2020-12/schema, or register the meta-schema.")
                .with("location", location));
    const auto named = metaschema->find("$vocabulary");
    if (!metaschema->is_object() || named == metaschema->end() || !named->is_object())
        return Vocabularies{};
    Vocabularies set{false, false, false, false, false, false, false};
    for (const auto& [uri, required] : named->get_ref<const Json::object_t&>()) {
        if (!switchVocabulary(set, uri) && required == Json(true))
            return fail(Error(ErrorKind::Invalid, "schema.unknown-vocabulary",
                fmt::format("The dialect {} requires the vocabulary {}, which is not known here.", *dialect, uri),
                "Use a dialect made of the vocabularies of draft 2020-12.")
                    .with("location", location));
    }
    return set;
}

Result<SchemaTarget> SchemaIndex::resolve(const std::string& reference, std::uint32_t from)
{
    const std::string target = resolveUri(m_resources[from].uri, reference);
    const UriParts parts = splitUri(target);
    const std::string uri = normalizeUri(target);
    const std::string fragment = percentDecode(parts.fragment);
    const auto unresolved = [&] {
        return fail(Error(ErrorKind::Invalid, "schema.unresolved-reference",
            fmt::format("The reference {} leads nowhere.", reference),
            "Define the schema in $defs, or register the document; nothing is fetched from the network.")
                .with("reference", reference)
                .with("resolved", target));
    };
    auto known = m_byUri.find(uri);
    if (known == m_byUri.end()) {
        auto document = findDocument(uri);
        if (!document)
            return unresolved();
        EPHOR_TRY_VOID(addDocument(std::move(document), uri, uri));
        known = m_byUri.find(uri);
    }
    const std::uint32_t resource = known->second;
    if (fragment.empty())
        return SchemaTarget{m_resources[resource].root, std::nullopt};
    if (fragment.front() == '/') {
        EPHOR_TRY(const Json* schema, followPointer(resource, fragment, reference));
        if (schema == nullptr)
            return unresolved();
        return SchemaTarget{schema, std::nullopt};
    }
    const auto anchor = m_resources[resource].anchors.find(fragment);
    if (anchor == m_resources[resource].anchors.end())
        return unresolved();
    const bool dynamic = m_resources[resource].dynamicAnchors.contains(fragment);
    return SchemaTarget{anchor->second, dynamic ? std::optional(fragment) : std::nullopt};
}

// Null when the pointer leads nowhere. What it finds outside the places of schemas is indexed on the spot.
Result<const Json*> SchemaIndex::followPointer(
    std::uint32_t resource, const std::string& pointer, const std::string& reference)
{
    const auto tokens = pointerTokens(pointer);
    if (!tokens)
        return nullptr;
    const Json* at = m_resources[resource].root;
    SchemaPlace nearest = m_places.at(at);
    std::string location = nearest.location;
    for (const std::string& token : *tokens) {
        at = pointerChild(*at, token);
        if (at == nullptr)
            return nullptr;
        location = childLocation(location, token);
        if (const auto known = m_places.find(at); known != m_places.end())
            nearest = known->second;
    }
    if (!isSchemaValue(*at))
        return schemaFault("schema.not-a-schema",
            fmt::format("The reference {} leads to what is not a schema.", reference),
            "A schema is an object or a boolean.", location);
    EPHOR_TRY_VOID(walkSchema(*at, {nearest.resource, location, tokens->size()}));
    return at;
}

}
