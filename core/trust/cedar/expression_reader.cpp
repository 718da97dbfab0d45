#include "core/trust/cedar/expression_reader.h"

#include "core/trust/cedar/digits.h"
#include "core/trust/cedar/escape.h"
#include "core/trust/cedar/limits.h"
#include "core/trust/cedar/value_builder.h"

#include <algorithm>
#include <array>
#include <optional>

namespace ephor::cedar {

namespace {

// The language's own bound on how often `!` or `-` may be repeated.
constexpr std::size_t mostUnaryOperators = 4;

std::optional<NodeKind> relationFor(const Token& token)
{
    using Pair = std::pair<std::string_view, NodeKind>;
    static constexpr std::array<Pair, 6> symbols{{{"==", NodeKind::Equal}, {"!=", NodeKind::NotEqual},
        {"<", NodeKind::Less}, {"<=", NodeKind::LessEqual}, {">", NodeKind::Greater}, {">=", NodeKind::GreaterEqual}}};
    if (token.isWord("in"))
        return NodeKind::In;
    if (token.kind != TokenKind::Symbol)
        return std::nullopt;
    const auto found = std::ranges::find(symbols, token.text, &Pair::first);
    return found == symbols.end() ? std::nullopt : std::optional(found->second);
}

}

const Node* ExpressionReader::failure(std::size_t offset, std::string code, std::string message, std::string hint)
{
    m_reader.fault(offset, std::move(code), std::move(message), std::move(hint));
    return nullptr;
}

const Node* ExpressionReader::make(NodeKind kind, std::uint32_t offset, const Children& children, Node more)
{
    Node node = more;
    node.kind = kind;
    node.offset = offset;
    node.children = m_arena.copy(std::span<const Node* const>(children));
    std::size_t depth = 0;
    for (const Node* child : children)
        depth = std::max<std::size_t>(depth, child->depth);
    if (depth >= maximumDepth)
        return failure(offset, "cedar.too-deep", "The expression nests more than 200 deep.");
    node.depth = std::uint16_t(depth + 1);
    fold(node);
    if (m_operations != nullptr)
        noteDecimals(node);
    return m_arena.make(node);
}

// Sets, records and constructor calls of constants come to the same value every time. A call that fails is left to
// evaluation, where its error belongs.
void ExpressionReader::fold(Node& node)
{
    const bool candidate = node.kind == NodeKind::Set || node.kind == NodeKind::Record || node.kind == NodeKind::Call;
    if (!candidate || !std::ranges::all_of(node.children, &Node::folded))
        return;
    if (node.kind == NodeKind::Record) {
        std::vector<Field> fields;
        for (std::size_t i = 0; i < node.children.size(); ++i)
            fields.push_back({node.names[i], node.children[i]->value});
        node.value = makeRecord(m_arena, fields);
        node.folded = true;
        return;
    }
    std::vector<Value> values;
    for (const Node* child : node.children)
        values.push_back(child->value);
    if (node.kind == NodeKind::Set) {
        node.value = makeSet(m_arena, values);
        node.folded = true;
    } else {
        std::string problem;
        node.folded = callExtension(*node.function, values, m_arena, node.value, problem);
    }
}

const Node* ExpressionReader::makeLiteral(Value value, std::uint32_t offset)
{
    Node node;
    node.value = value;
    node.folded = true;
    node.offset = offset;
    return m_arena.make(node);
}

const Node* ExpressionReader::readExpression()
{
    if (m_depth >= maximumDepth)
        return failure(m_reader.token().offset, "cedar.too-deep", "The expression nests more than 200 deep.");
    ++m_depth;
    const Node* const node = m_reader.token().isWord("if") ? readBranches() : readOr();
    --m_depth;
    return node;
}

const Node* ExpressionReader::readBranches()
{
    const std::uint32_t offset = m_reader.token().offset;
    m_reader.advance();
    Children children;
    for (const std::string_view word : {"", "then", "else"}) {
        if (!word.empty() && !m_reader.takeWord(word)) {
            m_reader.unexpected("\"" + std::string(word) + "\"");
            return nullptr;
        }
        children.push_back(readExpression());
        if (children.back() == nullptr)
            return nullptr;
    }
    return make(NodeKind::If, offset, children);
}

const Node* ExpressionReader::readOr()
{
    const std::uint32_t offset = m_reader.token().offset;
    Children children{readAnd()};
    while (children.back() != nullptr && m_reader.take("||"))
        children.push_back(readAnd());
    if (children.back() == nullptr)
        return nullptr;
    return children.size() == 1 ? children.front() : make(NodeKind::Or, offset, children);
}

const Node* ExpressionReader::readAnd()
{
    const std::uint32_t offset = m_reader.token().offset;
    Children children{readRelation()};
    while (children.back() != nullptr && m_reader.take("&&"))
        children.push_back(readRelation());
    if (children.back() == nullptr)
        return nullptr;
    return children.size() == 1 ? children.front() : make(NodeKind::And, offset, children);
}

const Node* ExpressionReader::readRelation()
{
    const Node* const left = readSum();
    if (left == nullptr)
        return nullptr;
    const Token at = m_reader.token();
    if (m_reader.takeWord("has"))
        return readHas(left, at.offset);
    if (m_reader.takeWord("like"))
        return readLike(left, at.offset);
    if (m_reader.takeWord("is"))
        return readIs(left, at.offset);
    const auto relation = relationFor(at);
    if (!relation) {
        if (at.is("="))
            return failure(at.offset, "cedar.syntax", "There is no operator \"=\".", "Compare with ==.");
        return left;
    }
    m_reader.advance();
    const Node* const right = readSum();
    if (right == nullptr)
        return nullptr;
    if (relationFor(m_reader.token()))
        return failure(m_reader.token().offset, "cedar.syntax", "Comparisons do not follow each other.",
            "Put brackets around the one that comes first.");
    return make(*relation, at.offset, {left, right});
}

const Node* ExpressionReader::readHas(const Node* target, std::uint32_t offset)
{
    std::vector<Text> path;
    if (m_reader.token().kind == TokenKind::String) {
        std::string name;
        if (!m_reader.readString(name))
            return nullptr;
        path.push_back(m_arena.text(name));
    } else {
        do {
            std::string_view word;
            if (!m_reader.readIdentifier(word))
                return nullptr;
            path.push_back(m_arena.text(word));
        } while (m_reader.take("."));
    }
    if (path.size() > maximumDepth)
        return failure(offset, "cedar.too-deep", "The path after \"has\" is more than 200 long.");
    Node more;
    more.names = m_arena.copy(std::span<const Text>(path));
    return make(NodeKind::Has, offset, {target}, more);
}

const Node* ExpressionReader::readLike(const Node* target, std::uint32_t offset)
{
    const Token token = m_reader.token();
    if (token.kind != TokenKind::String) {
        m_reader.unexpected("a pattern in quotes after \"like\"");
        return nullptr;
    }
    const auto pieces = unescapePattern(token.text.substr(1, token.text.size() - 2));
    if (!pieces)
        return failure(token.offset + 1 + pieces.error().offset, "cedar.escape",
            "There is no such escape in a pattern.",
            R"(Use \* for a star, and \n \r \t \0 \\ \" \' \x41 or \u{1F600}.)");
    m_reader.advance();
    const std::span<std::string_view> kept = m_arena.array<std::string_view>(pieces->size());
    std::ranges::transform(*pieces, kept.begin(), [this](const std::string& piece) { return m_arena.copy(piece); });
    Node more;
    more.pattern = m_arena.make(Pattern{kept});
    return make(NodeKind::Like, offset, {target}, more);
}

const Node* ExpressionReader::readIs(const Node* target, std::uint32_t offset)
{
    std::string name;
    if (!readName(name))
        return nullptr;
    if (m_reader.token().is("::")) {
        m_reader.unexpected("the end of the type after \"is\"");
        return nullptr;
    }
    Node more;
    const Text type = m_arena.text(name);
    more.names = m_arena.copy(std::span<const Text>(&type, 1));
    Children children{target};
    if (m_reader.takeWord("in")) {
        children.push_back(readSum());
        if (children.back() == nullptr)
            return nullptr;
    }
    return make(NodeKind::Is, offset, children, more);
}

const Node* ExpressionReader::readSum()
{
    const std::uint32_t offset = m_reader.token().offset;
    Children children{readProduct()};
    std::vector<bool> subtracted{false};
    while (children.back() != nullptr && (m_reader.token().is("+") || m_reader.token().is("-"))) {
        subtracted.push_back(m_reader.token().is("-"));
        m_reader.advance();
        children.push_back(readProduct());
    }
    if (children.back() == nullptr)
        return nullptr;
    if (children.size() == 1)
        return children.front();
    const std::span<bool> signs = m_arena.array<bool>(subtracted.size());
    std::ranges::copy(subtracted, signs.begin());
    Node more;
    more.subtracted = signs.data();
    return make(NodeKind::Sum, offset, children, more);
}

const Node* ExpressionReader::readProduct()
{
    const std::uint32_t offset = m_reader.token().offset;
    Children children{readUnary()};
    while (children.back() != nullptr && m_reader.take("*"))
        children.push_back(readUnary());
    if (children.back() == nullptr)
        return nullptr;
    if (m_reader.token().is("/") || m_reader.token().is("%"))
        return failure(m_reader.token().offset, "cedar.syntax", "The language has neither division nor remainder.");
    return children.size() == 1 ? children.front() : make(NodeKind::Product, offset, children);
}

const Node* ExpressionReader::readUnary()
{
    if (m_place == Place::Temporal && eventFollows())
        return readSince();
    const Token first = m_reader.token();
    const bool minus = first.is("-");
    if (!minus && !first.is("!"))
        return readMember();
    std::vector<std::uint32_t> offsets;
    while (m_reader.token().is(first.text)) {
        offsets.push_back(m_reader.token().offset);
        m_reader.advance();
    }
    if (offsets.size() > mostUnaryOperators)
        return failure(first.offset, "cedar.syntax",
            "The operator \"" + std::string(first.text) + "\" may be repeated four times at most.");
    const Node* node = nullptr;
    // The lowest number has no positive one, so the sign belongs to a number that stands alone.
    const bool isNumber = minus && m_reader.token().kind == TokenKind::Number;
    if (isNumber && !m_reader.ahead().is(".") && !m_reader.ahead().is("[") && !m_reader.ahead().is("(")) {
        node = readNumber(Sign::Negative);
        offsets.pop_back();
    } else {
        node = readMember();
    }
    while (node != nullptr && !offsets.empty()) {
        node = make(minus ? NodeKind::Negate : NodeKind::Not, offsets.back(), {node});
        offsets.pop_back();
    }
    return node;
}

const Node* ExpressionReader::readNumber(Sign sign)
{
    const Token token = m_reader.token();
    const auto number = readDigits(token.text, sign);
    if (!number)
        return failure(token.offset, "cedar.integer-range", "The number does not fit 64 bits.",
            "Use numbers from -9223372036854775808 to 9223372036854775807.");
    m_reader.advance();
    return makeLiteral(Value(*number), token.offset);
}

}
