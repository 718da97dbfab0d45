#include "core/demo/history.h"

#include "core/api/runs.h"
#include "core/demo/day_shape.h"

#include <algorithm>

namespace ephor::demo {

namespace {

// Of real time; a run of made-up time takes some milliseconds.
constexpr auto patience = std::chrono::seconds(30);
constexpr std::uint64_t runsBetweenFlushes = 1'000; // bounds what waits to be measured
constexpr std::uint64_t runsBetweenReports = 100;
// What is asked later than this could not be decided or expire before the end.
constexpr auto lastQuestion = std::chrono::hours(5);

}

History::History(workspace::Workspace& workspace, Cast& cast, ManualClock& clock, const DemoPlan& plan,
    const Bank& bank, HistoryOptions options)
    : m_workspace(workspace)
    , m_cast(cast)
    , m_clock(clock)
    , m_plan(plan)
    , m_options(std::move(options))
    , m_chance(m_options.seed ^ 0x6869'7374'6f72'79ULL)
    , m_requests(bank, m_options.seed + 1)
{
    for (const PlannedAgent& agent : plan.agents)
        m_inProduction[agent.name] = agent.promptText;
}

void History::moveTo(Instant when)
{
    if (m_clock.now() < when)
        m_clock.set(when);
}

Result<void> History::actsUntil(Instant when)
{
    while (!m_acts.empty() && m_acts.begin()->first <= when) {
        const auto next = m_acts.begin();
        moveTo(next->first);
        const Act act = std::move(next->second);
        m_acts.erase(next);
        EPHOR_TRY_VOID(act());
    }
    return {};
}

Result<WatchedRun> History::run(const StartRun::Request& request, std::shared_ptr<RunWatch>& watch)
{
    CallContext context;
    context.credential = m_options.key;
    context.surface = Surface::Http;
    watch = std::make_shared<RunWatch>();
    EPHOR_TRY_VOID(watch->start(m_workspace.backend(), request, context));
    return watch->wait(patience);
}

Result<void> History::play(const StartRun::Request& request)
{
    std::shared_ptr<RunWatch> watch;
    EPHOR_TRY(const WatchedRun ended, run(request, watch));
    if (ended.ended != WatchedRun::Ended::Waiting)
        return {};
    return scheduleDecision(ended.approval, std::move(watch));
}

Result<void> History::scheduleDecision(const std::string& approval, std::shared_ptr<RunWatch> watch)
{
    GetApproval::Request get;
    get.id = approval;
    EPHOR_TRY(const GetApproval::Response seen, m_cast.call<GetApproval>("ines", get));
    const ApprovalRequest request = seen.request;
    const double mood = m_chance.unit();
    const auto minutes
        = [this](std::size_t least, std::size_t more) { return std::chrono::minutes(least + m_chance.below(more)); };
    if (mood < 0.06) {
        at(request.expiresAt + std::chrono::minutes(1), [this, watch] { return expire(watch); });
        return {};
    }
    const Cast::Word word = mood < 0.18 ? Cast::Word::Deny : Cast::Word::Approve;
    const Instant first = m_clock.now() + minutes(4, 50);
    if (request.approver == Role::Owner) {
        at(first, [this, request, word, watch] { return decideOn(request, "leila", word, watch); });
        return {};
    }
    if (request.needed < 2 || word == Cast::Word::Deny) {
        const std::string officer = m_chance.happens(0.6) ? "priya" : "ines";
        at(first, [this, request, officer, word, watch] { return decideOn(request, officer, word, watch); });
        return {};
    }
    at(first, [this, request, word] { return decideOn(request, "priya", word, nullptr); });
    at(first + minutes(5, 40), [this, request, word, watch] { return decideOn(request, "ines", word, watch); });
    return {};
}

Result<void> History::decideOn(
    const ApprovalRequest& request, const std::string& login, Cast::Word word, const std::shared_ptr<RunWatch>& watch)
{
    static const std::vector<std::string> approving{"The evidence supports it.", "Checked against the terms; fits.",
        "Confirmed with the desk.", "Amount and payee are right."};
    static const std::vector<std::string> denying{"The clause does not fit.", "Evidence is missing.",
        "The amount is wrong.", "Their manager did not ask for it."};
    if (watch)
        watch->expectMore();
    const std::string& reason = m_chance.pick(word == Cast::Word::Approve ? approving : denying);
    EPHOR_TRY([[maybe_unused]] const auto decided, m_cast.decide(login, request.id, word, reason));
    if (!watch)
        return {};
    EPHOR_TRY([[maybe_unused]] const auto ended, watch->wait(patience));
    return {};
}

Result<void> History::expire(const std::shared_ptr<RunWatch>& watch)
{
    watch->expectMore();
    EPHOR_TRY_VOID(m_workspace.expireApprovals());
    EPHOR_TRY([[maybe_unused]] const auto ended, watch->wait(patience));
    return {};
}

Result<void> History::play()
{
    scheduleChanges();
    scheduleEvents();
    scheduleEnding();
    const DemoTimes& times = m_options.times;
    const std::vector<Instant> moments
        = runMoments(m_clock.now(), times.end - std::chrono::minutes(2), m_options.runs, m_options.seed + 2);
    for (std::size_t i = 0; i < moments.size(); ++i) {
        EPHOR_TRY_VOID(actsUntil(moments[i]));
        moveTo(moments[i]);
        const bool late = moments[i] > times.end - lastQuestion;
        EPHOR_TRY_VOID(play(m_requests.next(late ? Asking::Never : Asking::Sometimes)));
        if (i % runsBetweenFlushes == runsBetweenFlushes - 1)
            EPHOR_TRY_VOID(m_workspace.flushTelemetry());
        if (i % runsBetweenReports == 0 && m_options.progress
            && !m_options.progress(double(i) / double(moments.size())))
            return fail(ErrorKind::Cancelled, "demo.cancelled", "Making the demo was cancelled.");
    }
    EPHOR_TRY_VOID(actsUntil(Instant::max()));
    return m_workspace.flushTelemetry();
}

}
