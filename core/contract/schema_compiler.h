#pragma once

#include "core/contract/schema_index.h"
#include "core/contract/schema_plan.h"

#include <deque>
#include <unordered_map>

namespace ephor::contract {

/// Turns an index of schemas into a plan. Nodes are made when first named and filled from a queue, so that references
/// may form circles and no nesting of a schema costs stack. The keywords are in compile_values.cpp,
/// compile_containers.cpp and compile_references.cpp.
class SchemaCompiler {
public:
    explicit SchemaCompiler(const SchemaOptions& options);
    Result<std::shared_ptr<const SchemaPlan>> compile(const Json& document);

private:
    /// What happens to a reference that leads nowhere: an error where the schema is in use, passed over where it is
    /// only stored (an unused entry of $defs).
    enum class Dangling { Refuse, Ignore };

    /// One schema object being compiled.
    struct Subject {
        const Json& schema;
        SchemaNode& node;
        const Vocabularies& vocabularies;
        std::uint32_t resource;
    };

    Result<void> compileQueue();
    Result<void> compileRemaining();
    void queueDynamicAnchors();
    Result<void> fill(const Json& schema, SchemaNode& node);
    const SchemaNode* nodeFor(const Json* schema);
    std::uint32_t dynamicNameId(const std::string& name);

    Result<void> compileReferences(const Subject& subject);
    Result<void> compileReference(const Subject& subject, const char* keyword);
    Result<void> compileInPlace(const Subject& subject);
    Result<void> checkAnnotations(const Subject& subject) const;
    Result<void> compileTypes(const Subject& subject) const;
    Result<void> compileNumbers(const Subject& subject) const;
    Result<void> compileStrings(const Subject& subject) const;
    Result<void> compileFormat(const Subject& subject) const;
    Result<void> compileArrayCounts(const Subject& subject) const;
    Result<void> compileArraySchemas(const Subject& subject);
    Result<void> compileObjectCounts(const Subject& subject) const;
    Result<void> compileObjectSchemas(const Subject& subject);
    Result<void> compilePatterns(const Subject& subject);
    Result<void> compileDependencies(const Subject& subject);
    Result<void> compileUnevaluated(const Subject& subject);

    Result<const SchemaNode*> schemaMember(const Subject& subject, const char* keyword);
    Result<std::vector<const SchemaNode*>> schemaList(const Subject& subject, const char* keyword);
    Result<Pattern> patternOf(const Subject& subject, const char* keyword, const std::string& text) const;

    const SchemaOptions& m_options;
    SchemaIndex m_index;
    std::shared_ptr<SchemaPlan> m_plan;
    Dangling m_dangling = Dangling::Refuse;
    std::unordered_map<const Json*, SchemaNode*> m_nodes;
    std::deque<std::pair<const Json*, SchemaNode*>> m_queue;
    std::map<std::string, std::uint32_t> m_dynamicNames; // of every $dynamicRef met
};

/// An error about one keyword of a schema.
std::unexpected<Error> invalidKeyword(const SchemaNode& node, std::string_view keyword, std::string_view mustBe);

/// The member, or null when the schema does not have it.
const Json* keywordOf(const Json& schema, const char* keyword);

/// A count of JSON Schema: a non-negative number without a fraction; what is beyond std::size_t is its maximum.
Result<void> readCount(const Json& schema, const SchemaNode& node, const char* keyword, std::size_t& count);

/// A list of distinct strings.
Result<std::vector<std::string>> readNames(const Json& list, const SchemaNode& node, const char* keyword);

}
