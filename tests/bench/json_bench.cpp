#include "core/base/json.h"
#include "core/run/route/assignment.h"
#include "core/trust/policy/call_verdict.h"
#include "core/trust/policy/grant_policy.h"
#include "core/trust/policy/tightening_table.h"
#include "tests/bench/bench_desk.h"
#include "tests/bench/report.h"

#include <benchmark/benchmark.h>
#include <cstdio>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::bench;

namespace {

std::string chatRequest()
{
    Json messages = Json::array();
    for (int i = 0; i < 8; ++i)
        messages.push_back({{"role", i % 2 == 0 ? "user" : "assistant"},
            {"content",
                "Where is my parcel? I have been waiting since Monday, and the carrier’s page says nothing new "
                "since then. Please look it up for order A-20441 and tell me what to do."}});
    return compactJson({{"model", "parcels"}, {"stream", true}, {"temperature", 0.2}, {"messages", messages},
        {"variables", {{"shop", "Halden Outdoor"}, {"since", 2019}}}});
}

void parse(benchmark::State& state)
{
    const std::string text = chatRequest();
    for (auto _ : state)
        benchmark::DoNotOptimize(parseJson(text));
    state.SetItemsProcessed(state.iterations());
    state.SetBytesProcessed(state.iterations() * std::int64_t(text.size()));
    state.SetLabel(std::to_string(text.size()) + " bytes");
}

void canonical(benchmark::State& state)
{
    const std::string text = chatRequest();
    const Json value = take(parseJson(text));
    for (auto _ : state)
        benchmark::DoNotOptimize(canonicalJson(value));
    state.SetItemsProcessed(state.iterations());
    state.SetBytesProcessed(state.iterations() * std::int64_t(text.size()));
}

void compact(benchmark::State& state)
{
    const std::string text = chatRequest();
    const Json value = take(parseJson(text));
    for (auto _ : state)
        benchmark::DoNotOptimize(compactJson(value));
    state.SetItemsProcessed(state.iterations());
    state.SetBytesProcessed(state.iterations() * std::int64_t(text.size()));
}

void assignUnit(benchmark::State& state)
{
    const std::string seed = "sha256:7f83b1657ff1fc53b92dc18148a1d65dfc2d4b1fa3d677284addd200126d9069";
    const std::string unit = "customer-4711";
    for (auto _ : state)
        benchmark::DoNotOptimize(route::assign(seed, unit, 0.05));
}

/// The verdict of a call with its words, over a release of `state.range(0)` grants.
void checkPermission(benchmark::State& state, std::string_view tool)
{
    std::vector<GrantRule> rules;
    for (std::int64_t i = 0; i < state.range(0); ++i) {
        GrantRule rule;
        rule.agent = "parcels";
        rule.tool = "tool-" + std::to_string(i);
        rule.access = Access::Allow;
        rules.push_back(rule);
    }
    std::vector<policy::RuleSource> sources;
    for (const PolicyText& text : policy::policiesOf(rules).value())
        sources.push_back({text.id, text.text, RuleMode::Enforce});
    const auto released = policy::RuleSet::compile(sources).value();
    const policy::TighteningTable standing;
    const policy::ToolWords words{std::string(tool), SideEffect::Read, std::string(tool), {}, "desk", {}};
    Principal requester;
    requester.kind = PrincipalKind::Service;
    requester.id = "key:1";
    const auto entities
        = policy::entitiesOf({"parcels", "desk", "production", requester, std::span(&words, 1)}).value();
    const policy::ArgumentShape shape;
    const Json arguments = Json::object();
    const Instant now = systemClock().now();
    for (auto _ : state)
        benchmark::DoNotOptimize(policy::judge({*released, standing.rules()},
            {*entities, "parcels", requester, words, shape, arguments, now, "production", {}, {}, "run", 0}));
}

}

int main(int argc, char** argv)
{
    try {
        Report report("json_bench");
        report.section("JSON of a chat request; assignment; the permission gate");
        benchmark::RegisterBenchmark("parse, strict", parse);
        benchmark::RegisterBenchmark("canonical (RFC 8785)", canonical);
        benchmark::RegisterBenchmark("compact", compact);
        benchmark::RegisterBenchmark("assignment of one unit", assignUnit);
        benchmark::RegisterBenchmark("permission check, granted", checkPermission, "tool-7")->Arg(50)->Arg(1'000);
        benchmark::RegisterBenchmark("permission check, not granted", checkPermission, "none")->Arg(50);
        benchmark::Initialize(&argc, argv);
        ReportReporter reporter(report);
        benchmark::RunSpecifiedBenchmarks(&reporter);
        report.save();
    } catch (const std::exception& exception) {
        std::fprintf(stderr, "json_bench: %s\n", exception.what());
        return 1;
    }
    return 0;
}
