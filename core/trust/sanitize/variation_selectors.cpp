#include "core/trust/sanitize/character_run.h"
#include "core/trust/sanitize/code_point.h"
#include "core/trust/sanitize/hidden_bits.h"
#include "core/trust/sanitize/steps.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

namespace ephor::sanitize {

namespace {

bool isScript(const char32_t c, const UScriptCode script)
{
    UErrorCode status = U_ZERO_ERROR;
    return uscript_getScript(UChar32(c), &status) == script;
}

/// The kinds of bases of StandardizedVariants.txt, emoji-variation-sequences.txt and the ideographic database.
bool hasVariant(const char32_t base, const char32_t selector, const char32_t after)
{
    constexpr char32_t enclosingKeycap = 0x20E3;
    const auto c = UChar32(base);
    if (selector == 0xFE0E || selector == 0xFE0F)
        return base < 0x80 ? after == enclosingKeycap && u_hasBinaryProperty(c, UCHAR_EMOJI) != 0
                           : u_hasBinaryProperty(c, UCHAR_EMOJI) != 0;
    if (selector >= 0xE0100)
        return u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC) != 0;
    if (selector <= 0x180F)
        return isScript(base, USCRIPT_MONGOLIAN);
    if (selector == 0xFE00)
        return base >= 0x80
            && (u_charType(c) == U_MATH_SYMBOL || isScript(base, USCRIPT_MYANMAR) || isScript(base, USCRIPT_PHAGS_PA)
                || isScript(base, USCRIPT_MANICHAEAN) || (base >= 0x3001 && base <= 0x3002)
                || (base >= 0xFF01 && base <= 0xFF1F) || u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC) != 0);
    return selector <= 0xFE02
        && ((base >= 0x3001 && base <= 0x3002) || (base >= 0xFF01 && base <= 0xFF1F)
            || u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC) != 0);
}

}

void removeSelectors(DraftEditor& editor, const Sink sink)
{
    const std::string_view text = editor.text();
    for (auto run = nextRun(text, 0, CharacterKind::Selector); !run.empty();
        run = nextRun(text, run.end, CharacterKind::Selector)) {
        const std::size_t firstLength = codePointAt(text, run.start).length;
        const char32_t after = run.end < text.size() ? codePointAt(text, run.end).value : 0;
        const bool keepsFirst
            = sink != Sink::Code && run.before != 0 && hasVariant(run.before, run.characters.front(), after);
        if (keepsFirst && run.characters.size() == 1)
            continue;
        const std::size_t start = run.start + (keepsFirst ? firstLength : 0);
        const std::string bytes = bytesOfSelectors(std::u32string_view(run.characters).substr(keepsFirst ? 1 : 0));
        editor.replace(start, run.end, {}, RemovalKind::VariationSelectors, asReadableText(bytes));
    }
}

}
