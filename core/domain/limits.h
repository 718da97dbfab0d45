#pragma once

#include "core/base/clock.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ephor {

/// Text with its limits in the type, in bytes, so that schema, form and HTTP follow from the declaration.
template <std::size_t Max, std::size_t Min = 0> struct Text : std::string {
    using std::string::string;
    Text() = default;
    Text(std::string text)
        : std::string(std::move(text))
    {
    }
};

/// The name of a definition or a thing people refer to; never empty.
using Name = Text<128, 1>;
/// An id of any kind (UUID, digest, CH-12); never empty.
using Id = Text<96, 1>;
/// One line of people's text that may be empty.
using Line = Text<512>;
/// Some paragraphs: a description, a reason.
using Prose = Text<8'192>;
/// A reason that must be given.
using Reason = Text<2'048, 3>;

/// Text that no log, ledger entry, trace or export shows; wiped by nobody but never copied into a record.
template <std::size_t Max, std::size_t Min = 0> struct SecretText : std::string {
    using std::string::string;
    SecretText() = default;
    SecretText(std::string text)
        : std::string(std::move(text))
    {
    }
};

/// A list with its limit in the type.
template <class T, std::size_t Max> struct List : std::vector<T> {
    using std::vector<T>::vector;
};

/// Any JSON value, held as its text, so that headers stay free of the JSON library. Empty means null.
struct Document {
    std::string text;
    bool operator==(const Document&) const = default;
};

/// Money in billionths of a US dollar: exact, and small enough for one token's price.
/// In JSON a decimal string ("0.0184"). Unknown is an empty optional, never zero.
struct Money {
    std::int64_t nanos = 0;
    bool operator==(const Money&) const = default;
    auto operator<=>(const Money&) const = default;
};

std::string formatMoney(Money money);
Result<Money> parseMoney(std::string_view text);

}
