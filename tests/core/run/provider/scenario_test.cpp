#include "core/net/event_loop.h"
#include "core/run/provider/simulated_model.h"
#include "core/run/provider/wire_json.h"

#include <QtTest/QtTest>
#include <algorithm>
#include <fstream>
#include <future>
#include <set>

using namespace ephor;
using namespace ephor::provider;

namespace {

std::string fileText(const std::string& path)
{
    std::ifstream file(EPHOR_SOURCE_DIR + path);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// One argument names a placeholder that nothing in its rule fills: mended here, tested among the mistakes.
Json scenarioJson()
{
    Json json = parseJson(fileText("/tests/core/run/provider/refund_scenario.json")).value();
    json["rules"][0]["tool_calls"][0]["arguments"]["note"] = "for {{tool.id}}";
    return json;
}

Scenario scenario()
{
    return readScenario(scenarioJson()).value();
}

ChatMessage message(const char* role, std::string content)
{
    ChatMessage made;
    made.role = role;
    made.content = std::move(content);
    return made;
}

ChatRequest ask(std::string user, std::string system = "be kind")
{
    ChatRequest request;
    request.model = "sim-1";
    request.messages = {message("system", std::move(system)), message("user", std::move(user))};
    return request;
}

ChatRequest withResult(ChatRequest request, const char* tool, std::string content)
{
    ToolCall call;
    call.id = "c1";
    call.name = tool;
    ChatMessage asked = message("assistant", "");
    asked.toolCalls = {call};
    ChatMessage answered = message("tool", std::move(content));
    answered.toolCallId = "c1";
    request.messages.push_back(asked);
    request.messages.push_back(answered);
    return request;
}

/// The first answer that is no simulated failure.
SimulatedReply answerTo(const ChatRequest& request)
{
    const Scenario read = scenario();
    for (std::uint64_t seed = 1;; ++seed) {
        SimulatedReply reply = simulate(read, request, SimulationMoment{seed, Instant{}, 1});
        if (reply.result)
            return reply;
    }
}

std::string joinedText(const std::vector<ModelEvent>& events)
{
    std::string text;
    for (const ModelEvent& event : events) {
        if (const auto* delta = std::get_if<TextDelta>(&event))
            text += delta->text;
    }
    return text;
}
}

class ScenarioTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rulesAndTemplates();
    void sameInputSameAnswer();
    void distributions();
    void drift();
    void mistakes_data();
    void mistakes();
    void clientOnMadeUpTime();
    void clientRetries();
    void clientCancels();
    void exampleOfTheDocument();
};

void ScenarioTest::rulesAndTemplates()
{
    const SimulatedReply asks = answerTo(ask("Where is order AB-12?"));
    QCOMPARE(asks.rule, std::string("ask"));
    QVERIFY(asks.result->toolCalls.at(0).arguments.value() == Json({{"id", "AB-12"}, {"copies", 2}}));
    QCOMPARE(asks.result->finishReason.value(), std::string("tool_calls"));
    const SimulatedReply finds
        = answerTo(withResult(ask("Where is order AB-12?"), "lookup_order", R"({"id":"AB-12","status":"on its way"})"));
    QCOMPARE(finds.result->text, std::string("Order AB-12 is on its way."));
    QCOMPARE(joinedText(finds.events), finds.result->text);
    const SimulatedReply lost = answerTo(
        withResult(ask("Where is order AB-12?"), "lookup_order", R"({"id":"AB-12","status":"lost","amount":12.5})"));
    QVERIFY(lost.result->toolCalls.at(0).arguments.value()
        == Json({{"order", "AB-12"}, {"amount", 12.5}, {"note", "for AB-12"}}));
    const SimulatedReply greets = answerTo(ask("HELLO"));
    QVERIFY(greets.result->text == "Hello." || greets.result->text == "Good day.");
    QCOMPARE(greets.result->usage->outputTokens.value(), std::int64_t(7));
    QCOMPARE(greets.result->usage->inputTokens.value(), std::int64_t(4));
    QVERIFY(greets.result->simulated && resultJson(*greets.result).at("simulated") == Json(true));
    QCOMPARE(answerTo(ask("what?")).rule, std::string("fallback"));
}

void ScenarioTest::sameInputSameAnswer()
{
    const Scenario read = scenario();
    std::set<Duration> latencies;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const SimulationMoment moment{seed, Instant{}, 1};
        const SimulatedReply one = simulate(read, ask("hello"), moment);
        const SimulatedReply two = simulate(read, ask("hello"), moment);
        QVERIFY(one.latency == two.latency && one.events == two.events && one.result == two.result);
        latencies.insert(one.latency);
        latencies.insert(simulate(read, ask("hello there"), moment).latency);
        latencies.insert(simulate(read, ask("hello"), SimulationMoment{seed, Instant{}, 2}).latency);
    }
    QCOMPARE(latencies.size(), std::size_t(60));
}

void ScenarioTest::distributions()
{
    const Scenario read = scenario();
    constexpr int calls = 4'000;
    std::vector<Duration> latencies;
    int limited = 0, timeouts = 0, refusals = 0;
    for (int i = 0; i < calls; ++i) {
        const SimulatedReply reply
            = simulate(read, ask("anything", "be brief"), SimulationMoment{std::uint64_t(i), Instant{}, 1});
        latencies.push_back(reply.latency);
        QVERIFY(reply.firstToken <= reply.latency);
        if (!reply.result) {
            limited += reply.result.error().status == 429 ? 1 : 0;
            timeouts += reply.result.error().kind == FailureKind::Timeout ? 1 : 0;
        }
        refusals += reply.rule == "bad prompt" ? 1 : 0;
    }
    std::ranges::sort(latencies);
    const auto within
        = [](double value, double expected, double part) { return std::abs(value - expected) < expected * part; };
    QVERIFY(within(double(latencies[calls / 2].count()), 400'000, 0.08));
    QVERIFY(within(double(latencies[calls * 95 / 100].count()), 1'200'000, 0.12));
    QVERIFY(within(limited, calls * 0.05, 0.25));
    QVERIFY(within(timeouts, calls * 0.01, 0.5));
    QVERIFY(within(refusals, calls * 0.5, 0.1));
}

void ScenarioTest::drift()
{
    const Scenario read = scenario();
    const Instant start = parseInstant("2026-03-01T00:00:00Z").value();
    const auto failuresAt = [&](Instant now) {
        int failures = 0;
        for (std::uint64_t seed = 0; seed < 1'000; ++seed)
            failures += simulate(read, ask("hello"), SimulationMoment{seed, now, 1}).result ? 0 : 1;
        return failures;
    };
    const int before = failuresAt(start - Duration(1));
    const int halfway = failuresAt(start + std::chrono::minutes(30));
    const int after = failuresAt(start + std::chrono::minutes(90));
    QVERIFY(before > 30 && before < 90);
    QVERIFY(halfway > 300 && halfway < 420);
    QVERIFY(after > 600 && after < 720);
    const SimulationMoment moment{3, start + std::chrono::hours(2), 1};
    const SimulationMoment earlier{3, start - std::chrono::hours(2), 1};
    QCOMPARE(simulate(read, ask("hello"), moment).latency.count() / 3,
        simulate(read, ask("hello"), earlier).latency.count());
    QCOMPARE(answerTo(ask("hello", "prompt v2")).rule, std::string("worse"));
    QCOMPARE(answerTo(ask("hello", "prompt v1")).rule, std::string("greeting"));
}

void ScenarioTest::mistakes_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("path");
    QTest::newRow("no model") << "/model" << "null" << "/";
    QTest::newRow("unknown member") << "/modle" << "1" << "/";
    QTest::newRow("unknown member of a rule") << "/rules/0/replly" << "\"x\"" << "/rules/0";
    QTest::newRow("unknown condition") << "/rules/0/when/usr" << "\"x\"" << "/rules/0/when";
    QTest::newRow("bad pattern") << "/rules/2/when/user_matches" << "\"(\"" << "/rules/2/when";
    QTest::newRow("placeholder nothing fills") << "/rules/1/reply" << "\"{{nobody}}\"" << "/rules/1";
    QTest::newRow("placeholder in arguments")
        << "/rules/0/tool_calls/0/arguments/note" << "\"{{order}}\"" << "/rules/0";
    QTest::newRow("unknown list") << "/fallback/reply" << "\"{{pick.nobody}}\"" << "/fallback";
    QTest::newRow("rate above 1") << "/failures/0/rate" << "1.5" << "/failures/0";
    QTest::newRow("rates above 1") << "/failures/0/rate" << "1" << "/failures";
    QTest::newRow("p95 below p50") << "/latency/p95_ms" << "1" << "/latency";
    QTest::newRow("no fallback") << "/fallback" << "null" << "/";
    QTest::newRow("rule that says nothing") << "/rules/4/reply" << "null" << "/rules/4";
    QTest::newRow("ramp from nowhere") << "/drift/1/ramp_minutes" << "5" << "/drift/1";
    QTest::newRow("bad time") << "/drift/0/when/after" << "\"yesterday\"" << "/drift/0/when";
}

void ScenarioTest::mistakes()
{
    QFETCH(QString, pointer);
    QFETCH(QString, value);
    QFETCH(QString, path);
    Json json = scenarioJson();
    json[Json::json_pointer(pointer.toStdString())] = parseJson(value.toStdString()).value();
    const auto read = readScenario(json);
    QVERIFY(!read);
    QCOMPARE(read.error().code, std::string("scenario.invalid"));
    QCOMPARE(read.error().fields.at(0).second, path.toStdString());
}

void ScenarioTest::clientOnMadeUpTime()
{
    ManualClock clock(parseInstant("2026-01-01T00:00:00Z").value());
    net::ManualTimer timer(clock);
    const auto read = std::make_shared<const Scenario>(scenario());
    SimulatedModel model(read, 5, timer, clock, RetryPolicy{.retries = 0});
    QVERIFY(model.simulated());
    const SimulatedReply planned = simulate(*read, ask("what?"), SimulationMoment{5, clock.now(), 1});
    QVERIFY(planned.result.has_value());
    std::vector<ModelEvent> events;
    std::optional<ModelOutcome> outcome;
    model.start(
        ask("what?"), [&](const ModelEvent& event) { events.push_back(event); },
        [&](ModelOutcome ended) { outcome = std::move(ended); });
    QVERIFY(outcome && outcome->result.has_value());
    QVERIFY(*outcome->result == *planned.result && events == planned.events);
    const Duration passed = clock.now() - parseInstant("2026-01-01T00:00:00Z").value();
    QVERIFY(passed <= planned.latency && passed > planned.latency - Duration(20));
}

void ScenarioTest::clientRetries()
{
    Json json = scenarioJson();
    json["failures"] = {{{"status", 503}, {"rate", 1}}};
    ManualClock clock(Instant{});
    net::ManualTimer timer(clock);
    SimulatedModel model(std::make_shared<const Scenario>(readScenario(json).value()), 5, timer, clock);
    std::optional<ModelOutcome> outcome;
    const auto keep = [&](ModelOutcome ended) { outcome = std::move(ended); };
    model.start(ask("hello"), nullptr, keep);
    QCOMPARE(outcome->attempts, 3);
    QCOMPARE(outcome->result.error().status.value(), 503);
    json["failures"] = {{{"kind", "truncated"}, {"rate", 1}}};
    model.setScenario(std::make_shared<const Scenario>(readScenario(json).value()));
    model.start(ask("hello"), nullptr, keep);
    QCOMPARE(outcome->attempts, 1);
    QVERIFY(outcome->result.error().kind == FailureKind::Truncated && outcome->result.error().shownEvents > 0);
}

void ScenarioTest::clientCancels()
{
    Json json = scenarioJson();
    json["latency"] = {{"p50_ms", 500'000}, {"p95_ms", 500'000}};
    net::EventLoop loop;
    const auto timer = net::makeLoopTimer(loop);
    SimulatedModel model(std::make_shared<const Scenario>(readScenario(json).value()), 5, *timer, systemClock());
    std::promise<ModelOutcome> outcome;
    const auto handle
        = model.start(ask("hello"), nullptr, [&](ModelOutcome ended) { outcome.set_value(std::move(ended)); });
    handle->cancel();
    handle->cancel();
    QVERIFY(outcome.get_future().get().result.error().kind == FailureKind::Cancelled);
}

void ScenarioTest::exampleOfTheDocument()
{
    const std::string text = fileText("/docs/formats/scenario.md");
    const std::size_t begin = text.find("```json\n");
    const std::size_t end = text.find("```", begin + 8);
    QVERIFY(begin != std::string::npos && end != std::string::npos);
    const auto json = parseJson(std::string_view(text).substr(begin + 8, end - begin - 8));
    QVERIFY2(json.has_value(), json ? "" : describe(json.error()).c_str());
    const auto read = readScenario(*json);
    QVERIFY2(read.has_value(), read ? "" : describe(read.error()).c_str());
}

QTEST_GUILESS_MAIN(ScenarioTest)
#include "scenario_test.moc"
