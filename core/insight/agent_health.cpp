#include "core/insight/agent_health.h"

#include "core/base/text.h"
#include "core/insight/words.h"

namespace ephor::insight {

namespace {

std::string stopWords(const StopOrder& stop)
{
    switch (stop.mode) {
    case StopMode::NoWrites:
        return "No writes, by " + stop.by + ": " + stop.reason;
    case StopMode::NoNewRuns:
        return "No new runs, by " + stop.by + ": " + stop.reason;
    case StopMode::Now:
        break;
    }
    return "Stopped by " + stop.by + ": " + stop.reason;
}

std::string rolloutWords(const Rollout& rollout)
{
    const std::string what = "v" + std::to_string(rollout.candidateNumber) + " at " + percentWords(rollout.share);
    return rollout.state == RolloutState::Paused ? what + ", paused" : what;
}

}

bool isFailing(const Totals& totals)
{
    return totals.runs >= runsToJudgeBy && double(totals.failed + totals.denied) > failingShare * double(totals.runs);
}

bool isSlower(const Totals& totals, const Totals& before)
{
    return totals.runs >= runsToJudgeBy && before.runs >= runsToJudgeBy && totals.p95 && before.p95
        && *totals.p95 > slowRatio * *before.p95;
}

std::string slowerWords(const Totals& totals, const Totals& before)
{
    return "p95 " + durationWords(totals.p95.value_or(0)) + ", was " + durationWords(before.p95.value_or(0));
}

std::string failingWords(const Totals& totals)
{
    const double share = double(totals.failed + totals.denied) / double(totals.runs);
    return percentWords(share) + " of " + countWords(totals.runs, "run") + " failed or were denied";
}

Health healthOf(const HealthFacts& facts)
{
    if (facts.stop)
        return {AgentHealth::Stopped, stopWords(*facts.stop)};
    if (isFailing(facts.totals))
        return {AgentHealth::Failing, failingWords(facts.totals)};
    if (isSlower(facts.totals, facts.before))
        return {AgentHealth::Slow, slowerWords(facts.totals, facts.before)};
    if (facts.rollout)
        return {AgentHealth::RollingOut, rolloutWords(*facts.rollout)};
    if (facts.waiting > 0)
        return {AgentHealth::Waiting, std::to_string(facts.waiting) + " waiting for people"};
    if (facts.totals.runs == 0)
        return {AgentHealth::Quiet, "No runs in this range"};
    return {AgentHealth::Healthy, {}};
}

int troubleRank(AgentHealth state)
{
    switch (state) {
    case AgentHealth::Stopped:
        return 0;
    case AgentHealth::Failing:
        return 1;
    case AgentHealth::Slow:
        return 2;
    case AgentHealth::RollingOut:
        return 3;
    case AgentHealth::Waiting:
        return 4;
    case AgentHealth::Healthy:
        return 5;
    case AgentHealth::Quiet:
        return 6;
    }
    return 7;
}

}
