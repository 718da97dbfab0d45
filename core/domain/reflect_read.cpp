#include "core/base/text.h"
#include "core/domain/reflect.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

namespace ephor {

namespace {

std::unexpected<Error> problem(std::string code, std::string message, std::string hint, const std::string& at)
{
    return fail(Error(ErrorKind::Invalid, std::move(code), std::move(message), std::move(hint))
            .with("at", at.empty() ? "/" : at));
}

std::unexpected<Error> wrongType(std::string_view wanted, const Json& json, const std::string& at)
{
    const char* const article = wanted.find_first_of("aeiou") == 0 ? "An " : "A ";
    return problem(
        "value.type", article + std::string(wanted) + " is needed here, not " + json.type_name() + ".", "", at);
}

std::string escapePointer(std::string_view name)
{
    std::string out;
    for (const char c : name)
        out += c == '~' ? std::string("~0") : c == '/' ? std::string("~1") : std::string(1, c);
    return out;
}

class Reader {
public:
    explicit Reader(UnknownMembers unknown)
        : m_unknown(unknown)
    {
    }

    Result<void> read(const Type& type, void* value, const Json& json, const std::string& at)
    {
        switch (type.kind) {
        case TypeKind::Boolean:
            if (!json.is_boolean())
                return wrongType("boolean", json, at);
            type.writeInteger(value, json.get<bool>());
            return {};
        case TypeKind::Integer:
        case TypeKind::Unsigned:
            return readInteger(type, value, json, at);
        case TypeKind::Number:
            if (!json.is_number())
                return wrongType("number", json, at);
            type.writeNumber(value, json.get<double>());
            return {};
        case TypeKind::Text:
            return readText(type, value, json, at);
        case TypeKind::Enumeration:
        case TypeKind::Instant:
        case TypeKind::Money:
            return readWord(type, value, json, at);
        case TypeKind::Document:
            type.writeText(value) = compactJson(json);
            return {};
        case TypeKind::Optional:
            return json.is_null() ? (type.clear(value), Result<void>())
                                  : read(type.element(), type.append(value), json, at);
        case TypeKind::List:
            return readList(type, value, json, at);
        case TypeKind::Map:
            return readMap(type, value, json, at);
        case TypeKind::Object:
            return readObject(type, value, json, at);
        }
        return {};
    }

private:
    Result<void> readInteger(const Type& type, void* value, const Json& json, const std::string& at)
    {
        std::int64_t integer = 0;
        if (json.is_number_unsigned()
            && json.get<std::uint64_t>() <= std::uint64_t(std::numeric_limits<std::int64_t>::max()))
            integer = json.get<std::int64_t>();
        else if (json.is_number_integer() && !json.is_number_unsigned())
            integer = json.get<std::int64_t>();
        else if (const double number = json.is_number_float() ? json.get<double>() : 0.5;
            std::abs(number) <= 9007199254740991.0 && std::trunc(number) == number)
            integer = std::int64_t(number);
        else
            return wrongType("whole number", json, at);
        if (type.kind == TypeKind::Unsigned && integer < 0)
            return problem("value.type", "A number of zero or more is needed here.", "", at);
        type.writeInteger(value, integer);
        return {};
    }

    Result<void> readText(const Type& type, void* value, const Json& json, const std::string& at)
    {
        if (!json.is_string())
            return wrongType("string", json, at);
        const auto& text = json.get_ref<const std::string&>();
        if (text.size() > type.maximum)
            return problem("value.too-long", "The text is longer than " + std::to_string(type.maximum) + " bytes.",
                "Shorten it.", at);
        if (text.size() < type.minimum)
            return problem("value.required", "The text needs at least " + std::to_string(type.minimum) + " characters.",
                "Fill it in.", at);
        type.writeText(value) = text;
        return {};
    }

    Result<void> readWord(const Type& type, void* value, const Json& json, const std::string& at)
    {
        if (!json.is_string())
            return wrongType("string", json, at);
        const auto& text = json.get_ref<const std::string&>();
        Result<std::int64_t> read = 0;
        if (type.kind == TypeKind::Enumeration) {
            read = enumeratorIndex(type, text);
        } else if (type.kind == TypeKind::Instant) {
            const auto instant = parseInstant(text);
            read = instant ? Result<std::int64_t>(instant->time_since_epoch().count()) : fail(instant.error());
        } else {
            const auto money = parseMoney(text);
            read = money ? Result<std::int64_t>(money->nanos) : fail(money.error());
        }
        if (!read)
            return fail(std::move(read.error()).with("at", at.empty() ? "/" : at));
        type.writeInteger(value, *read);
        return {};
    }

    Result<void> readList(const Type& type, void* value, const Json& json, const std::string& at)
    {
        if (!json.is_array())
            return wrongType("list", json, at);
        if (json.size() > type.maximum)
            return problem("value.too-long", "The list has more than " + std::to_string(type.maximum) + " elements.",
                "Send fewer.", at);
        type.clear(value);
        for (std::size_t i = 0; i < json.size(); ++i)
            EPHOR_TRY_VOID(read(type.element(), type.append(value), json[i], at + "/" + std::to_string(i)));
        return {};
    }

    Result<void> readMap(const Type& type, void* value, const Json& json, const std::string& at)
    {
        if (!json.is_object())
            return wrongType("object", json, at);
        if (json.size() > type.maximum)
            return problem("value.too-long", "The object has more than " + std::to_string(type.maximum) + " members.",
                "Send fewer.", at);
        type.clear(value);
        for (const auto& [key, element] : json.items())
            EPHOR_TRY_VOID(read(type.element(), type.entry(value, key), element, at + "/" + escapePointer(key)));
        return {};
    }

    static bool satisfiesLimits(const Type& type, const void* value)
    {
        return type.kind != TypeKind::Text || type.readText(value).size() >= type.minimum;
    }

    Result<void> readObject(const Type& type, void* value, const Json& json, const std::string& at)
    {
        if (!json.is_object())
            return wrongType("object", json, at);
        std::size_t known = 0;
        for (const Member& member : type.members) {
            const auto found = json.find(member.name);
            known += found != json.end();
            const std::string place = at + "/" + std::string(member.name);
            if (found != json.end() && !found->is_null()) {
                EPHOR_TRY_VOID(read(member.type(), member.write(value), *found, place));
            } else if (!satisfiesLimits(member.type(), member.read(value))) {
                return problem(
                    "value.required", "The member \"" + std::string(member.name) + "\" is missing.", "Add it.", place);
            }
        }
        if (m_unknown == UnknownMembers::Refuse && known != json.size())
            return unknownMember(type, json, at);
        return {};
    }

    static Result<void> unknownMember(const Type& type, const Json& json, const std::string& at)
    {
        std::string names;
        for (const Member& member : type.members)
            names += (names.empty() ? "" : ", ") + std::string(member.name);
        for (const auto& [key, element] : json.items()) {
            const bool isKnown
                = std::ranges::any_of(type.members, [&](const Member& member) { return member.name == key; });
            if (!isKnown)
                return problem("value.unknown-member", "There is no member \"" + shorten(key, 64) + "\" here.",
                    names.empty() ? "Leave it out; nothing may stand here." : "Known are: " + names + ".", at);
        }
        return {};
    }

    UnknownMembers m_unknown;
};

}

Result<void> fromJson(const Type& type, void* value, const Json& json, UnknownMembers unknown)
{
    return Reader(unknown).read(type, value, json, "");
}

Result<std::int64_t> enumeratorIndex(const Type& type, std::string_view word)
{
    std::string words;
    for (std::size_t i = 0; i < type.words.size(); ++i) {
        if (type.words[i] == word)
            return std::int64_t(i);
        words += (words.empty() ? "" : ", ") + type.words[i];
    }
    return fail(ErrorKind::Invalid, "value.word", "\"" + shorten(word, 64) + "\" is not one of the words allowed here.",
        "Use one of: " + words + ".");
}

}
