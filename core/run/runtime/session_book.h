#pragma once

#include "core/run/runtime/run.h"
#include "core/trust/policy/call_history.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace ephor::ledger {
class Ledger;
}
namespace ephor::store {
class Database;
}

namespace ephor::runtime {

/// The sessions whose events rules have asked for: a conversation with an agent, else a lone run. What is dropped here
/// is read again from the record. Thread-safe.
class SessionBook {
public:
    SessionBook(const store::Database& database, const ledger::Ledger& ledger)
        : m_database(database)
        , m_ledger(ledger)
    {
    }

    std::shared_ptr<policy::CallHistory> open(const RunSummary& run);
    /// Drops the run's session; who has it open keeps it until then.
    void forget(const RunSummary& run);
    /// Reads the calls of the run's session, as the rules of its plan see them.
    policy::PastEvents past(const Run& run) const;

private:
    const store::Database& m_database;
    const ledger::Ledger& m_ledger;
    std::mutex m_mutex;
    std::map<std::string, std::shared_ptr<policy::CallHistory>> m_sessions;
};

}
