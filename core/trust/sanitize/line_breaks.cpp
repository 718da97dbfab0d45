#include "core/trust/sanitize/steps.h"

namespace ephor::sanitize {

void joinLines(DraftEditor& editor)
{
    constexpr std::string_view lineSeparator = "\xE2\x80\xA8";
    constexpr std::string_view paragraphSeparator = "\xE2\x80\xA9";
    const std::string_view text = editor.text();
    for (std::size_t at = text.find_first_of("\n\r\xE2"); at != std::string_view::npos;) {
        std::size_t end = at + 1;
        const std::string_view rest = text.substr(at);
        if (rest.starts_with("\r\n"))
            end = at + 2;
        else if (rest.starts_with(lineSeparator) || rest.starts_with(paragraphSeparator))
            end = at + 3;
        if (end > at + 1 || text[at] != '\xE2')
            editor.replace(at, end, "\\n", RemovalKind::LineBreak);
        at = text.find_first_of("\n\r\xE2", end);
    }
}

}
