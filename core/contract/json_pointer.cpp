#include "core/contract/json_pointer.h"

#include <charconv>
#include <nlohmann/json.hpp>

namespace ephor::contract {

std::string escapePointerToken(std::string_view token)
{
    std::string out;
    for (char c : token) {
        if (c == '~')
            out += "~0";
        else if (c == '/')
            out += "~1";
        else
            out += c;
    }
    return out;
}

std::optional<std::vector<std::string>> pointerTokens(std::string_view pointer)
{
    std::vector<std::string> tokens;
    if (pointer.empty())
        return tokens;
    if (pointer[0] != '/')
        return std::nullopt;
    for (std::size_t i = 0; i < pointer.size(); ++i) {
        if (pointer[i] == '/') {
            tokens.emplace_back();
            continue;
        }
        if (pointer[i] != '~') {
            tokens.back() += pointer[i];
            continue;
        }
        if (i + 1 >= pointer.size() || (pointer[i + 1] != '0' && pointer[i + 1] != '1'))
            return std::nullopt;
        tokens.back() += pointer[++i] == '0' ? '~' : '/';
    }
    return tokens;
}

const Json* pointerChild(const Json& value, std::string_view token)
{
    if (value.is_object()) {
        const auto found = value.find(token);
        return found == value.end() ? nullptr : &*found;
    }
    if (!value.is_array() || token.empty() || (token.size() > 1 && token[0] == '0'))
        return nullptr;
    std::size_t index = 0;
    const auto [end, status] = std::from_chars(token.data(), token.data() + token.size(), index);
    if (status != std::errc() || end != token.data() + token.size() || index >= value.size())
        return nullptr;
    return &value[index];
}

}
