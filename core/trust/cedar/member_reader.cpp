#include "core/trust/cedar/expression_reader.h"
#include "core/trust/cedar/name.h"
#include "core/trust/cedar/value_builder.h"

#include <algorithm>
#include <array>
#include <set>

namespace ephor::cedar {

namespace {

struct Method {
    std::string_view name;
    NodeKind kind;
    std::size_t arguments;
};

constexpr std::array<Method, 6> ownMethods{{{"contains", NodeKind::Contains, 1},
    {"containsAll", NodeKind::ContainsAll, 1}, {"containsAny", NodeKind::ContainsAny, 1},
    {"isEmpty", NodeKind::IsEmpty, 0}, {"getTag", NodeKind::GetTag, 1}, {"hasTag", NodeKind::HasTag, 1}}};

}

const Node* ExpressionReader::readMember()
{
    const Node* node = readPrimary();
    while (node != nullptr) {
        const Token& token = m_reader.token();
        if (!token.is(".") && !token.is("[") && !token.is("("))
            return node;
        node = readAccess(node);
    }
    return nullptr;
}

const Node* ExpressionReader::readAccess(const Node* target)
{
    const std::uint32_t offset = m_reader.token().offset;
    if (m_reader.token().is("("))
        return failure(offset, "cedar.syntax", "Only a function can be called.",
            "Functions are decimal, ip, datetime and duration.");
    std::string name;
    if (m_reader.take("[")) {
        if (!m_reader.readString(name) || !m_reader.expect("]", "after the attribute's name"))
            return nullptr;
    } else {
        m_reader.advance();
        const bool call = m_reader.ahead().is("(");
        std::string_view word;
        if (!m_reader.readIdentifier(word))
            return nullptr;
        if (call)
            return readMethod(target, word, offset);
        name = word;
    }
    Node more;
    const Text attribute = m_arena.text(name);
    more.names = m_arena.copy(std::span<const Text>(&attribute, 1));
    return make(NodeKind::Attribute, offset, {target}, more);
}

const Node* ExpressionReader::readMethod(const Node* receiver, std::string_view name, std::uint32_t offset)
{
    Children children{receiver};
    if (!readArguments(children))
        return nullptr;
    if (const auto own = std::ranges::find(ownMethods, name, &Method::name); own != ownMethods.end()) {
        if (children.size() != own->arguments + 1)
            return failure(offset, "cedar.syntax",
                "The method " + std::string(name) + " takes " + std::to_string(own->arguments) + " argument(s).");
        return make(own->kind, offset, children);
    }
    Node more;
    more.function = findExtension(name);
    if (more.function == nullptr)
        return failure(offset, "cedar.unknown-function", "There is no method " + std::string(name) + ".");
    if (more.function->style == CallStyle::Function)
        return failure(offset, "cedar.unknown-function", "The function " + std::string(name) + " is no method.",
            "Write " + std::string(name) + "(…).");
    return make(NodeKind::Call, offset, children, more);
}

const Node* ExpressionReader::readFunction(std::string_view name, std::uint32_t offset)
{
    Children children;
    if (!readArguments(children))
        return nullptr;
    Node more;
    more.function = findExtension(name);
    const bool own = std::ranges::find(ownMethods, name, &Method::name) != ownMethods.end();
    if (own || (more.function != nullptr && more.function->style == CallStyle::Method))
        return failure(offset, "cedar.unknown-function", "The method " + std::string(name) + " is no function.",
            "Write it behind a value: value." + std::string(name) + "(…).");
    if (more.function == nullptr)
        return failure(offset, "cedar.unknown-function", "There is no function " + std::string(name) + ".",
            "Functions are decimal, ip, datetime and duration.");
    return make(NodeKind::Call, offset, children, more);
}

bool ExpressionReader::readArguments(Children& arguments)
{
    if (!m_reader.expect("(", "before the arguments"))
        return false;
    while (!m_reader.token().is(")")) {
        const Node* const argument = readExpression();
        if (argument == nullptr)
            return false;
        arguments.push_back(argument);
        if (!m_reader.take(","))
            break;
    }
    return m_reader.expect(")", "after the arguments");
}

const Node* ExpressionReader::readPrimary()
{
    const Token token = m_reader.token();
    if (token.kind == TokenKind::Number)
        return readNumber(Sign::Positive);
    if (token.kind == TokenKind::String) {
        std::string text;
        return m_reader.readString(text) ? makeLiteral(makeString(m_arena, text), token.offset) : nullptr;
    }
    if (token.isWord("true") || token.isWord("false")) {
        m_reader.advance();
        return makeLiteral(Value(token.text == "true"), token.offset);
    }
    TemporalOperator operation{};
    if (m_place == Place::Temporal && operatorFollows(operation))
        return readOperation(operation);
    if (token.kind == TokenKind::Identifier)
        return readNamed();
    if (m_reader.take("(")) {
        const Node* const node = readExpression();
        return node != nullptr && m_reader.expect(")", "after the expression in brackets") ? node : nullptr;
    }
    if (token.is("["))
        return readSet();
    if (token.is("{"))
        return readRecord();
    if (token.kind == TokenKind::Slot)
        return failure(token.offset, "cedar.scope", "A slot can stand only in the scope, not in a condition.",
            "Write principal or resource: the scope binds it to the slot.");
    m_reader.unexpected("a value");
    return nullptr;
}

const Node* ExpressionReader::readNamed()
{
    const Token first = m_reader.token();
    std::string name;
    if (!readName(name))
        return nullptr;
    if (m_reader.take("::")) {
        std::string id;
        if (!m_reader.readString(id))
            return nullptr;
        return makeLiteral(Value(makeUid(m_arena, name, id)), first.offset);
    }
    using Variable = std::pair<std::string_view, NodeKind>;
    static constexpr std::array<Variable, 4> variables{{{"principal", NodeKind::Principal},
        {"action", NodeKind::Action}, {"resource", NodeKind::Resource}, {"context", NodeKind::Context}}};
    if (const auto found = std::ranges::find(variables, name, &Variable::first); found != variables.end())
        return make(found->second, first.offset, {});
    if (m_place == Place::Event && name == "event")
        return make(NodeKind::Event, first.offset, {});
    if (m_reader.token().is("("))
        return readFunction(name, first.offset);
    return failure(first.offset, "cedar.syntax", "There is no variable " + name + ".",
        "Variables are principal, action, resource and context; write a text in quotes.");
}

bool ExpressionReader::readName(std::string& name)
{
    for (;;) {
        std::string_view word;
        if (!m_reader.readIdentifier(word))
            return false;
        name += word;
        if (!m_reader.token().is("::") || m_reader.ahead().kind != TokenKind::Identifier)
            return true;
        m_reader.advance();
        name += "::";
    }
}

const EntityUid* ExpressionReader::readEntity()
{
    std::size_t brackets = 0;
    while (m_reader.take("("))
        ++brackets;
    std::string name;
    std::string id;
    if (m_reader.token().kind != TokenKind::Identifier) {
        m_reader.unexpected("an entity, Type::\"id\"");
        return nullptr;
    }
    if (!readName(name) || !m_reader.expect("::", "and an id, to name an entity: Type::\"id\"")
        || !m_reader.readString(id))
        return nullptr;
    while (brackets-- > 0) {
        if (!m_reader.expect(")", "after the entity in brackets"))
            return nullptr;
    }
    return makeUid(m_arena, name, id);
}

const Node* ExpressionReader::readSet()
{
    const std::uint32_t offset = m_reader.token().offset;
    m_reader.advance();
    Children children;
    while (!m_reader.token().is("]")) {
        children.push_back(readExpression());
        if (children.back() == nullptr)
            return nullptr;
        if (!m_reader.take(","))
            break;
    }
    return m_reader.expect("]", "after the members of a set") ? make(NodeKind::Set, offset, children) : nullptr;
}

bool ExpressionReader::readRecordKey(std::string& key)
{
    if (m_reader.token().kind == TokenKind::String)
        return m_reader.readString(key);
    std::string_view word;
    if (!m_reader.readIdentifier(word))
        return false;
    key = word;
    return true;
}

const Node* ExpressionReader::readRecord()
{
    const std::uint32_t offset = m_reader.token().offset;
    m_reader.advance();
    Children children;
    std::vector<Text> names;
    std::set<std::string> seen;
    while (!m_reader.token().is("}")) {
        const std::uint32_t at = m_reader.token().offset;
        std::string key;
        if (!readRecordKey(key) || !m_reader.expect(":", "after an attribute's name"))
            return nullptr;
        if (!seen.insert(key).second)
            return failure(at, "cedar.syntax", "The record has the attribute " + key + " twice.");
        names.push_back(m_arena.text(key));
        children.push_back(readExpression());
        if (children.back() == nullptr)
            return nullptr;
        if (!m_reader.take(","))
            break;
    }
    if (!m_reader.expect("}", "after the attributes of a record"))
        return nullptr;
    Node more;
    more.names = m_arena.copy(std::span<const Text>(names));
    return make(NodeKind::Record, offset, children, more);
}

}
