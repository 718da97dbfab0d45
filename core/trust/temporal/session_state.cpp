#include "core/trust/temporal/session_state.h"

#include "core/trust/cedar/evaluator.h"
#include "core/trust/cedar/limits.h"
#include "core/trust/temporal/event_reading.h"
#include "core/trust/temporal/event_value.h"
#include "core/trust/temporal/limits.h"

#include <algorithm>
#include <array>

namespace ephor::temporal {

namespace {

// What an arena asks the heap for at once.
constexpr std::size_t smallestArena = 1'024;

}

std::int64_t horizonOf(std::int64_t at, std::int64_t window)
{
    std::int64_t horizon = 0;
    return __builtin_sub_overflow(at, window, &horizon) ? std::numeric_limits<std::int64_t>::min() : horizon;
}

SessionState::SessionState(std::shared_ptr<const Plan> plan)
    : m_plan(std::move(plan))
{
}

Result<SessionState> SessionState::replay(
    std::shared_ptr<const Plan> plan, std::span<const Event> events, const cedar::Entities& entities)
{
    SessionState state(std::move(plan));
    for (const Event& event : events)
        EPHOR_TRY_VOID(state.record(event, entities));
    return state;
}

Result<void> SessionState::checkOrder(std::int64_t at) const
{
    if (at >= m_last)
        return {};
    return fail(
        Error(ErrorKind::Invalid, "temporal.out-of-order", "An event of this session is older than the one before it.",
            "Hand over the events of a session in the order of their times.")
            .with("at", std::to_string(at))
            .with("last", std::to_string(m_last)));
}

Result<Moment> SessionState::record(const Event& event, const cedar::Entities& entities)
{
    EPHOR_TRY_VOID(checkOrder(event.at));
    m_last = event.at;
    forgetBefore(horizonOf(event.at, cedar::maximumWindow));
    const Moment moment{m_first + m_events.size(), event.at, true};
    if (m_events.size() >= maximumSessionEvents || m_bytes >= maximumSessionBytes) {
        m_unknown = event.at;
        return Moment{moment.position, event.at, false};
    }
    EventStamp& stamp = m_events.emplace_back();
    stamp.at = event.at;
    watch(stamp, moment.position, event.kind, *event.request, entities);
    return moment;
}

void SessionState::deny(const Moment& moment, const cedar::Request& request, const cedar::Entities& entities)
{
    EventStamp* const stamp = moment.kept ? stampAt(moment.position) : nullptr;
    if (stamp == nullptr || stamp->withdrawn)
        return;
    unwatch(*stamp, moment.position);
    watch(*stamp, moment.position, cedar::EventKind::Error, request, entities);
}

void SessionState::withdraw(const Moment& moment)
{
    EventStamp* const stamp = moment.kept ? stampAt(moment.position) : nullptr;
    if (stamp == nullptr || stamp->withdrawn)
        return;
    unwatch(*stamp, moment.position);
    stamp->withdrawn = true;
    m_withdrawn.insert(std::ranges::lower_bound(m_withdrawn, moment.position), moment.position);
}

Moment SessionState::next(std::int64_t at) const
{
    return {m_first + m_events.size(), std::max(at, m_last), true};
}

EventStamp* SessionState::stampAt(std::uint64_t position)
{
    const bool known = position >= m_first && position - m_first < m_events.size();
    return known ? &m_events[position - m_first] : nullptr;
}

void SessionState::forgetBefore(std::int64_t time)
{
    while (!m_events.empty() && m_events.front().at < time)
        forgetFirst();
}

void SessionState::forgetFirst()
{
    const EventStamp& stamp = m_events.front();
    for (const EventStamp::Touch& touch : stamp.touches) {
        WatchState& state = m_watches[touch.watch];
        if (touch.failed) {
            state.failures.drop(m_first);
            continue;
        }
        const auto track = state.tracks.find(touch.key);
        track->second.drop(m_first);
        if (track->second.empty())
            state.tracks.erase(track);
    }
    if (!m_withdrawn.empty() && m_withdrawn.front() == m_first)
        m_withdrawn.erase(m_withdrawn.begin());
    m_unknown = std::max(m_unknown, stamp.at);
    m_bytes -= stamp.bytes;
    m_events.pop_front();
    ++m_first;
}

void SessionState::watch(EventStamp& stamp, std::uint64_t position, cedar::EventKind kind,
    const cedar::Request& request, const cedar::Entities& entities)
{
    cedar::Evaluator evaluator(entities, request);
    alignas(std::max_align_t) std::array<std::byte, 1024> first;
    cedar::Arena arena(first);
    cedar::Value event;
    bool isMade = false;
    bool isAskedLater = false;
    for (const std::uint32_t place : m_plan->concerned(kind, request.action(), evaluator.entities().action)) {
        const Watch& watch = m_plan->watches()[place];
        if (watch.readsEvent() && !isMade) {
            event = eventValue(request, stamp.at, arena);
            evaluator.setEvent(&event);
            isMade = true;
        }
        EventReading reading = readEvent(watch, evaluator);
        if (reading.outcome == EventReading::Outcome::Other)
            continue;
        const bool failed = reading.outcome == EventReading::Outcome::Failed;
        WatchState& state = m_watches[place];
        if (failed)
            state.failure = std::move(reading.failure);
        EventTrack& track = failed ? state.failures : state.tracks[reading.key];
        track.insert({position, stamp.at}, failed || watch.of == nullptr ? nullptr : &reading.summand);
        stamp.touches.push_back({place, failed, reading.key});
        isAskedLater = isAskedLater || (!failed && !watch.rest.empty());
    }
    stamp.bytes = sizeof(EventStamp) + stamp.touches.size() * (sizeof(EventStamp::Touch) + sizeof(TrackEntry) * 4);
    if (isAskedLater) {
        stamp.arena = std::make_unique<cedar::Arena>();
        stamp.event = keptEventValue(request, stamp.at, *stamp.arena);
        stamp.bytes += smallestArena + sizeOf(cedar::Value(&request.context()));
    }
    m_bytes += stamp.bytes;
}

void SessionState::unwatch(EventStamp& stamp, std::uint64_t position)
{
    for (const EventStamp::Touch& touch : stamp.touches) {
        WatchState& state = m_watches[touch.watch];
        if (touch.failed) {
            state.failures.erase(position);
            continue;
        }
        const auto track = state.tracks.find(touch.key);
        track->second.erase(position);
        if (track->second.empty())
            state.tracks.erase(track);
    }
    stamp.touches.clear();
    stamp.arena.reset();
    m_bytes -= stamp.bytes;
    stamp.bytes = 0;
}

}
