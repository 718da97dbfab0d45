#include "core/run/runtime/hidden_claim.h"

#include "core/domain/reflect.h"
#include "core/run/runtime/run.h"
#include "core/trust/cedar/escape.h"

#include <nlohmann/json.hpp>

namespace ephor::runtime {

namespace {

// Explanations cut values of more than 120 characters: what is left of a cut one would be no longer found.
constexpr std::size_t longestFound = 100;

std::string replacedAll(std::string text, const std::string& what, const std::string& with)
{
    for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
    return text;
}

}

HiddenClaim::HiddenClaim(const Run& run)
    : m_hash(run.summary.person)
{
    if (run.person == run.summary.person)
        return;
    m_claim = run.person;
    const std::string quoted = cedar::quoted(m_claim);
    m_quoted = quoted.substr(1, quoted.size() - 2);
}

std::string HiddenClaim::without(std::string text) const
{
    if (m_claim.empty())
        return text;
    return replacedAll(replacedAll(std::move(text), m_claim, m_hash), m_quoted, m_hash);
}

std::optional<Document> HiddenClaim::without(const Document& explanation) const
{
    if (m_claim.empty())
        return explanation;
    if (m_quoted.size() > longestFound)
        return std::nullopt;
    return documentOf(withoutIn(jsonOf(explanation)));
}

Json HiddenClaim::withoutIn(Json value) const
{
    if (value.is_string())
        return without(value.get<std::string>());
    if (value.is_structured()) {
        for (Json& each : value)
            each = withoutIn(std::move(each));
    }
    return value;
}

std::optional<std::string_view> claimIn(
    const Json& arguments, std::string_view hash, const guard::Protection& protection)
{
    if (arguments.is_string()) {
        const std::string& text = arguments.get_ref<const std::string&>();
        return protection.hiddenName(text) == hash ? std::optional<std::string_view>(text) : std::nullopt;
    }
    if (!arguments.is_structured())
        return std::nullopt;
    for (const Json& each : arguments) {
        if (const auto found = claimIn(each, hash, protection))
            return found;
    }
    return std::nullopt;
}

}
