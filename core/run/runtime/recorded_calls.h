#pragma once

#include "core/base/clock.h"
#include "core/base/json.h"
#include "core/domain/verdict.h"
#include "core/store/database.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ephor::ledger {
class Ledger;
}

namespace ephor::runtime {

/// A tool call as the record has it.
struct RecordedCall {
    std::string id;
    std::string tool;
    std::shared_ptr<const Json> arguments; ///< an object; as the model asked for them
    Instant at; ///< of the entry that first states it
    /// Of the permission gate; Deny also when it first asked and then refused. Nothing: another gate decided before, or
    /// none yet.
    std::optional<VerdictWord> word;
    std::string rule;
    bool left = false; ///< every gate and everybody asked let it through: it was sent to the tool
    /// The rules let it through, or asked, and then the budget or what the run has read refused it.
    bool overruled = false;
    Instant settledAt; ///< of the entry that says that it left or was refused; while there is none: `at`
    std::optional<Instant> answeredAt; ///< when the model was told something; nothing: it never was
    std::shared_ptr<const Json> answer; ///< null: it failed, was refused, or is no JSON
};

/// What is recorded of a run's calls.
struct RecordedCalls {
    std::vector<RecordedCall> calls; ///< in the order they were asked for
    std::map<std::string, std::string> vault; ///< values behind stand-ins of this run
    bool erased = false; ///< some of its content is gone for good
};

/// Reads it from the run's entries, opening what is sealed: the caller must be allowed to. Codes: those of
/// Ledger::open.
Result<RecordedCalls> recordedCalls(
    const ledger::Ledger& ledger, const store::Snapshot& snapshot, const std::string& run);

}
