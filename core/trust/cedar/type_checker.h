#pragma once

#include "core/trust/cedar/capabilities.h"
#include "core/trust/cedar/expression.h"
#include "core/trust/cedar/schema.h"
#include "core/trust/cedar/shape_table.h"

#include <functional>
#include <string>

namespace ephor::cedar {

/// One combination of types a request may have.
struct RequestKind {
    const SchemaAction* action = nullptr;
    const Type* principal = nullptr;
    const Type* resource = nullptr;
};

/// A type, and what is proven where an expression of it is true. No type: the expression is wrong, and that was told.
struct Typing {
    const Type* type = nullptr;
    Capabilities capabilities;
};

/// Types expressions for one kind of request by the strict rules of the official validator. Conditions that are known
/// to be false leave what follows them untyped, so that a policy may test for a type before it uses its attributes.
class TypeChecker {
public:
    using Tell = std::function<void(const Node& node, std::string code, std::string message)>;

    TypeChecker(const Schema& schema, const RequestKind& kind, ShapeTable& shapes, Arena& arena, Tell tell)
        : m_schema(schema)
        , m_kind(kind)
        , m_shapes(shapes)
        , m_arena(arena)
        , m_tell(std::move(tell))
    {
    }
    /// An expression that must be a Boolean.
    Typing typeCondition(const Node& node) { return wanted(node, TypeKind::Boolean); }
    /// How many nodes were typed.
    std::size_t work() const { return m_work; }
    KnownCapabilities& known() { return m_known; }

    static Typing both(const Typing& left, const Typing& right);
    static Typing either(const Typing& left, const Typing& right);
    static Typing negated(Typing typing);
    /// Whether entities of one type may be in those of another.
    static bool mayBeIn(const Schema& schema, const Text& type, const Text& group);
    /// Null for one the schema does not know.
    static const Type* literalType(const Schema& schema, const EntityUid& uid, Arena& arena);

private:
    Typing typeOf(const Node& node);
    Typing typeLiteral(const Node& node);
    Typing typeAnd(const Node& node);
    Typing typeOr(const Node& node);
    Typing typeBranches(const Node& node);
    Typing typeEquality(const Node& node);
    Typing typeOrder(const Node& node);
    Typing typeNumbers(const Node& node);
    Typing typeIn(const Node& left, const Node& right);
    Typing typeActionIn(const EntityUid& action, const std::vector<const EntityUid*>& groups) const;
    Typing typeIs(const Node& node);
    Typing typeSet(const Node& node);
    Typing typeRecord(const Node& node);
    Typing typeAttribute(const Node& node);
    Typing typeHas(const Node& node);
    Typing typeHasStep(const Node& node, const Type& target, std::uint64_t capability, const Text& name);
    Typing typeContains(const Node& node);
    Typing typeTag(const Node& node);
    Typing typeCall(const Node& node);
    Typing typeConstructor(const Node& node);
    Typing typeTemporal(const Node& node);
    Typing typeSummed(const TemporalOperation& operation);
    bool typePattern(const EventPattern& pattern);
    bool admits(const EventPattern& pattern, const SchemaAction& action) const;
    const Type* eventType(const SchemaAction& action, const Text& principal, const Text& resource) const;
    template <class Visit> void underEachEvent(const EventPattern& pattern, const Visit& visit);

    Typing simple(TypeKind kind) const { return {&simpleType(kind), {}}; }
    Typing wanted(const Node& node, TypeKind kind);
    Typing wantedContainer(const Node& node);
    Typing told(const Node& node, std::string code, std::string message);
    const AttributeType* attributeOf(const Type& target, const Text& name) const;
    const EntityUid* constantEntity(const Node& node) const;
    bool constantEntities(const Node& node, std::vector<const EntityUid*>& entities) const;
    Typing compatible(const Node& node, const Type* left, const Type* right);

    const Schema& m_schema;
    const RequestKind& m_kind;
    ShapeTable& m_shapes;
    Arena& m_arena;
    Tell m_tell;
    KnownCapabilities m_known;
    const Type* m_event = nullptr; ///< of `event`, where it may stand
    std::size_t m_work = 0;
};

}
