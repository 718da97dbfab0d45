#pragma once

#include "core/base/result.h"
#include "core/http/http_message.h"

namespace ephor::http {

/// Whose words a reply speaks: the surface a caller chose decides how its errors look.
enum class Dialect {
    Problem, ///< RFC 9457 problem+json
    OpenAi, ///< {"error":{message,type,param,code}}
};

/// By the path alone, so that even a request that could not be read whole is answered in its own dialect.
Dialect dialectOf(std::string_view target);

/// The status of an error: by its kind, except for faults of HTTP itself, which have their own.
int statusOf(const Error& error);

/// The reply to an error, with what belongs beside it (Allow, Retry-After, WWW-Authenticate).
/// `occurrence` is the id of the request, which the record and the logs know too.
HttpReply errorReply(Dialect dialect, const Error& error, std::string_view occurrence);

/// `{"error":{…}}` of the OpenAI dialect on one line. The error's field "param" names the member at fault.
std::string openAiErrorBody(const Error& error);

/// The Error that a peer put into a problem+json body, exactly; remote.unexpected when the body is none.
Error errorFromProblem(int status, std::string_view body);

/// A whole reply of JSON.
HttpReply jsonReply(int status, std::string body);

}
