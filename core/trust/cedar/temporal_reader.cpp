#include "core/trust/cedar/datetime.h"
#include "core/trust/cedar/expression_reader.h"
#include "core/trust/cedar/limits.h"
#include "core/trust/cedar/name.h"
#include "core/trust/cedar/where_parts.h"

#include <algorithm>
#include <array>
#include <optional>

namespace ephor::cedar {

namespace {

constexpr std::array<TemporalOperator, 4> leadingOperators{
    TemporalOperator::Formerly, TemporalOperator::Previous, TemporalOperator::Count, TemporalOperator::Sum};

std::optional<EventKind> eventKindFor(const Token& token)
{
    for (const EventKind kind : {EventKind::Request, EventKind::Response, EventKind::Error}) {
        if (token.isWord(nameOf(kind)))
            return kind;
    }
    return std::nullopt;
}

bool skipEntity(TokenReader& scan)
{
    while (scan.token().kind == TokenKind::Identifier) {
        scan.advance();
        if (!scan.take("::"))
            return false;
    }
    if (scan.token().kind != TokenKind::String)
        return false;
    scan.advance();
    return true;
}

}

const Node* ExpressionReader::readTemporal()
{
    m_place = Place::Temporal;
    const Node* const node = readExpression();
    m_place = Place::Plain;
    return node;
}

// An entity or a set of entities begins an event as well as a value: what follows it tells.
bool ExpressionReader::eventFollows() const
{
    const Token& first = m_reader.token();
    if (!first.is("!") && !first.is("[") && first.kind != TokenKind::Identifier)
        return false;
    TokenReader scan = m_reader;
    scan.take("!");
    if (scan.token().isWord("any") && scan.ahead().is("::")) {
        scan.advance();
        scan.advance();
        return scan.token().kind == TokenKind::Identifier && !scan.ahead().is("::");
    }
    if (!scan.take("["))
        return skipEntity(scan) && scan.token().is("::");
    while (!scan.token().is("]")) {
        if (!skipEntity(scan))
            return false;
        if (!scan.take(","))
            break;
    }
    return scan.take("]") && scan.token().is("::");
}

bool ExpressionReader::operatorFollows(TemporalOperator& kind)
{
    const Token& token = m_reader.token();
    const auto found = std::ranges::find_if(
        leadingOperators, [&](TemporalOperator operation) { return token.isWord(nameOf(operation)); });
    if (found == leadingOperators.end() || m_reader.ahead().is("::"))
        return false;
    kind = *found;
    return true;
}

bool ExpressionReader::readWindow(std::int64_t& window)
{
    window = maximumWindow;
    if (!m_reader.takeWord("within"))
        return true;
    const Token number = m_reader.token();
    if (number.kind != TokenKind::Number)
        return m_reader.unexpected("a duration such as 30m or 1h");
    m_reader.advance();
    const Token unit = m_reader.token();
    const bool joined
        = unit.kind == TokenKind::Identifier && unit.offset == number.offset + std::uint32_t(number.text.size());
    const std::size_t length = number.text.size() + (joined ? unit.text.size() : 0);
    const auto read = readDuration(m_reader.source().substr(number.offset, length));
    if (!read || *read <= 0 || *read > maximumWindow)
        return m_reader.fault(number.offset, "temporal.window",
            "A window is a duration of one millisecond to 24 hours.", "Write 30s, 15m, 1h, 1h30m or 24h.");
    m_reader.advance();
    window = *read;
    return true;
}

bool ExpressionReader::readEventActions(EventPattern& pattern)
{
    if (m_reader.takeWord("any"))
        return true;
    std::vector<const EntityUid*> actions;
    const auto readOne = [&] {
        const std::uint32_t offset = m_reader.token().offset;
        const EntityUid* const uid = readEntity();
        if (uid == nullptr)
            return false;
        actions.push_back(uid);
        return isActionType(uid->type.view)
            || m_reader.fault(offset, "temporal.event", "The entity " + toText(*uid) + " is no action.",
                "An event is an action with what became of it: Action::\"pay\"::request.");
    };
    if (m_reader.token().is("[")) {
        const std::uint32_t offset = m_reader.token().offset;
        m_reader.advance();
        while (!m_reader.token().is("]")) {
            if (!readOne())
                return false;
            if (!m_reader.take(","))
                break;
        }
        if (!m_reader.expect("]", "after the actions"))
            return false;
        if (actions.empty())
            return m_reader.fault(
                offset, "temporal.event", "The list of actions is empty.", "Write any for an event of any action.");
    } else if (!readOne()) {
        return false;
    }
    pattern.actions = m_arena.copy(std::span<const EntityUid* const>(actions));
    return true;
}

bool ExpressionReader::readEvent(EventPattern& pattern)
{
    pattern.offset = m_reader.token().offset;
    if (!eventFollows())
        return m_reader.unexpected("an event such as Action::\"pay\"::request");
    if (!readEventActions(pattern) || !m_reader.expect("::", "and request, response or error after an event's action"))
        return false;
    const auto kind = eventKindFor(m_reader.token());
    if (!kind)
        return m_reader.unexpected("request, response or error");
    pattern.kind = *kind;
    m_reader.advance();
    if (!m_reader.takeWord("where"))
        return true;
    const std::uint32_t offset = m_reader.token().offset;
    if (!m_reader.expect("{", "before what is said of an event"))
        return false;
    const Node* const where = readIn(Place::Event);
    if (where == nullptr || !m_reader.expect("}", "after what is said of an event"))
        return false;
    const std::vector<const Node*> parts = partsOf(*where).inOrder();
    pattern.where = parts.size() == 1 ? parts.front() : make(NodeKind::And, offset, parts);
    return pattern.where != nullptr;
}

const Node* ExpressionReader::readIn(Place place)
{
    const Place before = m_place;
    m_place = place;
    const Node* const node = readExpression();
    m_place = before;
    return node;
}

const Node* ExpressionReader::readMemberIn(Place place)
{
    const Place before = m_place;
    m_place = place;
    const Node* const node = readMember();
    m_place = before;
    return node;
}

bool ExpressionReader::readSummed(TemporalOperation& operation)
{
    const std::uint32_t offset = m_reader.token().offset;
    if (!m_reader.takeWord("of"))
        return m_reader.unexpected("of and what is summed: of event.input.amount");
    operation.of = readMemberIn(Place::Event);
    if (operation.of == nullptr)
        return false;
    if (readsRequest(*operation.of))
        return m_reader.fault(offset, "temporal.of", "What is summed is read from the event alone.",
            "Begin with event: of event.input.amount.");
    if (!m_reader.takeWord("plus"))
        return true;
    operation.plus = readMemberIn(Place::Plain);
    return operation.plus != nullptr;
}

const Node* ExpressionReader::readOperation(TemporalOperator kind)
{
    TemporalOperation operation;
    operation.kind = kind;
    const std::uint32_t offset = m_reader.token().offset;
    m_reader.advance();
    if (kind == TemporalOperator::Previous)
        operation.window = maximumWindow;
    else if (!readWindow(operation.window))
        return nullptr;
    if (!readEvent(operation.event) || (kind == TemporalOperator::Sum && !readSummed(operation)))
        return nullptr;
    return makeTemporal(operation, offset);
}

const Node* ExpressionReader::readSince()
{
    TemporalOperation operation;
    operation.kind = TemporalOperator::Since;
    const std::uint32_t offset = m_reader.token().offset;
    const bool negated = m_reader.take("!");
    if (!readEvent(operation.ever))
        return nullptr;
    operation.ever.negated = negated;
    if (!m_reader.takeWord("since"))
        return failure(offset, "temporal.event", "An event alone is no condition.",
            "Write formerly, previous or count before it, or since behind it.");
    if (!readWindow(operation.window) || !readEvent(operation.event))
        return nullptr;
    return makeTemporal(operation, offset);
}

const Node* ExpressionReader::makeTemporal(TemporalOperation operation, std::uint32_t offset)
{
    if (m_operations->size() >= maximumTemporalOperations)
        return failure(offset, "cedar.too-large", "There are more than 10,000 temporal operations in one set.");
    operation.number = std::uint32_t(m_operations->size());
    TemporalOperation* const kept = m_arena.make(operation);
    m_operations->push_back(kept);
    Node node;
    node.temporal = kept;
    return make(NodeKind::Temporal, offset, {}, node);
}

// The language has no number that is both, so where nothing happened the other side tells which zero is meant.
void ExpressionReader::noteDecimals(const Node& node)
{
    const auto isDecimal = [](const Node* child) {
        return (child->folded && child->value.kind == Kind::Decimal)
            || (child->kind == NodeKind::Call && child->function->result == Kind::Decimal);
    };
    const bool compares = node.kind == NodeKind::Equal || node.kind == NodeKind::NotEqual;
    const bool wanted = (node.kind == NodeKind::Call && node.function->first == Kind::Decimal)
        || (compares && std::ranges::any_of(node.children, isDecimal));
    if (!wanted)
        return;
    for (const Node* child : node.children) {
        if (child->kind == NodeKind::Temporal)
            (*m_operations)[child->temporal->number]->emptyIsDecimal = true;
    }
}

}
