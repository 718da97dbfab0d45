#include "core/trust/sanitize/character_run.h"
#include "core/trust/sanitize/code_point.h"
#include "core/trust/sanitize/steps.h"

#include <algorithm>

namespace ephor::sanitize {

namespace {

constexpr char32_t tagBase = 0xE0000;
constexpr char32_t cancelTag = 0xE007F;
constexpr char32_t blackFlag = 0x1F3F4;

/// UTS #51: a flag, then the region and subdivision in tag letters and digits ("gbsct"), then the end.
std::size_t flagLength(const CharacterRun& run)
{
    if (run.before != blackFlag)
        return 0;
    std::size_t length = 0;
    while (length < run.characters.size()) {
        const char32_t c = run.characters[length];
        const bool letterOrDigit = (c >= 0xE0030 && c <= 0xE0039) || (c >= 0xE0061 && c <= 0xE007A);
        if (!letterOrDigit)
            break;
        ++length;
    }
    const bool closed = length < run.characters.size() && run.characters[length] == cancelTag;
    return length >= 2 && length <= 6 && closed ? length + 1 : 0;
}

}

void removeTags(DraftEditor& editor, const Sink sink)
{
    constexpr std::size_t tagBytes = 4;
    const std::string_view text = editor.text();
    for (auto run = nextRun(text, 0, CharacterKind::Tag); !run.empty();
        run = nextRun(text, run.end, CharacterKind::Tag)) {
        const std::size_t kept = sink == Sink::Code ? 0 : flagLength(run);
        if (kept == run.characters.size())
            continue;
        std::string hidden;
        for (const char32_t c : run.characters.substr(kept))
            if (c >= tagBase + 0x20 && c < cancelTag)
                hidden += char(c - tagBase);
        editor.replace(run.start + kept * tagBytes, run.end, {}, RemovalKind::TagCharacters, hidden);
    }
}

}
