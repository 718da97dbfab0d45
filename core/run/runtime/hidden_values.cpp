#include "core/run/runtime/hidden_values.h"

#include "core/domain/reflect.h"
#include "core/run/runtime/run.h"
#include "core/trust/cedar/escape.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ephor::runtime {

namespace {

// Explanations cut texts of more than 120 characters: what is left of a value there would be no longer found.
constexpr std::size_t longestFound = 100;

std::string replacedAll(std::string text, const std::string& what, const std::string& with)
{
    for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
    return text;
}

}

HiddenValues::HiddenValues(const Run& run)
{
    if (run.person != run.summary.person)
        add(run.person, run.summary.person);
    for (const auto* const vault : {&run.vault, &run.recalled})
        for (const auto& [standIn, value] : *vault)
            add(value, standIn);
    std::ranges::sort(m_values, std::ranges::greater(), [](const Value& each) { return each.value.size(); });
}

void HiddenValues::add(std::string value, std::string shown)
{
    if (value.empty())
        return;
    const std::string quoted = cedar::quoted(value);
    m_values.push_back({std::move(value), quoted.substr(1, quoted.size() - 2), std::move(shown)});
}

std::string HiddenValues::without(std::string text) const
{
    for (const Value& each : m_values) {
        text = replacedAll(std::move(text), each.value, each.shown);
        if (each.quoted != each.value)
            text = replacedAll(std::move(text), each.quoted, each.shown);
    }
    return text;
}

std::optional<Document> HiddenValues::without(const Document& explanation, const Json& arguments) const
{
    if (m_values.empty())
        return explanation;
    if (mayBeCut(arguments))
        return std::nullopt;
    return documentOf(withoutIn(jsonOf(explanation)));
}

Json HiddenValues::withoutIn(Json value) const
{
    if (value.is_string())
        return without(value.get<std::string>());
    if (value.is_structured()) {
        for (Json& each : value)
            each = withoutIn(std::move(each));
    }
    return value;
}

bool HiddenValues::mayBeCut(const Json& arguments) const
{
    const auto isLong = [](const Value& each) { return each.quoted.size() > longestFound; };
    if (std::ranges::any_of(m_values, isLong))
        return true;
    if (arguments.is_string()) {
        const std::string& text = arguments.get_ref<const std::string&>();
        return text.size() > longestFound
            && std::ranges::any_of(m_values, [&](const Value& each) { return text.find(each.value) != text.npos; });
    }
    return arguments.is_structured()
        && std::ranges::any_of(arguments, [this](const Json& each) { return mayBeCut(each); });
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
