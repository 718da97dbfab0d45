#pragma once

#include "core/api/operation.h"
#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/store/database.h"

#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <utility>

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

/// Keeps the answer for a day. Secrets in it are not kept, nor what a model said.
Result<void> keepAnswer(store::Transaction& transaction, const OnceKey& once, const OperationType& type,
    const void* response, const Clock& clock);

/// Keyed, since a request may hold a password that a bare digest would let somebody guess.
std::string digestOf(const OperationType& type, const void* request, BytesView key);

/// The acts under way that asked to happen once and have no transaction to stand in each other's way. Thread-safe.
class OnceUnderWay {
public:
    /// While it stands, nobody else begins the same. Code: idempotency.under-way.
    class Turn {
    public:
        Turn(OnceUnderWay& all, std::string name)
            : m_all(&all)
            , m_name(std::move(name))
        {
        }
        Turn(Turn&& other) noexcept
            : m_all(std::exchange(other.m_all, nullptr))
            , m_name(std::move(other.m_name))
        {
        }
        Turn& operator=(Turn&&) = delete;
        ~Turn();

    private:
        OnceUnderWay* m_all;
        std::string m_name;
    };
    Result<Turn> begin(const OnceKey& once);

private:
    std::mutex m_mutex;
    std::set<std::string> m_names;
};

}
