#include "core/definition/check_parts.h"

#include "core/base/text.h"
#include "core/contract/schema.h"
#include "core/contract/uri.h"
#include "core/domain/reflect.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace ephor::definition {

namespace {

// A reference may lead anywhere, and several branches may each add members: such a schema is not read here.
bool namesMembers(const Json& schema)
{
    constexpr std::array open{"$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "if", "patternProperties"};
    return schema.is_object() && schema.contains("properties") && schema.at("properties").is_object()
        && std::ranges::none_of(open, [&](const char* keyword) { return schema.contains(keyword); });
}

}

Problem problemAt(std::string at, std::string code, std::string message, std::string hint)
{
    Problem problem;
    problem.code = std::move(code);
    problem.message = std::move(message);
    problem.hint = std::move(hint);
    problem.at = std::move(at);
    return problem;
}

void checkSchema(const Document& schema, const std::string& at, std::vector<Problem>& problems)
{
    if (schema.text.empty())
        return;
    const auto json = parseJson(schema.text);
    if (!json) {
        problems.push_back(problemAt(at, json.error().code, json.error().message, json.error().hint));
        return;
    }
    if (json->is_null())
        return;
    const auto compiled = contract::Schema::compile(*json);
    if (compiled)
        return;
    std::string place = at;
    for (const auto& [name, value] : compiled.error().fields) {
        if (name == "location" && value.starts_with("#/"))
            place = at + value.substr(1);
    }
    problems.push_back(problemAt(place, compiled.error().code, compiled.error().message, compiled.error().hint));
}

void checkUrl(std::string_view url, const std::string& at, std::vector<Problem>& problems)
{
    const contract::UriParts parts = contract::splitUri(url);
    const std::string scheme = lowerAscii(parts.scheme);
    const bool clean
        = std::ranges::all_of(url, [](char c) { return std::uint8_t(c) > 0x20 && std::uint8_t(c) < 0x7F; });
    if (!clean || !parts.hasAuthority || (scheme != "http" && scheme != "https")) {
        problems.push_back(problemAt(at, "definition.url", "This is not an absolute http or https address.",
            "Write it like https://api.example.com/v1."));
        return;
    }
    if (parts.authority.find('@') != std::string_view::npos) {
        problems.push_back(problemAt(at, "definition.url-secret", "The address holds a user name or a password.",
            "Store the password as a secret and send it in a header."));
        return;
    }
    const std::string_view host = parts.authority.substr(0, parts.authority.find(':'));
    if (host.empty() || host.find('{') != std::string_view::npos)
        problems.push_back(problemAt(at, "definition.url", "The address has no fixed host.",
            "Arguments may stand in the path and the query, never in the host."));
    if (parts.hasFragment)
        problems.push_back(problemAt(
            at, "definition.url", "The address has a fragment, which is never sent.", "Leave out what follows the #."));
}

bool declares(const Json& schema, std::string_view path)
{
    const Json* node = &schema;
    for (const std::string_view part : split(path, '.')) {
        if (!namesMembers(*node))
            return true;
        const Json& members = node->at("properties");
        const auto found = members.find(std::string(part));
        if (found == members.end())
            return false;
        node = &*found;
    }
    return true;
}

bool looksLikeSecret(std::string_view text)
{
    constexpr std::array<std::string_view, 12> prefixes{
        "sk-", "sk_", "pk-", "rk_", "ghp_", "gho_", "github_pat_", "xoxb-", "xoxp-", "AKIA", "AIza", "eyJ"};
    std::string_view value = trim(text);
    for (const std::string_view scheme : {"Bearer ", "bearer ", "Basic ", "basic "}) {
        if (value.starts_with(scheme))
            return !isSecretReference(trim(value.substr(scheme.size())));
    }
    return std::ranges::any_of(prefixes, [&](std::string_view prefix) { return value.starts_with(prefix); });
}

bool isSecretReference(std::string_view text)
{
    constexpr std::string_view prefix = "secret:";
    constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789._-";
    constexpr std::size_t longest = 64; // what the key store takes
    if (!text.starts_with(prefix))
        return false;
    const std::string_view name = text.substr(prefix.size());
    return !name.empty() && name.size() <= longest && name.find_first_not_of(allowed) == std::string_view::npos
        && !looksLikeSecret(name);
}

}
