#include "core/contract/schema_compiler.h"

#include "core/contract/json_number.h"

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

namespace ephor::contract {

namespace {

std::uint8_t typeBitFor(const Json& name)
{
    constexpr std::array typeNames{
        std::pair{std::string_view("null"), NullBit},
        std::pair{std::string_view("boolean"), BooleanBit},
        std::pair{std::string_view("object"), ObjectBit},
        std::pair{std::string_view("array"), ArrayBit},
        std::pair{std::string_view("string"), StringBit},
        std::pair{std::string_view("number"), NumberBit},
        std::pair{std::string_view("integer"), IntegerBit},
    };
    const auto* text = name.get_ptr<const std::string*>();
    for (const auto& [known, bit] : typeNames) {
        if (text != nullptr && known == *text)
            return bit;
    }
    return 0;
}

constexpr const char* typeRule
    = "one of null, boolean, object, array, string, number, integer, or a list of distinct ones";

}

Result<void> SchemaCompiler::compileTypes(const Subject& subject) const
{
    if (const Json* type = keywordOf(subject.schema, "type")) {
        const Json list = type->is_array() ? *type : Json::array({*type});
        if (list.empty())
            return invalidKeyword(subject.node, "type", typeRule);
        for (const Json& name : list) {
            const std::uint8_t bit = typeBitFor(name);
            if (bit == 0 || (subject.node.types & bit) != 0)
                return invalidKeyword(subject.node, "type", typeRule);
            subject.node.types = static_cast<std::uint8_t>(subject.node.types | bit);
        }
    }
    subject.node.constant = keywordOf(subject.schema, "const");
    subject.node.enumeration = keywordOf(subject.schema, "enum");
    if (subject.node.enumeration != nullptr && !subject.node.enumeration->is_array())
        return invalidKeyword(subject.node, "enum", "a list");
    return {};
}

Result<void> SchemaCompiler::compileNumbers(const Subject& subject) const
{
    NumberRules rules;
    const std::array bounds{
        std::pair{"minimum", &rules.minimum},
        std::pair{"exclusiveMinimum", &rules.exclusiveMinimum},
        std::pair{"maximum", &rules.maximum},
        std::pair{"exclusiveMaximum", &rules.exclusiveMaximum},
    };
    bool used = false;
    for (const auto& [keyword, bound] : bounds) {
        const Json* value = keywordOf(subject.schema, keyword);
        if (value == nullptr)
            continue;
        if (!value->is_number())
            return invalidKeyword(subject.node, keyword, "a number");
        *bound = wideNumber(*value);
        used = true;
    }
    rules.multipleOf = keywordOf(subject.schema, "multipleOf");
    if (rules.multipleOf != nullptr) {
        const bool positive = rules.multipleOf->is_number() && wideNumber(*rules.multipleOf) > 0;
        if (!positive || !std::isfinite(wideNumber(*rules.multipleOf)))
            return invalidKeyword(subject.node, "multipleOf", "a number greater than 0");
        used = true;
    }
    if (used)
        subject.node.number = std::make_unique<NumberRules>(rules);
    return {};
}

Result<Pattern> SchemaCompiler::patternOf(const Subject& subject, const char* keyword, const std::string& text) const
{
    auto pattern = Pattern::compile(text, m_options.limits.pattern);
    if (!pattern)
        return fail(std::move(pattern.error()).with("location", subject.node.location + "/" + keyword));
    return pattern;
}

Result<void> SchemaCompiler::compileStrings(const Subject& subject) const
{
    StringRules rules;
    EPHOR_TRY_VOID(readCount(subject.schema, subject.node, "minLength", rules.minimumLength));
    EPHOR_TRY_VOID(readCount(subject.schema, subject.node, "maxLength", rules.maximumLength));
    if (const Json* pattern = keywordOf(subject.schema, "pattern")) {
        const auto* text = pattern->get_ptr<const std::string*>();
        if (text == nullptr)
            return invalidKeyword(subject.node, "pattern", "a regular expression");
        EPHOR_TRY(rules.pattern, patternOf(subject, "pattern", *text));
    }
    if (rules.minimumLength > 0 || rules.maximumLength != unboundedCount || rules.pattern)
        subject.node.text = std::make_unique<StringRules>(std::move(rules));
    return {};
}

Result<void> SchemaCompiler::compileFormat(const Subject& subject) const
{
    const bool known = subject.vocabularies.formatAnnotation || subject.vocabularies.formatAssertion;
    const Json* format = keywordOf(subject.schema, "format");
    if (!known || format == nullptr)
        return {};
    const auto* name = format->get_ptr<const std::string*>();
    if (name == nullptr)
        return invalidKeyword(subject.node, "format", "a string");
    const FormatCheck check = formatCheck(*name);
    if (check == nullptr || (m_options.format == Format::Annotate && !subject.vocabularies.formatAssertion))
        return {};
    if (!subject.node.text)
        subject.node.text = std::make_unique<StringRules>();
    subject.node.text->format = check;
    subject.node.text->formatName = *name;
    return {};
}

}
