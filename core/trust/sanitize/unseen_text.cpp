#include "core/trust/sanitize/character_run.h"
#include "core/trust/sanitize/hidden_bits.h"
#include "core/trust/sanitize/hidden_text_search.h"

namespace ephor::sanitize {

namespace {

std::string textOfTags(const std::u32string_view run)
{
    std::string out;
    for (const char32_t c : run)
        if (c >= 0xE0020 && c < 0xE007F)
            out += char(c - 0xE0000);
    return out;
}

std::string textOfRun(const CharacterRun& run, const HiddenEncoding encoding)
{
    const std::u32string_view characters = std::u32string_view(run.characters).substr(0, longestHiddenPiece);
    switch (encoding) {
    case HiddenEncoding::TagCharacters:
        return asReadableText(textOfTags(characters));
    case HiddenEncoding::VariationSelectors:
        return asReadableText(bytesOfSelectors(characters));
    default:
        return textOfBits(characters);
    }
}

bool findRuns(
    const std::string_view text, const CharacterKind kind, const HiddenEncoding encoding, const HiddenTextSink& found)
{
    // Fewer letters say nothing, and a flag has seven tags at most.
    constexpr std::size_t fewestCharacters = 8;
    for (auto run = nextRun(text, 0, kind); !run.empty(); run = nextRun(text, run.end, kind)) {
        if (run.characters.size() < fewestCharacters)
            continue;
        std::string hidden = textOfRun(run, encoding);
        if (!hidden.empty() && !found({run.start, run.end, encoding, std::move(hidden), 1}))
            return false;
    }
    return true;
}

}

void findUnseenText(const std::string_view text, const HiddenTextSink& found)
{
    const TextSurvey survey = sanitize::survey(text);
    const auto search = [&](const CharacterKind kind, const HiddenEncoding encoding) {
        return !survey.has(kind) || findRuns(text, kind, encoding, found);
    };
    if (search(CharacterKind::Tag, HiddenEncoding::TagCharacters)
        && search(CharacterKind::Selector, HiddenEncoding::VariationSelectors))
        search(CharacterKind::Invisible, HiddenEncoding::InvisibleBits);
}

}
