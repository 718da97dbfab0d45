#include "core/contract/json_equality.h"

#include "core/contract/json_number.h"

#include <functional>
#include <nlohmann/json.hpp>

namespace ephor::contract {

namespace {

void mixHash(std::size_t& seed, std::size_t value)
{
    seed ^= value + 0x9e3779b97f4a7c15ULL + (seed << 6) + (seed >> 2);
}

bool equalObjects(const Json& left, const Json& right)
{
    const auto& a = left.get_ref<const Json::object_t&>();
    const auto& b = right.get_ref<const Json::object_t&>();
    if (a.size() != b.size())
        return false;
    auto other = b.begin();
    for (const auto& [name, value] : a) {
        if (name != other->first || !equalJson(value, other->second))
            return false;
        ++other;
    }
    return true;
}

bool equalArrays(const Json& left, const Json& right)
{
    if (left.size() != right.size())
        return false;
    for (std::size_t i = 0; i < left.size(); ++i) {
        if (!equalJson(left[i], right[i]))
            return false;
    }
    return true;
}

}

bool equalJson(const Json& left, const Json& right)
{
    if (left.is_number() && right.is_number())
        return wideNumber(left) == wideNumber(right);
    if (left.type() != right.type())
        return false;
    switch (left.type()) {
    case Json::value_t::object:
        return equalObjects(left, right);
    case Json::value_t::array:
        return equalArrays(left, right);
    default:
        return left == right;
    }
}

std::size_t hashJson(const Json& value)
{
    std::size_t seed = 0;
    if (value.is_number()) {
        // Equal numbers round to the same double; + 0.0 makes one zero of two.
        mixHash(seed, std::hash<double>{}(static_cast<double>(wideNumber(value)) + 0.0));
        return seed;
    }
    mixHash(seed, static_cast<std::size_t>(value.type()));
    if (value.is_string())
        mixHash(seed, std::hash<std::string>{}(value.get_ref<const std::string&>()));
    else if (value.is_boolean())
        mixHash(seed, value.get<bool>() ? 1 : 0);
    else if (value.is_array()) {
        for (const auto& element : value)
            mixHash(seed, hashJson(element));
    } else if (value.is_object()) {
        for (const auto& [name, member] : value.get_ref<const Json::object_t&>()) {
            mixHash(seed, std::hash<std::string>{}(name));
            mixHash(seed, hashJson(member));
        }
    }
    return seed;
}

bool measureJson(const Json& value, std::size_t depthLimit, std::size_t& count)
{
    ++count;
    if (!value.is_structured())
        return true;
    if (depthLimit == 0)
        return false;
    for (const auto& child : value) {
        if (!measureJson(child, depthLimit - 1, count))
            return false;
    }
    return true;
}

}
