#include "core/base/error.h"

#include <array>

namespace ephor {

namespace {

constexpr std::array<std::pair<ErrorKind, std::string_view>, 12> kindWords{{
    {ErrorKind::Invalid, "invalid"},
    {ErrorKind::Unauthenticated, "unauthenticated"},
    {ErrorKind::Forbidden, "forbidden"},
    {ErrorKind::NotFound, "not-found"},
    {ErrorKind::Conflict, "conflict"},
    {ErrorKind::TooLarge, "too-large"},
    {ErrorKind::Exhausted, "exhausted"},
    {ErrorKind::Unavailable, "unavailable"},
    {ErrorKind::Timeout, "timeout"},
    {ErrorKind::Cancelled, "cancelled"},
    {ErrorKind::CheckFailed, "check-failed"},
    {ErrorKind::Internal, "internal"},
}};

}

std::string_view toString(ErrorKind kind)
{
    for (const auto& [candidate, word] : kindWords) {
        if (candidate == kind)
            return word;
    }
    return "internal";
}

ErrorKind errorKindFrom(std::string_view word)
{
    for (const auto& [kind, candidate] : kindWords) {
        if (candidate == word)
            return kind;
    }
    return ErrorKind::Internal;
}

std::string describe(const Error& error)
{
    std::string line = error.code + ": " + error.message;
    if (!error.hint.empty())
        line += " " + error.hint;
    for (const auto& [name, value] : error.fields)
        line += " [" + name + "=" + value + "]";
    return line;
}

}
