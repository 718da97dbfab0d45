#include "core/contract/schema_evaluator.h"

#include "core/base/text.h"
#include "core/contract/json_equality.h"

#include <fmt/format.h>

namespace ephor::contract {

namespace {

std::uint8_t typeBits(const Json& value)
{
    switch (value.type()) {
    case Json::value_t::null:
        return NullBit;
    case Json::value_t::boolean:
        return BooleanBit;
    case Json::value_t::object:
        return ObjectBit;
    case Json::value_t::array:
        return ArrayBit;
    case Json::value_t::string:
        return StringBit;
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
        return NumberBit | IntegerBit;
    case Json::value_t::number_float:
        return isIntegral(value) ? NumberBit | IntegerBit : NumberBit;
    default:
        return 0;
    }
}

std::string typeWords(std::uint8_t types)
{
    std::string words;
    for (const auto& [bit, word] : {std::pair{NullBit, "null"}, {BooleanBit, "boolean"}, {ObjectBit, "object"},
             {ArrayBit, "array"}, {StringBit, "string"}, {NumberBit, "number"}, {IntegerBit, "integer"}}) {
        if ((types & bit) != 0)
            words += (words.empty() ? "" : " or ") + std::string(word);
    }
    return words;
}

std::string numberWords(WideNumber number)
{
    return fmt::format("{}", static_cast<double>(number));
}

}

bool SchemaEvaluator::checkType(const SchemaNode& node, const Frame& frame)
{
    const std::uint8_t bits = typeBits(frame.instance);
    if ((bits & node.types) != 0)
        return true;
    if (!collecting())
        return false;
    const std::uint8_t found = (bits & IntegerBit) != 0 ? static_cast<std::uint8_t>(IntegerBit) : bits;
    return report(node, frame, "type",
        fmt::format("The value must be {}, but it is {}.", typeWords(node.types), typeWords(found)));
}

bool SchemaEvaluator::checkConstant(const SchemaNode& node, const Frame& frame)
{
    bool ok = true;
    if (node.constant != nullptr) {
        const bool equal = equalJson(*node.constant, frame.instance);
        if (!goOn(ok, equal || report(node, frame, "const", "The value is not the one constant allowed.")))
            return false;
    }
    if (node.enumeration == nullptr)
        return ok;
    if (!spend(node.enumeration->size() / 8))
        return false;
    for (const Json& value : *node.enumeration) {
        if (equalJson(value, frame.instance))
            return ok;
    }
    return report(node, frame, "enum", "The value is not one of those listed.");
}

bool SchemaEvaluator::checkNumber(const SchemaNode& node, const Frame& frame)
{
    const NumberRules& rules = *node.number;
    const WideNumber value = wideNumber(frame.instance);
    bool ok = true;
    if (rules.minimum
        && !goOn(ok,
            value >= *rules.minimum
                || (collecting()
                    && report(node, frame, "minimum",
                        fmt::format("The number must be at least {}.", numberWords(*rules.minimum))))))
        return false;
    if (rules.exclusiveMinimum
        && !goOn(ok,
            value > *rules.exclusiveMinimum
                || (collecting()
                    && report(node, frame, "exclusiveMinimum",
                        fmt::format("The number must be greater than {}.", numberWords(*rules.exclusiveMinimum))))))
        return false;
    if (rules.maximum
        && !goOn(ok,
            value <= *rules.maximum
                || (collecting()
                    && report(node, frame, "maximum",
                        fmt::format("The number must be at most {}.", numberWords(*rules.maximum))))))
        return false;
    if (rules.exclusiveMaximum
        && !goOn(ok,
            value < *rules.exclusiveMaximum
                || (collecting()
                    && report(node, frame, "exclusiveMaximum",
                        fmt::format("The number must be less than {}.", numberWords(*rules.exclusiveMaximum))))))
        return false;
    if (rules.multipleOf != nullptr && !isMultipleOf(frame.instance, *rules.multipleOf)) {
        return collecting()
            && report(node, frame, "multipleOf",
                fmt::format("The number must be a multiple of {}.", rules.multipleOf->dump()));
    }
    return ok;
}

bool SchemaEvaluator::checkLength(const SchemaNode& node, const Frame& frame, const std::string& text)
{
    const StringRules& rules = *node.text;
    if (rules.minimumLength == 0 && rules.maximumLength == unboundedCount)
        return true;
    if (!spend(text.size() / 1024))
        return false;
    const std::size_t length = codePointCount(text);
    bool ok = true;
    if (length < rules.minimumLength
        && !goOn(ok,
            collecting()
                && report(node, frame, "minLength",
                    fmt::format("The text must have at least {} characters.", rules.minimumLength))))
        return false;
    if (length > rules.maximumLength)
        return collecting()
            && report(node, frame, "maxLength",
                fmt::format("The text must have at most {} characters.", rules.maximumLength));
    return ok;
}

bool SchemaEvaluator::checkString(const SchemaNode& node, const Frame& frame)
{
    const StringRules& rules = *node.text;
    const auto& text = frame.instance.get_ref<const std::string&>();
    bool ok = true;
    if (!goOn(ok, checkLength(node, frame, text)))
        return false;
    if (rules.pattern
        && !goOn(ok,
            matches(*rules.pattern, text) || report(node, frame, "pattern", "The text does not match the pattern.")))
        return false;
    if (rules.format == nullptr)
        return ok;
    if (!spend(text.size() / 64) || rules.format(text))
        return ok && !m_undecided;
    return collecting()
        && report(node, frame, "format", fmt::format("The text does not have the format {}.", rules.formatName));
}

}
