#pragma once

#include "core/trust/cedar/ip_address.h"
#include "core/trust/cedar/text.h"

#include <cstdint>
#include <span>
#include <string>

namespace ephor::cedar {

/// What a value of the language is (docs.cedarpolicy.com, "Data types").
enum class Kind : std::uint8_t {
    Boolean,
    Long,
    String,
    Entity,
    Set,
    Record,
    Decimal, ///< ten-thousandths in 64 bits
    Ip,
    Datetime, ///< milliseconds since 1970-01-01T00:00:00Z
    Duration, ///< milliseconds
};

/// As messages name it: "long", "entity".
std::string_view nameOf(Kind kind);

/// A reference to an entity: its type with namespaces (`Bank::Agent`) and its id. The hash is of both.
struct EntityUid {
    Text type;
    Text id;
    std::uint64_t hash = 0;

    EntityUid() = default;
    EntityUid(Text uidType, Text uidId)
        : type(uidType)
        , id(uidId)
        , hash(mixed(uidType.hash, uidId.hash))
    {
    }
    bool operator==(const EntityUid& other) const { return hash == other.hash && id == other.id && type == other.type; }
};

/// As the language writes it, escapes included: `Bank::Agent::"till-3"`.
std::string toText(const EntityUid& uid);

struct SetValue;
struct RecordValue;

/// One value, two words, never owning: texts, sets, records and references lie in an Arena that outlives it.
/// Immutable and thread-safe to read.
struct Value {
    Kind kind = Kind::Boolean;
    union {
        bool boolean;
        std::int64_t number = 0; ///< Long, Decimal, Datetime, Duration
        const Text* text;
        const EntityUid* entity;
        const SetValue* set;
        const RecordValue* record;
        const IpAddress* ip;
    };

    Value() = default;
    explicit Value(bool value)
        : kind(Kind::Boolean)
        , boolean(value)
    {
    }
    explicit Value(std::int64_t value, Kind numberKind = Kind::Long)
        : kind(numberKind)
        , number(value)
    {
    }
    explicit Value(const Text* value)
        : kind(Kind::String)
        , text(value)
    {
    }
    explicit Value(const EntityUid* value)
        : kind(Kind::Entity)
        , entity(value)
    {
    }
    explicit Value(const SetValue* value)
        : kind(Kind::Set)
        , set(value)
    {
    }
    explicit Value(const RecordValue* value)
        : kind(Kind::Record)
        , record(value)
    {
    }
    explicit Value(const IpAddress* value)
        : kind(Kind::Ip)
        , ip(value)
    {
    }
};

/// A member of a set with its hash.
struct SetMember {
    std::uint64_t hash = 0;
    Value value;
};

/// Members without repetition, in order of their hashes.
struct SetValue {
    std::span<const SetMember> members;
    std::uint64_t hash = 0;
    bool onlyEntities = true; ///< what `in` wants of its right side

    bool contains(const Value& value) const;
    bool contains(const Value& value, std::uint64_t valueHash) const;
    bool containsAll(const SetValue& other) const;
    bool containsAny(const SetValue& other) const;
};

struct Field {
    Text name;
    Value value;
};

/// Fields in order of their names' hashes, then of the names.
struct RecordValue {
    std::span<const Field> fields;

    /// Null when there is none of that name.
    const Value* find(const Text& name) const;
};

/// The language's `==`: values of two kinds are never equal, sets have no order.
bool equal(const Value& left, const Value& right);

std::uint64_t hashOf(const Value& value);

/// As the language writes it, for messages; long sets and records are cut.
std::string toText(const Value& value);

}
