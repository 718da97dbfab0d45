#include "core/run/runtime/recorded_calls.h"

#include "core/domain/reflect.h"
#include "core/run/runtime/conversation.h"
#include "core/run/runtime/recorder.h"
#include "core/run/runtime/run_store.h"
#include "core/trust/ledger/ledger.h"

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>

namespace ephor::runtime {

namespace {

// Each call meets these in turn and is told the word of the first that does not let it through.
bool decidesCalls(const Verdict& verdict)
{
    static constexpr std::string_view gates[]
        = {"permission", "contract-arguments", "stop", "budget", "guard-tool", "flow", "obligation"};
    return verdict.word != VerdictWord::Transform && std::ranges::find(gates, verdict.gate) != std::end(gates);
}

// These speak only of calls that the rules have let through or asked about.
bool comesAfterRules(const Verdict& verdict)
{
    return verdict.gate == "budget" || verdict.gate == "flow";
}

/// Matches verdicts to the calls they were about. The record has both in the same order; a call that was asked about,
/// or was under way when Ephor stopped, is judged once more before any other is.
class Matching {
public:
    explicit Matching(RecordedCalls& recorded)
        : m_recorded(recorded)
    {
    }

    void take(const Messages& messages, Instant at)
    {
        for (const provider::ChatMessage& message : messages) {
            for (const provider::ToolCall& call : message.toolCalls) {
                RecordedCall& kept = m_recorded.calls.emplace_back();
                kept.id = call.id;
                kept.tool = call.name;
                kept.arguments = std::make_shared<const Json>(call.arguments ? *call.arguments : Json::object());
                kept.at = at;
                kept.settledAt = at;
            }
            if (message.role == "tool")
                answer(message, at);
        }
    }

    void take(const Json& verdicts, Instant at)
    {
        m_at = at;
        for (const Json& json : verdicts) {
            const auto verdict = fromJson<Verdict>(json, UnknownMembers::Ignore);
            if (verdict && (decidesCalls(*verdict) || verdict->gate == "approval"))
                take(*verdict);
        }
    }

    void take(const JournalStep& step)
    {
        RecordedCall* const call = newest(step.call);
        if (call == nullptr)
            return;
        if (step.kind == JournalKind::Permitted && !call->left) {
            call->left = true;
            call->settledAt = m_at;
        }
        m_open = step.kind == JournalKind::Permitted || step.kind == JournalKind::Asked ? placeOf(*call) : none;
    }

private:
    static constexpr std::size_t none = SIZE_MAX;

    std::size_t placeOf(const RecordedCall& call) const { return std::size_t(&call - m_recorded.calls.data()); }

    // Models may count the calls of each answer anew.
    RecordedCall* newest(const std::string& id)
    {
        const auto found = std::ranges::find(m_recorded.calls.rbegin(), m_recorded.calls.rend(), id, &RecordedCall::id);
        return found == m_recorded.calls.rend() ? nullptr : &*found;
    }

    void answer(const provider::ChatMessage& message, Instant at)
    {
        RecordedCall* const call = newest(message.toolCallId);
        if (call == nullptr)
            return;
        call->answeredAt = at;
        auto answer = parseJson(message.content);
        if (answer && !(answer->is_object() && answer->contains("error")))
            call->answer = std::make_shared<const Json>(std::move(*answer));
    }

    void take(const Verdict& verdict)
    {
        const bool byRules = verdict.gate == "permission" || verdict.gate == "obligation";
        if (m_open != none) {
            RecordedCall& call = m_recorded.calls[m_open];
            m_open = none;
            if (verdict.word == VerdictWord::Deny && (byRules || comesAfterRules(verdict)))
                refuse(call, verdict);
            return;
        }
        if (verdict.gate == "approval" || m_next >= m_recorded.calls.size())
            return;
        RecordedCall& call = m_recorded.calls[m_next++];
        // What a call holds, or the run has read, may ask for a person's word too.
        if (!byRules && verdict.word != VerdictWord::Ask) {
            if (comesAfterRules(verdict))
                refuse(call, verdict);
            return;
        }
        call.word = verdict.word;
        call.rule = verdict.rule;
        call.settledAt = m_at;
        if (verdict.word == VerdictWord::Ask)
            m_open = placeOf(call);
    }

    void refuse(RecordedCall& call, const Verdict& verdict)
    {
        call.settledAt = m_at;
        if (comesAfterRules(verdict)) {
            call.overruled = true;
            return;
        }
        call.word = verdict.word;
        call.rule = verdict.rule;
    }

    RecordedCalls& m_recorded;
    Instant m_at; ///< of the entry at hand
    std::size_t m_next = 0; ///< the first call that no gate has spoken of yet
    std::size_t m_open = none; ///< the call that the next verdict is about, though one spoke of it already
};

}

Result<RecordedCalls> recordedCalls(
    const ledger::Ledger& ledger, const store::Snapshot& snapshot, const std::string& run)
{
    RecordedCalls recorded;
    Matching matching(recorded);
    EPHOR_TRY(const auto steps, journal(snapshot, run));
    for (const JournalStep& step : steps) {
        EPHOR_TRY(const std::string text, ledger.body(snapshot, step.entry));
        EPHOR_TRY(const Json body, parseJson(text));
        EPHOR_TRY(const Instant at, parseInstant(body.value("at", "")));
        const Json data = body.value("data", Json::object());
        const auto fields = ledger.open(snapshot, step.entry);
        if (!fields && fields.error().code == "ledger.erased") {
            recorded.erased = true;
            continue;
        }
        if (!fields)
            return fail(fields.error());
        for (const ledger::SealedField& field : *fields) {
            if (field.path == "/messages") {
                EPHOR_TRY(const Messages messages, fromStored(jsonOf(field.value)));
                matching.take(messages, at);
            } else if (field.path == vaultPath) {
                EPHOR_TRY(
                    auto standIns, fromJson<std::vector<guard::StandIn>>(jsonOf(field.value), UnknownMembers::Ignore));
                for (guard::StandIn& standIn : standIns)
                    recorded.vault.emplace(std::move(standIn.token), std::move(standIn.value));
            }
        }
        matching.take(data.value("verdicts", Json::array()), at);
        matching.take(step);
    }
    return recorded;
}

}
