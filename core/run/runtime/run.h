#pragma once

#include "core/api/runs.h"
#include "core/insight/telemetry.h"
#include "core/run/runtime/budget_meter.h"
#include "core/run/runtime/conversation.h"
#include "core/run/runtime/plan.h"
#include "core/run/runtime/raw_texts.h"
#include "core/run/runtime/run_channel.h"
#include "core/trust/guard/guard.h"
#include "core/trust/guard/label.h"

#include <atomic>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>
#include <map>
#include <mutex>
#include <optional>
#include <set>

namespace ephor::cedar {
class Entities;
}
namespace ephor::policy {
class CallHistory;
}

namespace ephor::runtime {

/// Why a run was told to end, by whom.
struct EndOrder {
    std::string by;
    std::string reason;
};

/// One run under way. Owned by its coroutine, which alone touches it on its strand; the members under `mutex` are for
/// others.
struct Run {
    Run(std::shared_ptr<const Plan> runPlan, boost::asio::io_context& context)
        : plan(std::move(runPlan))
        , budget(plan->agent.budget)
        , strand(boost::asio::make_strand(context))
    {
    }

    RunSummary summary;
    std::string person; ///< whom the caller named, as rules and a sign-in compare it: never written where the summary
                        ///< has its hash, and then not known after a restart
    std::string subject; ///< whose key seals its content (sealing_subject.h): made once, since it is a digest
    std::shared_ptr<const Plan> plan;
    std::string requester; ///< principal id
    std::string requesterName;
    Principal principal; ///< the requester with its roles: whom rules judge beside the agent
    std::shared_ptr<const cedar::Entities> entities; ///< of the first verdict of rules; null before
    std::shared_ptr<policy::CallHistory> history; ///< of its session; null before the first verdict
    Document variables; ///< of the caller, as the guards left them
    Messages messages;
    std::size_t durableMessages = 0; ///< how many of them the journal holds
    std::size_t shownToModel = 0; ///< how many of them the guards have seen on their way to the model
    std::map<std::size_t, std::string> modelTexts; ///< of messages that the model reads otherwise than the record does
    Label label = guard::cleanLabel; ///< of all it has read
    std::vector<guard::LabelOrigin> origins; ///< what made it so
    std::map<std::string, std::string> vault; ///< values behind the stand-ins in its texts
    std::map<std::string, std::string>
        recalled; ///< of earlier runs of its conversation, as far as calls asked for them
    std::uint64_t step = 0; ///< of the journal
    std::optional<std::uint64_t> maxOutputTokens;
    bool streamed = false; ///< somebody wants the answer in pieces
    std::unique_ptr<provider::ReadyCall> firstCall; ///< made while its first entry was on its way to the disk
    std::optional<Error> refusal; ///< why its release did not take the request: what the caller hears
    std::string finishReason = "stop"; ///< of its answer, in the words of Chat Completions
    std::string mend = "Try again; the run's page says more."; ///< of what it fails with
    std::string fault; ///< why it cannot go on but only end: its release, or what was said in it, cannot be read
    bool unrecorded = false; ///< it ended because nothing could be recorded: the journal has it under way
    BudgetMeter budget;
    Duration began{0}; ///< steady, of this stretch
    Duration before{0}; ///< of earlier stretches, without waits

    std::vector<Verdict> verdicts; ///< since the last durable point
    std::vector<VerdictWhy> whys; ///< since the last durable point
    std::vector<Inspected> inspected; ///< since the last durable point
    std::vector<guard::StandIn> freshStandIns; ///< since the last durable point
    std::vector<Citation> citations; ///< of its answer, where that was measured
    std::vector<KeptText> freshRawTexts; ///< whose messages no durable point holds yet
    std::vector<Inspected> uncountedTexts; ///< since the last report
    /// What the guards said of the arguments of a call, by its id.
    struct CallText {
        guard::Inspection inspection;
        std::vector<std::string> findings; ///< entities
    };
    std::map<std::string, CallText> callTexts;
    std::set<std::string> observedFlows; ///< tools whose calls were observed to carry too much: told once a run
    std::vector<insight::RunReport::ToolVerdict> toolVerdicts; ///< since the last report
    std::vector<insight::RunReport::ToolVerdict> uncounted; ///< of them, those no durable point holds yet
    std::vector<Span> spans; ///< of this stretch
    std::string stretch; ///< what the ids of its spans begin with: empty, later "7."
    std::uint64_t externalBefore = 0; ///< microseconds spent outside in earlier stretches
    std::uint64_t verdictCount = 0;
    std::shared_ptr<RunChannel> channel;

    boost::asio::strand<boost::asio::io_context::executor_type> strand;
    boost::asio::cancellation_signal cancellation; ///< only on the strand
    std::mutex mutex;
    std::optional<EndOrder> endOrder;

    std::optional<EndOrder> ordered()
    {
        const std::lock_guard lock(mutex);
        return endOrder;
    }
};

}
