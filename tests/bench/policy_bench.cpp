#include "core/change/evaluate/agent_rules.h"
#include "core/definition/definitions.h"
#include "core/definition/migrations.h"
#include "core/trust/access/authority.h"
#include "core/trust/access/role_rules.h"
#include "core/trust/cedar/authorizer.h"
#include "core/trust/identity/migrations.h"
#include "core/trust/identity/setup.h"
#include "core/trust/policy/call_explanation.h"
#include "core/trust/policy/call_history.h"
#include "tests/bench/bench_desk.h"
#include "tests/bench/peer.h"
#include "tests/bench/policy_workload.h"
#include "tests/bench/report.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::bench;

namespace {

using Clock = std::chrono::steady_clock;
constexpr double aimedMicroseconds = 5;
constexpr double aimedTemporalMicroseconds = 20;
constexpr double aimedBacktest = 100'000;
constexpr int rounds = 20;
constexpr int operationVerdicts = 20'000;
// An agent names no more.
constexpr std::size_t mostTools = 64;

double microsecondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double, std::micro>(Clock::now() - begin).count();
}

/// A workload compiled, as a plan and the table of tightenings hold it.
struct Court {
    explicit Court(const PolicyWorkload& workload, bool temporal)
        : work(workload)
        , standing(work.tightenings, work.house)
    {
        std::vector<policy::RuleSource> sources = work.released;
        if (temporal)
            sources.insert(sources.end(), work.temporal.begin(), work.temporal.end());
        released = take(policy::RuleSet::compile(sources));
        for (const policy::ToolWords& tool : work.tools)
            shapes.push_back(policy::ArgumentShape::of(take(parseJson(tool.input.text))));
        entities = take(policy::entitiesOf({"clerk", "team0", "production", work.requester, work.tools}));
    }

    policy::CallFacts facts(const PolicyWorkload::Call& call, Instant now) const
    {
        return {*entities, "clerk", work.requester, work.tools[call.tool], shapes[call.tool], call.arguments, now,
            "production", "talk-1", call.person, "run-1", 0};
    }

    const PolicyWorkload& work;
    std::shared_ptr<const policy::RuleSet> released;
    policy::TighteningTable standing;
    std::vector<policy::ArgumentShape> shapes;
    std::shared_ptr<const cedar::Entities> entities;
};

void tell(Report& report, const std::string& name, std::vector<double>& samples, double aimed)
{
    const double p99 = percentile(samples, 0.99);
    report.figure(name + " p50", percentile(samples, 0.5), "µs");
    report.figure(name + " p99", p99, "µs",
        p99 <= aimed ? "the aim of " + std::to_string(int(aimed)) + " µs is met"
                     : "the aim of " + std::to_string(int(aimed)) + " µs is not met");
}

// What the clock says of work that is always the same: how far a p99 is the machine's.
void measureMachine(Report& report)
{
    constexpr std::size_t count = 100'000;
    constexpr unsigned steps = 3'000;
    std::vector<double> samples;
    samples.reserve(count);
    volatile unsigned sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const Clock::time_point begin = Clock::now();
        for (unsigned step = 0; step < steps; ++step)
            sum = sum + step;
        samples.push_back(microsecondsSince(begin));
    }
    report.figure("a loop that counts: p50", percentile(samples, 0.5), "µs");
    report.figure(
        "a loop that counts: p99", percentile(samples, 0.99), "µs", "what lies above its p50 is the machine's");
}

void measureVerdicts(const Court& court, Report& report, const std::string& size)
{
    std::vector<double> samples;
    std::vector<std::vector<double>> ofCall(court.work.calls.size());
    std::size_t words[4] = {};
    std::size_t policies = 0;
    for (int round = 0; round < rounds; ++round) {
        for (const PolicyWorkload::Call& call : court.work.calls) {
            const policy::CallFacts facts = court.facts(call, court.work.now);
            const Clock::time_point begin = Clock::now();
            const policy::PermissionVerdict verdict = policy::judge({*court.released, court.standing.rules()}, facts);
            samples.push_back(microsecondsSince(begin));
            ofCall[std::size_t(&call - court.work.calls.data())].push_back(samples.back());
            ++words[std::size_t(verdict.word)];
            policies += verdict.policies;
        }
    }
    tell(report, size + ": verdict", samples, aimedMicroseconds);
    std::vector<double> medians;
    for (std::vector<double>& each : ofCall)
        medians.push_back(percentile(each, 0.5));
    report.figure(size + ": verdict, median of each call, p99 of these", percentile(medians, 0.99), "µs",
        "the work, without what the machine does between");
    const double all = double(samples.size());
    report.figure(size + ": allowed", double(words[std::size_t(VerdictWord::Allow)]) / all, "of all calls");
    report.figure(size + ": asked", double(words[std::size_t(VerdictWord::Ask)]) / all, "of all calls");
    report.figure(size + ": policies with a part in it", double(policies) / all, "a verdict");
}

void measureSession(const Court& court, Report& report, const std::string& size)
{
    std::vector<double> samples;
    std::size_t denied = 0;
    policy::CallHistory history;
    Instant now = court.work.now;
    std::size_t number = 0;
    for (int round = 0; round < rounds; ++round) {
        for (const PolicyWorkload::Call& call : court.work.calls) {
            // Less than a session keeps of one day: beyond, every rule that asks it errs.
            now += std::chrono::seconds(20);
            const policy::CallFacts facts = court.facts(call, now);
            const std::string id = std::to_string(++number);
            const Clock::time_point begin = Clock::now();
            const policy::PermissionVerdict verdict = history.judge({*court.released, court.standing.rules()}, facts,
                id, policy::Approved::Yes, [] { return std::vector<policy::PastEvent>(); });
            if (round > 0)
                samples.push_back(microsecondsSince(begin));
            denied += verdict.word == VerdictWord::Deny ? 1 : 0;
            if (verdict.word != VerdictWord::Deny)
                history.answered(facts, id, nullptr);
        }
    }
    tell(report, size + " and 400 over the session: verdict, recording included", samples, aimedTemporalMicroseconds);
    report.figure(size + " and 400 over the session: denied", double(denied) / double(number), "of all calls");
}

// In processor time, as the run that is refused pays it: the first reads all rules, the others find them read.
void measureExplanations(const Court& court, Report& report, const std::string& size)
{
    constexpr std::size_t mostExplained = 40;
    std::vector<double> samples;
    double first = 0;
    for (const PolicyWorkload::Call& call : court.work.calls) {
        const policy::RulesInForce rules{*court.released, court.standing.rules()};
        const policy::CallFacts facts = court.facts(call, court.work.now);
        if (policy::judge(rules, facts).word != VerdictWord::Deny)
            continue;
        const std::clock_t begin = std::clock();
        take(policy::explainCall(rules, facts, [] { return std::vector<policy::PastEvent>(); }));
        const double took = double(std::clock() - begin) * 1'000 / CLOCKS_PER_SEC;
        if (first == 0)
            first = took;
        else
            samples.push_back(took);
        if (samples.size() == mostExplained)
            break;
    }
    report.figure(size + ": the first explanation of a refused call", first, "ms of processor time");
    report.figure(size + ": the next ones, median", percentile(samples, 0.5), "ms of processor time");
    report.figure(size + ": the next ones, slowest", percentile(samples, 1), "ms of processor time");
}

double peerFigures(Report& report, const std::string& script, const std::string& file, const std::string& size)
{
    const Json seen = take(parseJson(outputOf({nodeProgram(), nodeFolder() + "/" + script, file})));
    const std::string name = seen["name"].get<std::string>();
    report.figure(size + ": " + name + ", one request, p50", seen["p50"].get<double>(), "µs");
    report.figure(size + ": " + name + ", one request, p99", seen["p99"].get<double>(), "µs");
    return seen.contains("allowed") ? seen["allowed"].get<double>() : -1;
}

// Of the same requests: whoever answers others would be measured on something else.
double allowedByTheLanguage(const Court& court)
{
    std::vector<cedar::PolicySource> sources;
    for (const policy::RuleSet* const set : {&court.standing.rules(), court.released.get()}) {
        for (const cedar::Policy& policy : set->policies().policies())
            sources.push_back({std::string(policy.id), std::string(policy.text())});
    }
    const auto all = take(cedar::PolicySet::fromPolicies(sources));
    double allowed = 0;
    for (const PolicyWorkload::Call& call : court.work.calls) {
        const policy::CallRequests requests = policy::requestsOf(court.facts(call, court.work.now));
        for (const cedar::Request* const request : {&requests.agent, &requests.requester})
            allowed
                += cedar::decide(*all, *court.entities, *request, cedar::Mode::Cedar).decision == cedar::Decision::Allow
                ? 1
                : 0;
    }
    return allowed;
}

void measurePeers(const Court& court, Report& report, const ScratchFolder& folder, const std::string& size)
{
    if (nodeProgram().empty() || !std::filesystem::exists(nodeFolder() + "/node_modules/@cedar-policy/cedar-wasm"))
        return report.skipped("cedar-wasm and casbin", "not installed: npm ci in tests/bench/node");
    const std::string file = folder.path() + "/policy-" + std::to_string(court.work.released.size()) + ".json";
    std::ofstream(file) << court.work.forPeers();
    const double allowed = peerFigures(report, "cedar_bench.mjs", file, size);
    if (allowed >= 0 && allowed != allowedByTheLanguage(court))
        throw std::runtime_error("cedar-wasm allows other requests than Ephor.");
    peerFigures(report, "casbin_bench.mjs", file, size);
}

/// The agent of a workload in a store in memory, so that its rules are read as a backtest reads them.
class Archive {
public:
    explicit Archive(const PolicyWorkload& work)
    {
        std::vector<store::Migration> all;
        for (const auto room : {identity::migrations(), definition::migrations()})
            all.insert(all.end(), room.begin(), room.end());
        m_database = take(store::Database::open({}, all));
        take(m_database->write([&](store::Transaction& transaction) { return fill(transaction, work); }));
        m_standing = std::make_shared<const policy::TighteningTable>(work.tightenings, work.house);
    }

    evaluate::AgentRules rules() const
    {
        std::optional<evaluate::AgentRules> rules;
        take(m_database->read([&](const store::Snapshot& snapshot) -> Result<void> {
            EPHOR_TRY(rules, evaluate::AgentRules::ofRelease(snapshot, m_release, "production", m_standing));
            return {};
        }));
        return std::move(*rules);
    }

private:
    Result<void> fill(store::Transaction& transaction, const PolicyWorkload& work)
    {
        EPHOR_TRY_VOID(identity::addTeam(transaction, "team0", "Team", m_clock));
        const auto save = [&](const std::string& name, DefinitionKind kind, auto body) -> Result<void> {
            EPHOR_TRY(auto stored, definition::storedBody(body));
            EPHOR_TRY_VOID(
                definition::save(transaction, {name, "team0", std::move(stored), "person:1", {}, 0, work.now}));
            m_release.pins.push_back({kind, name, 1});
            return {};
        };
        AgentBody agent;
        agent.prompt = "prompt";
        agent.model = "model";
        EPHOR_TRY_VOID(save("prompt", DefinitionKind::Prompt, PromptBody{}));
        EPHOR_TRY_VOID(save("model", DefinitionKind::Model, ModelBody{}));
        for (std::size_t i = 0; i < std::min(work.tools.size(), mostTools); ++i) {
            ToolBody tool;
            tool.effect = work.tools[i].effect;
            tool.asset = work.tools[i].asset;
            tool.classification = work.tools[i].classification;
            tool.input = work.tools[i].input;
            EPHOR_TRY_VOID(save(work.tools[i].name, DefinitionKind::Tool, tool));
            agent.tools.push_back(work.tools[i].name);
        }
        EPHOR_TRY_VOID(save("clerk", DefinitionKind::Agent, agent));
        m_release.agent = "clerk";
        for (const policy::RuleSource& each : work.released)
            m_release.policies.push_back({each.id, each.text});
        return {};
    }

    ManualClock m_clock{Instant(std::chrono::days(20'000))};
    std::unique_ptr<store::Database> m_database;
    std::shared_ptr<const policy::TighteningTable> m_standing;
    Release m_release;
};

void measureBacktest(const PolicyWorkload& work, Report& report, const std::string& size)
{
    const Archive archive(work);
    evaluate::AgentRules before = archive.rules();
    CandidateRules draft;
    draft.houseRule = "forbid(principal, action, resource) when { context.input has amount && context.input.amount > "
                      "1000 };";
    evaluate::AgentRules after = take(before.with(draft, work.now));
    std::vector<evaluate::AgentRules::Question> questions;
    for (const PolicyWorkload::Call& call : work.calls) {
        if (call.tool >= mostTools)
            continue;
        evaluate::AgentRules::Question question;
        question.tool = work.tools[call.tool].name;
        question.arguments = std::make_shared<const Json>(call.arguments);
        question.at = work.now;
        question.person = call.person;
        question.run = "run-1";
        questions.push_back(std::move(question));
    }
    std::size_t flips = 0;
    std::size_t verdicts = 0;
    // In processor time: the aim is one of a core, whatever else the machine does.
    const std::clock_t begin = std::clock();
    for (int round = 0; round < rounds; ++round) {
        for (const evaluate::AgentRules::Question& question : questions) {
            const auto was = before.judge(question, work.requester);
            const auto is = after.judge(question, work.requester);
            flips += was->word != is->word ? 1 : 0;
            verdicts += 2;
        }
    }
    const double rate = double(verdicts) * CLOCKS_PER_SEC / double(std::clock() - begin);
    report.figure(size + ": backtest", rate, "verdicts/s on one core",
        rate >= aimedBacktest ? "the aim of 100,000 is met" : "the aim of 100,000 is not met");
    report.figure(size + ": flips", double(flips) / double(verdicts / 2), "of all calls");
}

/// `houseRules` over operations beside the built-in ones, each of its own team and time.
std::shared_ptr<const access::OperationRules> operationRules(std::size_t houseRules)
{
    std::vector<access::OperationRule> rules(access::roleRules().begin(), access::roleRules().end());
    for (std::size_t i = 0; i < houseRules; ++i)
        rules.push_back({"house:freeze" + std::to_string(i) + "/0",
            "forbid (principal, action in Ephor::Action::\"operate-rollouts\", resource == Team::\"team"
                + std::to_string(i % 50) + "\") when { context.now < datetime(\"2020-01-01\") };"});
    return take(access::OperationRules::compile(rules));
}

// What every operation pays at the door, the entities of whoever acts put together included.
void measureOperations(Report& report)
{
    Principal officer;
    officer.kind = PrincipalKind::Person;
    officer.id = "person:olga";
    officer.name = "Olga";
    officer.roles = {{"team1", "production", Role::Officer}, {"team2", "*", Role::Viewer}};
    officer.signedInAt = Instant(std::chrono::days(20'000));
    const access::Act act{.principal = officer,
        .operation = "rollouts.promote",
        .permission = Permission::OperateRollouts,
        .effect = Effect::Write,
        .scope = {"team1", "production"}};
    for (const std::size_t houseRules : {0, 100}) {
        const auto rules = operationRules(houseRules);
        std::vector<double> samples;
        for (int i = 0; i < operationVerdicts; ++i) {
            const Clock::time_point begin = Clock::now();
            const bool permitted = access::judge(act, *rules, officer.signedInAt).permitted;
            samples.push_back(microsecondsSince(begin));
            if (!permitted)
                throw std::runtime_error("the officer may not promote");
        }
        tell(report, "an operation, " + std::to_string(houseRules) + " house rules: verdict", samples,
            aimedMicroseconds);
    }
}

}

int main()
{
    try {
        Report report("policy_bench");
        report.remark(
            "A verdict is what a call gets: the requests of the agent and of the person built from the call's "
            "JSON, both decided over release and house rules, the obligations added up and the sentence "
            "written. The others answer one request of the two, and casbin without conditions or reasons.");
        const ScratchFolder folder;
        report.section("the machine");
        measureMachine(report);
        for (const std::size_t count : {10, 100, 1'000, 10'000}) {
            const std::string size = std::to_string(count) + " policies";
            report.section(size);
            const PolicyWorkload work = policyWorkload(count);
            const Court court(work, false);
            measureVerdicts(court, report, size);
            measureSession(Court(work, true), report, size);
            measureExplanations(court, report, size);
            measureBacktest(work, report, size);
            measurePeers(court, report, folder, size);
        }
        report.section("operations");
        measureOperations(report);
        report.save();
    } catch (const std::exception& exception) {
        std::fprintf(stderr, "policy_bench: %s\n", exception.what());
        return 1;
    }
    return 0;
}
