#include "core/trust/guard/open_markup.h"

namespace ephor::guard {

std::size_t openMarkup(std::string_view text)
{
    std::size_t open = text.size();
    std::size_t depth = 0;
    char closes = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\n' && i + 1 < text.size() && text[i + 1] == '\n') {
            open = text.size();
            closes = 0;
        } else if (closes == 0 && (c == '[' || c == '<')) {
            open = i > 0 && text[i - 1] == '!' ? i - 1 : i;
            closes = c == '[' ? ']' : '>';
            depth = 1;
        } else if (closes == ']' && c == '[') {
            ++depth;
        } else if (closes != 0 && c == closes && --depth == 0) {
            // What follows a bracket may be its target.
            const bool wantsTarget = c == ']' && (i + 1 == text.size() || text[i + 1] == '(' || text[i + 1] == '[');
            closes = wantsTarget ? (i + 1 < text.size() && text[i + 1] == '[' ? ']' : ')') : char(0);
            depth = wantsTarget && closes == ')' ? 1 : 0;
            if (!wantsTarget)
                open = text.size();
        }
    }
    return closes == 0 ? text.size() : open;
}

}
