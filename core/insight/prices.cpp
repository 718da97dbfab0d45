#include "core/insight/prices.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace ephor::insight {

namespace {

constexpr std::int64_t tokensPriced = 1'000'000;

Result<std::int64_t> nanosPerToken(const Json& entry, const char* name, const std::string& model)
{
    const auto found = entry.find(name);
    if (found == entry.end() || !found->is_string())
        return fail(Error(ErrorKind::Invalid, "prices.invalid", "A price is missing or is not a decimal string.")
                .with("model", model)
                .with("price", name));
    EPHOR_TRY(const Money perMillion, parseMoney(found->get_ref<const std::string&>()));
    if (perMillion.nanos < 0 || perMillion.nanos % tokensPriced != 0)
        return fail(Error(
            ErrorKind::Invalid, "prices.invalid", "A price is negative or finer than a billionth of a dollar a token.")
                .with("model", model));
    return perMillion.nanos / tokensPriced;
}

}

Result<PriceTable> PriceTable::read(const Json& json)
{
    if (!json.is_object() || !json.contains("models") || !json["models"].is_object() || !json.contains("version")
        || !json["version"].is_string())
        return fail(ErrorKind::Invalid, "prices.invalid", "A price table has a version and a list of models.");
    if (json.value("currency", "") != "USD")
        return fail(
            ErrorKind::Invalid, "prices.invalid", "A price table is in US dollars.", "Set \"currency\" to \"USD\".");
    PriceTable table;
    table.m_version = json["version"].get<std::string>();
    for (const auto& [model, entry] : json["models"].items()) {
        if (!entry.is_object())
            return fail(
                Error(ErrorKind::Invalid, "prices.invalid", "A model's prices are an object.").with("model", model));
        ModelPrice price;
        EPHOR_TRY(price.inputNanos, nanosPerToken(entry, "input", model));
        EPHOR_TRY(price.outputNanos, nanosPerToken(entry, "output", model));
        price.cachedInputNanos = price.inputNanos;
        if (entry.contains("cached")) {
            EPHOR_TRY(price.cachedInputNanos, nanosPerToken(entry, "cached", model));
        }
        table.m_models.emplace(model, price);
    }
    return table;
}

std::optional<ModelPrice> PriceTable::find(std::string_view model) const
{
    if (const auto exact = m_models.find(model); exact != m_models.end())
        return exact->second;
    const std::pair<const std::string, ModelPrice>* longest = nullptr;
    for (const auto& entry : m_models) {
        const bool begins = model.starts_with(entry.first) && model.substr(entry.first.size()).starts_with('-');
        if (begins && (longest == nullptr || entry.first.size() > longest->first.size()))
            longest = &entry;
    }
    return longest != nullptr ? std::optional(longest->second) : std::nullopt;
}

std::optional<Money> costOf(const std::optional<ModelPrice>& price, const Usage& usage)
{
    if (!price || !usage.inputTokens || !usage.outputTokens)
        return std::nullopt;
    const auto cached = std::int64_t(std::min(usage.cachedTokens.value_or(0), *usage.inputTokens));
    const auto fresh = std::int64_t(*usage.inputTokens) - cached;
    return Money{fresh * price->inputNanos + cached * price->cachedInputNanos
        + std::int64_t(*usage.outputTokens) * price->outputNanos};
}

}
