#include "core/trust/identity/activity.h"

#include "core/trust/identity/moment.h"
#include "core/trust/identity/sessions.h"

#include <memory>

namespace ephor::identity {

Activity::Activity(store::Database& database, const Clock& clock)
    : m_database(database)
    , m_clock(clock)
    , m_writtenAt(clock.steady())
{
}

void Activity::seen(const Principal& principal)
{
    const bool person = principal.kind == PrincipalKind::Person;
    const std::string& key = person ? principal.session : principal.id;
    if (key.empty() || (!person && principal.kind != PrincipalKind::Service))
        return;
    {
        const std::lock_guard lock(m_mutex);
        m_batch[key] = Seen{person ? principal.id : std::string(), m_clock.now()};
        if (m_clock.steady() - m_writtenAt < writeEvery)
            return;
        m_writtenAt = m_clock.steady();
    }
    // A write that fails costs a minute of "last used", never an answer: the next batch says it again.
    const auto batch = std::make_shared<const Batch>(take());
    m_database.submit([batch](store::Transaction& transaction) { return write(transaction, *batch); }, {});
}

Result<void> Activity::flush()
{
    return m_database.write([batch = take()](store::Transaction& transaction) { return write(transaction, batch); });
}

Activity::Batch Activity::take()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_batch, Batch());
}

Result<void> Activity::write(store::Transaction& transaction, const Batch& batch)
{
    for (const auto& [key, seen] : batch) {
        const std::int64_t at = storedMoment(seen.at);
        if (seen.person.empty()) {
            EPHOR_TRY_VOID(
                transaction.run("UPDATE service_key SET used_at = ? WHERE id = ? AND used_at < ?", {at, key, at}));
            continue;
        }
        EPHOR_TRY_VOID(transaction.run("UPDATE session SET expires_at = ? WHERE id = ? AND expires_at < ?",
            {at + std::int64_t(sessionLength.count()), key, at + std::int64_t(sessionLength.count())}));
        EPHOR_TRY_VOID(
            transaction.run("UPDATE person SET seen_at = ? WHERE id = ? AND seen_at < ?", {at, seen.person, at}));
    }
    return {};
}

}
