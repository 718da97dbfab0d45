#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ephor::sanitize {

/// Bytes to look for, one look at each byte of a text.
class ByteSet {
public:
    constexpr explicit ByteSet(const std::string_view bytes)
    {
        for (const char c : bytes)
            m_has[std::uint8_t(c)] = true;
    }

    /// The first of them at or after `from`; the text's size where there is none.
    std::size_t find(const std::string_view text, std::size_t from) const
    {
        while (from < text.size() && !m_has[std::uint8_t(text[from])])
            ++from;
        return from;
    }

private:
    std::array<bool, 256> m_has{};
};

}
