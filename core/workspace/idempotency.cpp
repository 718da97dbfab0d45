#include "core/workspace/idempotency.h"

#include "core/base/hmac.h"
#include "core/domain/reflect.h"

#include <nlohmann/json.hpp>

namespace ephor::workspace {

namespace {

constexpr auto answersKeptFor = std::chrono::hours(24);

// Their answers are credentials, or what a model made of a person's words: they exist once, on their way to the caller.
bool answerIsSecret(std::string_view operation)
{
    return operation.starts_with("session.") || operation == "keys.create" || operation == "prompts.try";
}

}

std::string digestOf(const OperationType& type, const void* request, BytesView key)
{
    return toHex(hmacSha256(key, compactJson(toJson(type.request(), request, Secrets::Show))));
}

OnceUnderWay::Turn::~Turn()
{
    if (m_all == nullptr)
        return;
    const std::lock_guard lock(m_all->m_mutex);
    m_all->m_names.erase(m_name);
}

Result<OnceUnderWay::Turn> OnceUnderWay::begin(const OnceKey& once)
{
    std::string name = once.principal + "\n" + once.operation + "\n" + once.key;
    const std::lock_guard lock(m_mutex);
    if (!m_names.insert(name).second)
        return fail(ErrorKind::Conflict, "idempotency.under-way", "The same request is under way.",
            "Send it again when the first has been answered.");
    return Turn(*this, std::move(name));
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
                        "This was done already, and its answer held what is not kept.",
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
