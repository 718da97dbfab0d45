#pragma once

#include <string>
#include <string_view>

namespace ephor::contract {

/// True for what may stand as a label of an internationalized name, in Unicode (RFC 5891 §4.2.3, RFC 5892): normalised,
/// every character allowed in its context, hyphens in place. Direction is judged for the whole name: see below.
bool isUnicodeLabel(std::u32string_view label);

/// True when `label` holds a character that is written from right to left (RFC 5893 §1.4).
bool isRightToLeftLabel(std::u32string_view label);

/// RFC 5893 §2: to hold for every label of a name in which any label is written from right to left.
bool satisfiesBidiRule(std::u32string_view label);

}
