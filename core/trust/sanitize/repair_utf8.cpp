#include "core/trust/sanitize/code_point.h"
#include "core/trust/sanitize/steps.h"

namespace ephor::sanitize {

void repairUtf8(DraftEditor& editor)
{
    constexpr std::string_view replacementCharacter = "\xEF\xBF\xBD";
    const std::string_view text = editor.text();
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint next = codePointAt(text, at);
        if (!next.valid)
            editor.replace(at, at + next.length, replacementCharacter, RemovalKind::InvalidUtf8);
        else if (next.value == 0)
            editor.replace(at, at + 1, {}, RemovalKind::Control);
        at += next.length;
    }
}

}
