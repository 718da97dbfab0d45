#include "core/demo/stories.h"

namespace ephor::demo {

struct Stories::Script {
    Story story;
    std::vector<Step> steps;
    Result<void> (Stories::*reset)();
};

namespace {

// A step ends within five seconds; what a run needs beyond that is told as a problem.
constexpr auto patience = std::chrono::milliseconds(4'500);

}

std::unexpected<Error> outOfOrder()
{
    return fail(ErrorKind::Conflict, "demo.step-order", "An earlier step of this story was not played yet.",
        "Play the story from its first step.");
}

std::span<const Stories::Script> Stories::scripts()
{
    static const std::vector<Script> all{
        {{"poisoned-invoice", "A poisoned invoice, stopped and explained",
             "An invoice tells the agent that reads it to pay to a new account. The model believes it. The rules do "
             "not.",
             {"Let Expense audit read the invoice", "See why the payment was refused", "Show that nothing was paid"},
             "agents/expense-audit"},
            {&Stories::sendInvoice, &Stories::explainRefusal, &Stories::showNothingPaid}, &Stories::resetNothing},
        {{"travelling-contract", "A contract that wants to leave",
             "A contract tells the agent that reads it to send it away: once in words nobody sees, once in words "
             "everybody sees. Neither gets it out.",
             {"Let Contract review read the contract", "See why it could not be shared", "Show that nothing left"},
             "agents/contract-review"},
            {&Stories::sendContract, &Stories::explainSharing, &Stories::showNothingLeft}, &Stories::resetNothing},
        {{"one-approval", "One approval, executed once",
             "A refund of EUR 2,480.00 is above what the agent may pay. A person decides on exactly this call, and it "
             "happens once.",
             {"A customer asks for the refund", "An officer approves it", "Somebody approves it again",
                 "Show the one payment"},
             "inbox"},
            {&Stories::askForRefund, &Stories::approveRefund, &Stories::approveAgain, &Stories::showOnePayment},
            &Stories::resetRefund},
        {{"bad-canary", "A bad prompt, caught in canary and rolled back by a person",
             "A shorter prompt looks harmless, passes review and goes to one in twenty. The numbers say what it does.",
             {"Release the prompt to 5 %", "Send traffic at 25 %", "Compare canary and baseline", "Roll back"},
             "agents/hr-helper?tab=versions"},
            {&Stories::releaseBadPrompt, &Stories::sendCanaryTraffic, &Stories::compareCanary,
                &Stories::rollBackCanary},
            &Stories::resetCanary},
        {{"one-byte", "One byte of an exported proof changed, and the verifier says so",
             "A proof leaves the bank as a file. Whoever checks it needs no access here, and sees any change.",
             {"Export the proof of the newest denial", "Change one byte", "Put the byte back"}, "assurance/record"},
            {&Stories::exportProof, &Stories::changeOneByte, &Stories::putByteBack}, &Stories::resetProof},
    };
    return all;
}

const Stories::Script* Stories::find(const std::string& story)
{
    for (const Script& script : scripts()) {
        if (script.story.id == story)
            return &script;
    }
    return nullptr;
}

std::vector<Story> Stories::list()
{
    std::vector<Story> stories;
    for (const Script& script : scripts())
        stories.push_back(script.story);
    return stories;
}

Result<WatchedRun> Stories::run(const StartRun::Request& request, RunWatch& watch)
{
    CallContext context;
    context.credential = m_stage.key;
    context.surface = Surface::Http;
    EPHOR_TRY_VOID(watch.start(m_stage.workspace.backend(), request, context));
    return watch.wait(patience);
}

Result<RunStory::Response> Stories::play(const std::string& story, std::uint64_t step)
{
    const std::lock_guard lock(m_mutex);
    const Script* const script = find(story);
    if (script == nullptr || step >= script->steps.size())
        return fail(Error(ErrorKind::NotFound, "demo.unknown-story", "There is no such story, or it has no such step.",
            "List the stories: demo.stories")
                .with("story", story)
                .with("step", std::to_string(step)));
    EPHOR_TRY(Happened happened, (this->*script->steps[step])());
    RunStory::Response response;
    response.happened = std::move(happened.sentence);
    response.route = std::move(happened.route);
    response.next = step + 1 < script->steps.size() ? step + 1 : 0;
    return response;
}

Result<RunStory::Response> Stories::reset(const std::string& story)
{
    const std::lock_guard lock(m_mutex);
    const Script* const script = find(story);
    if (script == nullptr)
        return fail(Error(
            ErrorKind::NotFound, "demo.unknown-story", "There is no such story.", "List the stories: demo.stories")
                .with("story", story));
    EPHOR_TRY_VOID((this->*script->reset)());
    RunStory::Response response;
    response.happened = "Ready to be told again.";
    response.route = script->story.route;
    return response;
}

}
