#pragma once

#include <string_view>

namespace ephor::detect {

/// Shannon entropy of the bytes in bits a byte: 0 for one repeated character, about 3.6 for 32 random hexadecimal
/// digits, about 4.3 for 24 random letters and digits.
double entropyOf(std::string_view text);

/// False for what only stands for a secret: examples of manuals, variables to be filled in, asterisks, one character
/// again and again, or the alphabet in its order.
bool isPlaceholder(std::string_view value);

/// True for what a generator of keys makes and a person does not: characters of different kinds in quick turns. Names
/// in camel case, paths, versions and dates are not.
bool looksRandom(std::string_view value);

/// True for what a person would choose as a password where one is asked for: not a plain word, a name of a
/// variable or a number of few digits.
bool looksLikePassword(std::string_view value);

/// True for a password that cannot be a name: of small letters, capitals, digits and signs it has three.
bool isMixedPassword(std::string_view value);

}
