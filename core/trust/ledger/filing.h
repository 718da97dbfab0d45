#pragma once

#include "core/store/database.h"

#include <memory>
#include <mutex>
#include <optional>

namespace ephor::ledger {

/// Puts entries into the indexes of the record some time after their commit, many at once: an index has its pages in
/// different places of the file, and a commit of one entry would write one of each. Until then an entry is found by a
/// look at all that are not filed, which are kept few. Queries by anything but the index of an entry therefore read the
/// view `entry`, never the table `leaf`, and those that need an order fetch indexes first: `idx IN (SELECT idx FROM
/// entry …)`.
///
/// Filing changes nothing that is proved: a crash before it leaves entries unfiled, and the next opening counts them.
class Filing : public std::enable_shared_from_this<Filing> {
public:
    explicit Filing(store::Database& database);
    /// Counts what stands unfiled. Before the first entry is added.
    Result<void> begin(const store::Snapshot& snapshot);
    /// One more entry is durable, written by `transaction`. On the writer's thread.
    void added(const store::Transaction& transaction);
    /// Why the indexes do not take what is to be filed, as with two entries of one id. Code: ledger.index. Thread-safe.
    std::optional<Error> fault() const;

private:
    void file();
    void finished(const Result<void>& result, std::int64_t filed);

    store::Database& m_database;
    // Of the writer's thread alone, after begin().
    std::int64_t m_unfiled = 0;
    std::int64_t m_dueAt;
    bool m_underWay = false;

    mutable std::mutex m_mutex; ///< guards what follows
    std::optional<Error> m_fault;
};

}
