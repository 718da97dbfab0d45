#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace ephor {

/// What a value looks like from outside. One static table per C++ type, filled by Boost.Describe (type_of.h);
/// the walkers in reflect.h are written once over this table, so no struct costs a template instantiation of its own.
enum class TypeKind {
    Boolean,
    Integer, ///< std::int64_t
    Unsigned, ///< std::uint64_t
    Number, ///< double
    Text, ///< std::string or derived: UTF-8, counted in bytes
    Enumeration, ///< in JSON the enumerator's name in kebab-case
    Instant, ///< in JSON RFC 3339
    Money, ///< in JSON a decimal string
    Document, ///< any JSON value, held as text
    Optional,
    List,
    Map, ///< std::map<std::string, T>
    Object,
};

struct Type;
/// A function rather than a pointer, so that types may refer to each other in any order.
using TypeReference = const Type& (*)();

struct Member {
    std::string_view name;
    TypeReference type;
    const void* (*read)(const void* object);
    void* (*write)(void* object);
};

/// Only the functions that its kind needs are set. `const void*` always points at a whole value of that type.
struct Type {
    TypeKind kind = TypeKind::Object;
    std::string_view name; ///< of an object or enumeration: "Principal"
    bool secret = false; ///< text that no log, entry, trace or export may show
    std::uint64_t minimum = 0; ///< bytes of a text
    std::uint64_t maximum = 0; ///< bytes of a text, elements of a list or map

    std::span<const Member> members; ///< of an object
    std::span<const std::string> words; ///< of an enumeration, in declaration order
    TypeReference element = nullptr; ///< of an optional, list or map

    std::int64_t (*readInteger)(const void*)
        = nullptr; ///< boolean, integer, unsigned, enumeration (index), instant (µs), money (nanos)
    void (*writeInteger)(void*, std::int64_t) = nullptr;
    double (*readNumber)(const void*) = nullptr;
    void (*writeNumber)(void*, double) = nullptr;
    const std::string& (*readText)(const void*) = nullptr; ///< text and document
    std::string& (*writeText)(void*) = nullptr;
    std::size_t (*size)(const void*) = nullptr; ///< list and map; of an optional 0 or 1
    const void* (*at)(const void*, std::size_t) = nullptr; ///< list; of an optional index 0
    void* (*append)(void*) = nullptr; ///< list: a new last element; optional: a value in place
    void (*clear)(void*) = nullptr; ///< list, map, optional
    void (*eachEntry)(const void*, void* context, void (*visit)(void* context, const std::string&, const void*))
        = nullptr;
    void* (*entry)(void*, const std::string& key) = nullptr;
    const void* (*fresh)() = nullptr; ///< object: one default-constructed value, shared, read-only
    void* (*make)() = nullptr; ///< object: a new value with its defaults, to be ended by `destroy` (any_value.h)
    void (*destroy)(void*) = nullptr;
};

}
