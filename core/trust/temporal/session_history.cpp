#include "core/trust/temporal/session_history.h"

#include "core/trust/temporal/event_reading.h"

#include <algorithm>

namespace ephor::temporal {

namespace {

constexpr std::string_view mixedSummands = "The sum is of longs and decimals together.";

bool refuse(std::string& problem, std::string_view sentence)
{
    problem = sentence;
    return false;
}

/// Leaves the evaluator without an event, whatever happens between.
class BoundEvent {
public:
    explicit BoundEvent(cedar::Evaluator& evaluator)
        : m_evaluator(evaluator)
    {
    }
    ~BoundEvent() { m_evaluator.setEvent(nullptr); }
    BoundEvent(const BoundEvent&) = delete;
    BoundEvent& operator=(const BoundEvent&) = delete;

private:
    cedar::Evaluator& m_evaluator;
};

}

std::uint64_t SessionHistory::countBetween(std::uint64_t from, std::uint64_t before) const
{
    const auto& withdrawn = m_state.m_withdrawn;
    const auto gone = std::ranges::lower_bound(withdrawn, before) - std::ranges::lower_bound(withdrawn, from);
    return before - from - std::uint64_t(gone);
}

// The end of the one event just before, withdrawn ones passed over: no more than the oldest's position when there is
// none.
std::uint64_t SessionHistory::endOfPrevious() const
{
    std::uint64_t position = m_moment.position;
    while (position > m_state.m_first && m_state.m_events[position - 1 - m_state.m_first].withdrawn)
        --position;
    return position;
}

bool SessionHistory::matchTrack(
    const Watch& watch, const EventTrack& track, const Span& span, cedar::Evaluator& evaluator, Matches& matches) const
{
    const EventTrack::Range range = track.between(span.from, span.before, span.since);
    if (watch.rest.empty()) {
        matches.count = range.size();
        if (matches.count > 0)
            matches.latest = track.entries()[range.last - 1].position;
        if (watch.of != nullptr)
            matches.sum = track.sumOf(range);
        return true;
    }
    const BoundEvent bound(evaluator);
    for (std::size_t i = range.first; i < range.last; ++i) {
        const std::uint64_t position = track.entries()[i].position;
        evaluator.setEvent(&m_state.m_events[position - m_state.m_first].event);
        bool holds = true;
        for (const cedar::Node* part : watch.rest) {
            if (!evaluator.evaluateBoolean(*part, holds))
                return false;
            if (!holds)
                break;
        }
        if (!holds)
            continue;
        ++matches.count;
        matches.latest = position;
        if (watch.of != nullptr) {
            const Summand summand = track.sumOf({i, i + 1});
            matches.sum.number += summand.number;
            matches.sum.decimals += summand.decimals;
        }
    }
    return true;
}

bool SessionHistory::match(
    std::uint32_t place, const Span& span, cedar::Evaluator& evaluator, Matches& matches, std::string& problem) const
{
    const Watch& watch = m_state.m_plan->watches()[place];
    for (const cedar::Node* part : watch.request) {
        bool holds = false;
        if (!evaluator.evaluateBoolean(*part, holds))
            return refuse(problem, evaluator.fault().message);
        if (!holds)
            return true;
    }
    std::uint64_t key = 0;
    if (!keyOfRequest(watch, evaluator, key))
        return refuse(problem, evaluator.fault().message);
    const auto state = m_state.m_watches.find(place);
    if (state == m_state.m_watches.end())
        return true;
    if (state->second.failures.between(span.from, span.before, span.since).size() > 0)
        return refuse(problem, "An event of the session cannot be read: " + state->second.failure);
    const auto track = state->second.tracks.find(key);
    if (track == state->second.tracks.end())
        return true;
    return matchTrack(watch, track->second, span, evaluator, matches)
        || refuse(problem, "An event of the session cannot be read: " + evaluator.fault().message);
}

// The latest such event has the fewest after it, so that it holds for it when it holds for any.
bool SessionHistory::evaluateSince(const PlannedOperation& planned, const Span& span, cedar::Evaluator& evaluator,
    cedar::Value& result, std::string& problem) const
{
    Matches begun;
    if (!match(planned.event, span, evaluator, begun, problem))
        return false;
    result = cedar::Value(begun.count > 0);
    const std::uint64_t after = begun.latest + 1;
    if (begun.count == 0 || countBetween(after, span.before) == 0)
        return true;
    Matches ever;
    if (!match(planned.ever, {after, span.before, span.since}, evaluator, ever, problem))
        return false;
    const std::uint64_t wanted = planned.operation->ever.negated ? 0 : countBetween(after, span.before);
    result = cedar::Value(ever.count == wanted);
    return true;
}

bool SessionHistory::evaluateSum(const PlannedOperation& planned, const Matches& matches, cedar::Evaluator& evaluator,
    cedar::Value& result, std::string& problem) const
{
    Wide sum = matches.sum.number;
    if (matches.sum.decimals != 0 && matches.sum.decimals != matches.count)
        return refuse(problem, mixedSummands);
    cedar::Kind kind = matches.sum.decimals > 0 || (matches.count == 0 && planned.operation->emptyIsDecimal)
        ? cedar::Kind::Decimal
        : cedar::Kind::Long;
    if (planned.operation->plus != nullptr) {
        cedar::Value more;
        if (!evaluator.evaluate(*planned.operation->plus, more))
            return refuse(problem, evaluator.fault().message);
        if (more.kind != cedar::Kind::Long && more.kind != cedar::Kind::Decimal)
            return refuse(problem, "Only longs and decimals are summed, not a " + std::string(nameOf(more.kind)) + ".");
        if (matches.count > 0 && more.kind != kind)
            return refuse(problem, mixedSummands);
        kind = more.kind;
        sum += more.number;
    }
    if (sum < std::numeric_limits<std::int64_t>::min() || sum > std::numeric_limits<std::int64_t>::max())
        return refuse(problem, "The sum does not fit 64 bits.");
    result = cedar::Value(std::int64_t(sum), kind);
    return true;
}

bool SessionHistory::evaluate(const cedar::TemporalOperation& operation, cedar::Evaluator& evaluator,
    cedar::Value& result, std::string& problem) const
{
    const PlannedOperation* const planned = m_state.m_plan->find(operation);
    if (planned == nullptr)
        return refuse(problem, "The history is kept for other policies.");
    Span span{0, m_moment.position, horizonOf(m_moment.at, operation.window)};
    if (m_state.m_unknown >= span.since && m_state.m_unknown != std::numeric_limits<std::int64_t>::min())
        return refuse(problem, "The session has more events than are kept for rules over it.");
    if (operation.kind == cedar::TemporalOperator::Since)
        return evaluateSince(*planned, span, evaluator, result, problem);
    if (operation.kind == cedar::TemporalOperator::Previous) {
        const std::uint64_t end = endOfPrevious();
        if (end <= m_state.m_first) {
            result = cedar::Value(false);
            return true;
        }
        span.from = end - 1;
    }
    Matches matches;
    if (!match(planned->event, span, evaluator, matches, problem))
        return false;
    if (operation.kind == cedar::TemporalOperator::Sum)
        return evaluateSum(*planned, matches, evaluator, result, problem);
    result = operation.kind == cedar::TemporalOperator::Count ? cedar::Value(std::int64_t(matches.count))
                                                              : cedar::Value(matches.count > 0);
    return true;
}

}
