#include "core/store/json_members.h"

namespace ephor::store {

namespace {

// Far below SQLite's own limit of 2,000 and far above any entry; deeper texts are left to it.
constexpr int deepest = 200;

class Scan {
public:
    explicit Scan(std::string_view text)
        : m_text(text)
    {
    }

    std::optional<JsonMembers> members()
    {
        JsonMembers found;
        skipSpace();
        if (!object(0, &found))
            return std::nullopt;
        skipSpace();
        return m_at == m_text.size() ? std::optional(std::move(found)) : std::nullopt;
    }

private:
    bool object(int depth, JsonMembers* found)
    {
        if (depth > deepest || !take('{'))
            return false;
        skipSpace();
        if (take('}'))
            return true;
        do {
            skipSpace();
            const std::size_t nameAt = m_at;
            if (!string())
                return false;
            const std::string_view name = m_text.substr(nameAt + 1, m_at - nameAt - 2);
            if (found && name.find('\\') != name.npos)
                return false;
            skipSpace();
            if (!take(':'))
                return false;
            skipSpace();
            const std::size_t valueAt = m_at;
            if (!value(depth + 1))
                return false;
            if (found)
                found->push_back({name, m_text.substr(valueAt, m_at - valueAt)});
            skipSpace();
        } while (take(','));
        return take('}');
    }

    bool array(int depth)
    {
        if (depth > deepest || !take('['))
            return false;
        skipSpace();
        if (take(']'))
            return true;
        do {
            skipSpace();
            if (!value(depth + 1))
                return false;
            skipSpace();
        } while (take(','));
        return take(']');
    }

    bool value(int depth)
    {
        switch (peek()) {
        case '{':
            return object(depth, nullptr);
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
            return number();
        }
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

    bool escape()
    {
        const char c = peek();
        ++m_at;
        if (c != 'u')
            return c != '\0' && std::string_view("\"\\/bfnrt").find(c) != std::string_view::npos;
        for (int i = 0; i < 4; ++i, ++m_at) {
            if (std::string_view("0123456789abcdefABCDEF").find(peek()) == std::string_view::npos)
                return false;
        }
        return true;
    }

    bool number()
    {
        (void)take('-');
        if (!take('0') && !digits())
            return false;
        if (take('.') && !digits())
            return false;
        if (take('e') || take('E')) {
            if (!take('+'))
                (void)take('-');
            return digits();
        }
        return true;
    }

    bool digits()
    {
        const std::size_t from = m_at;
        while (peek() >= '0' && peek() <= '9')
            ++m_at;
        return m_at > from;
    }

    bool word(std::string_view wanted)
    {
        if (m_text.substr(m_at, wanted.size()) != wanted)
            return false;
        m_at += wanted.size();
        return true;
    }

    void skipSpace()
    {
        while (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t')
            ++m_at;
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

std::optional<JsonMembers> membersOf(std::string_view text)
{
    return Scan(text).members();
}

}
