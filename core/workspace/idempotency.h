#pragma once

#include "core/api/operation.h"
#include "core/base/result.h"
#include "core/store/database.h"

#include <string>
#include <string_view>

namespace ephor {
class Clock;
}

namespace ephor::workspace {

/// One write that asks to happen once: the same principal, key and request again get the first answer.
struct OnceKey {
    std::string principal;
    std::string operation;
    std::string key; ///< the caller's
    std::string requestDigest; ///< the same key with another request is a mistake of the caller
};

/// The stored answer (JSON text) of an earlier call; nothing when this is the first. Codes: idempotency.mismatch,
/// idempotency.no-answer (it was done, but its answer held a secret and was not kept).
Result<std::optional<std::string>> answered(const store::Snapshot& snapshot, const OnceKey& once);

/// Keeps the answer for a day. Secrets in it are not kept.
Result<void> keepAnswer(store::Transaction& transaction, const OnceKey& once, const OperationType& type,
    const void* response, const Clock& clock);

std::string digestOf(const OperationType& type, const void* request);

}
