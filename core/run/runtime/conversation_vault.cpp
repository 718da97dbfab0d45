#include "core/run/runtime/conversation_vault.h"

#include "core/base/text.h"
#include "core/domain/reflect.h"
#include "core/run/runtime/recorder.h"
#include "core/run/runtime/run_store.h"
#include "core/trust/guard/label.h"
#include "core/trust/guard/stand_in.h"
#include "core/trust/ledger/ledger.h"

#include <chrono>
#include <nlohmann/json.hpp>
#include <set>

namespace ephor::runtime {

namespace {

// A call waits while they are read: of an ordinary run that takes a millisecond.
constexpr std::int64_t mostRunsRead = 50;
// As long as people come back to a matter; a conversation of the same name much later is another one.
constexpr std::chrono::days longestConversation(30);

using Tokens = std::set<std::string>;

std::string upperAscii(std::string_view text)
{
    std::string upper(text);
    for (char& c : upper)
        c = c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c;
    return upper;
}

Tokens unknownTo(const Run& run, const std::string& text)
{
    Tokens unknown;
    for (auto place = guard::findStandIn(text); place; place = guard::findStandIn(text, place->end)) {
        std::string token = upperAscii(std::string_view(text).substr(place->start, place->end - place->start));
        if (!run.vault.contains(token) && !run.recalled.contains(token))
            unknown.insert(std::move(token));
    }
    return unknown;
}

// Newest first. Who started it and whom it was for are claims of two kinds, and both must be the same.
Result<std::vector<std::string>> earlierRuns(const store::Snapshot& snapshot, const Run& run)
{
    const RunSummary& own = run.summary;
    const Instant since = own.startedAt - std::chrono::duration_cast<Duration>(longestConversation);
    std::vector<std::string> runs;
    EPHOR_TRY_VOID(snapshot.query("SELECT id FROM run WHERE conversation = ? AND conversation <> '' AND started_at >= ?"
                                  " AND agent = ? AND environment = ? AND requester = ? AND person = ? AND id <> ?"
                                  " ORDER BY started_at DESC LIMIT ?",
        {std::string_view(own.conversation), std::int64_t(since.time_since_epoch().count()),
            std::string_view(own.agent), std::string_view(own.environment), std::string_view(run.requester),
            std::string_view(own.person), std::string_view(own.id), mostRunsRead},
        [&](const store::Row& row) -> Result<void> {
            runs.push_back(row.string(0));
            return {};
        }));
    return runs;
}

// What one run sealed behind the stand-ins that are looked for.
Result<void> takeFrom(
    const ledger::Ledger& ledger, const store::Snapshot& snapshot, const std::string& earlier, Tokens& wanted, Run& run)
{
    EPHOR_TRY(const auto steps, journal(snapshot, earlier));
    for (const JournalStep& step : steps) {
        EPHOR_TRY(const std::string body, ledger.body(snapshot, step.entry));
        // Most entries seal nothing of the kind, and need no key then.
        if (body.find("\"vault\":") == body.npos)
            continue;
        const auto fields = ledger.open(snapshot, step.entry);
        if (!fields && fields.error().code == "ledger.erased")
            continue;
        if (!fields)
            return fail(fields.error());
        for (const ledger::SealedField& field : *fields) {
            if (field.path != vaultPath || field.value.text.empty())
                continue;
            EPHOR_TRY(
                auto standIns, fromJson<std::vector<guard::StandIn>>(jsonOf(field.value), UnknownMembers::Ignore));
            for (guard::StandIn& standIn : standIns) {
                if (wanted.erase(standIn.token) > 0)
                    run.recalled.emplace(std::move(standIn.token), std::move(standIn.value));
            }
        }
    }
    return {};
}

}

void ConversationVault::recall(Run& run, const PlannedTool& tool, const Json& arguments) const
{
    if (run.summary.conversation.empty() || guard::clearanceOf(tool.body) < Confidentiality::Confidential)
        return;
    Tokens wanted = unknownTo(run, compactJson(arguments));
    if (wanted.empty())
        return;
    (void)m_database.read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(const auto runs, earlierRuns(snapshot, run));
        for (const std::string& earlier : runs) {
            if (wanted.empty())
                break;
            EPHOR_TRY_VOID(takeFrom(m_ledger, snapshot, earlier, wanted, run));
        }
        return {};
    });
}

}
