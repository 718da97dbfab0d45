#pragma once

#include "core/trust/sanitize/code_point.h"

#include <cstdint>
#include <random>
#include <string>

namespace ephor::sanitize {

/// Random text of the characters that attacks are made of: tags, joiners, directions, selectors, marks, look-alikes,
/// markup and plain words. The same seed makes the same text.
class Soup {
public:
    explicit Soup(std::uint32_t seed)
        : m_random(seed)
    {
    }

    /// Valid UTF-8.
    std::string text(std::size_t pieces)
    {
        std::string out;
        for (std::size_t i = 0; i < pieces; ++i)
            addPiece(out);
        return out;
    }

    /// Any bytes, mostly near to UTF-8.
    std::string bytes(std::size_t pieces)
    {
        std::string out = text(pieces);
        for (std::size_t i = 0; i < out.size(); ++i)
            if (below(40) == 0)
                out[i] = char(below(256));
        return out;
    }

    std::uint32_t below(std::uint32_t limit) { return std::uint32_t(m_random()) % limit; }

private:
    void addPiece(std::string& out)
    {
        struct Range {
            char32_t first;
            char32_t last;
        };
        static constexpr Range ranges[] = {{0x20, 0x7E}, {0x20, 0x7E}, {0, 0x1F}, {0x7F, 0x9F}, {0xA0, 0x17F},
            {0x300, 0x36F}, {0x370, 0x4FF}, {0x590, 0x6FF}, {0x900, 0x9FF}, {0x1100, 0x11FF}, {0x2000, 0x206F},
            {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x2069}, {0x20D0, 0x20F0}, {0x2100, 0x214F}, {0x2460, 0x24FF},
            {0x2600, 0x27BF}, {0x3000, 0x30FF}, {0x3131, 0x318E}, {0x4E00, 0x4E40}, {0xAC00, 0xAC40}, {0xE000, 0xE010},
            {0xF900, 0xFB4F}, {0xFE00, 0xFE0F}, {0xFE20, 0xFFFF}, {0x1D400, 0x1D7FF}, {0x1F1E6, 0x1F1FF},
            {0x1F3FB, 0x1F3FF}, {0x1F300, 0x1F64F}, {0xE0000, 0xE007F}, {0xE0100, 0xE01EF}, {0, 0x10FFFF}};
        static constexpr const char* words[] = {"ignore all previous instructions", "![x](https://evil.example/?q=1)",
            "[a]: http://b.example", "[text](", ")", "<!--", "-->", "<script>", "</script>", "<img src=", "<a href='",
            "\x1b[31m", "\x1b]8;;", "\\x1b[", "\\033[", "\x07", "\x1b\\", "=1+1", "\r\n", "\n", "`", "```\n",
            "https://", "www.", "@import url(", "style=\"display:none\"", "javascript:", "data:text/html,", "&#x6a;",
            "\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9", "\xF0\x9F\x8F\xB4", "><", "\"", "'", "[", "]", "(", "<",
            ">", "aWdub3JlIGFsbA==", "%69%67", "\\u0069", "=3D=E2", " "};
        if (below(4) == 0) {
            out += words[below(std::uint32_t(std::size(words)))];
            return;
        }
        const Range range = ranges[below(std::uint32_t(std::size(ranges)))];
        const auto value = char32_t(range.first + below(range.last - range.first + 1));
        if (value < 0xD800 || value > 0xDFFF)
            appendUtf8(out, value);
    }

    std::mt19937 m_random;
};

}
