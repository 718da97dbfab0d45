#include "core/workspace/idempotency.h"

#include "core/base/hash.h"
#include "core/domain/reflect.h"

#include <nlohmann/json.hpp>

namespace ephor::workspace {

namespace {

constexpr auto answersKeptFor = std::chrono::hours(24);

// Their answers are credentials: they exist once, on their way to the caller.
bool answerIsSecret(std::string_view operation)
{
    return operation.starts_with("session.") || operation == "keys.create";
}

}

std::string digestOf(const OperationType& type, const void* request)
{
    return toHex(sha256(compactJson(toJson(type.request(), request, Secrets::Show))));
}

Result<std::optional<std::string>> answered(const store::Snapshot& snapshot, const OnceKey& once)
{
    std::optional<std::string> answer;
    Result<void> found
        = snapshot.query("SELECT request, answer FROM idempotency WHERE principal = ? AND operation = ? AND key = ?",
            {std::string_view(once.principal), std::string_view(once.operation), std::string_view(once.key)},
            [&](const store::Row& row) -> Result<void> {
                if (row.text(0) != once.requestDigest)
                    return fail(ErrorKind::Conflict, "idempotency.mismatch",
                        "This idempotency key was used for another request.", "Use a new key for a new request.");
                if (row.isNull(1))
                    return fail(ErrorKind::Conflict, "idempotency.no-answer",
                        "This was done already, and its answer held a secret that is not kept.",
                        "Look at the result, or make a new one.");
                answer = row.string(1);
                return {};
            });
    if (!found)
        return std::unexpected<Error>(std::move(found).error());
    return answer;
}

Result<void> keepAnswer(store::Transaction& transaction, const OnceKey& once, const OperationType& type,
    const void* response, const Clock& clock)
{
    const std::int64_t now = clock.now().time_since_epoch().count();
    const std::int64_t oldest = now - std::chrono::duration_cast<Duration>(answersKeptFor).count();
    EPHOR_TRY([[maybe_unused]] auto removed, transaction.run("DELETE FROM idempotency WHERE at < ?", {oldest}));
    const std::string answer
        = answerIsSecret(once.operation) ? std::string() : compactJson(toJson(type.response(), response));
    const store::Value kept = answer.empty() ? store::Value(nullptr) : store::Value(std::string_view(answer));
    EPHOR_TRY([[maybe_unused]] auto added,
        transaction.run(
            "INSERT INTO idempotency(principal, operation, key, request, answer, at) VALUES (?, ?, ?, ?, ?, ?)",
            {std::string_view(once.principal), std::string_view(once.operation), std::string_view(once.key),
                std::string_view(once.requestDigest), kept, now}));
    return {};
}

}
