#include "core/trust/cedar/authorizer.h"
#include "core/trust/cedar/validator.h"
#include "tests/bench/bench_desk.h"
#include "tests/bench/cedar_workload.h"
#include "tests/bench/peer.h"
#include "tests/bench/report.h"
#include "tests/bench/scratch_folder.h"

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::bench;

namespace {

using Clock = std::chrono::steady_clock;
constexpr double aimedMicroseconds = 5;
constexpr int rounds = 20;

double microsecondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double, std::micro>(Clock::now() - begin).count();
}

/// A workload of one size, read once.
struct Engine {
    std::shared_ptr<const cedar::PolicySet> policies;
    std::shared_ptr<const cedar::Entities> entities;
    std::vector<cedar::Request> requests;
};

Engine engineFor(const CedarWorkload& work, Report& report, const std::string& size)
{
    Engine engine;
    const Clock::time_point begin = Clock::now();
    engine.policies = take(cedar::PolicySet::fromText(work.policies));
    report.figure(size + ": compiling", microsecondsSince(begin) / 1'000, "ms");
    engine.entities = take(cedar::Entities::fromJson(work.entities));
    for (const CedarWorkload::Case& asked : work.cases)
        engine.requests.push_back(take(cedar::Request::fromJson(asked.request)));
    return engine;
}

std::size_t measureVerdicts(const Engine& engine, Report& report, const std::string& size)
{
    std::vector<double> samples;
    std::size_t allowed = 0;
    std::size_t reasons = 0;
    for (int round = 0; round < rounds; ++round) {
        allowed = 0;
        for (const cedar::Request& request : engine.requests) {
            const Clock::time_point begin = Clock::now();
            const cedar::Verdict verdict
                = cedar::decide(*engine.policies, *engine.entities, request, cedar::Mode::Cedar);
            samples.push_back(microsecondsSince(begin));
            allowed += verdict.decision == cedar::Decision::Allow ? 1 : 0;
            reasons += verdict.reasons.size();
        }
    }
    const double p99 = percentile(samples, 0.99);
    report.figure(size + ": verdict p50", percentile(samples, 0.5), "µs");
    report.figure(size + ": verdict p99", p99, "µs",
        p99 <= aimedMicroseconds ? "the aim of 5 µs is met" : "the aim of 5 µs is not met");
    report.figure(size + ": determining policies", double(reasons) / double(samples.size()), "a verdict");
    return allowed;
}

void tellPeer(
    Report& report, const std::string& script, const std::string& file, const std::string& size, std::size_t allowed)
{
    const Json seen = take(parseJson(outputOf({nodeProgram(), nodeFolder() + "/" + script, file})));
    const std::string name = seen["name"].get<std::string>();
    report.figure(size + ": " + name + " p50", seen["p50"].get<double>(), "µs");
    report.figure(size + ": " + name + " p99", seen["p99"].get<double>(), "µs");
    if (seen.contains("allowed") && seen["allowed"].get<std::size_t>() != allowed)
        throw std::runtime_error(name + " allows other requests than Ephor.");
}

void measure(Report& report, const ScratchFolder& folder, std::size_t count)
{
    const std::string size = std::to_string(count) + " policies";
    report.section(size);
    const CedarWorkload work = cedarWorkload(count);
    const std::size_t allowed = measureVerdicts(engineFor(work, report, size), report, size);
    if (nodeProgram().empty() || !std::filesystem::exists(nodeFolder() + "/node_modules/@cedar-policy/cedar-wasm"))
        return report.skipped("cedar-wasm and casbin", "not installed: npm ci in tests/bench/node");
    Json cases = Json::array();
    for (const CedarWorkload::Case& asked : work.cases)
        cases.push_back({{"request", asked.request}, {"entities", asked.entities}});
    const std::string file = folder.path() + "/cedar-" + std::to_string(count) + ".json";
    std::ofstream(file) << Json(
        {{"policies", work.policies}, {"cases", cases}, {"rules", work.rules}, {"roles", work.roles}});
    tellPeer(report, "cedar_bench.mjs", file, size, allowed);
    tellPeer(report, "casbin_bench.mjs", file, size, allowed);
}

}

int main()
{
    try {
        Report report("cedar_bench");
        report.remark(
            "Verdicts with all determining policies; requests and entities read beforehand. The official engine keeps "
            "its "
            "policies parsed too, but reads request and entities (two of them) with each call, since its interface has "
            "no "
            "other way. casbin answers a smaller question: role, tool and operation, no conditions, no reasons.");
        const ScratchFolder folder;
        for (const std::size_t count : {10, 1'000, 10'000})
            measure(report, folder, count);
        report.save();
    } catch (const std::exception& exception) {
        std::fprintf(stderr, "cedar_bench: %s\n", exception.what());
        return 1;
    }
    return 0;
}
