#include "core/trust/cedar/authorizer.h"
#include "core/trust/temporal/session_history.h"
#include "tests/bench/bench_desk.h"
#include "tests/bench/cedar_workload.h"
#include "tests/bench/report.h"

#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::bench;

namespace {

using Clock = std::chrono::steady_clock;
constexpr double aimedMicroseconds = 20;
constexpr std::size_t policyCount = 10'000;
constexpr std::size_t temporalCount = 400;
constexpr std::size_t sessionEvents = 1'000;
constexpr int rounds = 20;
// The session's thousand events lie within the hour that most rules ask for.
constexpr std::int64_t step = 3'000;

double microsecondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double, std::micro>(Clock::now() - begin).count();
}

/// Some rules for everybody, the others each for a role or a tool of the workload. Half of them ask for events of their
/// own, which every session then watches for.
std::string temporalRules()
{
    std::string text = "permit(principal, action, resource);\n";
    for (std::size_t i = 0; i < temporalCount; ++i) {
        const std::string number = std::to_string(i);
        const std::vector<std::string> conditions{
            "count within 1h Action::\"write\"::request where { event.resource == resource } >= 400",
            "sum within 1h Action::\"write\"::request of event.context.amount + context.amount > 1000000",
            "formerly within 30m any::error where { event.principal == principal && event.context.amount == " + number
                + " }",
            "count within 10m any::request where { event.principal == principal && event.resource == resource } >= 90",
            "!any::error since within 5m Action::\"read\"::response where { event.context.amount == context.amount && "
            "event.context.amount < "
                + number + " }",
            "previous any::error && count within 15m Action::\"write\"::error where { event.principal == principal && "
            "event.context.amount > "
                + number + " } > 50",
        };
        const std::string scope = i < conditions.size() ? "principal, action, resource"
            : i % 2 == 0                                ? "principal in Role::\"role" + number + "\", action, resource"
                         : "principal, action == Action::\"write\", resource == Tool::\"tool" + number + "\"";
        text += "forbid(" + scope + ") when temporal { " + conditions[i % conditions.size()] + " };\n";
    }
    return text;
}

struct Figures {
    std::vector<double> verdicts;
    std::vector<double> records;
    std::size_t allowed = 0;
    std::size_t errors = 0;
};

/// A session that has a thousand events and goes on, one request and its response after the other.
void liveOn(const std::shared_ptr<const cedar::PolicySet>& policies, const cedar::Entities& entities,
    const std::vector<cedar::Request>& requests, Figures& figures, std::size_t& bytes)
{
    temporal::SessionState state(temporal::Plan::compile(policies));
    std::int64_t now = 0;
    for (std::size_t i = 0; i < sessionEvents + requests.size(); ++i) {
        const cedar::Request& request = requests[i % requests.size()];
        now += step;
        const Clock::time_point begin = Clock::now();
        const temporal::Moment moment = take(state.record({cedar::EventKind::Request, now, &request}, entities));
        const Clock::time_point between = Clock::now();
        const cedar::Verdict verdict
            = cedar::decide(*policies, entities, request, cedar::Mode::Ephor, temporal::SessionHistory(state, moment));
        if (i >= sessionEvents) {
            figures.verdicts.push_back(microsecondsSince(between));
            figures.records.push_back(std::chrono::duration<double, std::micro>(between - begin).count());
            figures.allowed += verdict.decision == cedar::Decision::Allow ? 1 : 0;
            figures.errors += verdict.errors.size();
        }
        if (verdict.decision == cedar::Decision::Deny)
            state.deny(moment, request, entities);
        else
            take(state.record({cedar::EventKind::Response, now, &request}, entities));
    }
    bytes = state.bytes();
}

void measure(Report& report)
{
    const CedarWorkload work = cedarWorkload(policyCount - temporalCount);
    const Clock::time_point begin = Clock::now();
    const auto policies
        = take(cedar::PolicySet::fromText(work.policies + temporalRules(), {}, cedar::Grammar::Temporal));
    const auto plan = temporal::Plan::compile(policies);
    report.section("10,000 policies, 400 of them over a session of 1,000 events and more");
    report.figure("compiling", microsecondsSince(begin) / 1'000, "ms");
    report.figure("watches", double(plan->watches().size()), "of all sessions");
    const auto entities = take(cedar::Entities::fromJson(work.entities));
    std::vector<cedar::Request> requests;
    for (const CedarWorkload::Case& asked : work.cases)
        requests.push_back(take(cedar::Request::fromJson(asked.request)));
    Figures figures;
    std::size_t bytes = 0;
    for (int round = 0; round < rounds; ++round)
        liveOn(policies, *entities, requests, figures, bytes);
    const double p99 = percentile(figures.verdicts, 0.99);
    report.figure("verdict p50", percentile(figures.verdicts, 0.5), "µs");
    report.figure(
        "verdict p99", p99, "µs", p99 <= aimedMicroseconds ? "the aim of 20 µs is met" : "the aim of 20 µs is not met");
    report.figure("recording a request p50", percentile(figures.records, 0.5), "µs");
    report.figure("recording a request p99", percentile(figures.records, 0.99), "µs");
    report.figure("allowed", double(figures.allowed) / double(figures.verdicts.size()), "of all requests");
    report.figure("erring policies", double(figures.errors) / double(figures.verdicts.size()), "a verdict");
    report.figure("state of the session", double(bytes) / 1'024, "KiB");
}

}

int main()
{
    try {
        Report report("temporal_bench");
        report.remark(
            "Verdicts with all determining policies while the session goes on; each request is recorded before.");
        measure(report);
        report.save();
    } catch (const std::exception& exception) {
        std::fprintf(stderr, "temporal_bench: %s\n", exception.what());
        return 1;
    }
    return 0;
}
