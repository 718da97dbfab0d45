#include "core/trust/policy/call_history.h"

#include "core/trust/cedar/value_builder.h"
#include "core/trust/temporal/session_history.h"

#include <algorithm>

namespace ephor::policy {

namespace {

// A session does not wait for more answers than this at once; older ones are forgotten and stay requests.
constexpr std::size_t mostOpenCalls = 1'000;

// Nor for more events to become durable: a run has at most a handful, and what is older has a record that halted.
constexpr std::size_t mostUnrecorded = 1'000;

std::int64_t millisecondsOf(Instant instant)
{
    return std::chrono::floor<std::chrono::milliseconds>(instant).time_since_epoch().count();
}

// An id may come again, but never before the first call of that id is recorded.
bool isIn(const std::vector<PastEvent>& events, const PastEvent& event)
{
    return std::ranges::any_of(events, [&](const PastEvent& each) {
        return each.kind == event.kind && each.call == event.call
            && millisecondsOf(each.at) >= millisecondsOf(event.at);
    });
}

PermissionVerdict unjudged(const Error& error)
{
    PermissionVerdict verdict;
    verdict.rule = "policy-error";
    verdict.reason = "What happened before in this session could not be read: " + error.message;
    verdict.askWhom = "an administrator";
    return verdict;
}

}

cedar::Request eventOf(const CallFacts& facts, const CallAnswer* answer)
{
    auto arena = std::make_unique<cedar::Arena>();
    const cedar::EntityUid* const agent = cedar::makeUid(*arena, agentType, facts.agent);
    const cedar::EntityUid* const action = cedar::makeUid(*arena, actionType, facts.tool.name);
    const cedar::EntityUid* const asset = cedar::makeUid(*arena, assetType, facts.tool.asset);
    const cedar::RecordValue* const output = answer != nullptr ? answer->shape.read(answer->output, *arena) : nullptr;
    const cedar::RecordValue* const context = contextOf(facts, output, *arena);
    return cedar::Request::of(std::move(arena), agent, action, asset, context);
}

Result<CallHistory::Moments> CallHistory::record(
    cedar::EventKind kind, Instant at, const cedar::Request& request, const cedar::Entities& entities)
{
    m_last = std::max(m_last, at);
    const temporal::Event event{kind, millisecondsOf(m_last), &request};
    Moments moments;
    if (m_released.state) {
        EPHOR_TRY(moments.released, m_released.state->record(event, entities));
    }
    if (m_standing.state) {
        EPHOR_TRY(moments.standing, m_standing.state->record(event, entities));
    }
    return moments;
}

Result<void> CallHistory::read(const RulesInForce& rules, const CallFacts& facts, const PastEvents& past)
{
    const bool known = m_released.plan == rules.released.temporal() && m_standing.plan == rules.standing.temporal();
    if (known)
        return {};
    m_released = {};
    m_standing = {};
    m_open.clear();
    m_last = {};
    EPHOR_TRY(std::vector<PastEvent> events, past());
    const std::size_t inRecord = events.size();
    for (const PastEvent& event : m_unrecorded) {
        if (!isIn(events, event))
            events.push_back(event);
    }
    if (events.size() > inRecord)
        std::ranges::stable_sort(events, {}, &PastEvent::at);
    if (rules.released.temporal())
        m_released.state.emplace(rules.released.temporal());
    if (rules.standing.temporal())
        m_standing.state.emplace(rules.standing.temporal());
    for (const PastEvent& event : events) {
        EPHOR_TRY(const Moments moments, record(event.kind, event.at, *event.request, facts.entities));
        if (event.kind == cedar::EventKind::Request)
            m_open[event.call] = moments;
        else
            m_open.erase(event.call);
    }
    // Only what was read whole is known: after a failure the next call reads again.
    m_released.plan = rules.released.temporal();
    m_standing.plan = rules.standing.temporal();
    return {};
}

void CallHistory::settle(const Moments& moments, const PermissionVerdict& verdict, Approved approved,
    const cedar::Request& request, const CallFacts& facts, const std::string& call)
{
    const bool waits = verdict.waits() && approved == Approved::NotYet;
    if (verdict.word != VerdictWord::Deny && !waits) {
        if (m_open.size() < mostOpenCalls)
            m_open[call] = moments;
        return;
    }
    for (auto [track, moment] :
        {std::pair(&m_released, &moments.released), std::pair(&m_standing, &moments.standing)}) {
        if (!track->state || !*moment)
            continue;
        if (waits)
            track->state->withdraw(**moment);
        else
            track->state->deny(**moment, request, facts.entities);
    }
}

void CallHistory::keep(PastEvent event)
{
    if (m_unrecorded.size() == mostUnrecorded)
        m_unrecorded.pop_front();
    m_unrecorded.push_back(std::move(event));
}

void CallHistory::keep(const PermissionVerdict& verdict, Approved approved, PastEvent event)
{
    if (verdict.waits() && approved == Approved::NotYet)
        return;
    event.kind = verdict.word == VerdictWord::Deny ? cedar::EventKind::Error : cedar::EventKind::Request;
    keep(std::move(event));
}

PermissionVerdict CallHistory::judge(const RulesInForce& rules, const CallFacts& facts, const std::string& call,
    Approved approved, const PastEvents& past)
{
    const auto owned = std::make_shared<const cedar::Request>(eventOf(facts, nullptr));
    const cedar::Request& request = *owned;
    const PastEvent event{cedar::EventKind::Request, facts.now, call, owned};
    if (!rules.released.temporal() && !rules.standing.temporal()) {
        PermissionVerdict verdict = policy::judge(rules, facts, request);
        const std::lock_guard lock(m_mutex);
        keep(verdict, approved, event);
        return verdict;
    }
    const std::lock_guard lock(m_mutex);
    if (const auto known = read(rules, facts, past); !known)
        return unjudged(known.error());
    const auto moments = record(cedar::EventKind::Request, facts.now, request, facts.entities);
    if (!moments)
        return unjudged(moments.error());
    std::optional<temporal::SessionHistory> released;
    std::optional<temporal::SessionHistory> standing;
    if (moments->released)
        released.emplace(*m_released.state, *moments->released);
    if (moments->standing)
        standing.emplace(*m_standing.state, *moments->standing);
    PermissionVerdict verdict = policy::judge(
        {rules.released, rules.standing, released ? &*released : nullptr, standing ? &*standing : nullptr}, facts,
        request);
    settle(*moments, verdict, approved, request, facts, call);
    keep(verdict, approved, event);
    return verdict;
}

bool CallHistory::tracks()
{
    const std::lock_guard lock(m_mutex);
    return m_released.state || m_standing.state;
}

void CallHistory::refused(const CallFacts& facts, const std::string& call)
{
    const std::lock_guard lock(m_mutex);
    const auto request = std::make_shared<const cedar::Request>(eventOf(facts, nullptr));
    const auto kept = std::ranges::find_if(m_unrecorded.rbegin(), m_unrecorded.rend(),
        [&](const PastEvent& event) { return event.call == call && event.kind == cedar::EventKind::Request; });
    if (kept != m_unrecorded.rend())
        kept->kind = cedar::EventKind::Error;
    else
        keep({cedar::EventKind::Error, facts.now, call, request});
    const auto open = m_open.find(call);
    if (open == m_open.end()) {
        // It would have been asked about, and was no event for that.
        (void)record(cedar::EventKind::Error, facts.now, *request, facts.entities);
        return;
    }
    const Moments moments = open->second;
    m_open.erase(open);
    PermissionVerdict denied;
    denied.word = VerdictWord::Deny;
    settle(moments, denied, Approved::NotYet, *request, facts, call);
}

void CallHistory::recorded(std::string_view run)
{
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_unrecorded,
        [&](const PastEvent& event) { return event.call.starts_with(run) && event.call.substr(run.size(), 1) == "/"; });
}

void CallHistory::answered(const CallFacts& facts, const std::string& call, const CallAnswer* answer)
{
    const auto request = std::make_shared<const cedar::Request>(eventOf(facts, answer));
    const cedar::EventKind kind = answer != nullptr ? cedar::EventKind::Response : cedar::EventKind::Error;
    const std::lock_guard lock(m_mutex);
    keep({kind, facts.now, call, request});
    m_open.erase(call);
    // What cannot be kept makes the rules that would ask for it err: the state remembers that by itself.
    (void)record(kind, facts.now, *request, facts.entities);
}

}
