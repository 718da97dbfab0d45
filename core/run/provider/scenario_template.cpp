#include "core/run/provider/scenario_template.h"

#include "core/base/text.h"

#include <charconv>

namespace ephor::provider {

namespace {

struct TextPiece {
    std::string_view text; ///< literal text, or a placeholder's name
    std::string_view conversion;
    bool placeholder = false;
};

std::vector<TextPiece> piecesOf(std::string_view text)
{
    std::vector<TextPiece> pieces;
    while (!text.empty()) {
        const std::size_t open = text.find("{{");
        const std::size_t close = open == std::string_view::npos ? open : text.find("}}", open);
        if (close == std::string_view::npos) {
            pieces.push_back({text, {}, false});
            break;
        }
        if (open > 0)
            pieces.push_back({text.substr(0, open), {}, false});
        const std::string_view inside = text.substr(open + 2, close - open - 2);
        const std::size_t bar = inside.find('|');
        const std::string_view conversion
            = bar == std::string_view::npos ? std::string_view() : trim(inside.substr(bar + 1));
        pieces.push_back({trim(inside.substr(0, bar)), conversion, true});
        text.remove_prefix(close + 2);
    }
    return pieces;
}

std::string asText(const Json& value)
{
    if (value.is_null())
        return {};
    return value.is_string() ? value.get<std::string>() : compactJson(value);
}

Json asNumber(const std::string& text)
{
    const auto number = parseJson(trim(text));
    return number && number->is_number() ? *number : Json();
}

Json fillString(const std::string& text, const PlaceholderLookup& lookup)
{
    const auto pieces = piecesOf(text);
    if (pieces.size() != 1 || !pieces.front().placeholder)
        return fillText(text, lookup);
    const auto value = lookup(pieces.front().text);
    if (!value)
        return nullptr;
    if (pieces.front().conversion == "number")
        return value->is_number() ? *value : asNumber(asText(*value));
    return *value;
}

}

std::vector<std::string> placeholdersOf(std::string_view text)
{
    std::vector<std::string> names;
    for (const TextPiece& piece : piecesOf(text)) {
        if (piece.placeholder)
            names.emplace_back(piece.text);
    }
    return names;
}

std::string fillText(std::string_view text, const PlaceholderLookup& lookup)
{
    std::string filled;
    for (const TextPiece& piece : piecesOf(text)) {
        if (!piece.placeholder)
            filled += piece.text;
        else if (const auto value = lookup(piece.text))
            filled += asText(*value);
    }
    return filled;
}

Json fillJson(const Json& value, const PlaceholderLookup& lookup)
{
    if (value.is_string())
        return fillString(value.get_ref<const std::string&>(), lookup);
    if (value.is_array()) {
        Json filled = Json::array();
        for (const Json& element : value)
            filled.push_back(fillJson(element, lookup));
        return filled;
    }
    if (value.is_object()) {
        Json filled = Json::object();
        for (const auto& [name, inner] : value.items())
            filled[name] = fillJson(inner, lookup);
        return filled;
    }
    return value;
}

std::optional<Json> valueAt(const Json& value, std::string_view path)
{
    const Json* at = &value;
    while (!path.empty()) {
        const std::size_t dot = path.find('.');
        const std::string_view name = path.substr(0, dot);
        path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
        if (at->is_object()) {
            const auto found = at->find(std::string(name));
            if (found == at->end())
                return std::nullopt;
            at = &*found;
        } else if (at->is_array()) {
            std::size_t position = 0;
            const auto [end, problem] = std::from_chars(name.data(), name.data() + name.size(), position);
            if (problem != std::errc() || end != name.data() + name.size() || position >= at->size())
                return std::nullopt;
            at = &(*at)[position];
        } else {
            return std::nullopt;
        }
    }
    return *at;
}

}
