#pragma once

#include "core/api/workspace.h"
#include "core/demo/bank.h"
#include "core/demo/cast.h"
#include "core/demo/run_watch.h"
#include "core/demo/service_data.h"

#include <mutex>

namespace ephor::demo {

/// What the stories work with; everything outlives them.
struct StoryStage {
    workspace::Workspace& workspace;
    Cast& cast;
    const Bank& bank;
    ServiceData& services;
    std::string key; ///< of the demo's traffic
    std::string folder; ///< of the workspace
};

/// The presenter's stories, played step by step on the live workspace: nothing in them is staged beyond the simulated
/// model. One step at a time; thread-safe.
class Stories {
public:
    explicit Stories(const StoryStage& stage)
        : m_stage(stage)
    {
    }

    static std::vector<Story> list();
    /// Steps count from 0. Codes: demo.unknown-story, demo.step-order (an earlier step was not played), demo.run-slow.
    Result<RunStory::Response> play(const std::string& story, std::uint64_t step);
    /// Puts back what the story changed, so that it can be told again.
    Result<RunStory::Response> reset(const std::string& story);

private:
    /// What was done: a sentence, and where the console shows it.
    struct Happened {
        std::string sentence;
        std::string route;
    };
    using Step = Result<Happened> (Stories::*)();
    struct Script;
    static const Script* find(const std::string& story);
    static std::span<const Script> scripts();

    // story_invoice.cpp
    Result<Happened> sendInvoice();
    Result<Happened> explainRefusal();
    Result<Happened> showNothingPaid();
    // story_contract.cpp
    Result<Happened> sendContract();
    Result<Happened> explainSharing();
    Result<Happened> showNothingLeft();
    // story_approval.cpp
    Result<Happened> askForRefund();
    Result<Happened> approveRefund();
    Result<Happened> approveAgain();
    Result<Happened> showOnePayment();
    Result<void> resetRefund();
    // story_canary.cpp
    Result<Happened> releaseBadPrompt();
    Result<Happened> sendCanaryTraffic();
    Result<Happened> compareCanary();
    Result<Happened> rollBackCanary();
    Result<void> resetCanary();
    // story_proof.cpp
    Result<Happened> exportProof();
    Result<Happened> changeOneByte();
    Result<Happened> putByteBack();
    Result<void> resetProof();
    Result<void> resetNothing() { return {}; }

    Result<WatchedRun> run(const StartRun::Request& request, RunWatch& watch);

    StoryStage m_stage;
    std::mutex m_mutex;
    std::string m_invoiceRun;
    std::optional<WatchedRun> m_contract;
    std::string m_refundRun;
    std::string m_approval;
    std::string m_approvalDigest;
    std::unique_ptr<RunWatch> m_refundWatch;
    std::string m_change;
    std::string m_rollout;
    std::string m_proofFile;
    std::string m_proofText;
    std::vector<std::string> m_proofKeys;
};

/// "Play the step before first."
std::unexpected<Error> outOfOrder();

}
