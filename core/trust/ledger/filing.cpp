#include "core/trust/ledger/filing.h"

#include "core/store/more_coming.h"

namespace ephor::ledger {

namespace {

// Of 32 entries at once each costs two or three pages instead of eleven, and whoever comes behind them waits less than
// a millisecond; looking through as many takes a tenth of one.
constexpr std::int64_t dueAtUnfiled = 32;

// A run that goes on would meet the filing with its next entry, so that as many more may gather before it has to.
constexpr std::int64_t mostPutOff = 16;

// What a busy time left behind is caught up with in steps, so that nobody waits for all of it.
constexpr std::int64_t filedAtOnce = 256;

constexpr std::string_view fileSql
    = "UPDATE leaf SET filed = 1 WHERE idx IN (SELECT idx FROM leaf INDEXED BY leaf_unfiled WHERE filed = 0"
      " ORDER BY idx LIMIT ?)";

}

Filing::Filing(store::Database& database)
    : m_database(database)
    , m_dueAt(dueAtUnfiled)
{
}

Result<void> Filing::begin(const store::Snapshot& snapshot)
{
    EPHOR_TRY(
        const auto unfiled, snapshot.integer("SELECT count(*) FROM leaf INDEXED BY leaf_unfiled WHERE filed = 0", {}));
    m_unfiled = unfiled.value_or(0);
    return {};
}

void Filing::added(const store::Transaction& transaction)
{
    ++m_unfiled;
    const std::int64_t due = m_dueAt + (store::moreIsComing(transaction) ? mostPutOff : 0);
    if (m_unfiled >= due && !m_underWay)
        file();
}

// It goes with the next group, so that it needs no commit of its own where there is work.
void Filing::file()
{
    m_underWay = true;
    const auto filed = std::make_shared<std::int64_t>(0);
    m_database.submit(
        [filed](store::Transaction& transaction) -> Result<void> {
            EPHOR_TRY(*filed, transaction.run(fileSql, {filedAtOnce}));
            return {};
        },
        [self = shared_from_this(), filed](const Result<void>& result) { self->finished(result, *filed); });
}

void Filing::finished(const Result<void>& result, std::int64_t filed)
{
    m_underWay = false;
    if (result) {
        m_unfiled -= filed;
        m_dueAt = dueAtUnfiled;
    } else {
        // As many again gather first: otherwise every entry would try once more.
        m_dueAt = m_unfiled + dueAtUnfiled;
        if (result.error().kind == ErrorKind::Conflict) {
            const std::scoped_lock lock(m_mutex);
            m_fault = Error(ErrorKind::CheckFailed, "ledger.index",
                "The indexes of the record do not take its newest entries.",
                "Verify the whole record and compare with a backup made before.")
                          .with("cause", result.error().code);
        }
    }
    if (m_unfiled >= m_dueAt)
        file();
}

std::optional<Error> Filing::fault() const
{
    const std::scoped_lock lock(m_mutex);
    return m_fault;
}

}
