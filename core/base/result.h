#pragma once

#include "core/base/error.h"

#include <expected>
#include <string>
#include <utility>

namespace ephor {

/// A value, or the Error that says why there is none. Every function that can fail returns one.
template <class T> using Result = std::expected<T, Error>;

/// Makes the failing half of any Result: `return fail(ErrorKind::Invalid, "json.syntax", "...");`
inline std::unexpected<Error> fail(ErrorKind kind, std::string code, std::string message, std::string hint = {})
{
    return std::unexpected<Error>(Error(kind, std::move(code), std::move(message), std::move(hint)));
}

inline std::unexpected<Error> fail(Error error)
{
    return std::unexpected<Error>(std::move(error));
}

}

#define EPHOR_JOIN_INNER(a, b) a##b
#define EPHOR_JOIN(a, b) EPHOR_JOIN_INNER(a, b)
#define EPHOR_TRY_INNER(name, declaration, expression, keyword)                                                        \
    auto name = (expression);                                                                                          \
    if (!name)                                                                                                         \
        keyword std::unexpected<::ephor::Error>(std::move(name).error());                                              \
    declaration = std::move(*name)
#define EPHOR_TRY_VOID_INNER(name, expression, keyword)                                                                \
    if (auto name = (expression); !name)                                                                               \
    keyword std::unexpected<::ephor::Error>(std::move(name).error())

/// `EPHOR_TRY(auto text, readFile(path));` declares `text`, or returns the error from the enclosing function.
#define EPHOR_TRY(declaration, expression)                                                                             \
    EPHOR_TRY_INNER(EPHOR_JOIN(tried_, __LINE__), declaration, expression, return)
/// The same for a Result<void>.
#define EPHOR_TRY_VOID(expression) EPHOR_TRY_VOID_INNER(EPHOR_JOIN(tried_, __LINE__), expression, return)
/// The same two inside a coroutine. The expression must not hold a co_await: name the awaited value first.
#define EPHOR_CO_TRY(declaration, expression)                                                                          \
    EPHOR_TRY_INNER(EPHOR_JOIN(tried_, __LINE__), declaration, expression, co_return)
#define EPHOR_CO_TRY_VOID(expression) EPHOR_TRY_VOID_INNER(EPHOR_JOIN(tried_, __LINE__), expression, co_return)
