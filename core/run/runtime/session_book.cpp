#include "core/run/runtime/session_book.h"

#include "core/run/runtime/call_permission.h"
#include "core/run/runtime/recorded_calls.h"
#include "core/store/database.h"
#include "core/trust/guard/label.h"
#include "core/trust/guard/stand_in.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ephor::runtime {

namespace {

// Some kilobytes each; the record has them all.
constexpr std::size_t mostSessions = 4'096;
// Rules look back a day at most.
constexpr std::chrono::hours lookback(24);

std::string keyOf(const RunSummary& run)
{
    return run.conversation.empty() ? "run:" + run.id : "conversation:" + run.agent + "\n" + run.conversation;
}

Result<std::vector<std::string>> runsOf(const store::Snapshot& snapshot, const RunSummary& run)
{
    std::vector<std::string> runs;
    if (run.conversation.empty())
        return std::vector<std::string>{run.id};
    EPHOR_TRY_VOID(snapshot.query(
        "SELECT id FROM run WHERE conversation = ? AND started_at >= ? AND agent = ? AND environment = ?"
        " AND conversation <> '' ORDER BY started_at",
        {std::string_view(run.conversation),
            std::int64_t((run.startedAt - std::chrono::duration_cast<Duration>(lookback)).time_since_epoch().count()),
            std::string_view(run.agent), std::string_view(run.environment)},
        [&](const store::Row& row) -> Result<void> {
            runs.push_back(row.string(0));
            return {};
        }));
    return runs;
}

/// Turns recorded calls into events, as one plan sees its tools.
class EventReader {
public:
    explicit EventReader(const Run& run)
        : m_run(run)
    {
    }

    void take(const RecordedCall& call, const std::string& run, const guard::Vault& vault)
    {
        const PlannedTool* const tool = m_run.plan->findTool(call.tool);
        // A call that waits, that people refused or that was never decided by rules is none; a tool the release has no
        // more is not named.
        const bool denied = call.overruled || call.word == VerdictWord::Deny;
        if (tool == nullptr || (!denied && !(call.word && call.left)))
            return;
        const std::string id = run + "/" + call.id;
        const CallScene scene{*m_run.plan, *m_run.entities, m_run.principal, m_run.summary.environment,
            m_run.summary.conversation, m_run.person, run, 0, call.settledAt};
        // As the gates saw them (CallGates::sentOf).
        const bool restores = !vault.empty() && guard::clearanceOf(tool->body) >= Confidentiality::Confidential;
        const Json sent = restores ? guard::restoredJson(*call.arguments, vault) : *call.arguments;
        const policy::CallFacts facts = factsOf(scene, *tool, sent);
        if (denied)
            return add(cedar::EventKind::Error, call.settledAt, id, policy::eventOf(facts, nullptr));
        add(cedar::EventKind::Request, call.settledAt, id, policy::eventOf(facts, nullptr));
        if (!call.answeredAt)
            return;
        if (call.answer == nullptr)
            return add(cedar::EventKind::Error, *call.answeredAt, id, policy::eventOf(facts, nullptr));
        const policy::CallAnswer answer{*call.answer, tool->outputShape};
        add(cedar::EventKind::Response, *call.answeredAt, id, policy::eventOf(facts, &answer));
    }

    std::vector<policy::PastEvent> events() &&
    {
        std::ranges::stable_sort(m_events, {}, &policy::PastEvent::at);
        return std::move(m_events);
    }

private:
    void add(cedar::EventKind kind, Instant at, const std::string& call, cedar::Request request)
    {
        m_events.push_back({kind, at, call, std::make_shared<const cedar::Request>(std::move(request))});
    }

    const Run& m_run;
    std::vector<policy::PastEvent> m_events;
};

}

std::shared_ptr<policy::CallHistory> SessionBook::open(const RunSummary& run)
{
    const std::lock_guard lock(m_mutex);
    if (m_sessions.size() >= mostSessions)
        std::erase_if(m_sessions, [](const auto& session) { return session.second.use_count() == 1; });
    std::shared_ptr<policy::CallHistory>& session = m_sessions[keyOf(run)];
    if (!session)
        session = std::make_shared<policy::CallHistory>();
    return session;
}

void SessionBook::forget(const RunSummary& run)
{
    const std::lock_guard lock(m_mutex);
    m_sessions.erase(keyOf(run));
}

policy::PastEvents SessionBook::past(const Run& run) const
{
    return [this, &run]() -> Result<std::vector<policy::PastEvent>> {
        EventReader reader(run);
        EPHOR_TRY_VOID(m_database.read([&](const store::Snapshot& snapshot) -> Result<void> {
            EPHOR_TRY(const auto runs, runsOf(snapshot, run.summary));
            for (const std::string& each : runs) {
                EPHOR_TRY(const RecordedCalls recorded, recordedCalls(m_ledger, snapshot, each));
                for (const RecordedCall& call : recorded.calls)
                    reader.take(call, each, recorded.vault);
            }
            return {};
        }));
        return std::move(reader).events();
    };
}

}
