#include "core/contract/schema_compiler.h"

#include <nlohmann/json.hpp>

namespace ephor::contract {

namespace {

template <class Rules> Rules& ensureRules(std::unique_ptr<Rules>& rules)
{
    if (!rules)
        rules = std::make_unique<Rules>();
    return *rules;
}

}

Result<void> SchemaCompiler::compileArrayCounts(const Subject& subject) const
{
    ArrayRules rules;
    EPHOR_TRY_VOID(readCount(subject.schema, subject.node, "minItems", rules.minimumItems));
    EPHOR_TRY_VOID(readCount(subject.schema, subject.node, "maxItems", rules.maximumItems));
    EPHOR_TRY_VOID(readCount(subject.schema, subject.node, "minContains", rules.minimumContains));
    EPHOR_TRY_VOID(readCount(subject.schema, subject.node, "maxContains", rules.maximumContains));
    const Json* unique = keywordOf(subject.schema, "uniqueItems");
    if (unique != nullptr && !unique->is_boolean())
        return invalidKeyword(subject.node, "uniqueItems", "a boolean");
    rules.uniqueItems = unique != nullptr && unique->get<bool>();
    const bool contains = subject.schema.contains("contains");
    if (rules.minimumItems > 0 || rules.maximumItems != unboundedCount || rules.uniqueItems || contains)
        subject.node.array = std::make_unique<ArrayRules>(std::move(rules));
    return {};
}

Result<void> SchemaCompiler::compileArraySchemas(const Subject& subject)
{
    EPHOR_TRY(auto prefixItems, schemaList(subject, "prefixItems"));
    EPHOR_TRY(const SchemaNode* items, schemaMember(subject, "items"));
    EPHOR_TRY(const SchemaNode* contains, schemaMember(subject, "contains"));
    if (prefixItems.empty() && items == nullptr && contains == nullptr)
        return {};
    ArrayRules& rules = ensureRules(subject.node.array);
    rules.prefixItems = std::move(prefixItems);
    rules.items = items;
    rules.contains = contains;
    return {};
}

Result<void> SchemaCompiler::compileObjectCounts(const Subject& subject) const
{
    ObjectRules rules;
    EPHOR_TRY_VOID(readCount(subject.schema, subject.node, "minProperties", rules.minimumProperties));
    EPHOR_TRY_VOID(readCount(subject.schema, subject.node, "maxProperties", rules.maximumProperties));
    if (const Json* required = keywordOf(subject.schema, "required")) {
        EPHOR_TRY(rules.required, readNames(*required, subject.node, "required"));
    }
    if (const Json* dependent = keywordOf(subject.schema, "dependentRequired")) {
        if (!dependent->is_object())
            return invalidKeyword(subject.node, "dependentRequired", "an object of lists of distinct strings");
        for (const auto& [name, list] : dependent->get_ref<const Json::object_t&>()) {
            EPHOR_TRY(auto names, readNames(list, subject.node, "dependentRequired"));
            rules.dependentNames.push_back({name, std::move(names), "dependentRequired"});
        }
    }
    const bool counts = rules.minimumProperties > 0 || rules.maximumProperties != unboundedCount;
    if (counts || !rules.required.empty() || !rules.dependentNames.empty())
        subject.node.object = std::make_unique<ObjectRules>(std::move(rules));
    return {};
}

Result<void> SchemaCompiler::compileObjectSchemas(const Subject& subject)
{
    if (const Json* properties = keywordOf(subject.schema, "properties")) {
        if (!properties->is_object())
            return invalidKeyword(subject.node, "properties", "an object of schemas");
        for (const auto& [name, schema] : properties->get_ref<const Json::object_t&>()) {
            if (!schema.is_object() && !schema.is_boolean())
                return invalidKeyword(subject.node, "properties", "an object of schemas");
            ensureRules(subject.node.object).properties.push_back({name, nodeFor(&schema)});
        }
    }
    EPHOR_TRY(const SchemaNode* additional, schemaMember(subject, "additionalProperties"));
    EPHOR_TRY(const SchemaNode* names, schemaMember(subject, "propertyNames"));
    if (additional != nullptr)
        ensureRules(subject.node.object).additional = additional;
    if (names != nullptr)
        ensureRules(subject.node.object).names = names;
    return {};
}

Result<void> SchemaCompiler::compilePatterns(const Subject& subject)
{
    const Json* patterns = keywordOf(subject.schema, "patternProperties");
    if (patterns == nullptr)
        return {};
    if (!patterns->is_object())
        return invalidKeyword(subject.node, "patternProperties", "an object of schemas");
    for (const auto& [text, schema] : patterns->get_ref<const Json::object_t&>()) {
        if (!schema.is_object() && !schema.is_boolean())
            return invalidKeyword(subject.node, "patternProperties", "an object of schemas");
        EPHOR_TRY(Pattern pattern, patternOf(subject, "patternProperties", text));
        ensureRules(subject.node.object).patterns.push_back({std::move(pattern), nodeFor(&schema)});
    }
    return {};
}

// `dependencies` is the older form of both keywords; the meta-schema keeps it reserved with its old meaning.
Result<void> SchemaCompiler::compileDependencies(const Subject& subject)
{
    for (const char* keyword : {"dependentSchemas", "dependencies"}) {
        const Json* dependent = keywordOf(subject.schema, keyword);
        if (dependent == nullptr)
            continue;
        if (!dependent->is_object())
            return invalidKeyword(subject.node, keyword, "an object of schemas");
        for (const auto& [name, value] : dependent->get_ref<const Json::object_t&>()) {
            if (value.is_object() || value.is_boolean()) {
                ensureRules(subject.node.object).dependentSchemas.push_back({name, nodeFor(&value), keyword});
            } else if (keyword == std::string_view("dependencies")) {
                EPHOR_TRY(auto names, readNames(value, subject.node, keyword));
                ensureRules(subject.node.object).dependentNames.push_back({name, std::move(names), keyword});
            } else {
                return invalidKeyword(subject.node, keyword, "an object of schemas");
            }
        }
    }
    return {};
}

}
