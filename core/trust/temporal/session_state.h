#pragma once

#include "core/base/result.h"
#include "core/trust/cedar/arena.h"
#include "core/trust/cedar/request.h"
#include "core/trust/temporal/event_track.h"
#include "core/trust/temporal/plan.h"

#include <deque>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace ephor::temporal {

/// Something that happened in a session. A response's context has the tool's answer as `output`.
struct Event {
    cedar::EventKind kind = cedar::EventKind::Request;
    std::int64_t at = 0; ///< milliseconds since 1970-01-01T00:00:00Z
    const cedar::Request* request = nullptr; ///< who did what to what; only read while it is recorded
};

/// A place in a session: what came before it is its history.
struct Moment {
    std::uint64_t position = 0;
    std::int64_t at = 0;
    bool kept = true; ///< false: a limit was reached, and rules over the session err
};

/// What is remembered of the event at a place: `touches` lead to all that it added.
struct EventStamp {
    struct Touch {
        std::uint32_t watch = 0;
        bool failed = false; ///< the event could not be read as the watch wants
        std::uint64_t key = 0;
    };
    std::int64_t at = 0;
    bool withdrawn = false;
    std::vector<Touch> touches;
    std::unique_ptr<cedar::Arena> arena; ///< null unless a rule asks the event itself later
    cedar::Value event;
    std::size_t bytes = 0;
};

/// What one watch has met in a session.
struct WatchState {
    std::unordered_map<std::uint64_t, EventTrack> tracks; ///< by what the event's side of the keys came to
    EventTrack failures;
    std::string failure; ///< of the latest
};

/// The events of one session as the rules of a policy set ask for them, kept up to date event by event: no operation
/// reads the session again. A request is recorded before it is decided, and its history is what came before it: with
/// `count within 1h Action::"pay"::request >= 5` the first five calls of an hour find 0 to 4 and pass, the sixth finds
/// 5. It counts for others from then on, until deny() makes an error of it.
/// What lies farther back than a day is forgotten. After a restart, or when the policies change, record the session's
/// events again. One thread at a time; reading is thread-safe while nobody records.
class SessionState {
public:
    explicit SessionState(std::shared_ptr<const Plan> plan);
    SessionState(SessionState&&) noexcept = default;
    SessionState& operator=(SessionState&&) noexcept = default;

    /// A session's recorded events in their order; a denied request is recorded as an error alone. Code
    /// temporal.out-of-order.
    static Result<SessionState> replay(
        std::shared_ptr<const Plan> plan, std::span<const Event> events, const cedar::Entities& entities);

    /// Whether an event of that time may come next. Code temporal.out-of-order.
    Result<void> checkOrder(std::int64_t at) const;

    /// Adds an event; what rules read of it is read now. An event of an earlier time than the last one is refused with
    /// temporal.out-of-order, and nothing changes. Beyond maximumSessionEvents or maximumSessionBytes of one day it is
    /// not kept: until its day is over every rule that may have asked for it errs.
    Result<Moment> record(const Event& event, const cedar::Entities& entities);

    /// The request of that moment was denied: it never counted as a request, and is an error event in its place.
    void deny(const Moment& moment, const cedar::Request& request, const cedar::Entities& entities);
    /// The event of that moment is taken back, as if it had not been recorded: a call that waited for people is
    /// recorded anew when it goes on.
    void withdraw(const Moment& moment);

    /// A moment after everything, at this time: to ask what a request would meet.
    Moment next(std::int64_t at) const;

    const Plan& plan() const { return *m_plan; }
    std::size_t events() const { return m_events.size(); }
    std::size_t bytes() const { return m_bytes; }

private:
    friend class SessionHistory;

    EventStamp* stampAt(std::uint64_t position);
    void forgetBefore(std::int64_t time);
    void forgetFirst();
    void watch(EventStamp& stamp, std::uint64_t position, cedar::EventKind kind, const cedar::Request& request,
        const cedar::Entities& entities);
    void unwatch(EventStamp& stamp, std::uint64_t position);

    std::shared_ptr<const Plan> m_plan;
    std::deque<EventStamp> m_events;
    std::uint64_t m_first = 0; ///< the position of the oldest that is kept
    std::vector<std::uint64_t> m_withdrawn; ///< positions, sorted
    std::unordered_map<std::uint32_t, WatchState> m_watches;
    std::int64_t m_last = std::numeric_limits<std::int64_t>::min(); ///< when the latest event was
    /// When the latest event was that is no longer known, or never was; the lowest number for none.
    std::int64_t m_unknown = std::numeric_limits<std::int64_t>::min();
    std::size_t m_bytes = 0;
};

/// The time a window before a moment, closed: no further than numbers go.
std::int64_t horizonOf(std::int64_t at, std::int64_t window);

}
