#include "core/trust/detect/secret/secret_randomness.h"

#include "core/base/text.h"
#include "core/trust/detect/secret/secret_alphabet.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace ephor::detect {

namespace {

constexpr std::string_view placeholderWords[] = {"example", "changeme", "change_me", "change-me", "placeholder",
    "your_", "your-", "yourpass", "yoursecret", "yourtoken", "yourkey", "yourapi", "insert_", "insert-", "replace_",
    "replace-", "replaceme", "redacted", "notreal", "not_real", "dummy", "fillme", "fill_in", "lorem", "xxxx", "****",
    "....", "----", "____", "\xE2\x80\xA2\xE2\x80\xA2", "${", "{{", "$(", "#{", "<%", "%(", "ephor-"};

// Words that people write where a value belongs, when they mean none.
constexpr std::string_view placeholderValues[] = {"password", "passwort", "passwd", "secret", "token", "none", "null",
    "true", "false", "undefined", "string", "required", "optional", "hidden", "masked", "empty", "user:password",
    "user:pass", "username:password", "password1", "password123", "passw0rd", "p@ssw0rd", "test", "test123", "test1234",
    "foo", "foobar", "bar", "admin", "root", "abc123", "secret123", "my_password", "mypassword", "my-secret-key",
    "mysecret", "my_secret", "my-token"};

// "{name}" as in templates, or "ns::Name", "A_CONSTANT" and "call(" as in sources.
bool isReference(std::string_view value)
{
    const std::size_t brace = value.find('{');
    if (value.contains("::") || (brace != std::string_view::npos && value.find('}', brace) != std::string_view::npos))
        return true;
    const bool constant = std::ranges::all_of(value, [](char c) { return c == '_' || contains(Alphabet::Upper, c); });
    return constant && std::ranges::count(value, '_') >= 2;
}

// 123456, abcdefgh and 0123456789abcdef: each character follows the one before.
std::size_t stepsUp(std::string_view value)
{
    std::size_t steps = 0;
    for (std::size_t i = 1; i < value.size(); ++i) {
        const int step = value[i] - value[i - 1];
        steps += step == 1 || (value[i - 1] == '9' && (value[i] == '0' || value[i] == 'a' || value[i] == 'A')) ? 1 : 0;
    }
    return steps;
}

std::size_t distinctCharacters(std::string_view value)
{
    std::array<bool, 256> seen{};
    for (const char c : value)
        seen[std::uint8_t(c)] = true;
    return std::size_t(std::ranges::count(seen, true));
}

struct Kinds {
    std::size_t digits = 0;
    std::size_t letters = 0;
    std::size_t symbols = 0; ///< printable and neither of them
    std::size_t turns = 0; ///< from letter to digit and back
    std::size_t rises = 0; ///< from lower case to upper case
    bool hexadecimal = true;
};

Kinds kindsOf(std::string_view value)
{
    Kinds kinds;
    char before = 0;
    for (const char c : value) {
        const bool digit = contains(Alphabet::Digits, c);
        const bool letter = !digit && (contains(Alphabet::Alphanumeric, c) || std::uint8_t(c) >= 0x80);
        kinds.digits += digit ? 1 : 0;
        kinds.letters += letter ? 1 : 0;
        kinds.symbols += !digit && !letter ? 1 : 0;
        kinds.hexadecimal = kinds.hexadecimal && contains(Alphabet::Hex, c);
        const bool wasDigit = before != 0 && contains(Alphabet::Digits, before);
        const bool wasLetter = before != 0 && !wasDigit && contains(Alphabet::Alphanumeric, before);
        const bool rises = wasLetter && letter && before >= 'a' && c <= 'Z';
        kinds.turns += (wasDigit && letter) || (wasLetter && digit) ? 1 : 0;
        kinds.rises += rises ? 1 : 0;
        before = c;
    }
    return kinds;
}

}

double entropyOf(std::string_view text)
{
    std::array<std::uint32_t, 256> counts{};
    for (const char c : text)
        ++counts[std::uint8_t(c)];
    double bits = 0;
    for (const std::uint32_t count : counts) {
        if (count != 0)
            bits -= count * std::log2(double(count) / double(text.size()));
    }
    return text.empty() ? 0 : bits / double(text.size());
}

bool isPlaceholder(std::string_view value)
{
    const bool path = value.size() > 1 && value.front() == '/' && value.find('/', 1) != std::string_view::npos;
    if (path)
        return true;
    if (value.empty() || value.front() == '<' || value.front() == '@' || value.front() == '$' || value.front() == '%'
        || value.front() == '[')
        return true;
    if (isReference(value))
        return true;
    const std::string lower = lowerAscii(value);
    if (std::ranges::any_of(placeholderWords, [&](std::string_view word) { return lower.contains(word); }))
        return true;
    if (std::ranges::find(placeholderValues, std::string_view(lower)) != std::ranges::end(placeholderValues))
        return true;
    const std::size_t few = value.size() >= 16 ? 5 : value.size() >= 8 ? 4 : 2;
    return distinctCharacters(value) < few || stepsUp(value) * 3 >= (value.size() - 1) * 2;
}

bool looksRandom(std::string_view value)
{
    constexpr std::size_t shortestKey = 16; // below that a generator would not stop
    if (value.size() < shortestKey || isPlaceholder(value))
        return false;
    const Kinds kinds = kindsOf(value);
    if (kinds.digits == 0 || kinds.letters == 0)
        return false;
    // Random letters and digits turn at nearly every second character; camel case rises once a word, and names
    // without it have a digit or two at their ends.
    const std::size_t turns = kinds.turns + kinds.rises;
    const bool turning = turns >= 4 && turns * (kinds.rises == 0 ? 8 : 5) >= value.size();
    return turning && entropyOf(value) >= (kinds.hexadecimal ? 2.9 : 3.3);
}

bool looksLikePassword(std::string_view value)
{
    constexpr std::size_t shortestPassword = 6;
    constexpr std::size_t longestPassword = 128;
    constexpr std::size_t phrase = 20; // letters alone count from here on
    if (value.size() < shortestPassword || value.size() > longestPassword || isPlaceholder(value))
        return false;
    // What ends in a mark may just be the end of a sentence.
    const Kinds kinds = kindsOf(value.substr(0, value.find_last_not_of("!?") + 1));
    const auto joins
        = std::size_t(std::ranges::count_if(value, [](char c) { return c == '-' || c == '_' || c == '.'; }));
    if (kinds.digits > 0 || kinds.symbols > joins)
        return true;
    return joins == 0 && kinds.rises == 0 && value.size() >= phrase && entropyOf(value) >= 3.0;
}

bool isMixedPassword(std::string_view value)
{
    std::array<bool, 4> kinds{};
    for (const char c : value) {
        const bool join = std::string_view("-_./ ").find(c) != std::string_view::npos;
        if (contains(Alphabet::Alphanumeric, c))
            kinds[contains(Alphabet::Digits, c) ? 0 : c >= 'a' ? 1 : 2] = true;
        else if (!join)
            kinds[3] = true;
    }
    return looksLikePassword(value) && std::ranges::count(kinds, true) >= 3;
}

}
