#pragma once

#include <string_view>

namespace ephor::detect {

enum class DomainKind {
    Unknown,
    Common, ///< a bare name that ends so is hardly anything else
    Ambiguous, ///< also a word or a file's extension: counts behind "www." or an address sign only
};

/// What the last label of a domain name is, in any case of letters.
DomainKind topLevelDomain(std::string_view label);

}
