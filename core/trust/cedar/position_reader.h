#pragma once

#include "core/base/text.h"

#include <string_view>

namespace ephor::cedar {

/// Tells lines and columns as positionAt does, of many places. Places of one text that are asked for in order cost one
/// pass over it together, so that as many errors as a text has policies can be told.
class PositionReader {
public:
    TextPosition at(std::string_view source, std::size_t offset);

private:
    std::string_view m_source;
    std::size_t m_offset = 0; ///< read so far
    std::size_t m_lineStart = 0;
    std::size_t m_line = 1;
};

}
