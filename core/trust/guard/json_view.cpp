#include "core/trust/guard/json_view.h"

#include "core/base/json.h"
#include "core/trust/sanitize/code_point.h"

#include <charconv>
#include <map>
#include <nlohmann/json.hpp>

namespace ephor::guard {

namespace {

std::uint32_t unitOf(std::string_view digits)
{
    std::uint32_t unit = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), unit, 16);
    return unit;
}

// What the escape at `at` of well-formed JSON stands for, appended; returns its length.
std::size_t appendEscape(std::string& text, std::string_view json, std::size_t at)
{
    constexpr std::string_view letters = "bfnrt";
    constexpr std::string_view meanings = "\b\f\n\r\t";
    const char kind = json[at + 1];
    if (kind != 'u') {
        const std::size_t known = letters.find(kind);
        text += known == letters.npos ? kind : meanings[known];
        return 2;
    }
    const std::uint32_t unit = unitOf(json.substr(at + 2, 4));
    if (unit < 0xD800 || unit > 0xDFFF) {
        sanitize::appendUtf8(text, unit);
        return 6;
    }
    // A character outside the basic plane is two escapes.
    sanitize::appendUtf8(text, 0x10000 + ((unit - 0xD800) << 10) + (unitOf(json.substr(at + 8, 4)) - 0xDC00));
    return 12;
}

// The end of the string that begins at `at`, past its closing quote.
std::size_t endOfString(std::string_view json, std::size_t at)
{
    std::size_t i = at + 1;
    while (i < json.size() && json[i] != '"')
        i += json[i] == '\\' ? 2 : 1;
    return std::min(i + 1, json.size());
}

bool isName(std::string_view json, std::size_t after)
{
    const std::size_t next = json.find_first_not_of(" \t\r\n", after);
    return next != json.npos && json[next] == ':';
}

/// Names of the objects that are open, each with the number that its last namesake got.
class OpenObjects {
public:
    void enter() { m_open.emplace_back(); }
    void leave()
    {
        if (!m_open.empty())
            m_open.pop_back();
    }
    std::string unique(std::string name)
    {
        if (m_open.empty())
            return name;
        auto& names = m_open.back();
        std::uint64_t& last = names[name];
        if (++last == 1)
            return name;
        std::string numbered;
        do
            numbered = name + ' ' + std::to_string(last++);
        while (names.contains(numbered));
        --last;
        names[numbered] = 1;
        return numbered;
    }

private:
    std::vector<std::map<std::string, std::uint64_t>> m_open;
};

}

bool mayBeJson(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first != text.npos && (text[first] == '{' || text[first] == '[');
}

std::optional<JsonView> jsonView(std::string_view text)
{
    if (!mayBeJson(text) || text.find('\\') == text.npos || !parseJson(text))
        return std::nullopt;
    JsonView view;
    view.text.reserve(text.size());
    view.origin.reserve(text.size() + 1);
    for (std::size_t at = 0; at < text.size();) {
        std::size_t length = 1;
        if (text[at] == '\\')
            length = appendEscape(view.text, text, at);
        else
            view.text += text[at];
        view.origin.resize(view.text.size(), std::uint32_t(at));
        at += length;
    }
    view.origin.push_back(std::uint32_t(text.size()));
    return view;
}

std::string escapedForJson(std::string_view text)
{
    const std::string quoted = compactJson(Json(text));
    return quoted.substr(1, quoted.size() - 2);
}

std::string withUniqueNames(std::string_view json)
{
    std::string whole;
    OpenObjects objects;
    for (std::size_t at = 0; at < json.size();) {
        if (json[at] != '"') {
            if (json[at] == '{')
                objects.enter();
            else if (json[at] == '}')
                objects.leave();
            whole += json[at++];
            continue;
        }
        const std::size_t end = endOfString(json, at);
        const std::string_view string = json.substr(at, end - at);
        const bool closed = string.size() >= 2 && string.back() == '"';
        if (closed && isName(json, end))
            whole += '"' + objects.unique(std::string(string.substr(1, string.size() - 2))) + '"';
        else
            whole += string;
        at = end;
    }
    return whole;
}

}
