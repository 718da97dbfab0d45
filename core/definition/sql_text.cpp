#include "core/definition/checks.h"

#include <algorithm>

namespace ephor::definition {

namespace {

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Past a string, a quoted name or a comment that begins at `at`; `at` itself when none does.
std::size_t skipQuoted(std::string_view sql, std::size_t at)
{
    const auto toEnd = [&](std::size_t found, std::size_t length) {
        return found == std::string_view::npos ? sql.size() : found + length;
    };
    const char c = sql[at];
    if (c == '\'' || c == '"' || c == '`')
        return toEnd(sql.find(c, at + 1), 1); // a doubled quote begins the next string at once
    if (c == '[')
        return toEnd(sql.find(']', at + 1), 1);
    if (sql.substr(at, 2) == "--")
        return toEnd(sql.find('\n', at), 1);
    if (sql.substr(at, 2) == "/*")
        return toEnd(sql.find("*/", at + 2), 2);
    return at;
}

void addOnce(std::vector<std::string>& names, std::string_view name)
{
    if (!name.empty() && std::ranges::find(names, name) == names.end())
        names.emplace_back(name);
}

}

std::size_t countStatements(std::string_view sql)
{
    std::size_t count = 0;
    bool inside = false;
    for (std::size_t at = 0; at < sql.size();) {
        const std::size_t past = skipQuoted(sql, at);
        const bool comment = past != at && (sql[at] == '-' || sql[at] == '/');
        if (past != at) {
            count += !comment && !inside;
            inside = inside || !comment;
            at = past;
            continue;
        }
        const char c = sql[at++];
        if (c == ';') {
            inside = false;
        } else if (std::uint8_t(c) > 0x20 && !inside) {
            inside = true;
            ++count;
        }
    }
    return count;
}

std::vector<std::string> statementArguments(std::string_view sql)
{
    std::vector<std::string> names;
    for (std::size_t at = 0; at < sql.size();) {
        if (const std::size_t past = skipQuoted(sql, at); past != at) {
            at = past;
            continue;
        }
        if (sql[at++] != ':')
            continue;
        const std::size_t begin = at;
        while (at < sql.size() && isNameCharacter(sql[at]))
            ++at;
        addOnce(names, sql.substr(begin, at - begin));
    }
    return names;
}

std::vector<std::string> urlArguments(std::string_view url)
{
    std::vector<std::string> names;
    for (std::size_t open = url.find('{'); open != std::string_view::npos; open = url.find('{', open + 1)) {
        const std::size_t close = url.find('}', open);
        if (close == std::string_view::npos)
            break;
        addOnce(names, url.substr(open + 1, close - open - 1));
    }
    return names;
}

}
