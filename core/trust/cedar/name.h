#pragma once

#include <string_view>

namespace ephor::cedar {

/// Whether a word is kept from use as a name: true false if then else in is like has __cedar.
bool isReservedWord(std::string_view word);

/// A letter or underscore, then letters, digits and underscores, all ASCII. Reserved words are identifiers too.
bool isIdentifier(std::string_view word);

/// Identifiers joined by "::", none reserved: `Bank::Agent`. No blanks.
bool isName(std::string_view text);

/// Whether entities of this type are actions: `Action`, or a name that ends with `::Action`.
bool isActionType(std::string_view type);

}
