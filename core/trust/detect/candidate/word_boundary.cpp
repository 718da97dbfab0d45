#include "core/trust/detect/candidate/word_boundary.h"

#include "core/trust/detect/candidate/byte_class.h"

#include <cstdint>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace ephor::detect {

namespace {

// As UTS #18 annex C has it.
bool isWordPoint(UChar32 point)
{
    constexpr std::uint32_t categories = U_GC_M_MASK | U_GC_ND_MASK | U_GC_PC_MASK;
    return u_hasBinaryProperty(point, UCHAR_ALPHABETIC) != 0 || (U_GET_GC_MASK(point) & categories) != 0;
}

}

bool isWordBefore(std::string_view text, std::size_t at)
{
    if (at == 0 || at > text.size())
        return false;
    const char before = text[at - 1];
    if ((classOf(before) & HighByte) == 0)
        return classOf(before) != 0 || before == '_';
    std::size_t start = at - 1;
    while (start > 0 && at - start < 4 && isContinuation(text[start]))
        --start;
    return isWordAt(text, start);
}

bool isWordAt(std::string_view text, std::size_t at)
{
    if (at >= text.size())
        return false;
    if ((classOf(text[at]) & HighByte) == 0)
        return classOf(text[at]) != 0 || text[at] == '_';
    UChar32 point = 0;
    std::size_t next = at;
    U8_NEXT_UNSAFE(reinterpret_cast<const std::uint8_t*>(text.data()), next, point);
    return isWordPoint(point);
}

}
