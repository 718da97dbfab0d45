#include "core/trust/cedar/extension.h"

#include "core/trust/cedar/datetime.h"
#include "core/trust/cedar/decimal.h"

#include <array>

namespace ephor::cedar {

namespace {

using Style = CallStyle;
using Id = ExtensionId;

constexpr std::array<ExtensionFunction, 22> extensionTable{{
    {"decimal", Id::Decimal, Style::Function, 1, Kind::String, Kind::String, Kind::Decimal},
    {"lessThan", Id::LessThan, Style::Method, 2, Kind::Decimal, Kind::Decimal, Kind::Boolean},
    {"lessThanOrEqual", Id::LessThanOrEqual, Style::Method, 2, Kind::Decimal, Kind::Decimal, Kind::Boolean},
    {"greaterThan", Id::GreaterThan, Style::Method, 2, Kind::Decimal, Kind::Decimal, Kind::Boolean},
    {"greaterThanOrEqual", Id::GreaterThanOrEqual, Style::Method, 2, Kind::Decimal, Kind::Decimal, Kind::Boolean},
    {"ip", Id::Ip, Style::Function, 1, Kind::String, Kind::String, Kind::Ip},
    {"isIpv4", Id::IsIpv4, Style::Method, 1, Kind::Ip, Kind::Ip, Kind::Boolean},
    {"isIpv6", Id::IsIpv6, Style::Method, 1, Kind::Ip, Kind::Ip, Kind::Boolean},
    {"isLoopback", Id::IsLoopback, Style::Method, 1, Kind::Ip, Kind::Ip, Kind::Boolean},
    {"isMulticast", Id::IsMulticast, Style::Method, 1, Kind::Ip, Kind::Ip, Kind::Boolean},
    {"isInRange", Id::IsInRange, Style::Method, 2, Kind::Ip, Kind::Ip, Kind::Boolean},
    {"datetime", Id::Datetime, Style::Function, 1, Kind::String, Kind::String, Kind::Datetime},
    {"duration", Id::Duration, Style::Function, 1, Kind::String, Kind::String, Kind::Duration},
    {"offset", Id::Offset, Style::Method, 2, Kind::Datetime, Kind::Duration, Kind::Datetime},
    {"durationSince", Id::DurationSince, Style::Method, 2, Kind::Datetime, Kind::Datetime, Kind::Duration},
    {"toDate", Id::ToDate, Style::Method, 1, Kind::Datetime, Kind::Datetime, Kind::Datetime},
    {"toTime", Id::ToTime, Style::Method, 1, Kind::Datetime, Kind::Datetime, Kind::Duration},
    {"toMilliseconds", Id::ToMilliseconds, Style::Method, 1, Kind::Duration, Kind::Duration, Kind::Long},
    {"toSeconds", Id::ToSeconds, Style::Method, 1, Kind::Duration, Kind::Duration, Kind::Long},
    {"toMinutes", Id::ToMinutes, Style::Method, 1, Kind::Duration, Kind::Duration, Kind::Long},
    {"toHours", Id::ToHours, Style::Method, 1, Kind::Duration, Kind::Duration, Kind::Long},
    {"toDays", Id::ToDays, Style::Method, 1, Kind::Duration, Kind::Duration, Kind::Long},
}};

constexpr std::size_t shownText = 80;

std::string shownArgument(std::string_view text)
{
    return text.size() <= shownText ? std::string(text) : std::string(text.substr(0, shownText)) + "…";
}

bool construct(const ExtensionFunction& function, std::string_view text, Arena& arena, Value& result)
{
    if (function.id == Id::Ip) {
        const auto address = readIpAddress(text);
        if (address)
            result = Value(static_cast<const IpAddress*>(arena.make(*address)));
        return address.has_value();
    }
    const auto number = function.id == Id::Decimal ? readDecimal(text)
        : function.id == Id::Datetime              ? readDatetime(text)
                                                   : readDuration(text);
    if (number)
        result = Value(*number, function.result);
    return number.has_value();
}

Value compareDecimals(Id id, std::int64_t left, std::int64_t right)
{
    switch (id) {
    case Id::LessThan:
        return Value(left < right);
    case Id::LessThanOrEqual:
        return Value(left <= right);
    case Id::GreaterThan:
        return Value(left > right);
    default:
        return Value(left >= right);
    }
}

Value askAddress(Id id, const IpAddress& address)
{
    switch (id) {
    case Id::IsIpv4:
        return Value(address.version == 4);
    case Id::IsIpv6:
        return Value(address.version == 6);
    case Id::IsLoopback:
        return Value(address.isLoopback());
    default:
        return Value(address.isMulticast());
    }
}

Value durationIn(Id id, std::int64_t milliseconds)
{
    switch (id) {
    case Id::ToMilliseconds:
        return Value(milliseconds);
    case Id::ToSeconds:
        return Value(milliseconds / 1'000);
    case Id::ToMinutes:
        return Value(milliseconds / 60'000);
    case Id::ToHours:
        return Value(milliseconds / 3'600'000);
    default:
        return Value(milliseconds / 86'400'000);
    }
}

// The result may lie beyond 64 bits for the earliest and the latest moments.
bool moveDatetime(Id id, std::span<const Value> arguments, Value& result)
{
    std::int64_t number = 0;
    if (id == Id::Offset) {
        if (__builtin_add_overflow(arguments[0].number, arguments[1].number, &number))
            return false;
        result = Value(number, Kind::Datetime);
    } else if (id == Id::DurationSince) {
        if (__builtin_sub_overflow(arguments[0].number, arguments[1].number, &number))
            return false;
        result = Value(number, Kind::Duration);
    } else {
        const auto day = dayOf(arguments[0].number);
        if (!day)
            return false;
        result = Value(*day, Kind::Datetime);
    }
    return true;
}

bool checkArguments(const ExtensionFunction& function, std::span<const Value> arguments, std::string& problem)
{
    if (arguments.size() != function.arity) {
        problem = "The function " + std::string(function.name) + " takes " + std::to_string(function.arity)
            + " argument(s), a receiver counted, but " + std::to_string(arguments.size()) + " were given.";
        return false;
    }
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const Kind wanted = i == 0 ? function.first : function.second;
        if (arguments[i].kind == wanted)
            continue;
        problem = "The function " + std::string(function.name) + " wants a " + std::string(nameOf(wanted))
            + ", but got a " + std::string(nameOf(arguments[i].kind)) + ".";
        return false;
    }
    return true;
}

}

const ExtensionFunction* findExtension(std::string_view name)
{
    for (const ExtensionFunction& function : extensionTable) {
        if (function.name == name)
            return &function;
    }
    return nullptr;
}

bool callExtension(const ExtensionFunction& function, std::span<const Value> arguments, Arena& arena, Value& result,
    std::string& problem)
{
    if (!checkArguments(function, arguments, problem))
        return false;
    const Value& first = arguments[0];
    if (function.first == Kind::String) {
        if (construct(function, first.text->view, arena, result))
            return true;
        problem = "The text \"" + shownArgument(first.text->view) + "\" is no " + std::string(nameOf(function.result))
            + ".";
        return false;
    }
    if (function.first == Kind::Decimal) {
        result = compareDecimals(function.id, first.number, arguments[1].number);
    } else if (function.id == Id::IsInRange) {
        result = Value(first.ip->isInRange(*arguments[1].ip));
    } else if (function.first == Kind::Ip) {
        result = askAddress(function.id, *first.ip);
    } else if (function.id == Id::ToTime) {
        result = Value(timeOfDay(first.number), Kind::Duration);
    } else if (function.first == Kind::Datetime) {
        problem = "The result of " + std::string(function.name) + " does not fit 64 bits of milliseconds.";
        return moveDatetime(function.id, arguments, result);
    } else {
        result = durationIn(function.id, first.number);
    }
    return true;
}

}
