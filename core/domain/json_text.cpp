#include "core/domain/json_text.h"

#include "core/base/canonical_text.h"
#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/domain/reflect.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <unordered_map>
#include <vector>

namespace ephor {

namespace {

bool isEscapedInText(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

void appendEscapeInText(std::string& out, char c)
{
    constexpr std::string_view named = "\"\\\b\f\n\r\t";
    constexpr std::string_view letters = "\"\\bfnrt";
    constexpr std::string_view digits = "0123456789abcdef";
    if (const std::size_t at = named.find(c); at != named.npos) {
        out += '\\';
        out += letters[at];
    } else {
        out += "\\u00";
        out += digits[std::size_t(c) >> 4];
        out += digits[std::size_t(c) & 15];
    }
}

// Sorted once a thread and type: the table itself has the order of declaration.
const std::vector<const Member*>& membersByName(const Type& type)
{
    thread_local std::unordered_map<const Type*, std::vector<const Member*>> known;
    std::vector<const Member*>& ordered = known[&type];
    if (ordered.empty()) {
        for (const Member& member : type.members)
            ordered.push_back(&member);
        std::ranges::sort(ordered, {}, &Member::name);
    }
    return ordered;
}

void appendList(std::string& out, const Type& type, const void* value)
{
    out += '[';
    const std::size_t count = type.size(value);
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0)
            out += ',';
        appendJsonText(out, type.element(), type.at(value, i));
    }
    out += ']';
}

void appendMap(std::string& out, const Type& type, const void* value)
{
    struct Visit {
        std::string& out;
        const Type& element;
        char before;
    };
    Visit visit{out, type.element(), '{'};
    type.eachEntry(value, &visit, [](void* context, const std::string& key, const void* element) {
        auto& self = *static_cast<Visit*>(context);
        self.out += std::exchange(self.before, ',');
        appendJsonText(self.out, key);
        self.out += ':';
        appendJsonText(self.out, self.element, element);
    });
    out += visit.before == '{' ? "{}" : "}";
}

void appendObject(std::string& out, const Type& type, const void* value)
{
    char before = '{';
    for (const Member* const member : membersByName(type)) {
        out += std::exchange(before, ',');
        out += '"';
        out += member->name;
        out += "\":";
        appendJsonText(out, member->type(), member->read(value));
    }
    out += before == '{' ? "{}" : "}";
}

}

void appendJsonText(std::string& out, std::string_view value)
{
    const bool ascii = std::ranges::none_of(value, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    if (!ascii && !isUtf8(value)) {
        out += compactJson(Json(std::string(value)));
        return;
    }
    out += '"';
    auto from = value.begin();
    for (;;) {
        const auto at = std::find_if(from, value.end(), isEscapedInText);
        out.append(from, at);
        if (at == value.end())
            break;
        appendEscapeInText(out, *at);
        from = at + 1;
    }
    out += '"';
}

void appendJsonText(std::string& out, const Type& type, const void* value)
{
    switch (type.kind) {
    case TypeKind::Boolean:
        out += type.readInteger(value) != 0 ? "true" : "false";
        return;
    case TypeKind::Integer:
        out += std::to_string(type.readInteger(value));
        return;
    case TypeKind::Unsigned:
        out += std::to_string(std::uint64_t(type.readInteger(value)));
        return;
    case TypeKind::Text:
        if (type.secret)
            out += "null";
        else
            appendJsonText(out, type.readText(value));
        return;
    case TypeKind::Enumeration:
        appendJsonText(out, type.words[std::size_t(type.readInteger(value))]);
        return;
    case TypeKind::Money:
        appendJsonText(out, formatMoney(Money{type.readInteger(value)}));
        return;
    case TypeKind::Document:
        if (const std::string& text = type.readText(value); isPlainlyCanonical(text))
            out += text;
        else
            out += compactJson(jsonOf(Document{text}));
        return;
    case TypeKind::Optional:
        if (type.size(value) == 0)
            out += "null";
        else
            appendJsonText(out, type.element(), type.at(value, 0));
        return;
    case TypeKind::List:
        return appendList(out, type, value);
    case TypeKind::Map:
        return appendMap(out, type, value);
    case TypeKind::Object:
        return appendObject(out, type, value);
    case TypeKind::Instant:
        if (const std::int64_t micros = type.readInteger(value); micros == 0)
            out += "null";
        else
            appendJsonText(out, formatInstant(Instant(Duration(micros))));
        return;
    case TypeKind::Number:
        out += compactJson(toJson(type, value));
        return;
    }
}

void ObjectText::open(std::string_view name)
{
    m_out += std::exchange(m_begun, true) ? ",\"" : "{\"";
    m_out += name;
    m_out += "\":";
}

void ObjectText::end()
{
    m_out += m_begun ? "}" : "{}";
}

}
