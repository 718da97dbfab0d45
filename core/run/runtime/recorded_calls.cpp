#include "core/run/runtime/recorded_calls.h"

#include "core/domain/reflect.h"
#include "core/run/runtime/conversation.h"
#include "core/run/runtime/run_store.h"
#include "core/trust/ledger/ledger.h"

#include <algorithm>
#include <deque>
#include <nlohmann/json.hpp>

namespace ephor::runtime {

namespace {

// Each call meets these in turn and is told the word of the first that does not let it through.
bool decidesCalls(const std::string& gate)
{
    return gate == "permission" || gate == "contract-arguments" || gate == "stop" || gate == "budget"
        || gate == "guard-tool" || gate == "obligation";
}

/// Matches verdicts to the calls they were about: both stand in the record in the same order.
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
            }
            if (message.role != "tool")
                continue;
            const auto found = std::ranges::find(m_recorded.calls, message.toolCallId, &RecordedCall::id);
            if (found == m_recorded.calls.end())
                continue;
            found->answeredAt = at;
            auto answer = parseJson(message.content);
            if (answer && !(answer->is_object() && answer->contains("error")))
                found->answer = std::make_shared<const Json>(std::move(*answer));
        }
    }

    void take(const Json& verdicts)
    {
        for (const Json& json : verdicts) {
            auto verdict = fromJson<Verdict>(json, UnknownMembers::Ignore);
            if (verdict && decidesCalls(verdict->gate))
                m_verdicts.push_back(std::move(*verdict));
        }
    }

    void match()
    {
        for (RecordedCall& call : m_recorded.calls) {
            if (m_verdicts.empty())
                return;
            const Verdict verdict = std::move(m_verdicts.front());
            m_verdicts.pop_front();
            if (verdict.gate != "permission" && verdict.gate != "obligation")
                continue;
            call.word = verdict.word;
            call.rule = verdict.rule;
            // Once a person has said yes the gates are asked again about the same call.
            if (verdict.word == VerdictWord::Ask && !m_verdicts.empty() && m_verdicts.front().gate == "permission"
                && m_verdicts.front().rule == verdict.rule)
                m_verdicts.pop_front();
        }
    }

private:
    RecordedCalls& m_recorded;
    std::deque<Verdict> m_verdicts;
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
        matching.take(data.value("verdicts", Json::array()));
        const auto fields = ledger.open(snapshot, step.entry);
        if (!fields && fields.error().code == "ledger.erased") {
            recorded.erased = true;
            continue;
        }
        if (!fields)
            return fail(fields.error());
        for (const ledger::SealedField& field : *fields) {
            if (field.path != "/messages")
                continue;
            EPHOR_TRY(const Messages messages, fromStored(jsonOf(field.value)));
            matching.take(messages, at);
        }
    }
    matching.match();
    return recorded;
}

}
