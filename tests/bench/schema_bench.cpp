#include "core/contract/schema.h"
#include "core/contract/template.h"
#include "tests/bench/bench_desk.h"
#include "tests/bench/json_file.h"
#include "tests/bench/peer.h"
#include "tests/bench/report.h"

#include <benchmark/benchmark.h>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::bench;

namespace {

const std::string casesFile = EPHOR_BENCH_FOLDER "/schemas.json";

/// Keeps what the reporter sees, to stand beside the peer's.
std::map<std::string, double> ownRates;

void validate(benchmark::State& state, const Json& example)
{
    const auto schema = take(contract::Schema::compile(example["schema"]));
    const Json& instance = example["instance"];
    if (schema.validate(instance).valid != example["valid"].get<bool>())
        return state.SkipWithError("the verdict is wrong");
    for (auto _ : state)
        benchmark::DoNotOptimize(schema.validate(instance));
    state.SetItemsProcessed(state.iterations());
}

void compileSchema(benchmark::State& state, const Json& example)
{
    for (auto _ : state)
        benchmark::DoNotOptimize(contract::Schema::compile(example["schema"]));
    state.SetItemsProcessed(state.iterations());
}

void render(benchmark::State& state)
{
    const auto parsed = take(contract::Template::parse(
        "You answer customers of {{shop}}.\nThe customer is {{customer.name}}, since "
        "{{customer.since}}.\n{{#orders}}Order {{id}}: {{state}}, {{items}} items.\n{{/orders}}"
        "Be short, be polite, and never promise a date that the carrier has not named."));
    const Json data = take(
        parseJson(R"({"shop":"Halden Outdoor","customer":{"name":"Ada Nowak","since":2019},"orders":[)"
                  R"({"id":"A-20441","state":"sent","items":2},{"id":"A-20442","state":"packed","items":1},)"
                  R"({"id":"A-20443","state":"sent","items":5},{"id":"A-20444","state":"delivered","items":1}]})"));
    for (auto _ : state)
        benchmark::DoNotOptimize(parsed.render(data));
    state.SetItemsProcessed(state.iterations());
}

class RatesReporter final : public benchmark::BenchmarkReporter {
public:
    explicit RatesReporter(Report& report)
        : m_rows(report)
    {
    }
    bool ReportContext(const Context&) override { return true; }
    void ReportRuns(const std::vector<Run>& runs) override
    {
        for (const Run& run : runs) {
            if (const auto found = run.counters.find("items_per_second"); found != run.counters.end())
                ownRates[run.benchmark_name()] = found->second;
        }
        m_rows.ReportRuns(runs);
    }

private:
    ReportReporter m_rows;
};

void tellPeer(Report& report)
{
    report.section("npm ajv 8.17.1 (Node 22) on the same schemas and instances");
    if (nodeProgram().empty())
        return report.skipped("ajv", "not installed: npm ci in tests/bench/node");
    const std::string printed = outputOf({nodeProgram(), nodeFolder() + "/ajv_bench.mjs", casesFile});
    const Json rates = take(parseJson(printed));
    for (const auto& [name, rate] : rates.items()) {
        const double peer = rate.get<double>();
        report.figure("ajv: " + name, peer, "/s");
        if (const auto own = ownRates.find(name); own != ownRates.end())
            report.figure("Ephor to ajv: " + name, own->second / peer, "times");
    }
}

}

int main(int argc, char** argv)
{
    try {
        const Json cases = readJsonFile(casesFile);
        Report report("schema_bench");
        report.section("Validations, templates");
        for (const Json& example : cases)
            benchmark::RegisterBenchmark(example["name"].get<std::string>().c_str(),
                [&example](benchmark::State& state) { validate(state, example); });
        benchmark::RegisterBenchmark("compile: request variables with references",
            [&cases](benchmark::State& state) { compileSchema(state, cases[2]); });
        benchmark::RegisterBenchmark("template render, 10 values in a list of 4", render);
        benchmark::Initialize(&argc, argv);
        RatesReporter reporter(report);
        benchmark::RunSpecifiedBenchmarks(&reporter);
        tellPeer(report);
        report.save();
    } catch (const std::exception& exception) {
        std::fprintf(stderr, "schema_bench: %s\n", exception.what());
        return 1;
    }
    return 0;
}
