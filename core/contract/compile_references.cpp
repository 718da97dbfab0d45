#include "core/contract/schema_compiler.h"

#include "core/contract/uri.h"

#include <array>
#include <nlohmann/json.hpp>

namespace ephor::contract {

Result<void> SchemaCompiler::compileReferences(const Subject& subject)
{
    for (const char* keyword : {"$id", "$schema", "$anchor", "$dynamicAnchor", "$comment"}) {
        const Json* value = keywordOf(subject.schema, keyword);
        if (value != nullptr && !value->is_string())
            return invalidKeyword(subject.node, keyword, "a string");
    }
    const Json* vocabulary = keywordOf(subject.schema, "$vocabulary");
    if (vocabulary != nullptr && !vocabulary->is_object())
        return invalidKeyword(subject.node, "$vocabulary", "an object");
    for (const char* keyword : {"$defs", "definitions"}) {
        const Json* definitions = keywordOf(subject.schema, keyword);
        if (definitions == nullptr)
            continue;
        if (!definitions->is_object())
            return invalidKeyword(subject.node, keyword, "an object of schemas");
        for (const Json& schema : *definitions) {
            if (!schema.is_object() && !schema.is_boolean())
                return invalidKeyword(subject.node, keyword, "an object of schemas");
        }
    }
    EPHOR_TRY_VOID(compileReference(subject, "$ref"));
    return compileReference(subject, "$dynamicRef");
}

Result<void> SchemaCompiler::compileReference(const Subject& subject, const char* keyword)
{
    const Json* value = keywordOf(subject.schema, keyword);
    if (value == nullptr)
        return {};
    const auto* reference = value->get_ptr<const std::string*>();
    if (reference == nullptr)
        return invalidKeyword(subject.node, keyword, "a string");
    auto target = m_index.resolve(*reference, subject.resource);
    if (!target) {
        if (m_dangling == Dangling::Ignore && target.error().code == "schema.unresolved-reference")
            return {};
        return fail(std::move(target.error()).with("location", subject.node.location + "/" + keyword));
    }
    SchemaReference compiled{nodeFor(target->schema), std::nullopt};
    if (keyword == std::string_view("$dynamicRef") && target->dynamicName)
        compiled.dynamicName = dynamicNameId(*target->dynamicName);
    if (!subject.node.inPlace)
        subject.node.inPlace = std::make_unique<InPlaceRules>();
    subject.node.inPlace->references.push_back(compiled);
    return {};
}

Result<void> SchemaCompiler::compileInPlace(const Subject& subject)
{
    InPlaceRules rules;
    EPHOR_TRY(rules.allOf, schemaList(subject, "allOf"));
    EPHOR_TRY(rules.anyOf, schemaList(subject, "anyOf"));
    EPHOR_TRY(rules.oneOf, schemaList(subject, "oneOf"));
    EPHOR_TRY(rules.negated, schemaMember(subject, "not"));
    EPHOR_TRY(rules.condition, schemaMember(subject, "if"));
    EPHOR_TRY(rules.consequence, schemaMember(subject, "then"));
    EPHOR_TRY(rules.alternative, schemaMember(subject, "else"));
    const bool lists = !rules.allOf.empty() || !rules.anyOf.empty() || !rules.oneOf.empty();
    if (!lists && rules.negated == nullptr && rules.condition == nullptr)
        return {};
    if (subject.node.inPlace)
        rules.references = std::move(subject.node.inPlace->references);
    subject.node.inPlace = std::make_unique<InPlaceRules>(std::move(rules));
    return {};
}

Result<void> SchemaCompiler::compileUnevaluated(const Subject& subject)
{
    EPHOR_TRY(subject.node.unevaluatedItems, schemaMember(subject, "unevaluatedItems"));
    EPHOR_TRY(subject.node.unevaluatedProperties, schemaMember(subject, "unevaluatedProperties"));
    return {};
}

// They assert nothing, but a schema with a wrong one is not a schema.
Result<void> SchemaCompiler::checkAnnotations(const Subject& subject) const
{
    if (subject.vocabularies.metaData) {
        for (const char* keyword : {"title", "description"}) {
            const Json* value = keywordOf(subject.schema, keyword);
            if (value != nullptr && !value->is_string())
                return invalidKeyword(subject.node, keyword, "a string");
        }
        for (const char* keyword : {"deprecated", "readOnly", "writeOnly"}) {
            const Json* value = keywordOf(subject.schema, keyword);
            if (value != nullptr && !value->is_boolean())
                return invalidKeyword(subject.node, keyword, "a boolean");
        }
        const Json* examples = keywordOf(subject.schema, "examples");
        if (examples != nullptr && !examples->is_array())
            return invalidKeyword(subject.node, "examples", "a list");
    }
    if (!subject.vocabularies.content)
        return {};
    for (const char* keyword : {"contentEncoding", "contentMediaType"}) {
        const Json* value = keywordOf(subject.schema, keyword);
        if (value != nullptr && !value->is_string())
            return invalidKeyword(subject.node, keyword, "a string");
    }
    const Json* content = keywordOf(subject.schema, "contentSchema");
    if (content != nullptr && !content->is_object() && !content->is_boolean())
        return invalidKeyword(subject.node, "contentSchema", "a schema: an object or a boolean");
    return {};
}

}
