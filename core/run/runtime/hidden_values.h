#pragma once

#include "core/base/json.h"
#include "core/domain/limits.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ephor::guard {
class Protection;
}
namespace ephor::runtime {

struct Run;

/// Values that rules and a sign-in compare as they are, and that the record knows by what stands for them alone: the
/// person whom a caller named and whom it has as a keyed hash, and what is behind stand-ins in arguments that a tool
/// gets with the values put back. They are in the memory of their run and nowhere else; what is recorded of verdicts
/// about them names the hash and the stand-ins.
class HiddenValues {
public:
    /// Of a run that has none of either everything stays as it is.
    explicit HiddenValues(const Run& run);

    /// What stands for them wherever one of them stood.
    std::string without(std::string text) const;
    /// The same in every text of an explanation of a call with these arguments. Nothing where a part of a value might
    /// be left, since explanations cut long texts.
    std::optional<Document> without(const Document& explanation, const Json& arguments) const;

private:
    struct Value {
        std::string value;
        std::string quoted; ///< as rules write it, without its quotes
        std::string shown;
    };
    void add(std::string value, std::string shown);
    Json withoutIn(Json value) const;
    bool mayBeCut(const Json& arguments) const;

    std::vector<Value> m_values; ///< the longest first: one may be a part of another
};

/// The claim that is recorded as this hash, where one of the arguments is just that text: after a restart nobody
/// remembers it, but whoever names it can be believed. Nothing: not known.
std::optional<std::string_view> claimIn(
    const Json& arguments, std::string_view hash, const guard::Protection& protection);

}
