#include "core/api/changes.h"
#include "core/demo/day_shape.h"
#include "core/demo/history.h"

namespace ephor::demo {

namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr const char* releaseManager = "jonas";

}

Instant History::dayOf(double days) const
{
    const DemoTimes& times = m_options.times;
    return officeMoment(times.begin, days * times.scale, times.end - hours(1));
}

Result<PromptMove> History::moveFor(const PlannedAgent& agent, const PastChange& change)
{
    PromptMove move;
    move.agent = agent.name;
    move.prompt = agent.body.prompt;
    EPHOR_TRY(move.text, replaced(m_inProduction[agent.name], change));
    move.title = change.title;
    move.description = change.description;
    move.by = change.by;
    return move;
}

void History::scheduleRollout(
    const PlannedAgent& agent, const PastChange& change, Instant start, const std::shared_ptr<Moving>& moving)
{
    const auto spread = [scale = m_options.times.scale](int inHours) {
        return Duration(std::int64_t(double(Duration(hours(inHours)).count()) * scale));
    };
    at(start, [this, moving]() -> Result<void> {
        EPHOR_TRY(moving->rollout, m_cast.startRollout(releaseManager, moving->change, "To one in twenty first."));
        return {};
    });
    if (change.end == PastEnd::RolledBack) {
        at(start + spread(26),
            [this, moving, why = change.why] { return m_cast.rollBack("priya", moving->rollout, why); });
        return;
    }
    at(start + spread(25),
        [this, moving] { return m_cast.promote(releaseManager, moving->rollout, "No sign of harm at five percent."); });
    at(start + spread(49),
        [this, moving] { return m_cast.promote(releaseManager, moving->rollout, "Success and latency as before."); });
    at(start + spread(72), [this, moving, name = agent.name, &change]() -> Result<void> {
        EPHOR_TRY(m_inProduction[name], replaced(m_inProduction[name], change));
        return m_cast.promote(releaseManager, moving->rollout, "Enough traffic seen; to everybody.");
    });
}

void History::schedulePast(const PlannedAgent& agent)
{
    for (std::size_t i = 1; i < agent.past.size(); ++i) {
        const PastChange& change = agent.past[i];
        const auto moving = std::make_shared<Moving>();
        const Instant begins = dayOf(change.day);
        at(begins, [this, &agent, &change, moving]() -> Result<void> {
            EPHOR_TRY(const PromptMove move, moveFor(agent, change));
            EPHOR_TRY(moving->change, m_cast.draft(move));
            return {};
        });
        at(begins + minutes(25), [this, &change, moving] { return m_cast.submit(change.by, moving->change); });
        if (change.end == PastEnd::Rejected) {
            at(begins + hours(3), [this, &change, moving]() -> Result<void> {
                RejectChange::Request request;
                request.id = moving->change;
                request.reason = change.why;
                EPHOR_TRY([[maybe_unused]] const auto rejected, m_cast.call<RejectChange>("priya", request));
                return {};
            });
            continue;
        }
        at(begins + hours(3),
            [this, moving] { return m_cast.approve(moving->change, "The diff says what the title says."); });
        scheduleRollout(agent, change, begins + hours(4), moving);
    }
}

void History::scheduleOpen(const PlannedAgent& agent)
{
    const auto before = [this](double days) {
        const DemoTimes& times = m_options.times;
        return times.end - Duration(std::int64_t(days * times.scale * double(Duration(std::chrono::days(1)).count())));
    };
    const auto open = [this, &agent, before](const PastChange& change) {
        const auto moving = std::make_shared<Moving>();
        at(before(change.day), [this, &agent, &change, moving]() -> Result<void> {
            EPHOR_TRY(const PromptMove move, moveFor(agent, change));
            EPHOR_TRY(moving->change, m_cast.draft(move));
            return {};
        });
        return moving;
    };
    for (const PastChange& change : agent.drafts)
        open(change);
    for (const PastChange& change : agent.pending) {
        const auto moving = open(change);
        at(before(change.day) + minutes(10),
            [this, &change, moving] { return m_cast.submit(change.by, moving->change); });
    }
    for (const PastChange& change : agent.canary) {
        const auto moving = open(change);
        at(before(change.day) + minutes(20),
            [this, &change, moving] { return m_cast.submit(change.by, moving->change); });
        at(before(change.day) + minutes(80), [this, moving] {
            return m_cast.approve(moving->change, "Customers asked for it, and the clause can be checked.");
        });
        at(before(change.day) + minutes(120), [this, moving]() -> Result<void> {
            EPHOR_TRY(moving->rollout, m_cast.startRollout(releaseManager, moving->change, "To one in twenty first."));
            return {};
        });
    }
}

void History::scheduleChanges()
{
    for (const PlannedAgent& agent : m_plan.agents) {
        schedulePast(agent);
        scheduleOpen(agent);
    }
}

}
