#include "core/contract/schema_compiler.h"

#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <set>

namespace ephor::contract {

std::unexpected<Error> invalidKeyword(const SchemaNode& node, std::string_view keyword, std::string_view mustBe)
{
    return fail(
        Error(ErrorKind::Invalid, "schema.invalid-keyword", fmt::format("The value of {} must be {}.", keyword, mustBe),
            "Correct the schema; draft 2020-12 defines the keyword.")
            .with("location", node.location + "/" + std::string(keyword)));
}

const Json* keywordOf(const Json& schema, const char* keyword)
{
    const auto found = schema.find(keyword);
    return found == schema.end() ? nullptr : &*found;
}

Result<void> readCount(const Json& schema, const SchemaNode& node, const char* keyword, std::size_t& count)
{
    const Json* value = keywordOf(schema, keyword);
    if (value == nullptr)
        return {};
    if (!isIntegral(*value) || wideNumber(*value) < 0)
        return invalidKeyword(node, keyword, "a non-negative integer");
    const WideNumber wide = wideNumber(*value);
    count = wide >= static_cast<WideNumber>(unboundedCount) ? unboundedCount : static_cast<std::size_t>(wide);
    return {};
}

Result<std::vector<std::string>> readNames(const Json& list, const SchemaNode& node, const char* keyword)
{
    if (!list.is_array())
        return invalidKeyword(node, keyword, "a list of distinct strings");
    std::vector<std::string> names;
    std::set<std::string_view> seen;
    for (const Json& name : list) {
        if (!name.is_string() || !seen.insert(name.get_ref<const std::string&>()).second)
            return invalidKeyword(node, keyword, "a list of distinct strings");
        names.push_back(name.get<std::string>());
    }
    return names;
}

SchemaCompiler::SchemaCompiler(const SchemaOptions& options)
    : m_options(options)
    , m_index(options)
    , m_plan(std::make_shared<SchemaPlan>())
{
}

Result<std::shared_ptr<const SchemaPlan>> SchemaCompiler::compile(const Json& document)
{
    m_plan->limits = m_options.limits;
    auto held = std::make_shared<const Json>(document);
    EPHOR_TRY_VOID(m_index.addRoot(held));
    m_plan->root = nodeFor(held.get());
    EPHOR_TRY_VOID(compileQueue());
    EPHOR_TRY_VOID(compileRemaining());
    m_plan->documents = m_index.documents();
    m_plan->resources.resize(m_index.resources().size());
    for (std::size_t i = 0; i < m_plan->resources.size(); ++i) {
        for (const auto& [name, schema] : m_index.resources()[i].dynamicAnchors) {
            const auto known = m_nodes.find(schema);
            if (known != m_nodes.end())
                m_plan->resources[i].dynamicAnchors.emplace_back(dynamicNameId(name), known->second);
        }
    }
    return m_plan;
}

Result<void> SchemaCompiler::compileQueue()
{
    do {
        while (!m_queue.empty()) {
            const auto [schema, node] = m_queue.front();
            m_queue.pop_front();
            EPHOR_TRY_VOID(fill(*schema, *node));
        }
        queueDynamicAnchors();
    } while (!m_queue.empty());
    return {};
}

// What no reference reaches is still part of the document, and must still be a schema.
Result<void> SchemaCompiler::compileRemaining()
{
    m_dangling = Dangling::Ignore;
    for (const Json* schema : m_index.rootSchemas())
        nodeFor(schema);
    return compileQueue();
}

// A $dynamicRef may come to any anchor of its name.
void SchemaCompiler::queueDynamicAnchors()
{
    for (const SchemaResource& resource : m_index.resources()) {
        for (const auto& [name, schema] : resource.dynamicAnchors) {
            if (m_dynamicNames.contains(name))
                nodeFor(schema);
        }
    }
}

const SchemaNode* SchemaCompiler::nodeFor(const Json* schema)
{
    const auto [entry, added] = m_nodes.emplace(schema, nullptr);
    if (added) {
        entry->second = &m_plan->nodes.emplace_back();
        m_queue.emplace_back(schema, entry->second);
    }
    return entry->second;
}

std::uint32_t SchemaCompiler::dynamicNameId(const std::string& name)
{
    return m_dynamicNames.emplace(name, static_cast<std::uint32_t>(m_dynamicNames.size())).first->second;
}

Result<void> SchemaCompiler::fill(const Json& schema, SchemaNode& node)
{
    const SchemaPlace& place = m_index.place(&schema);
    node.resource = place.resource;
    node.location = place.location;
    if (schema.is_boolean()) {
        node.kind = schema.get<bool>() ? NodeKind::AlwaysTrue : NodeKind::AlwaysFalse;
        return {};
    }
    const Subject subject{schema, node, m_index.resources()[place.resource].vocabularies, place.resource};
    EPHOR_TRY_VOID(compileReferences(subject));
    EPHOR_TRY_VOID(checkAnnotations(subject));
    if (subject.vocabularies.validation) {
        EPHOR_TRY_VOID(compileTypes(subject));
        EPHOR_TRY_VOID(compileNumbers(subject));
        EPHOR_TRY_VOID(compileStrings(subject));
        EPHOR_TRY_VOID(compileArrayCounts(subject));
        EPHOR_TRY_VOID(compileObjectCounts(subject));
    }
    EPHOR_TRY_VOID(compileFormat(subject));
    if (subject.vocabularies.applicator) {
        EPHOR_TRY_VOID(compileInPlace(subject));
        EPHOR_TRY_VOID(compileArraySchemas(subject));
        EPHOR_TRY_VOID(compileObjectSchemas(subject));
        EPHOR_TRY_VOID(compilePatterns(subject));
        EPHOR_TRY_VOID(compileDependencies(subject));
    }
    if (subject.vocabularies.unevaluated)
        EPHOR_TRY_VOID(compileUnevaluated(subject));
    return {};
}

Result<const SchemaNode*> SchemaCompiler::schemaMember(const Subject& subject, const char* keyword)
{
    const Json* value = keywordOf(subject.schema, keyword);
    if (value == nullptr)
        return nullptr;
    if (!value->is_object() && !value->is_boolean())
        return invalidKeyword(subject.node, keyword, "a schema: an object or a boolean");
    return nodeFor(value);
}

Result<std::vector<const SchemaNode*>> SchemaCompiler::schemaList(const Subject& subject, const char* keyword)
{
    std::vector<const SchemaNode*> nodes;
    const Json* value = keywordOf(subject.schema, keyword);
    if (value == nullptr)
        return nodes;
    if (!value->is_array() || value->empty())
        return invalidKeyword(subject.node, keyword, "a list of at least one schema");
    for (const Json& schema : *value) {
        if (!schema.is_object() && !schema.is_boolean())
            return invalidKeyword(subject.node, keyword, "a list of at least one schema");
        nodes.push_back(nodeFor(&schema));
    }
    return nodes;
}

}
