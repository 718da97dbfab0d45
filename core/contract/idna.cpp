#include "core/contract/idna.h"

#include <algorithm>
#include <array>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <vector>

namespace ephor::contract {

namespace {

enum class LabelCharacter { Valid, Disallowed, ContextJoiner, ContextOther };

constexpr UChar32 zeroWidthNonJoiner = 0x200c;
constexpr UChar32 zeroWidthJoiner = 0x200d;
constexpr int viramaClass = 9;

bool isAnyOf(UChar32 c, std::initializer_list<UChar32> points)
{
    return std::find(points.begin(), points.end(), c) != points.end();
}

std::u16string utf16Of(std::u32string_view text)
{
    std::u16string out;
    for (char32_t c : text) {
        if (c < 0x10000) {
            out += static_cast<char16_t>(c);
        } else {
            out += static_cast<char16_t>(0xd7c0 + (c >> 10));
            out += static_cast<char16_t>(0xdc00 + (c & 0x3ff));
        }
    }
    return out;
}

std::u16string normalizedWith(const UNormalizer2* normalizer, const std::u16string& text)
{
    UErrorCode status = U_ZERO_ERROR;
    std::u16string out(text.size() * 4 + 32, u'\0');
    auto length = unorm2_normalize(normalizer, text.data(), static_cast<std::int32_t>(text.size()), out.data(),
        static_cast<std::int32_t>(out.size()), &status);
    if (status == U_BUFFER_OVERFLOW_ERROR) {
        out.resize(static_cast<std::size_t>(length));
        status = U_ZERO_ERROR;
        length = unorm2_normalize(normalizer, text.data(), static_cast<std::int32_t>(text.size()), out.data(),
            static_cast<std::int32_t>(out.size()), &status);
    }
    if (U_FAILURE(status))
        return {};
    out.resize(static_cast<std::size_t>(length));
    return out;
}

std::u16string foldedCase(const std::u16string& text)
{
    UErrorCode status = U_ZERO_ERROR;
    std::u16string out(text.size() * 4 + 32, u'\0');
    const auto length = u_strFoldCase(out.data(), static_cast<std::int32_t>(out.size()), text.data(),
        static_cast<std::int32_t>(text.size()), U_FOLD_CASE_DEFAULT, &status);
    if (U_FAILURE(status))
        return {};
    out.resize(static_cast<std::size_t>(length));
    return out;
}

// RFC 5892 §2.2: changed by NFKC(casefold(NFKC(c))).
bool isUnstable(UChar32 c)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2* normalizer = unorm2_getNFKCInstance(&status);
    if (U_FAILURE(status))
        return true;
    const std::u16string original = utf16Of(std::u32string(1, static_cast<char32_t>(c)));
    return normalizedWith(normalizer, foldedCase(normalizedWith(normalizer, original))) != original;
}

bool isIgnorable(UChar32 c)
{
    const auto block = ublock_getCode(c);
    return u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || u_hasBinaryProperty(c, UCHAR_WHITE_SPACE)
        || u_hasBinaryProperty(c, UCHAR_NONCHARACTER_CODE_POINT) || block == UBLOCK_COMBINING_MARKS_FOR_SYMBOLS
        || block == UBLOCK_MUSICAL_SYMBOLS || block == UBLOCK_ANCIENT_GREEK_MUSICAL_NOTATION;
}

bool isOldHangul(UChar32 c)
{
    const int type = u_getIntPropertyValue(c, UCHAR_HANGUL_SYLLABLE_TYPE);
    return type == U_HST_LEADING_JAMO || type == U_HST_VOWEL_JAMO || type == U_HST_TRAILING_JAMO;
}

// The derived property of RFC 5892 §3, in its order.
LabelCharacter labelCharacter(UChar32 c)
{
    if (isAnyOf(c, {0xdf, 0x3c2, 0x6fd, 0x6fe, 0xf0b, 0x3007}))
        return LabelCharacter::Valid;
    if (isAnyOf(c, {0xb7, 0x375, 0x5f3, 0x5f4, 0x30fb}) || (c >= 0x660 && c <= 0x669) || (c >= 0x6f0 && c <= 0x6f9))
        return LabelCharacter::ContextOther;
    if (isAnyOf(c, {0x640, 0x7fa, 0x302e, 0x302f, 0x303b}) || (c >= 0x3031 && c <= 0x3035))
        return LabelCharacter::Disallowed;
    const auto category = u_charType(c);
    if (category == U_UNASSIGNED)
        return LabelCharacter::Disallowed;
    if (c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'))
        return LabelCharacter::Valid;
    if (c == zeroWidthNonJoiner || c == zeroWidthJoiner)
        return LabelCharacter::ContextJoiner;
    if (isUnstable(c) || isIgnorable(c) || isOldHangul(c))
        return LabelCharacter::Disallowed;
    constexpr std::array letterDigits{U_LOWERCASE_LETTER, U_UPPERCASE_LETTER, U_OTHER_LETTER, U_DECIMAL_DIGIT_NUMBER,
        U_MODIFIER_LETTER, U_NON_SPACING_MARK, U_COMBINING_SPACING_MARK};
    const bool letter = std::find(letterDigits.begin(), letterDigits.end(), category) != letterDigits.end();
    return letter ? LabelCharacter::Valid : LabelCharacter::Disallowed;
}

UScriptCode scriptOf(char32_t c)
{
    UErrorCode status = U_ZERO_ERROR;
    const auto script = uscript_getScript(static_cast<UChar32>(c), &status);
    return U_FAILURE(status) ? USCRIPT_INVALID_CODE : script;
}

int joiningType(char32_t c)
{
    return u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_JOINING_TYPE);
}

// RFC 5892 appendix A.1 and A.2.
bool joinerAllowed(std::u32string_view label, std::size_t at)
{
    if (at > 0 && u_getCombiningClass(static_cast<UChar32>(label[at - 1])) == viramaClass)
        return true;
    if (static_cast<UChar32>(label[at]) == zeroWidthJoiner)
        return false;
    std::size_t before = at;
    while (before > 0 && joiningType(label[before - 1]) == U_JT_TRANSPARENT)
        --before;
    std::size_t after = at + 1;
    while (after < label.size() && joiningType(label[after]) == U_JT_TRANSPARENT)
        ++after;
    if (before == 0 || after >= label.size())
        return false;
    const int left = joiningType(label[before - 1]);
    const int right = joiningType(label[after]);
    return (left == U_JT_LEFT_JOINING || left == U_JT_DUAL_JOINING)
        && (right == U_JT_RIGHT_JOINING || right == U_JT_DUAL_JOINING);
}

bool holdsBetween(std::u32string_view label, char32_t first, char32_t last)
{
    return std::any_of(label.begin(), label.end(), [&](char32_t c) { return c >= first && c <= last; });
}

// RFC 5892 appendix A.3 to A.9.
bool contextAllowed(std::u32string_view label, std::size_t at)
{
    const char32_t c = label[at];
    switch (c) {
    case 0xb7:
        return at > 0 && at + 1 < label.size() && label[at - 1] == 'l' && label[at + 1] == 'l';
    case 0x375:
        return at + 1 < label.size() && scriptOf(label[at + 1]) == USCRIPT_GREEK;
    case 0x5f3:
    case 0x5f4:
        return at > 0 && scriptOf(label[at - 1]) == USCRIPT_HEBREW;
    case 0x30fb:
        return std::any_of(label.begin(), label.end(), [](char32_t other) {
            const auto script = scriptOf(other);
            return script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA || script == USCRIPT_HAN;
        });
    default:
        return c <= 0x669 ? !holdsBetween(label, 0x6f0, 0x6f9) : !holdsBetween(label, 0x660, 0x669);
    }
}

bool isNormalized(std::u32string_view label)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2* normalizer = unorm2_getNFCInstance(&status);
    const std::u16string text = utf16Of(label);
    const bool normalized
        = unorm2_isNormalized(normalizer, text.data(), static_cast<std::int32_t>(text.size()), &status) != 0;
    return U_SUCCESS(status) && normalized;
}

}

bool isUnicodeLabel(std::u32string_view label)
{
    if (label.empty() || label.front() == '-' || label.back() == '-'
        || (label.size() >= 4 && label[2] == U'-' && label[3] == U'-'))
        return false;
    if ((U_GET_GC_MASK(static_cast<UChar32>(label.front())) & U_GC_M_MASK) != 0 || !isNormalized(label))
        return false;
    for (std::size_t i = 0; i < label.size(); ++i) {
        const auto kind = labelCharacter(static_cast<UChar32>(label[i]));
        if (kind == LabelCharacter::Disallowed || (kind == LabelCharacter::ContextJoiner && !joinerAllowed(label, i))
            || (kind == LabelCharacter::ContextOther && !contextAllowed(label, i)))
            return false;
    }
    return true;
}

bool isRightToLeftLabel(std::u32string_view label)
{
    return std::any_of(label.begin(), label.end(), [](char32_t c) {
        const auto direction = u_charDirection(static_cast<UChar32>(c));
        return direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC || direction == U_ARABIC_NUMBER;
    });
}

bool satisfiesBidiRule(std::u32string_view label)
{
    std::vector<UCharDirection> directions;
    for (char32_t c : label)
        directions.push_back(u_charDirection(static_cast<UChar32>(c)));
    while (!directions.empty() && directions.back() == U_DIR_NON_SPACING_MARK)
        directions.pop_back();
    if (directions.empty())
        return false;
    const auto all = [&](std::initializer_list<UCharDirection> allowed) {
        return std::all_of(directions.begin(), directions.end(),
            [&](UCharDirection d) { return std::find(allowed.begin(), allowed.end(), d) != allowed.end(); });
    };
    const auto has
        = [&](UCharDirection d) { return std::find(directions.begin(), directions.end(), d) != directions.end(); };
    const auto first = directions.front();
    const auto last = directions.back();
    if (first == U_LEFT_TO_RIGHT)
        return all({U_LEFT_TO_RIGHT, U_EUROPEAN_NUMBER, U_EUROPEAN_NUMBER_SEPARATOR, U_COMMON_NUMBER_SEPARATOR,
                   U_EUROPEAN_NUMBER_TERMINATOR, U_OTHER_NEUTRAL, U_BOUNDARY_NEUTRAL, U_DIR_NON_SPACING_MARK})
            && (last == U_LEFT_TO_RIGHT || last == U_EUROPEAN_NUMBER);
    if (first != U_RIGHT_TO_LEFT && first != U_RIGHT_TO_LEFT_ARABIC)
        return false;
    return all({U_RIGHT_TO_LEFT, U_RIGHT_TO_LEFT_ARABIC, U_ARABIC_NUMBER, U_EUROPEAN_NUMBER,
               U_EUROPEAN_NUMBER_SEPARATOR, U_COMMON_NUMBER_SEPARATOR, U_EUROPEAN_NUMBER_TERMINATOR, U_OTHER_NEUTRAL,
               U_BOUNDARY_NEUTRAL, U_DIR_NON_SPACING_MARK})
        && (last == U_RIGHT_TO_LEFT || last == U_RIGHT_TO_LEFT_ARABIC || last == U_EUROPEAN_NUMBER
            || last == U_ARABIC_NUMBER)
        && !(has(U_EUROPEAN_NUMBER) && has(U_ARABIC_NUMBER));
}

}
