#include "core/change/lifecycle/variant_numbers.h"

#include "core/change/lifecycle/rollout_steps.h"
#include "core/change/lifecycle/wilson.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace ephor::lifecycle {

namespace {

// What is added up over one side's runs.
struct VariantTally {
    std::unordered_set<std::string> units;
    std::uint64_t unitless = 0;
    std::uint64_t runs = 0;
    std::uint64_t ended = 0;
    std::uint64_t done = 0;
    std::uint64_t denied = 0;
    std::uint64_t calls = 0;
    std::vector<std::int64_t> durations; ///< microseconds, of ended runs
    std::optional<Money> cost;

    Result<void> add(const store::Row& row);
};

Result<void> VariantTally::add(const store::Row& row)
{
    ++runs;
    const auto state = RunState(row.integer(0));
    const std::string_view person = row.text(1);
    const std::string_view conversation = row.text(2);
    // The two kinds of unit must not meet in one name.
    if (!person.empty())
        units.insert("p" + std::string(person));
    else if (!conversation.empty())
        units.insert("c" + std::string(conversation));
    else
        ++unitless;
    denied += std::uint64_t(row.integer(3));
    calls += std::uint64_t(row.integer(4));
    if (!row.isNull(6)) {
        EPHOR_TRY(const Money known, parseMoney(row.text(6)));
        cost = Money{cost.value_or(Money{}).nanos + known.nanos};
    }
    if (state == RunState::Running || state == RunState::Waiting)
        return {};
    ++ended;
    done += state == RunState::Done;
    durations.push_back(row.integer(5));
    return {};
}

std::optional<double> secondsAtRank(std::vector<std::int64_t>& durations, double quantile)
{
    if (durations.empty())
        return std::nullopt;
    const auto rank = std::size_t(std::ceil(quantile * double(durations.size())));
    const auto place = durations.begin() + std::ptrdiff_t(std::max<std::size_t>(rank, 1) - 1);
    std::ranges::nth_element(durations, place);
    return double(*place) / 1e6;
}

Result<VariantNumbers> numbersOf(const store::Snapshot& snapshot, const Rollout& rollout, const TimeRange& window,
    Variant variant, const std::string& release)
{
    VariantTally tally;
    const std::int64_t end = window.to == Instant() ? INT64_MAX : std::int64_t(window.to.time_since_epoch().count());
    EPHOR_TRY_VOID(snapshot.query(
        "SELECT state, person, conversation, denied, json_extract(body, '$.toolCalls'),"
        " json_extract(body, '$.durationMicros'), json_extract(body, '$.cost') FROM run WHERE agent = ? AND"
        " environment = ? AND release = ? AND started_at >= ? AND started_at < ?",
        {std::string_view(rollout.agent), std::string_view(rollout.environment), std::string_view(release),
            std::int64_t(window.from.time_since_epoch().count()), end},
        [&](const store::Row& row) { return tally.add(row); }));
    VariantNumbers numbers;
    numbers.variant = variant;
    numbers.release = release;
    numbers.number = release == rollout.candidate ? rollout.candidateNumber : rollout.baselineNumber;
    numbers.units = tally.units.size() + tally.unitless;
    numbers.runs = tally.runs;
    numbers.success = proportion(tally.done, tally.ended);
    numbers.denials = proportion(tally.denied, tally.denied + tally.calls);
    numbers.p50 = secondsAtRank(tally.durations, 0.5);
    numbers.p95 = secondsAtRank(tally.durations, 0.95);
    numbers.cost = tally.cost;
    return numbers;
}

}

TimeRange windowOf(const Rollout& rollout, Instant now)
{
    // A release that took everything at once has no end of comparing; and the range is half-open, so that a run which
    // begins in its last microsecond still counts.
    const bool goesOn = isOpen(rollout) || rollout.history.size() <= 1;
    return {rollout.startedAt, (goesOn ? now : rollout.stepAt) + Duration(1)};
}

Result<std::vector<VariantNumbers>> variantNumbers(
    const store::Snapshot& snapshot, const Rollout& rollout, TimeRange window)
{
    std::vector<VariantNumbers> both;
    const bool compared = !rollout.baseline.empty() && rollout.baseline != rollout.candidate;
    if (compared) {
        EPHOR_TRY(both.emplace_back(), numbersOf(snapshot, rollout, window, Variant::Baseline, rollout.baseline));
    }
    EPHOR_TRY(both.emplace_back(),
        numbersOf(snapshot, rollout, window, compared ? Variant::Canary : Variant::Only, rollout.candidate));
    return both;
}

}
