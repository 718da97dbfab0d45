#include "core/base/json.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

namespace ephor {

namespace {

constexpr std::int64_t largestExactInteger = 9'007'199'254'740'991; // 2^53 − 1

// parseJson refuses deeper texts; a value built by hand must not end the stack either.
constexpr std::size_t deepestCanonical = 1000;

void appendString(std::string& out, std::string_view text)
{
    constexpr std::string_view hex = "0123456789abcdef";
    out.push_back('"');
    for (const char c : text) {
        switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\b':
            out += "\\b";
            break;
        case '\f':
            out += "\\f";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            if (std::uint8_t(c) < 0x20) {
                out += "\\u00";
                out.push_back(hex[std::uint8_t(c) >> 4]);
                out.push_back(hex[std::uint8_t(c) & 0x0F]);
            } else {
                out.push_back(c);
            }
        }
    }
    out.push_back('"');
}

bool isAscii(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return std::uint8_t(c) < 0x80; });
}

// UTF-8 order and UTF-16 order differ only above the basic plane, so most comparisons stay on bytes.
bool utf16Less(std::string_view left, std::string_view right)
{
    if (isAscii(left) || isAscii(right))
        return left < right;
    return toUtf16(left) < toUtf16(right);
}

class Writer {
public:
    Result<void> write(const Json& value, std::size_t depth)
    {
        if (depth > deepestCanonical)
            return fail(ErrorKind::TooLarge, "json.too-deep", "The JSON value is nested too deeply.", "Flatten it.");
        switch (value.type()) {
        case Json::value_t::object:
            return writeObject(value, depth);
        case Json::value_t::array:
            return writeArray(value, depth);
        case Json::value_t::string:
            return writeText(value.get_ref<const std::string&>());
        case Json::value_t::number_integer:
            return writeInteger(value.get<std::int64_t>());
        case Json::value_t::number_unsigned:
            return writeInteger(value.get<std::uint64_t>());
        case Json::value_t::number_float:
            return writeNumber(value.get<double>());
        case Json::value_t::boolean:
            out += value.get<bool>() ? "true" : "false";
            return {};
        default:
            out += "null";
            return {};
        }
    }

    std::string out;

private:
    static std::unexpected<Error> integerRange(std::string value)
    {
        return fail(Error(ErrorKind::Invalid, "json.integer-range",
            "An integer lies outside ±(2^53−1), so other readers would round it.", "Write it as a string.")
                .with("value", std::move(value)));
    }

    Result<void> writeText(const std::string& text)
    {
        if (!isUtf8(text))
            return fail(ErrorKind::Invalid, "json.utf8", "A string is not valid UTF-8.", "Encode it as UTF-8.");
        appendString(out, text);
        return {};
    }

    // Beyond 2^53 − 1 an integer is fine where others write its double by the same digits, as what was written here
    // was.
    template <class Integer> Result<void> writeInteger(Integer value)
    {
        std::string digits = std::to_string(value);
        const bool exact
            = std::cmp_less_equal(value, largestExactInteger) && std::cmp_greater_equal(value, -largestExactInteger);
        if (!exact && ecmaNumber(double(value)) != digits)
            return integerRange(std::move(digits));
        out += digits;
        return {};
    }

    Result<void> writeNumber(double value)
    {
        if (!std::isfinite(value))
            return fail(ErrorKind::Invalid, "json.not-finite", "A number is infinite or not a number.",
                "JSON has no such value.");
        out += ecmaNumber(value);
        return {};
    }

    Result<void> writeArray(const Json& value, std::size_t depth)
    {
        out.push_back('[');
        bool first = true;
        for (const Json& element : value) {
            if (!std::exchange(first, false))
                out.push_back(',');
            EPHOR_TRY_VOID(write(element, depth + 1));
        }
        out.push_back(']');
        return {};
    }

    Result<void> writeObject(const Json& value, std::size_t depth)
    {
        const auto& members = value.get_ref<const Json::object_t&>();
        std::vector<const Json::object_t::value_type*> ordered;
        ordered.reserve(members.size());
        for (const auto& member : members)
            ordered.push_back(&member);
        std::ranges::sort(
            ordered, [](const auto* left, const auto* right) { return utf16Less(left->first, right->first); });
        out.push_back('{');
        bool first = true;
        for (const auto* member : ordered) {
            if (!std::exchange(first, false))
                out.push_back(',');
            EPHOR_TRY_VOID(writeText(member->first));
            out.push_back(':');
            EPHOR_TRY_VOID(write(member->second, depth + 1));
        }
        out.push_back('}');
        return {};
    }
};

}

// ECMA-262, Number::toString: the shortest digits that read back, laid out plainly between 1e-6 and 1e21.
std::string ecmaNumber(double value)
{
    if (value == 0)
        return "0";
    std::array<char, 32> buffer{};
    const auto [end, error]
        = std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::abs(value), std::chars_format::scientific);
    if (error != std::errc())
        return "null";
    const std::string_view scientific(buffer.data(), std::size_t(end - buffer.data()));
    const std::size_t mark = scientific.find('e');
    std::string digits(1, scientific[0]);
    if (mark > 1)
        digits += scientific.substr(2, mark - 2);
    int exponent = 0;
    const std::string_view exponentText = scientific.substr(mark + (scientific[mark + 1] == '+' ? 2 : 1));
    std::from_chars(exponentText.data(), exponentText.data() + exponentText.size(), exponent);

    const int count = int(digits.size());
    const int point = exponent + 1; // the decimal point stands after this many digits
    std::string text = std::signbit(value) ? "-" : "";
    if (point > 21 || point < -5) {
        text += digits[0];
        if (count > 1)
            text += "." + digits.substr(1);
        text += "e";
        text += exponent < 0 ? "-" : "+";
        text += std::to_string(std::abs(exponent));
    } else if (point <= 0) {
        text += "0." + std::string(std::size_t(-point), '0') + digits;
    } else if (count <= point) {
        text += digits + std::string(std::size_t(point - count), '0');
    } else {
        text += digits.substr(0, std::size_t(point)) + "." + digits.substr(std::size_t(point));
    }
    return text;
}

Result<std::string> canonicalJson(const Json& value)
{
    Writer writer;
    EPHOR_TRY_VOID(writer.write(value, 0));
    return std::move(writer.out);
}

}
