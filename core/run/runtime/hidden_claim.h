#pragma once

#include "core/base/json.h"
#include "core/domain/limits.h"

#include <optional>
#include <string>
#include <string_view>

namespace ephor::guard {
class Protection;
}
namespace ephor::runtime {

struct Run;

/// The person whom a caller named and whom the record knows by a keyed hash alone. Rules and a sign-in compare the
/// claim itself, which is in the memory of its run and nowhere else; what is recorded of their verdicts names the hash.
class HiddenClaim {
public:
    /// Of a run whose claim stands open, everything stays as it is.
    explicit HiddenClaim(const Run& run);

    /// The hash wherever the claim stood.
    std::string without(std::string text) const;
    /// The same in every text of an explanation. Nothing where a part of the claim might be left.
    std::optional<Document> without(const Document& explanation) const;

private:
    Json withoutIn(Json value) const;

    std::string m_claim; ///< empty: nothing is hidden
    std::string m_quoted; ///< as rules write it, without its quotes
    std::string m_hash;
};

/// The claim that is recorded as this hash, where one of the arguments is just that text: after a restart nobody
/// remembers it, but whoever names it can be believed. Nothing: not known.
std::optional<std::string_view> claimIn(
    const Json& arguments, std::string_view hash, const guard::Protection& protection);

}
