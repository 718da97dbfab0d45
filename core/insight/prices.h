#pragma once

#include "core/base/json.h"
#include "core/domain/run.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace ephor::insight {

/// What a provider charges for one model, in billionths of a US dollar for one token: 3 dollars for a million are
/// 3,000.
struct ModelPrice {
    std::int64_t inputNanos = 0;
    std::int64_t outputNanos = 0;
    std::int64_t cachedInputNanos = 0; ///< input read from the provider's cache
};

/// A dated list of prices, by the provider's own model name. Immutable once read.
class PriceTable {
public:
    /// Format:
    /// {"version":"2026-11","currency":"USD","models":{"NAME":{"input":"3.00","output":"15.00","cached":"0.30"}}}, in
    /// dollars for a million tokens. Code prices.invalid.
    static Result<PriceTable> read(const Json& json);

    /// By the exact name, else by the longest listed name that it begins with followed by "-" (dated snapshots).
    /// Nothing when the model is not listed: an unknown price is not zero.
    std::optional<ModelPrice> find(std::string_view model) const;
    const std::string& version() const { return m_version; }

private:
    std::string m_version;
    std::map<std::string, ModelPrice, std::less<>> m_models;
};

/// The price of one call: nothing when the price or a count it needs is unknown.
std::optional<Money> costOf(const std::optional<ModelPrice>& price, const Usage& usage);

}
