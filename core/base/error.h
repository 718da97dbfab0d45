#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ephor {

/// What kind of failure it is: decides the HTTP status and the exit code, never the wording.
enum class ErrorKind {
    Invalid, ///< the caller's input is wrong (400, exit 2)
    Unauthenticated, ///< nobody is signed in, or the credential is not valid (401)
    Forbidden, ///< signed in, but not permitted (403)
    NotFound, ///< no such thing, or not visible to this principal (404)
    Conflict, ///< the state moved on: expected version, idempotency, already decided (409)
    TooLarge, ///< a limit on size, depth or count was passed (413)
    Exhausted, ///< a budget or a rate is used up (429)
    Unavailable, ///< something Ephor depends on does not answer; trying again may help (503)
    Timeout, ///< a deadline passed (504)
    Cancelled, ///< the caller or a stop ended it (499)
    CheckFailed, ///< a check ran and did not hold: a proof, a signature, a record (exit 3)
    Internal, ///< a fault of Ephor itself (500)
};

/// A failure as a value. `code` is stable and dotted ("prompt.unknown-variable"): programs and translations key on it.
/// `message` is one English sentence that names the cause; `hint` is one that says how to mend it, and may be empty.
/// `fields` holds the values involved, in order. None of them ever holds a secret or personal data.
struct Error {
    ErrorKind kind = ErrorKind::Internal;
    std::string code;
    std::string message;
    std::string hint;
    std::vector<std::pair<std::string, std::string>> fields;

    Error() = default;
    Error(ErrorKind errorKind, std::string errorCode, std::string errorMessage, std::string errorHint = {})
        : kind(errorKind)
        , code(std::move(errorCode))
        , message(std::move(errorMessage))
        , hint(std::move(errorHint))
    {
    }

    /// Adds a value involved and returns the error, so that one expression makes the whole.
    Error with(std::string name, std::string value) &&
    {
        fields.emplace_back(std::move(name), std::move(value));
        return std::move(*this);
    }

    bool operator==(const Error&) const = default;
};

/// The kind's stable word, as it appears in JSON ("not-found").
std::string_view toString(ErrorKind kind);

/// The kind for such a word; Internal for any other, as a peer of another version may send.
ErrorKind errorKindFrom(std::string_view word);

/// Code, message, hint and fields on one line, for logs and terminals.
std::string describe(const Error& error);

}
