#pragma once

#include "core/base/json.h"
#include "core/contract/schema.h"

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ephor::contract {

/// Which vocabularies of draft 2020-12 a resource uses; the core vocabulary is always on.
struct Vocabularies {
    bool applicator = true;
    bool unevaluated = true;
    bool validation = true;
    bool metaData = true;
    bool content = true;
    bool formatAnnotation = true;
    bool formatAssertion = false;
};

/// A part of a document with one base URI.
struct SchemaResource {
    std::string uri; // without fragment
    const Json* root = nullptr;
    Vocabularies vocabularies;
    std::map<std::string, const Json*, std::less<>> anchors; // $anchor and $dynamicAnchor
    std::map<std::string, const Json*, std::less<>> dynamicAnchors;
};

/// Where a schema stands: its resource, and its place in words ("#/properties/age").
struct SchemaPlace {
    std::uint32_t resource = 0;
    std::string location;
};

/// Where a reference leads.
struct SchemaTarget {
    const Json* schema = nullptr;
    std::optional<std::string> dynamicName; // the $dynamicAnchor it reached by name
};

/// Knows every schema of every document in use by place, address and anchor. Schemas are found where keywords put them,
/// so an $id inside `const`, `enum` or an unknown keyword is not one; a reference that points there is indexed when
/// met.
class SchemaIndex {
public:
    explicit SchemaIndex(const SchemaOptions& options);

    Result<void> addRoot(std::shared_ptr<const Json> document);
    /// `from` is the resource the reference stands in.
    Result<SchemaTarget> resolve(const std::string& reference, std::uint32_t from);

    const SchemaPlace& place(const Json* schema) const { return m_places.at(schema); }
    const std::deque<SchemaResource>& resources() const { return m_resources; }
    const std::vector<std::shared_ptr<const Json>>& documents() const { return m_documents; }
    /// Every schema of the root document, in the order of the walk.
    const std::vector<const Json*>& rootSchemas() const { return m_rootSchemas; }

private:
    struct Walk {
        std::uint32_t resource;
        std::string location;
        std::size_t depth;
    };

    Result<std::uint32_t> addDocument(std::shared_ptr<const Json> document, std::string uri, const std::string& prefix);
    Result<void> walkSchema(const Json& schema, Walk walk);
    Result<void> walkChildren(const Json& schema, const Walk& walk);
    Result<void> walkMembers(const Json& members, const Walk& walk, const std::string& location);
    Result<std::uint32_t> openResource(const Json& schema, const Walk& walk);
    Result<void> noteAnchors(const Json& schema, const Walk& walk);
    Result<void> nameResource(const std::string& uri, std::uint32_t resource, const std::string& location);
    Result<Vocabularies> vocabulariesOf(
        const Json& schema, const Vocabularies& inherited, const std::string& location) const;
    Result<const Json*> followPointer(std::uint32_t resource, const std::string& pointer, const std::string& reference);
    std::shared_ptr<const Json> findDocument(std::string_view uri) const;

    const SchemaOptions& m_options;
    std::vector<std::shared_ptr<const Json>> m_documents;
    std::deque<SchemaResource> m_resources;
    std::map<std::string, std::uint32_t, std::less<>> m_byUri;
    std::unordered_map<const Json*, SchemaPlace> m_places;
    std::vector<const Json*> m_rootSchemas;
    bool m_inRoot = false;
};

}
