#pragma once

#include "core/base/json.h"
#include "core/base/result.h"

#include <iosfwd>

namespace ephor::cli {

/// What a verb ends with; the shell sees the number.
enum class Exit {
    Done = 0,
    Failed = 1,
    Usage = 2,
    CheckFailed = 3, ///< a check ran and did not hold
};
Exit exitFor(const Error& error);

/// How answers are written: for people, or as one JSON object.
enum class Format { Text, Json };

/// An answer: with Text lists become tables and objects lines of "name  value".
void printAnswer(std::ostream& out, const Json& answer, Format format);
/// An error: with Json {"error":{kind,code,message,hint,fields}} on `out`; with Text two lines on `err`.
void printError(std::ostream& out, std::ostream& err, const Error& error, Format format);
/// The error's JSON form.
Json errorJson(const Error& error);

}
