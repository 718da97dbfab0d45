#include "core/trust/sanitize/character_run.h"

#include "core/trust/sanitize/code_point.h"

namespace ephor::sanitize {

namespace {

char32_t characterBefore(const std::string_view text, std::size_t at)
{
    if (at == 0)
        return 0;
    do
        --at;
    while (at > 0 && (std::uint8_t(text[at]) & 0xC0) == 0x80);
    return codePointAt(text, at).value;
}

}

CharacterRun nextRun(const std::string_view text, const std::size_t from, const CharacterKind kind)
{
    CharacterRun run;
    // Every kind that is asked for is outside ASCII.
    for (std::size_t at = asciiEnd(text, from); at < text.size();) {
        const CodePoint next = codePointAt(text, at);
        if (next.value >= 0x80 && kindOf(next.value) == kind) {
            if (run.characters.empty())
                run.start = at;
            run.characters += next.value;
            run.end = at + next.length;
        } else if (!run.characters.empty()) {
            break;
        }
        at += next.length;
        if (run.characters.empty())
            at = asciiEnd(text, at);
    }
    if (!run.characters.empty())
        run.before = characterBefore(text, run.start);
    return run;
}

}
