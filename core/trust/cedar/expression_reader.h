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
    ExpressionReader(TokenReader& reader, Arena& arena)
        : m_reader(reader)
        , m_arena(arena)
    {
    }
    const Node* readExpression();
    /// A name with namespaces, `Bank::Agent`, followed by `::"id"` or not.
    bool readName(std::string& name);
    /// `Type::"id"`, brackets around it allowed; null with an error for anything else.
    const EntityUid* readEntity();

private:
    using Children = std::vector<const Node*>;

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

    const Node* make(NodeKind kind, std::uint32_t offset, const Children& children, Node more = {});
    const Node* makeLiteral(Value value, std::uint32_t offset);
    void fold(Node& node);
    const Node* failure(std::size_t offset, std::string code, std::string message, std::string hint = {});

    TokenReader& m_reader;
    Arena& m_arena;
    std::size_t m_depth = 0;
};

}
