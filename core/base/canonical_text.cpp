#include "core/base/canonical_text.h"

#include "core/base/json.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

namespace ephor {

namespace {

// Within these no text reaches a limit of parseJson, which has the say about all others.
constexpr int deepestGlance = 100;
constexpr std::size_t longestGlance = 1024 * 1024;
// Every integer of 15 digits is within ±(2^53−1).
constexpr std::size_t mostDigits = 15;

// Reads a text as the canonical writer would have written it, and gives up at the first other byte.
class Glance {
public:
    explicit Glance(std::string_view text)
        : m_text(text)
    {
    }
    bool holds() { return value(0) && m_at == m_text.size(); }

private:
    bool value(int depth)
    {
        switch (peek()) {
        case '{':
            return object(depth);
        case '[':
            return array(depth);
        case '"':
            return string();
        case 't':
            return word("true");
        case 'f':
            return word("false");
        case 'n':
            return word("null");
        default:
            return integer();
        }
    }

    bool object(int depth)
    {
        if (depth >= deepestGlance)
            return false;
        ++m_at;
        if (take('}'))
            return true;
        std::string_view before;
        bool first = true;
        do {
            const std::size_t nameAt = m_at;
            if (!string())
                return false;
            const std::string_view name = m_text.substr(nameAt, m_at - nameAt);
            // With escapes and beyond ASCII, the order of the names is not that of the bytes.
            for (const char c : name) {
                if (c == '\\' || static_cast<unsigned char>(c) >= 0x80)
                    return false;
            }
            const std::string_view bare = name.substr(1, name.size() - 2);
            if (!first && before >= bare)
                return false;
            before = bare;
            first = false;
            if (!take(':') || !value(depth + 1))
                return false;
        } while (take(','));
        return take('}');
    }

    bool array(int depth)
    {
        if (depth >= deepestGlance)
            return false;
        ++m_at;
        if (take(']'))
            return true;
        do {
            if (!value(depth + 1))
                return false;
        } while (take(','));
        return take(']');
    }

    bool string()
    {
        if (!take('"'))
            return false;
        while (m_at < m_text.size()) {
            const char c = m_text[m_at++];
            if (c == '"')
                return true;
            if (static_cast<unsigned char>(c) < 0x20 || (c == '\\' && !escape()))
                return false;
        }
        return false;
    }

    // \u is canonical for the control characters without a letter of their own.
    bool escape()
    {
        const char c = peek();
        if (c != 'u') {
            ++m_at;
            return c == '"' || c == '\\' || c == 'b' || c == 'f' || c == 'n' || c == 'r' || c == 't';
        }
        const std::string_view digits = m_text.substr(m_at + 1, 4);
        if (digits.size() != 4 || digits.substr(0, 2) != "00" || (digits[2] != '0' && digits[2] != '1'))
            return false;
        const std::string_view low = digits[2] == '0' ? "01234567bef" : "0123456789abcdef";
        if (low.find(digits[3]) == std::string_view::npos)
            return false;
        m_at += 5;
        return true;
    }

    bool integer()
    {
        const bool negative = take('-');
        if (take('0'))
            return !negative && !continuesNumber();
        const std::size_t from = m_at;
        while (peek() >= '0' && peek() <= '9')
            ++m_at;
        return m_at > from && m_at - from <= mostDigits && !continuesNumber();
    }
    bool continuesNumber() const
    {
        const char c = peek();
        return c == '.' || c == 'e' || c == 'E' || (c >= '0' && c <= '9');
    }

    bool word(std::string_view wanted)
    {
        if (m_text.substr(m_at, wanted.size()) != wanted)
            return false;
        m_at += wanted.size();
        return true;
    }
    bool take(char wanted)
    {
        if (m_at == m_text.size() || m_text[m_at] != wanted)
            return false;
        ++m_at;
        return true;
    }
    char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }

    std::string_view m_text;
    std::size_t m_at = 0;
};

}

bool isPlainlyCanonical(std::string_view text)
{
    return text.size() <= longestGlance && isUtf8(text) && Glance(text).holds();
}

Result<std::string> canonicalText(std::string_view text)
{
    if (isPlainlyCanonical(text))
        return std::string(text);
    EPHOR_TRY(const Json value, parseJson(text));
    return canonicalJson(value);
}

}
