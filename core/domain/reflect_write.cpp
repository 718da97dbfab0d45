#include "core/base/text.h"
#include "core/domain/reflect.h"

#include <nlohmann/json.hpp>

namespace ephor {

std::string kebabCase(std::string_view enumerator)
{
    std::string word;
    for (const char c : enumerator) {
        if (c >= 'A' && c <= 'Z') {
            if (!word.empty())
                word.push_back('-');
            word.push_back(char(c - 'A' + 'a'));
        } else {
            word.push_back(c);
        }
    }
    return word;
}

namespace {

struct MapVisit {
    Json out;
    const Type& element;
    Secrets secrets;
};

Json listToJson(const Type& type, const void* value, Secrets secrets)
{
    Json list = Json::array();
    const std::size_t count = type.size(value);
    for (std::size_t i = 0; i < count; ++i)
        list.push_back(toJson(type.element(), type.at(value, i), secrets));
    return list;
}

Json mapToJson(const Type& type, const void* value, Secrets secrets)
{
    MapVisit visit{Json::object(), type.element(), secrets};
    type.eachEntry(value, &visit, [](void* context, const std::string& key, const void* element) {
        auto& self = *static_cast<MapVisit*>(context);
        self.out[key] = toJson(self.element, element, self.secrets);
    });
    return std::move(visit.out);
}

Json objectToJson(const Type& type, const void* value, Secrets secrets)
{
    Json object = Json::object();
    for (const Member& member : type.members)
        object[std::string(member.name)] = toJson(member.type(), member.read(value), secrets);
    return object;
}

}

Json toJson(const Type& type, const void* value, Secrets secrets)
{
    switch (type.kind) {
    case TypeKind::Boolean:
        return type.readInteger(value) != 0;
    case TypeKind::Integer:
        return type.readInteger(value);
    case TypeKind::Unsigned:
        return std::uint64_t(type.readInteger(value));
    case TypeKind::Number:
        return type.readNumber(value);
    case TypeKind::Text:
        return type.secret && secrets == Secrets::Hide ? Json() : Json(type.readText(value));
    case TypeKind::Enumeration:
        return type.words[std::size_t(type.readInteger(value))];
    case TypeKind::Instant: {
        const std::int64_t micros = type.readInteger(value);
        return micros == 0 ? Json() : Json(formatInstant(Instant(Duration(micros))));
    }
    case TypeKind::Money:
        return formatMoney(Money{type.readInteger(value)});
    case TypeKind::Document:
        return jsonOf(Document{type.readText(value)});
    case TypeKind::Optional:
        return type.size(value) == 0 ? Json() : toJson(type.element(), type.at(value, 0), secrets);
    case TypeKind::List:
        return listToJson(type, value, secrets);
    case TypeKind::Map:
        return mapToJson(type, value, secrets);
    case TypeKind::Object:
        return objectToJson(type, value, secrets);
    }
    return {};
}

Document documentOf(const Json& json)
{
    return {compactJson(json)};
}

Json jsonOf(const Document& document)
{
    if (document.text.empty())
        return {};
    // A document was checked when it came in; one that cannot be read is shown as text rather than lost.
    auto parsed = parseJson(document.text);
    return parsed ? std::move(*parsed) : Json(document.text);
}

}
