#include "core/trust/detect/number/checksums.h"

#include "core/base/hash.h"

#include <algorithm>
#include <vector>

namespace ephor::detect {

namespace {

using Row = std::array<std::uint8_t, 10>;

// Multiplication in the dihedral group D5: rotations are 0 to 4, reflections 5 to 9.
constexpr std::array<Row, 10> dihedralProducts = [] {
    std::array<Row, 10> products{};
    for (unsigned a = 0; a < 10; ++a) {
        for (unsigned b = 0; b < 10; ++b) {
            const unsigned turn = a < 5 ? a + b % 5 : a % 5 + 5 - b % 5;
            products[a][b] = std::uint8_t(turn % 5 + ((a < 5) == (b < 5) ? 0 : 5));
        }
    }
    return products;
}();

// Verhoeff's permutation and its powers, one for each place from the right.
constexpr std::array<Row, 8> placePermutations = [] {
    std::array<Row, 8> powers{};
    constexpr Row first{1, 5, 7, 6, 2, 8, 3, 0, 9, 4};
    for (unsigned digit = 0; digit < 10; ++digit)
        powers[0][digit] = std::uint8_t(digit);
    for (std::size_t power = 1; power < powers.size(); ++power) {
        for (unsigned digit = 0; digit < 10; ++digit)
            powers[power][digit] = first[powers[power - 1][digit]];
    }
    return powers;
}();

constexpr std::string_view base58Letters = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
constexpr std::string_view bech32Letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

constexpr std::array<std::int8_t, 256> placesIn(std::string_view letters)
{
    std::array<std::int8_t, 256> places{};
    places.fill(-1);
    for (std::size_t i = 0; i < letters.size(); ++i)
        places[std::uint8_t(letters[i])] = std::int8_t(i);
    return places;
}

constexpr auto base58Places = placesIn(base58Letters);
constexpr auto bech32Places = placesIn(bech32Letters);

std::uint32_t bech32Step(std::uint32_t state, std::uint32_t value)
{
    constexpr std::array<std::uint32_t, 5> generator{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    const std::uint32_t top = state >> 25;
    state = (state & 0x1ffffff) << 5 ^ value;
    for (unsigned bit = 0; bit < generator.size(); ++bit) {
        if ((top >> bit & 1) != 0)
            state ^= generator[bit];
    }
    return state;
}

// BIP 141: 2 to 40 bytes of program; version 0 has 20 or 32.
bool isWitnessProgram(unsigned version, std::size_t groups)
{
    const std::size_t bytes = groups * 5 / 8;
    if (version > 16 || bytes < 2 || bytes > 40 || groups * 5 % 8 > 4)
        return false;
    return version != 0 || bytes == 20 || bytes == 32;
}

}

bool verhoeffHolds(std::string_view digits)
{
    unsigned state = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const auto digit = unsigned(digits[digits.size() - 1 - i] - '0');
        state = dihedralProducts[state][placePermutations[i % 8][digit]];
    }
    return !digits.empty() && state == 0;
}

bool base58CheckHolds(std::string_view text)
{
    constexpr std::size_t size = 25;
    std::array<std::uint8_t, size> bytes{};
    for (const char c : text) {
        const int place = base58Places[std::uint8_t(c)];
        if (place < 0)
            return false;
        unsigned carry = unsigned(place);
        for (std::size_t i = size; i-- > 0;) {
            carry += bytes[i] * 58U;
            bytes[i] = std::uint8_t(carry);
            carry >>= 8;
        }
        if (carry != 0)
            return false;
    }
    const auto ones = std::size_t(std::ranges::find_if(text, [](char c) { return c != '1'; }) - text.begin());
    const auto zeros = std::size_t(std::ranges::find_if(bytes, [](auto byte) { return byte != 0; }) - bytes.begin());
    if (ones != zeros)
        return false;
    const auto view = std::string_view(reinterpret_cast<const char*>(bytes.data()), size - 4);
    const auto once = sha256(view);
    const auto twice = sha256(std::string_view(reinterpret_cast<const char*>(once.data()), once.size()));
    return std::equal(bytes.end() - 4, bytes.end(), reinterpret_cast<const std::uint8_t*>(twice.data()));
}

bool bech32Holds(std::string_view text)
{
    constexpr std::size_t checkLength = 6;
    if (text.size() < 14 || text.size() > 90)
        return false;
    const bool capital = text[0] == 'B';
    if (text.substr(0, 3) != (capital ? "BC1" : "bc1"))
        return false;
    std::uint32_t state = 1;
    for (const std::uint32_t value : {3, 3, 0, 2, 3}) // "bc": the high bits of both letters, nothing, their low bits
        state = bech32Step(state, value);
    const std::string_view data = text.substr(3);
    for (const char c : data) {
        const bool wrongCase = capital ? c >= 'a' && c <= 'z' : c >= 'A' && c <= 'Z';
        const int place = bech32Places[std::uint8_t(capital && c >= 'A' && c <= 'Z' ? c + 32 : c)];
        if (place < 0 || wrongCase)
            return false;
        state = bech32Step(state, std::uint32_t(place));
    }
    const auto version = unsigned(bech32Places[std::uint8_t(capital && data[0] >= 'A' ? data[0] + 32 : data[0])]);
    constexpr std::uint32_t bech32m = 0x2bc830a3;
    return isWitnessProgram(version, data.size() - 1 - checkLength) && state == (version == 0 ? 1 : bech32m);
}

}
