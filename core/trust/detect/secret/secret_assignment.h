#pragma once

#include "core/trust/detect/secret/secret_pattern.h"

#include <cstddef>
#include <optional>
#include <string_view>

namespace ephor::detect {

/// What a name is given in code, YAML, JSON, XML, an .env file, a connection string, a link, a command line or a
/// sentence.
struct Assigned {
    Span value; ///< without quotes
    bool quoted = false;
    bool listed = false; ///< a comma alone connects them, as it does the names of a list
    std::string_view rest; ///< of the name, behind the keyword: "_hash" of "password_hash"
};

/// The value given to the name that a keyword, which ends at `keywordEnd`, is part of. Looks a fixed number of
/// characters ahead. Nothing where no value follows, where a call or a look-up follows instead of one
/// (`= getenv("X")`), or where the value has white space in it.
std::optional<Assigned> assignedAfter(std::string_view text, std::size_t keywordEnd);

/// The same for a keyword within a phrase: "aws cli secret is …" is 40 characters away at most.
std::optional<Assigned> assignedNear(std::string_view text, std::size_t keywordEnd);

/// What is longer is a document and no password or key.
inline constexpr std::size_t longestAssigned = 512;
/// Session tokens of clouds are longer.
inline constexpr std::size_t longestAssignedNear = 2048;
/// How far before a value its name can begin: what a reader of pieces must remember.
inline constexpr std::size_t assignmentReach = 128;

}
