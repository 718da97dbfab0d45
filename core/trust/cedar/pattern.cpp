#include "core/trust/cedar/pattern.h"

#include <cstring>

namespace ephor::cedar {

bool Pattern::matches(std::string_view text) const
{
    const std::string_view first = pieces.front();
    if (pieces.size() == 1)
        return text == first;
    const std::string_view last = pieces.back();
    if (text.size() < first.size() + last.size() || !text.starts_with(first) || !text.ends_with(last))
        return false;
    text.remove_prefix(first.size());
    text.remove_suffix(last.size());
    for (const std::string_view piece : pieces.subspan(1, pieces.size() - 2)) {
        if (piece.empty())
            continue;
        // string_view::find takes the product of both lengths at worst, memmem their sum.
        const void* const found = ::memmem(text.data(), text.size(), piece.data(), piece.size());
        if (found == nullptr)
            return false;
        text.remove_prefix(std::size_t(static_cast<const char*>(found) - text.data()) + piece.size());
    }
    return true;
}

}
