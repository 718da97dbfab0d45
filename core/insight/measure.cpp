#include "core/insight/measure.h"

namespace ephor::insight {

namespace {

constexpr double microsInSecond = 1e6;

}

void Counts::add(const Counts& other)
{
    runs += other.runs;
    done += other.done;
    asked += other.asked;
    denied += other.denied;
    failed += other.failed;
    verdicts += other.verdicts;
    deniedVerdicts += other.deniedVerdicts;
    askedVerdicts += other.askedVerdicts;
    costNanos += other.costNanos;
    costUnknown += other.costUnknown;
    tokens += other.tokens;
}

void Measure::add(const RunReport& report)
{
    for (const RunReport::ToolVerdict& verdict : report.toolVerdicts) {
        ++verdicts;
        deniedVerdicts += verdict.word == VerdictWord::Deny;
        askedVerdicts += verdict.word == VerdictWord::Ask;
    }
    if (!report.ended)
        return;
    const RunSummary& run = report.summary;
    ++runs;
    done += run.state == RunState::Done;
    denied += run.state == RunState::Denied;
    failed += run.state == RunState::Failed;
    asked += run.asked > 0;
    if (run.cost)
        costNanos += run.cost->nanos;
    else
        ++costUnknown;
    tokens += run.usage.inputTokens.value_or(0) + run.usage.outputTokens.value_or(0);
    latency.add(double(run.durationMicros) / microsInSecond);
}

void Measure::add(const Measure& other)
{
    Counts::add(other);
    latency.merge(other.latency);
}

Result<void> Measure::add(const Counts& counts, BytesView sketch)
{
    EPHOR_TRY_VOID(latency.mergeBytes(sketch));
    Counts::add(counts);
    return {};
}

Totals Measure::totals() const
{
    Totals totals;
    totals.runs = runs;
    totals.done = done;
    totals.asked = asked;
    totals.denied = denied;
    totals.failed = failed;
    totals.verdicts = verdicts;
    totals.deniedVerdicts = deniedVerdicts;
    totals.askedVerdicts = askedVerdicts;
    totals.p50 = latency.quantile(0.5);
    totals.p95 = latency.quantile(0.95);
    totals.p99 = latency.quantile(0.99);
    if (runs > costUnknown)
        totals.cost = Money{costNanos};
    totals.costUnknown = costUnknown;
    totals.tokens = tokens;
    return totals;
}

}
