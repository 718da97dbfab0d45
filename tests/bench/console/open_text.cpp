#include "tests/bench/console/open_text.h"

namespace ephor::bench {

OpenText::OpenText(std::string_view text, std::span<const std::string> values)
{
    while (true) {
        std::size_t at = text.npos;
        std::size_t place = 0;
        for (std::size_t k = 0; k < values.size(); ++k) {
            const std::size_t found = values[k].empty() ? text.npos : text.find(values[k]);
            if (found < at) {
                at = found;
                place = k;
            }
        }
        if (at == text.npos)
            break;
        m_parts.push_back({std::string(text.substr(0, at)), place});
        text.remove_prefix(at + values[place].size());
    }
    m_rest = text;
}

void OpenText::write(std::string& into, std::span<const std::string> values) const
{
    into.clear();
    for (const Part& part : m_parts) {
        into += part.before;
        into += values[part.place];
    }
    into += m_rest;
}

}
