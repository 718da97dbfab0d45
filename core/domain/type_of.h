#pragma once

#include "core/domain/limits.h"
#include "core/domain/type.h"

#include <array>
#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <map>
#include <type_traits>

namespace ephor {

/// The one table of T. T is a described struct or enum, or one of the kinds of type.h.
template <class T> const Type& typeOf();

/// "RollingOut" as "rolling-out".
std::string kebabCase(std::string_view enumerator);

namespace detail {

// What stands behind plain strings and vectors of responses; requests give their own limits by type.
constexpr std::uint64_t defaultTextBytes = 1 << 20;
constexpr std::uint64_t defaultListElements = 100'000;

template <class T> struct TableOf;

template <class T> T& as(void* value)
{
    return *static_cast<T*>(value);
}
template <class T> const T& as(const void* value)
{
    return *static_cast<const T*>(value);
}

template <class T> Type integerTable(TypeKind kind)
{
    Type type;
    type.kind = kind;
    type.readInteger = [](const void* value) { return std::int64_t(as<T>(value)); };
    type.writeInteger = [](void* value, std::int64_t integer) { as<T>(value) = T(integer); };
    return type;
}

template <class T> Type textTable(std::uint64_t minimum, std::uint64_t maximum)
{
    Type type;
    type.kind = TypeKind::Text;
    type.minimum = minimum;
    type.maximum = maximum;
    type.readText = [](const void* value) -> const std::string& { return as<T>(value); };
    type.writeText = [](void* value) -> std::string& { return as<T>(value); };
    return type;
}

template <class ListType, class T> Type listTable(std::uint64_t maximum)
{
    Type type;
    type.kind = TypeKind::List;
    type.maximum = maximum;
    type.element = &typeOf<T>;
    type.size = [](const void* value) { return as<ListType>(value).size(); };
    type.at = [](const void* value, std::size_t index) -> const void* { return &as<ListType>(value)[index]; };
    type.append = [](void* value) -> void* { return &as<ListType>(value).emplace_back(); };
    type.clear = [](void* value) { as<ListType>(value).clear(); };
    return type;
}

template <> struct TableOf<bool> {
    static Type make() { return integerTable<bool>(TypeKind::Boolean); }
};
template <> struct TableOf<std::int64_t> {
    static Type make() { return integerTable<std::int64_t>(TypeKind::Integer); }
};
template <> struct TableOf<std::uint64_t> {
    static Type make() { return integerTable<std::uint64_t>(TypeKind::Unsigned); }
};
template <> struct TableOf<double> {
    static Type make()
    {
        Type type;
        type.kind = TypeKind::Number;
        type.readNumber = [](const void* value) { return as<double>(value); };
        type.writeNumber = [](void* value, double number) { as<double>(value) = number; };
        return type;
    }
};
template <> struct TableOf<std::string> {
    static Type make() { return textTable<std::string>(0, defaultTextBytes); }
};
template <std::size_t Max, std::size_t Min> struct TableOf<Text<Max, Min>> {
    static Type make() { return textTable<Text<Max, Min>>(Min, Max); }
};
template <std::size_t Max, std::size_t Min> struct TableOf<SecretText<Max, Min>> {
    static Type make()
    {
        Type type = textTable<SecretText<Max, Min>>(Min, Max);
        type.secret = true;
        return type;
    }
};
template <> struct TableOf<Document> {
    static Type make()
    {
        Type type;
        type.kind = TypeKind::Document;
        type.readText = [](const void* value) -> const std::string& { return as<Document>(value).text; };
        type.writeText = [](void* value) -> std::string& { return as<Document>(value).text; };
        return type;
    }
};
template <> struct TableOf<Instant> {
    static Type make()
    {
        Type type;
        type.kind = TypeKind::Instant;
        type.readInteger
            = [](const void* value) -> std::int64_t { return as<Instant>(value).time_since_epoch().count(); };
        type.writeInteger = [](void* value, std::int64_t micros) { as<Instant>(value) = Instant(Duration(micros)); };
        return type;
    }
};
template <> struct TableOf<Money> {
    static Type make()
    {
        Type type;
        type.kind = TypeKind::Money;
        type.readInteger = [](const void* value) { return as<Money>(value).nanos; };
        type.writeInteger = [](void* value, std::int64_t nanos) { as<Money>(value).nanos = nanos; };
        return type;
    }
};
template <class T> struct TableOf<std::vector<T>> {
    static Type make() { return listTable<std::vector<T>, T>(defaultListElements); }
};
template <class T, std::size_t Max> struct TableOf<List<T, Max>> {
    static Type make() { return listTable<List<T, Max>, T>(Max); }
};
template <class T> struct TableOf<std::optional<T>> {
    static Type make()
    {
        Type type;
        type.kind = TypeKind::Optional;
        type.element = &typeOf<T>;
        type.size = [](const void* value) { return std::size_t(as<std::optional<T>>(value).has_value()); };
        type.at = [](const void* value, std::size_t) -> const void* { return &*as<std::optional<T>>(value); };
        type.append = [](void* value) -> void* { return &as<std::optional<T>>(value).emplace(); };
        type.clear = [](void* value) { as<std::optional<T>>(value).reset(); };
        return type;
    }
};
template <class T> struct TableOf<std::map<std::string, T>> {
    using Map = std::map<std::string, T>;
    static Type make()
    {
        Type type;
        type.kind = TypeKind::Map;
        type.maximum = defaultListElements;
        type.element = &typeOf<T>;
        type.size = [](const void* value) { return as<Map>(value).size(); };
        type.clear = [](void* value) { as<Map>(value).clear(); };
        type.eachEntry = [](const void* value, void* context, void (*visit)(void*, const std::string&, const void*)) {
            for (const auto& [key, element] : as<Map>(value))
                visit(context, key, &element);
        };
        type.entry = [](void* value, const std::string& key) -> void* { return &as<Map>(value)[key]; };
        return type;
    }
};

template <class T> Type enumerationTable()
{
    using Enumerators = boost::describe::describe_enumerators<T>;
    static const auto words = [] {
        std::array<std::string, boost::mp11::mp_size<Enumerators>::value> list;
        std::size_t at = 0;
        boost::mp11::mp_for_each<Enumerators>([&](auto enumerator) { list[at++] = kebabCase(enumerator.name); });
        return list;
    }();
    Type type = integerTable<T>(TypeKind::Enumeration);
    type.words = words;
    return type;
}

template <class T> Type objectTable()
{
    using Members = boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;
    static const auto members = [] {
        std::array<Member, boost::mp11::mp_size<Members>::value> list;
        std::size_t at = 0;
        boost::mp11::mp_for_each<Members>([&](auto member) {
            using Descriptor = decltype(member);
            using Value = std::remove_cvref_t<decltype(std::declval<T>().*Descriptor::pointer)>;
            list[at++] = Member{Descriptor::name, &typeOf<Value>,
                [](const void* object) -> const void* { return &(as<T>(object).*Descriptor::pointer); },
                [](void* object) -> void* { return &(as<T>(object).*Descriptor::pointer); }};
        });
        return list;
    }();
    static const T fresh{};
    Type type;
    type.kind = TypeKind::Object;
    type.members = members;
    type.fresh = []() -> const void* { return &fresh; };
    type.make = []() -> void* { return new T(); };
    type.destroy = [](void* value) { delete static_cast<T*>(value); };
    return type;
}

template <class T> struct TableOf {
    static_assert(
        boost::describe::has_describe_members<T>::value || boost::describe::has_describe_enumerators<T>::value,
        "Describe it: BOOST_DESCRIBE_STRUCT or BOOST_DESCRIBE_ENUM right after its declaration.");
    static Type make()
    {
        if constexpr (boost::describe::has_describe_enumerators<T>::value)
            return enumerationTable<T>();
        else
            return objectTable<T>();
    }
};

}

template <class T> const Type& typeOf()
{
    static const Type type = detail::TableOf<T>::make();
    return type;
}

}
