#pragma once

#include "core/run/runtime/run.h"
#include "core/run/runtime/run_store.h"
#include "core/trust/ledger/entry.h"

#include <string>

namespace ephor {
class Clock;
}
namespace ephor::ledger {
class Ledger;
struct PreparedEntry;
}

namespace ephor::runtime {

/// The sealed field of an entry that says why rules refused or asked: a list of VerdictWhy.
inline constexpr const char* whyPath = "/why";
/// The sealed field of a run's first entry that holds the caller's variables, as the guards left them.
inline constexpr const char* variablesPath = "/variables";
/// The sealed field of an entry that holds the values behind stand-ins: a list of guard::StandIn.
inline constexpr const char* vaultPath = "/vault";

/// Every stage of a run reports here: verdicts and decisions to the ledger, spans and measures to insight, hints to
/// whoever listens. What is gathered between two durable points goes into the entry of the second.
class Recorder {
public:
    Recorder(ledger::Ledger& ledger, const Clock& clock)
        : m_ledger(ledger)
        , m_clock(clock)
    {
    }

    /// Numbers and keeps a gate's verdict, shows it as an event unless it merely allows, and adds its span.
    const Verdict& verdict(Run& run, std::string gate, VerdictWord word, std::string reason, std::string rule,
        std::string askWhom = {}) const;

    /// Opens a span at the run's present time; `close` gives it its duration.
    std::size_t openSpan(Run& run, SpanKind kind, std::string name, std::string detail) const;
    void closeSpan(Run& run, std::size_t span) const;

    /// What one durable point states besides what was gathered.
    struct Point {
        JournalKind kind = JournalKind::Admitted;
        ledger::EntryKind entry = ledger::EntryKind::Permit;
        std::string operation; ///< "run.start", "tool.call", "run.end"
        std::string outcome;
        std::string reason;
        std::string call;
        std::string approval;
        std::map<std::string, std::string> refs;
        std::vector<ledger::SealedField> sealed; ///< besides the messages
    };
    /// What of a point can be made before its transaction, so that the writer's thread is left with little.
    struct Prepared {
        JournalKind kind = JournalKind::Admitted;
        std::string call;
        std::string approval;
        std::shared_ptr<ledger::PreparedEntry> entry;
        RunHeader header;
    };
    Result<Prepared> prepare(const Run& run, const Point& point) const;
    /// Writes entry, journal step and header in the caller's transaction. The run itself is changed only by `settled`,
    /// after the transaction is durable. Returns the entry's index.
    Result<std::uint64_t> write(store::Transaction& transaction, const Run& run, const Prepared& point) const;
    void settled(Run& run, std::uint64_t entry) const;

    /// Time since the run's start, waits for people left out.
    Duration elapsed(const Run& run) const;
    /// Brings the totals of the header up to the present.
    void measure(Run& run) const;

private:
    ledger::Ledger& m_ledger;
    const Clock& m_clock;
};

/// The part of a run's time that external spans do not cover.
Duration overheadOf(const std::vector<Span>& spans, Duration total);

}
