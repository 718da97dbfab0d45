#include "core/trust/sanitize/character_kind.h"
#include "core/trust/sanitize/code_point.h"
#include "core/trust/sanitize/steps.h"

namespace ephor::sanitize {

void removeControls(DraftEditor& editor, const Sink sink)
{
    constexpr char32_t verticalTab = 0x0B;
    constexpr char32_t formFeed = 0x0C;
    constexpr char32_t nextLine = 0x85;
    const std::string_view text = editor.text();
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint next = codePointAt(text, at);
        const std::size_t end = at + next.length;
        const CharacterKind kind = kindOf(next.value);
        if (kind == CharacterKind::Control || kind == CharacterKind::Escape || kind == CharacterKind::Nul) {
            const bool breaks = next.value == verticalTab || next.value == formFeed || next.value == nextLine;
            editor.replace(at, end, breaks ? "\n" : "", RemovalKind::Control);
        } else if (sink == Sink::Terminal && next.value == '\r' && (end == text.size() || text[end] != '\n')) {
            editor.replace(at, end, "\n", RemovalKind::Control);
        }
        at = end;
    }
}

}
