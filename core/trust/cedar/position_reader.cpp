#include "core/trust/cedar/position_reader.h"

#include <algorithm>

namespace ephor::cedar {

TextPosition PositionReader::at(const std::string_view source, const std::size_t offset)
{
    const std::size_t wanted = std::min(offset, source.size());
    const bool goesOn = source.data() == m_source.data() && source.size() == m_source.size() && wanted >= m_offset;
    if (!goesOn) {
        *this = {};
        m_source = source;
    }
    for (; m_offset < wanted; ++m_offset) {
        if (source[m_offset] == '\n') {
            ++m_line;
            m_lineStart = m_offset + 1;
        }
    }
    return {m_line, m_offset - m_lineStart + 1};
}

}
