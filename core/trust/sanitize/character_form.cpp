#include "core/trust/sanitize/character_form.h"

#include "core/trust/sanitize/code_point.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>
#include <unicode/utf16.h>

namespace ephor::sanitize {

namespace {

constexpr std::size_t pageSize = 256;
constexpr std::size_t pageCount = 0x110000 / pageSize;
using FormPage = std::array<CharacterForm, pageSize>;

/// Opened once; the calls used here only read.
struct NormalisationData {
    const UNormalizer2* decompose = nullptr;
    const UNormalizer2* composeCompatible = nullptr;
    const UNormalizer2* compose = nullptr;
    USpoofChecker* lookAlikes = nullptr;

    NormalisationData()
    {
        UErrorCode status = U_ZERO_ERROR;
        decompose = unorm2_getNFKDInstance(&status);
        composeCompatible = unorm2_getNFKCInstance(&status);
        compose = unorm2_getNFCInstance(&status);
        lookAlikes = uspoof_open(&status);
        // The library carries its data itself, so this is a broken installation; text must not pass unread.
        if (U_FAILURE(status))
            std::abort();
    }
};

const NormalisationData& normalisationData()
{
    static const NormalisationData data;
    return data;
}

std::u16string utf16Of(std::u32string_view text)
{
    std::u16string wide;
    for (const char32_t value : text) {
        if (value >= 0x10000) {
            wide += char16_t(0xD800 + ((value - 0x10000) >> 10));
            wide += char16_t(0xDC00 + ((value - 0x10000) & 0x3FF));
        } else {
            wide += char16_t(value);
        }
    }
    return wide;
}

std::u32string utf32Of(std::u16string_view wide)
{
    std::u32string text;
    for (std::size_t i = 0; i < wide.size(); ++i) {
        const bool pair = U16_IS_LEAD(wide[i]) && i + 1 < wide.size() && U16_IS_TRAIL(wide[i + 1]);
        text += pair ? char32_t(U16_GET_SUPPLEMENTARY(wide[i], wide[i + 1])) : char32_t(wide[i]);
        i += pair ? 1 : 0;
    }
    return text;
}

std::u32string normalized(const UNormalizer2* form, std::u32string_view text)
{
    // No normalisation makes more than 18 code units of one (UAX #15).
    const std::u16string wide = utf16Of(text);
    std::u16string out(wide.size() * 18, u'\0');
    UErrorCode status = U_ZERO_ERROR;
    const auto length
        = unorm2_normalize(form, wide.data(), std::int32_t(wide.size()), out.data(), std::int32_t(out.size()), &status);
    if (U_FAILURE(status))
        return std::u32string(text);
    out.resize(std::size_t(length));
    return utf32Of(out);
}

bool isInvisible(const char32_t value)
{
    const auto c = UChar32(value);
    const bool otherControl = value >= 0x80 && value <= 0x9F && value != 0x85;
    const bool annotation = value >= 0xFFF9 && value <= 0xFFFB;
    return u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0 || otherControl || annotation
        || (value >= 0x80 && u_charType(c) == U_ENCLOSING_MARK);
}

/// Marks of no script of their own: accents, strokes, rings for symbols.
bool isDecoration(const char32_t value)
{
    return (value >= 0x300 && value <= 0x36F) || (value >= 0x1AB0 && value <= 0x1AFF)
        || (value >= 0x1DC0 && value <= 0x1DFF) || (value >= 0x20D0 && value <= 0x20FF)
        || (value >= 0xFE20 && value <= 0xFE2F);
}

/// Signs that are written for an ASCII one, where the confusables data disagrees or has two characters for it.
char32_t plainSign(const char32_t value)
{
    switch (value) {
    case 0xB4: // acute accent, typed as an apostrophe
    case 0x2BC:
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x2032:
        return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x2033:
        return '"';
    case 0x2043: // hyphen bullet
    case 0x2212: // minus
        return '-';
    case 0x3001:
        return ',';
    case 0x3002:
        return '.';
    case 0x85:
    case 0x2028:
    case 0x2029:
        return '\n';
    case 0x2800: // a Braille cell without dots
        return ' ';
    default:
        if (value >= 0x1F150 && value <= 0x1F169)
            return 'A' + (value - 0x1F150);
        if (value >= 0x1F170 && value <= 0x1F189)
            return 'A' + (value - 0x1F170);
        return 0;
    }
}

bool isAsciiLetter(const char32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/// The ASCII character that `value` imitates, or 0. Letters count as letters and signs as signs only: a Cyrillic З is
/// no 3, or every Russian word would hold digits.
char32_t imitated(const char32_t value)
{
    const auto c = UChar32(value);
    UErrorCode status = U_ZERO_ERROR;
    if (u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC) != 0 || uscript_getScript(c, &status) == USCRIPT_HANGUL)
        return 0;
    const std::u16string wide = utf16Of(std::u32string_view(&value, 1));
    std::array<char16_t, 64> skeleton{};
    const auto length = uspoof_getSkeleton(normalisationData().lookAlikes, 0, wide.data(), std::int32_t(wide.size()),
        skeleton.data(), std::int32_t(skeleton.size()), &status);
    if (U_FAILURE(status) || length != 1 || skeleton[0] <= 0x20 || skeleton[0] >= 0x7F)
        return 0;
    const char32_t plain = skeleton[0];
    if (u_isalpha(c) != 0)
        // The data lets every upright stroke be a small l.
        return !isAsciiLetter(plain) ? 0 : plain == 'l' && u_isupper(c) != 0 ? 'I' : plain;
    return isAsciiLetter(plain) || (plain >= '0' && plain <= '9') ? 0 : plain;
}

char32_t asciiOf(const char32_t value)
{
    if (value < 0x80)
        return value;
    const auto c = UChar32(value);
    const int digit = u_charDigitValue(c);
    if (digit >= 0 && digit <= 9)
        return char32_t('0' + digit);
    const auto category = u_charType(c);
    if (category == U_OTHER_NUMBER) {
        const double number = u_getNumericValue(c);
        for (int i = 0; i <= 9; ++i)
            if (number == i)
                return char32_t('0' + i);
        return 0;
    }
    if (const char32_t sign = plainSign(value); sign != 0)
        return sign;
    if (category == U_DASH_PUNCTUATION)
        return '-';
    if (category == U_SPACE_SEPARATOR)
        return ' ';
    if (category == U_NON_SPACING_MARK || category == U_COMBINING_SPACING_MARK)
        return 0;
    return imitated(value);
}

std::unique_ptr<FormPage> fillPage(const char32_t first)
{
    auto page = std::make_unique<FormPage>();
    for (std::size_t i = 0; i < pageSize; ++i) {
        const char32_t value = first + char32_t(i);
        CharacterForm& form = (*page)[i];
        if (value >= 0xD800 && value <= 0xDFFF) {
            form.own = true;
            continue;
        }
        form.invisible = isInvisible(value);
        form.begins = unorm2_hasBoundaryBefore(normalisationData().composeCompatible, UChar32(value)) != 0;
        if (form.invisible)
            continue;
        const std::string text = formOf(std::u32string_view(&value, 1));
        std::string same;
        appendUtf8(same, value);
        form.own = text == same;
        form.length = std::uint8_t(std::min(text.size(), CharacterForm::room + 1));
        if (!form.isLong())
            std::ranges::copy(text, form.bytes.begin());
        form.invisible = text.empty() && form.begins;
    }
    return page;
}

bool isPlain(const FormPage& page)
{
    return std::ranges::all_of(
        page, [](const CharacterForm& form) { return form.own && form.begins && !form.invisible; });
}

}

const CharacterForm& characterForm(const char32_t value)
{
    static std::array<std::atomic<const FormPage*>, pageCount> pages{};
    std::atomic<const FormPage*>& slot = pages[value / pageSize];
    const FormPage* page = slot.load(std::memory_order_acquire);
    if (page == nullptr) {
        // Most of the pages nobody writes in are alike, which bounds what a text of odd characters can make this keep.
        static const FormPage plain = [] {
            FormPage all{};
            std::ranges::for_each(all, [](CharacterForm& form) { form.own = true; });
            return all;
        }();
        auto filled = fillPage(value - value % pageSize);
        if (isPlain(*filled)) {
            slot.store(&plain, std::memory_order_release);
            return plain[value % pageSize];
        }
        // Whoever comes second throws its own, equal page away.
        if (slot.compare_exchange_strong(page, filled.get(), std::memory_order_acq_rel))
            page = filled.release();
    }
    return (*page)[value % pageSize];
}

std::string formOf(const std::u32string_view characters)
{
    std::u32string plain(characters);
    for (char32_t& value : plain)
        // Before decomposition too, which makes a blank and a mark of the acute accent.
        if (const char32_t sign = value < 0x80 ? 0 : plainSign(value); sign != 0)
            value = sign;
    std::u32string mapped;
    for (const char32_t value : normalized(normalisationData().decompose, plain)) {
        if (isInvisible(value))
            continue;
        const char32_t ascii = asciiOf(value);
        mapped += ascii == 0 ? value : ascii;
    }
    const UNormalizer2* const compose = normalisationData().compose;
    mapped = normalized(compose, mapped);
    // A mark that goes may have kept two others from composing.
    if (std::erase_if(mapped, isDecoration) != 0)
        mapped = normalized(compose, mapped);
    std::string text;
    for (const char32_t value : mapped)
        appendUtf8(text, value);
    return text;
}

}
