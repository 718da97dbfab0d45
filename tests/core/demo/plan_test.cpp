#include "core/demo/day_shape.h"
#include "core/demo/plan.h"
#include "core/demo/requests.h"

#include "core/contract/schema.h"
#include "core/definition/checks.h"
#include "core/domain/reflect.h"
#include "core/trust/guard/label.h"

#include <QtTest>
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

using namespace ephor;
using namespace ephor::demo;

namespace {

DemoTimes timesOfTest()
{
    return {*parseInstant("2026-01-05T08:00:00Z"), *parseInstant("2026-04-05T08:00:00Z"), 1};
}

template <class Body> std::string firstFault(const Body& body)
{
    for (const Problem& problem : definition::problemsOf(body)) {
        if (!problem.warning)
            return problem.at + ": " + problem.message;
    }
    return {};
}

}

class PlanTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyDefinitionPasses()
    {
        const auto plan = readPlan(4'711, timesOfTest());
        QVERIFY2(plan.has_value(), plan ? "" : describe(plan.error()).c_str());
        QCOMPARE(plan->tools.size(), 16u);
        for (const PlannedTool& tool : plan->tools) {
            QVERIFY2(firstFault(tool.body).empty(), (tool.name + " " + firstFault(tool.body)).c_str());
            QVERIFY(tool.body.kind == ToolKind::Sql || tool.body.http.url.starts_with("http://127.0.0.1:4711/"));
        }
        QCOMPARE(plan->policies.size(), 2u);
        for (const PlannedPolicy& policy : plan->policies)
            QVERIFY2(firstFault(policy.body).empty(), (policy.name + " " + firstFault(policy.body)).c_str());
        QCOMPARE(plan->protections.size(), 1u);
        const PlannedProtection& house = plan->protections.front();
        QVERIFY2(firstFault(house.body).empty(), (house.name + " " + firstFault(house.body)).c_str());
        QCOMPARE(house.body.flows, FlowMode::Deny);
        for (const PlannedModel& model : plan->models)
            QVERIFY2(firstFault(model.body).empty(), firstFault(model.body).c_str());
        QCOMPARE(plan->agents.size(), 6u);
        for (const PlannedAgent& agent : plan->agents) {
            QVERIFY2(firstFault(agent.body).empty(), (agent.name + " " + firstFault(agent.body)).c_str());
            PromptBody prompt;
            prompt.title = agent.promptTitle;
            prompt.text = agent.promptText;
            prompt.variables = agent.body.inputSchema;
            QVERIFY2(firstFault(prompt).empty(), (agent.name + " " + firstFault(prompt)).c_str());
            QVERIFY(std::ranges::count(agent.promptText, '\n') >= 20);
            QCOMPARE(agent.grants.size(), agent.body.tools.size());
            QCOMPARE(std::string(agent.body.protection), house.name);
        }
    }

    void toolsSayWhatTheyReadAndMayCarry()
    {
        const auto plan = readPlan(1, timesOfTest());
        for (const PlannedTool& tool : plan->tools) {
            QVERIFY2(tool.body.resultIntegrity.has_value(), tool.name.c_str());
            QVERIFY2(tool.body.effect == SideEffect::Read || tool.body.clearance.has_value(), tool.name.c_str());
            const bool written = tool.name == "documents.read" || tool.name == "mail.read";
            QCOMPARE(*tool.body.resultIntegrity, written ? Integrity::Untrusted : Integrity::Trusted);
            const Label carried = guard::joined(guard::callerLabel, guard::resultLabel(tool.body));
            QVERIFY2(carried.confidentiality <= Confidentiality::Confidential, tool.name.c_str());
        }
        const auto share = std::ranges::find(plan->tools, std::string("documents.share"), &PlannedTool::name);
        const auto read = std::ranges::find(plan->tools, std::string("documents.read"), &PlannedTool::name);
        QVERIFY(guard::exceedsClearance(share->name, share->body, guard::resultLabel(read->body)).has_value());
        QVERIFY(!guard::exceedsClearance(share->name, share->body, guard::callerLabel));
    }

    void everyChangeFindsItsPassage()
    {
        const auto plan = readPlan(1, timesOfTest());
        for (const PlannedAgent& agent : plan->agents) {
            std::string text = agent.promptText;
            const auto apply = [&](const PastChange& change) {
                const auto changed = replaced(text, change);
                QVERIFY2(changed.has_value(), changed ? "" : describe(changed.error()).c_str());
                if (change.end == PastEnd::Live)
                    text = *changed;
            };
            for (const PastChange& change : agent.past)
                apply(change);
            for (const auto* const open : {&agent.canary, &agent.pending, &agent.drafts}) {
                for (const PastChange& change : *open)
                    apply(change);
            }
        }
        PastChange missing;
        missing.replace = {{"no such passage", ""}};
        QCOMPARE(replaced("text", missing).error().code, std::string("demo.data"));
    }

    void momentsAreInOrderAndHaveAShape()
    {
        const DemoTimes times = timesOfTest();
        const auto moments = runMoments(times.begin, times.end, 5'000, 3);
        QCOMPARE(moments.size(), 5'000u);
        QVERIFY(std::ranges::is_sorted(moments));
        QVERIFY(moments.front() >= times.begin && moments.back() <= times.end);
        std::size_t weekend = 0;
        std::size_t night = 0;
        for (const Instant at : moments) {
            const auto day = std::chrono::floor<std::chrono::days>(at);
            weekend += std::chrono::weekday(day).iso_encoding() > 5 ? 1 : 0;
            night += at - day < std::chrono::hours(5) ? 1 : 0;
        }
        QVERIFY(weekend < 600);
        QVERIFY(night < 500);
        QCOMPARE(runMoments(times.begin, times.end, 5'000, 3), moments);
        QVERIFY(runMoments(times.begin, times.end, 0, 3).empty());
    }

    void officeIsOpenOnWeekdays()
    {
        const DemoTimes times = timesOfTest();
        for (double day = 0.5; day < 80; day += 0.73) {
            const Instant at = officeMoment(times.begin, day, times.end);
            QVERIFY(std::chrono::weekday(std::chrono::floor<std::chrono::days>(at)).iso_encoding() <= 5);
        }
        QCOMPARE(officeMoment(times.begin, 200, times.end), times.end);
    }

    void requestsFitTheirContracts()
    {
        const auto plan = readPlan(1, timesOfTest());
        const auto bank = makeBank(7);
        RequestMaker maker(*bank, 5);
        RequestMaker same(*bank, 5);
        std::set<std::string> agents;
        for (int i = 0; i < 400; ++i) {
            const StartRun::Request request = maker.next(Asking::Sometimes);
            QCOMPARE(request.messages.text, same.next(Asking::Sometimes).messages.text);
            QVERIFY(!request.person.empty());
            agents.insert(request.agent);
            const auto agent = std::ranges::find(plan->agents, std::string(request.agent), &PlannedAgent::name);
            QVERIFY(agent != plan->agents.end());
            if (agent->body.inputSchema.text.empty())
                continue;
            const auto schema = contract::Schema::compile(jsonOf(agent->body.inputSchema));
            QVERIFY(schema->validate(jsonOf(request.variables)).valid);
        }
        QCOMPARE(agents.size(), 6u);
    }
};

QTEST_GUILESS_MAIN(PlanTest)
#include "plan_test.moc"
