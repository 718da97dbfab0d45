#pragma once

#include "core/run/runtime/call_gates.h"
#include "core/run/runtime/conversation_vault.h"
#include "core/run/runtime/text_gates.h"
#include "core/run/runtime/recorder.h"
#include "core/run/runtime/routing.h"
#include "core/run/runtime/runtime.h"
#include "core/run/runtime/session_book.h"

#include <boost/asio/awaitable.hpp>
#include <condition_variable>
#include <unordered_map>

namespace ephor::runtime {

/// The coroutine of a run and the table of those under way. Behind Runtime, so that its header stays free of Asio.
class Runtime::Engine : public std::enable_shared_from_this<Engine> {
public:
    explicit Engine(const RuntimeServices& services);

    void begin(const StartRun::Request& request, const Principal& principal,
        std::function<void(const RunEvent&)> onEvent, const Backend::OnStarted& onStarted);
    Result<std::unique_ptr<Subscription>> follow(const std::string& run, std::uint64_t after,
        const Principal& principal, std::function<void(const RunEvent&)> onEvent);
    void cancel(const std::string& run, const std::string& by, const std::string& reason);
    void decided(const ApprovalRequest& request);
    void forgetEnded(const std::vector<RunSummary>& runs);
    void enforceStops();
    void enforceRules();
    Result<void> recover();
    void goOnAfterHalt();
    std::size_t active() const;
    void drain();

private:
    using RunPointer = std::shared_ptr<Run>;
    enum class Next { GoOn, Rest };

    // admission.cpp
    Result<RunPointer> prepare(const StartRun::Request& request, const Principal& principal);
    Result<Route::Choice> choose(const StartRun::Request& request, const Principal& principal) const;
    Result<void> checkInput(Run& run, const StartRun::Request& request);
    void checkContract(Run& run, const Json& variables);
    void refuseInput(Run& run, const char* gate, std::string rule, Error error);
    void admit(const RunPointer& run, std::function<void(Result<void>)> admitted);
    struct Admission;
    void arrive(const RunPointer& run, const std::shared_ptr<Admission>& admission);
    std::unique_ptr<RunHandle> launch(
        const RunPointer& run, const std::string& caller, std::function<void(const RunEvent&)> onEvent);
    void refused(const StartRun::Request& request, const Principal& principal, const Error& error);

    // engine.cpp
    void spawn(const RunPointer& run);
    void finished(const RunPointer& run);
    void forget(const std::string& run);
    bool tellToEnd(const std::string& run, const EndOrder& order);
    boost::asio::awaitable<void> execute(RunPointer run);
    void makeFirstCallReady(Run& run) const;
    boost::asio::awaitable<Next> callModel(RunPointer run);
    boost::asio::awaitable<Next> takeAnswer(
        RunPointer run, provider::ModelResult result, std::optional<Error> streamFault);
    boost::asio::awaitable<Next> answerCalls(RunPointer run);
    boost::asio::awaitable<Next> performCall(
        RunPointer run, provider::ToolCall call, CallRuling ruling, std::string approval);
    boost::asio::awaitable<Next> takeToolAnswer(
        RunPointer run, provider::ToolCall call, Result<connector::ToolAnswer> answer, bool unknown);
    boost::asio::awaitable<Next> askPerson(RunPointer run, provider::ToolCall call, CallRuling ruling, std::string why);
    // judge_step.cpp
    boost::asio::awaitable<std::optional<std::string>> checkGrounds(RunPointer run, std::string answer);
    boost::asio::awaitable<Grounds> askJudge(RunPointer run, std::string answer, Grounds grounds);

    boost::asio::awaitable<Next> end(RunPointer run, RunState state, std::string reason);
    boost::asio::awaitable<Result<void>> settle(
        RunPointer run, Recorder::Point point, std::function<Result<void>(store::Transaction&, std::uint64_t)> more);
    std::optional<std::string> refusesNextStep(Run& run) const;
    std::optional<std::string> breaksOutputContract(Run& run, const std::string& text) const;
    Confirmer confirmerOf(const Run& run) const;
    void report(Run& run, bool ended);
    void announce(const Run& run, const char* kind) const;
    void announceApprovals(const std::string& id, const char* kind) const;

    // enforce_rules.cpp
    Result<std::optional<std::string>> refusedByRules(const ApprovalRequest& request);

    // resume.cpp
    Result<RunPointer> revive(const RunSummary& summary, std::string requester, const std::vector<JournalStep>& steps);
    Result<RunPointer> reviveToEnd(
        const RunSummary& summary, std::string requester, const std::vector<JournalStep>& steps, const Error& fault);
    RunPointer takeUp(std::shared_ptr<const Plan> plan, const RunSummary& summary, std::string requester,
        const std::vector<JournalStep>& steps);
    boost::asio::awaitable<void> goOn(RunPointer run, JournalStep last, std::optional<ApprovalRequest> request);
    boost::asio::awaitable<Next> goOnWithCall(
        RunPointer run, provider::ToolCall call, JournalStep last, std::optional<ApprovalRequest> request);
    Result<void> resume(const std::string& runId, const std::optional<EndOrder>& order = {});

    RuntimeServices m_services;
    Recorder m_recorder;
    SessionBook m_sessions;
    TextGates m_texts;
    ConversationVault m_vault;
    CallGates m_gates;
    RunChannels m_channels;
    mutable std::mutex m_mutex;
    std::condition_variable m_idle;
    std::unordered_map<std::string, RunPointer> m_active;
    bool m_draining = false; ///< nothing goes on any more
    std::vector<std::string> m_unrecorded; ///< runs whose end could not be recorded
};

}
