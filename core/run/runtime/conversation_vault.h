#pragma once

#include "core/base/json.h"
#include "core/run/runtime/plan.h"

namespace ephor::ledger {
class Ledger;
}
namespace ephor::store {
class Database;
}

namespace ephor::runtime {

struct Run;

/// The values behind stand-ins that earlier runs of a conversation made. They stand sealed with those runs and nowhere
/// else: erasing these takes them, and a restart loses none. A conversation is that of one agent in one environment
/// with one requester and one named person, all of them the same; whoever copies a stand-in of another gets nothing for
/// it. Thread-safe; a run is used on its strand.
class ConversationVault {
public:
    ConversationVault(const store::Database& database, const ledger::Ledger& ledger)
        : m_database(database)
        , m_ledger(ledger)
    {
    }

    /// Looks for stand-ins of the arguments that the run itself does not know, and keeps with it, in memory, those that
    /// are found. Nothing where the tool may not have values, or the run is of no conversation. What cannot be read
    /// stays a stand-in.
    void recall(Run& run, const PlannedTool& tool, const Json& arguments) const;

private:
    const store::Database& m_database;
    const ledger::Ledger& m_ledger;
};

}
