#pragma once

#include "core/trust/cedar/arena.h"
#include "core/trust/cedar/value.h"

#include <cstdint>
#include <span>
#include <string>

namespace ephor::cedar {

enum class TypeKind : std::uint8_t {
    Never, ///< of no value: the members of an empty set
    True, ///< a Boolean known to be true
    False, ///< a Boolean known to be false
    Boolean,
    Long,
    String,
    Set,
    Record,
    Entity, ///< of one type
    Decimal,
    Ip,
    Datetime,
    Duration,
};

struct Type;

struct AttributeType {
    Text name;
    const Type* type = nullptr;
    bool required = true;
};

/// A type of a schema or of an expression. Lies in an Arena; immutable.
struct Type {
    TypeKind kind = TypeKind::Never;
    const Type* element = nullptr; ///< of a Set
    std::span<const AttributeType> attributes; ///< of a Record, in order of the names' hashes
    Text entity; ///< the entity's type
    std::uint64_t hash = 0; ///< of all of it: types share parts, and comparing the parts one by one may never end

    const AttributeType* find(const Text& name) const;
    bool isBoolean() const { return kind == TypeKind::Boolean || kind == TypeKind::True || kind == TypeKind::False; }
};

/// A type without parts, shared by all.
const Type& simpleType(TypeKind kind);

const Type* makeSetType(Arena& arena, const Type* element);
const Type* makeEntityType(Arena& arena, Text entity);
/// The names must differ.
const Type* makeRecordType(Arena& arena, std::span<const AttributeType> attributes);

/// The same type; a Boolean known to be true is not the same as any Boolean. By their seeded hashes.
bool sameType(const Type& left, const Type& right);

/// As a schema writes it, for messages: "Set<Long>".
std::string toText(const Type& type);

/// The kind of the values of an extension type or simple type; sets and records included.
Kind kindOf(TypeKind kind);
/// The type of an extension's or a simple value's kind.
TypeKind typeKindOf(Kind kind);

}
