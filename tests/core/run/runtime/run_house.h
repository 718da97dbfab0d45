#pragma once

#include "core/insight/prices.h"
#include "core/insight/telemetry.h"
#include "core/net/event_loop.h"
#include "core/run/provider/model_client.h"
#include "core/run/runtime/routing.h"
#include "core/run/runtime/runtime.h"
#include "core/trust/access/authority.h"
#include "core/trust/guard/protection.h"
#include "core/trust/keys/key_store.h"
#include "core/trust/ledger/ledger.h"
#include "core/trust/policy/stop_orders.h"
#include "core/trust/policy/tightenings.h"

#include <condition_variable>
#include <deque>
#include <mutex>

namespace ephor::runtime::testing {

/// A model that answers what the test put in line; an empty line answers "ready". Can hold its answer until released.
class ScriptedModel final : public provider::ModelClient {
public:
    std::shared_ptr<net::Cancellable> start(
        provider::ChatRequest request, provider::OnModelEvent onEvent, provider::OnModelOutcome onDone) override;
    std::unique_ptr<provider::ReadyCall> makeReady(provider::ChatRequest request) override;
    bool simulated() const override { return true; }
    /// Calls made ready, whether or not they left.
    std::size_t madeReady() const;

    void say(std::string text);
    void answer(provider::ModelResult result);
    void call(std::string tool, Json arguments);
    void failWith(provider::FailureKind kind, std::optional<int> status = {});
    /// The next answer comes only when the run is cancelled.
    void hang();
    std::vector<provider::ChatRequest> requests() const;

private:
    struct Answer {
        std::optional<provider::ModelResult> result;
        std::optional<provider::FailureKind> failure;
        std::optional<int> status; ///< of the failure
        bool hangs = false;
    };
    mutable std::mutex m_mutex;
    std::deque<Answer> m_answers;
    std::vector<provider::ChatRequest> m_requests;
    std::size_t m_madeReady = 0;
};

/// A tool that counts its calls and answers what it is told.
class CountingTool final : public connector::Connector {
public:
    std::shared_ptr<net::Cancellable> start(
        connector::ToolInvocation invocation, std::function<void(Result<connector::ToolAnswer>)> done) override;
    void answerWith(Result<connector::ToolAnswer> answer);
    std::size_t calls() const;
    std::string lastArguments() const;

private:
    mutable std::mutex m_mutex;
    std::string m_arguments;
    Result<connector::ToolAnswer> m_answer = connector::ToolAnswer{R"({"ok":true})", false, Duration(0), "ok"};
    std::size_t m_calls = 0;
};

/// What a run told its caller, and a way to wait for it.
class Story {
public:
    std::function<void(const RunEvent&)> listener();
    /// Blocks until an event of that kind came; false after a minute, which no test should see.
    bool waitFor(RunEventKind kind);
    std::vector<RunEvent> events() const;
    std::string text() const;

private:
    struct State {
        std::mutex mutex;
        std::condition_variable came;
        std::vector<RunEvent> events;
    };
    std::shared_ptr<State> m_state = std::make_shared<State>();
};

/// Hears reports; keeps them.
class KeptReports final : public insight::RunReports {
public:
    void report(insight::RunReport report) override;
    std::vector<insight::RunReport> all() const;

private:
    mutable std::mutex m_mutex;
    std::vector<insight::RunReport> m_reports;
};

/// A run path in memory: one agent "clerk" in team "desk" with the tools look (read, allowed), pay (irreversible, ask),
/// wipe (irreversible, denied) and note (write, no grant).
struct RunHouse {
    explicit RunHouse(const Budget& budget = {});
    ~RunHouse();

    Result<std::unique_ptr<RunHandle>> start(Story& story, const std::string& text, StartRun::Request request = {});
    RunSummary run(const std::string& id);
    std::vector<ApprovalRequest> waiting();
    /// Decides as "person:officer" and tells the runtime, as the door does.
    void decide(const ApprovalRequest& request, ApprovalState wanted);
    std::vector<std::string> entryOutcomes(const std::string& run);
    /// Throws the runtime away and makes a new one over the same database.
    void restart();

    ManualClock clock{parseInstant("2026-03-16T09:00:00Z").value()};
    access::Authority authority{clock, "production"};
    std::unique_ptr<store::Database> database;
    std::unique_ptr<keys::KeyStore> keyStore;
    std::unique_ptr<ledger::Ledger> ledger;
    policy::Tightenings tightenings;
    policy::StopOrders stops;
    ProtectionBody protection = guard::standardProtection(); ///< set before restart() to take effect
    KeptReports reports;
    std::shared_ptr<ScriptedModel> model
        = std::make_shared<ScriptedModel>(); ///< null before restart(): no release can be compiled
    std::map<std::string, std::shared_ptr<CountingTool>> tools;
    insight::PriceTable prices;
    Principal caller;
    std::unique_ptr<net::EventLoop> loop;
    std::unique_ptr<Routing> routing;
    std::unique_ptr<Runtime> runtime;

private:
    void define(const Budget& budget);
    void serve();
};

/// Whether a text shows a card number whose groups repeat one digit, or what a mask leaves of one. Four of a digit
/// alone stand in the hex of many an id by chance.
inline bool showsCard(const std::string& text, char digit = '1')
{
    const std::string group(4, digit);
    for (const std::string& shown : {std::string(6, digit), group + " " + group, group + "-" + group, "*" + group})
        if (text.find(shown) != std::string::npos)
            return true;
    return false;
}

}
