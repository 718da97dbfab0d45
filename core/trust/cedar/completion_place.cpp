#include "core/trust/cedar/completion_place.h"

#include <algorithm>

namespace ephor::cedar {

namespace {

std::size_t endOf(const Token& token)
{
    return token.offset + token.text.size();
}

bool opens(const Token& token)
{
    return token.is("(") || token.is("[") || token.is("{");
}

bool closes(const Token& token)
{
    return token.is(")") || token.is("]") || token.is("}");
}

/// Follows the frame of one policy, token by token.
class FrameFollower {
public:
    explicit FrameFollower(CompletionPlace& place)
        : m_place(place)
    {
    }

    void follow(std::size_t at)
    {
        const Token& token = m_place.tokens[at];
        m_depth += opens(token) ? 1 : 0;
        m_depth -= closes(token) && m_depth > 0 ? 1 : 0;
        switch (m_place.part) {
        case PolicyPart::Head:
            followHead(at);
            break;
        case PolicyPart::Scope:
            followScope(at);
            break;
        case PolicyPart::AfterScope:
            followConditions(token);
            break;
        default:
            if (m_depth == 0)
                m_place.part = PolicyPart::AfterScope;
        }
    }

private:
    void followHead(std::size_t at)
    {
        const Token& token = m_place.tokens[at];
        const bool annotation = at > 0 && m_place.tokens[at - 1].is("@");
        m_effect = m_effect || (!annotation && m_depth == 0 && (token.isWord("permit") || token.isWord("forbid")));
        if (!m_effect || !token.is("("))
            return;
        m_place.part = PolicyPart::Scope;
        m_place.scopeBegin = at + 1;
        m_place.slotStart = at + 1;
        m_depth = 1;
    }

    void followScope(std::size_t at)
    {
        const Token& token = m_place.tokens[at];
        if (token.is(",") && m_depth == 1) {
            ++m_place.scopeSlot;
            m_place.slotStart = at + 1;
        }
        m_place.scopeEnd = at;
        if (m_depth == 0)
            m_place.part = PolicyPart::AfterScope;
    }

    void followConditions(const Token& token)
    {
        if (token.is("{")) {
            m_place.part = m_temporal ? PolicyPart::TemporalCondition : PolicyPart::Condition;
            m_depth = 1;
        }
        m_temporal = token.isWord("temporal");
    }

    CompletionPlace& m_place;
    std::size_t m_depth = 0;
    bool m_effect = false;
    bool m_temporal = false;
};

bool endsInComment(std::string_view text, std::size_t from)
{
    const std::size_t line = text.find_last_of("\r\n");
    const std::size_t start = line == std::string_view::npos ? from : std::max(from, line + 1);
    return text.substr(std::min(start, text.size())).find("//") != std::string_view::npos;
}

}

CompletionPlace placeAt(std::string_view text, std::size_t offset)
{
    const std::string_view before = text.substr(0, std::min(offset, text.size()));
    CompletionPlace place;
    place.from = before.size();
    Lexer lexer(before, Dialect::Policies);
    std::size_t end = 0;
    for (Token token = lexer.next(); token.kind != TokenKind::End; token = lexer.next()) {
        end = endOf(token);
        if (token.is(";")) {
            // No part of a policy has one inside, so one that is left open ends there too.
            place.tokens.clear();
            continue;
        }
        place.tokens.push_back(token);
    }
    if (endsInComment(before, end)) {
        place.part = PolicyPart::Nowhere;
        return place;
    }
    if (!place.tokens.empty() && endOf(place.tokens.back()) == before.size()) {
        const Token last = place.tokens.back();
        place.quoted = last.kind == TokenKind::Invalid && last.text.starts_with('"');
        if (place.quoted || last.kind == TokenKind::Identifier) {
            place.typed = last.text.substr(place.quoted ? 1 : 0);
            place.from = last.offset;
            place.tokens.pop_back();
        } else if (last.kind == TokenKind::Number || last.kind == TokenKind::String) {
            place.part = PolicyPart::Nowhere;
            return place;
        }
    }
    FrameFollower follower(place);
    for (std::size_t i = 0; i < place.tokens.size(); ++i)
        follower.follow(i);
    if (place.part == PolicyPart::Scope)
        place.scopeEnd = place.tokens.size();
    return place;
}

}
