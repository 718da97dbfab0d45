#pragma once

#include "core/trust/cedar/arena.h"
#include "core/trust/cedar/digits.h"
#include "core/trust/cedar/expression.h"
#include "core/trust/cedar/token_reader.h"

#include <vector>

namespace ephor::cedar {

/// Reads one expression at a time into nodes; null means that the reader has an error.
class ExpressionReader {
public:
    /// With `operations`, where what readTemporal() meets is listed.
    ExpressionReader(TokenReader& reader, Arena& arena, TemporalOperations* operations = nullptr)
        : m_reader(reader)
        , m_arena(arena)
        , m_operations(operations)
    {
    }
    const Node* readExpression();
    /// One in which operations over the session's events may stand.
    const Node* readTemporal();
    /// A name with namespaces, `Bank::Agent`, followed by `::"id"` or not.
    bool readName(std::string& name);
    /// `Type::"id"`, brackets around it allowed; null with an error for anything else.
    const EntityUid* readEntity();

private:
    using Children = std::vector<const Node*>;
    /// What besides the plain language may stand where.
    enum class Place : std::uint8_t {
        Plain,
        Temporal, ///< operations over events
        Event, ///< the variable `event`
    };

    const Node* readBranches();
    const Node* readOr();
    const Node* readAnd();
    const Node* readRelation();
    const Node* readHas(const Node* target, std::uint32_t offset);
    const Node* readLike(const Node* target, std::uint32_t offset);
    const Node* readIs(const Node* target, std::uint32_t offset);
    const Node* readSum();
    const Node* readProduct();
    const Node* readUnary();
    const Node* readNumber(Sign sign);
    const Node* readMember();
    const Node* readAccess(const Node* target);
    const Node* readMethod(const Node* receiver, std::string_view name, std::uint32_t offset);
    const Node* readPrimary();
    const Node* readNamed();
    const Node* readFunction(std::string_view name, std::uint32_t offset);
    const Node* readSet();
    const Node* readRecord();
    bool readRecordKey(std::string& key);
    bool readArguments(Children& arguments);

    bool eventFollows() const;
    bool operatorFollows(TemporalOperator& kind);
    bool readWindow(std::int64_t& window);
    bool readEventActions(EventPattern& pattern);
    bool readEvent(EventPattern& pattern);
    bool readSummed(TemporalOperation& operation);
    const Node* readIn(Place place);
    const Node* readMemberIn(Place place);
    const Node* readOperation(TemporalOperator kind);
    const Node* readSince();
    const Node* makeTemporal(TemporalOperation operation, std::uint32_t offset);
    void noteDecimals(const Node& node);

    const Node* make(NodeKind kind, std::uint32_t offset, const Children& children, Node more = {});
    const Node* makeLiteral(Value value, std::uint32_t offset);
    void fold(Node& node);
    const Node* failure(std::size_t offset, std::string code, std::string message, std::string hint = {});

    TokenReader& m_reader;
    Arena& m_arena;
    TemporalOperations* m_operations;
    Place m_place = Place::Plain;
    std::size_t m_depth = 0;
};

}
