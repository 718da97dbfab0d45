#include "core/api/runs.h"
#include "core/domain/reflect.h"
#include "tests/core/http/filled_value.h"
#include "tests/core/http/raw_client.h"
#include "tests/core/http/remote_stage.h"

#include <QtTest/QtTest>

#include <atomic>
#include <future>
#include <nlohmann/json.hpp>
#include <thread>

using namespace ephor;
using namespace ephor::http;
using namespace ephor::tests;
using namespace std::chrono_literals;

/// Runs and events through RemoteBackend, across breaks of the connection.
class RemoteRunsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void startsRuns();
    void refusesRuns();
    void goesOnWithARunAfterABreak();
    void tellsARunThatIsLost();
    void followsRuns();
    void cancelsRuns();
    void hearsEvents();
    void resyncsAfterABreak();
    void nothingComesAfterTheEnd();
    void refusesCallsFromCallbacks();
};

void RemoteRunsTest::startsRuns()
{
    FakeBackend backend;
    backend.script = {{"", 0, RunEventKind::Started, "", {R"({"release":"r"})"}}};
    const auto server = serveFake(backend);
    const auto remote = connectTo(remoteOf(*server));
    StartRun::Request request;
    fillValue(typeOf<StartRun::Request>(), &request);
    Ear<RunEvent> ear;
    const auto run = remote->start(request, keyed("k"), [&](const RunEvent& event) { ear.hear(event); });
    QVERIFY(run);
    QCOMPARE((*run)->id(), std::string("run-1"));
    QCOMPARE(toJson(backend.lastRun), toJson(request));
    backend.say("run-1", RunEventKind::Text, "hello");
    backend.say("run-1", RunEventKind::Finished, "", R"({"finishReason":"stop"})");
    QVERIFY(ear.waitForCount(3));
    const auto heard = ear.all();
    QCOMPARE(heard[0], (RunEvent{"run-1", 1, RunEventKind::Started, "", {R"({"release":"r"})"}}));
    QCOMPARE(heard[1].text, std::string("hello"));
    QCOMPARE(heard[2].data.text, std::string(R"({"finishReason":"stop"})"));
    QVERIFY(backend.waitForListeners("run-1", 0));
}

void RemoteRunsTest::refusesRuns()
{
    FakeBackend backend;
    const auto server = serveFake(backend);
    const auto remote = connectTo(remoteOf(*server));
    QCOMPARE(remote->start({}, {}, [](const RunEvent&) { }).error().code, std::string("value.required"));
    QCOMPARE(backend.runs(), std::uint64_t(0));
}

void RemoteRunsTest::goesOnWithARunAfterABreak()
{
    FakeBackend backend;
    auto server = serveFake(backend);
    const auto remote = connectTo(remoteOf(*server));
    StartRun::Request request;
    request.agent = "refunds";
    Ear<RunEvent> ear;
    const auto run = remote->start(request, {}, [&](const RunEvent& event) { ear.hear(event); });
    QVERIFY(run);
    backend.say("run-1", RunEventKind::Text, "before");
    QVERIFY(ear.waitForCount(1));
    ServerOptions same;
    same.port = server->port();
    server.reset();
    backend.say("run-1", RunEventKind::Text, "meanwhile");
    server = serveFake(backend, same);
    QVERIFY(backend.waitForListeners("run-1", 1));
    backend.say("run-1", RunEventKind::Finished);
    QVERIFY(ear.waitForCount(3));
    QCOMPARE(ear.all()[1].text, std::string("meanwhile"));
    QCOMPARE(backend.runs(), std::uint64_t(1));
}

void RemoteRunsTest::tellsARunThatIsLost()
{
    FakeBackend backend;
    auto server = serveFake(backend);
    const auto remote = connectTo(remoteOf(*server));
    StartRun::Request request;
    request.agent = "refunds";
    Ear<RunEvent> ear;
    const auto run = remote->start(request, {}, [&](const RunEvent& event) { ear.hear(event); });
    QVERIFY(run);
    ServerOptions same;
    same.port = server->port();
    server.reset();
    backend.refuseStreams = Error(ErrorKind::Forbidden, "key.revoked", "The key was revoked.");
    server = serveFake(backend, same);
    QVERIFY(ear.waitForCount(1));
    QCOMPARE(int(ear.all()[0].kind), int(RunEventKind::Failed));
    QVERIFY(ear.all()[0].data.text.find("key.revoked") != std::string::npos);
}

void RemoteRunsTest::followsRuns()
{
    FakeBackend backend;
    const auto server = serveFake(backend);
    const auto remote = connectTo(remoteOf(*server));
    for (const char* text : {"a", "b", "c"})
        backend.say("run 7/é", RunEventKind::Text, text);
    Ear<RunEvent> ear;
    const auto following = remote->follow("run 7/é", 1, {}, [&](const RunEvent& event) { ear.hear(event); });
    QVERIFY(following);
    backend.say("run 7/é", RunEventKind::Finished);
    QVERIFY(ear.waitForCount(3));
    QCOMPARE(ear.all()[0].text, std::string("b"));
    QCOMPARE(ear.all()[2].seq, std::uint64_t(4));
}

void RemoteRunsTest::cancelsRuns()
{
    FakeBackend backend;
    const auto server = serveFake(backend);
    const auto remote = connectTo(remoteOf(*server));
    StartRun::Request request;
    request.agent = "refunds";
    const auto run = remote->start(request, keyed("k"), [](const RunEvent&) { });
    QVERIFY(run);
    (*run)->cancel();
    QVERIFY(backend.waitForCancel("run-1"));
}

void RemoteRunsTest::hearsEvents()
{
    FakeBackend backend;
    const auto server = serveFake(backend);
    const auto remote = connectTo(remoteOf(*server));
    Ear<Event> ear;
    const auto subscription
        = remote->subscribe({Topic::Approvals, Topic::Runs}, keyed("k"), [&](const Event& event) { ear.hear(event); });
    QVERIFY(subscription);
    QCOMPARE(backend.lastTopics, (TopicSet{Topic::Approvals, Topic::Runs}));
    const Event event{9, Topic::Approvals, "asked", "ap-1", 3};
    backend.tell(event);
    QVERIFY(ear.waitForCount(1));
    QCOMPARE(ear.all()[0], event);
}

void RemoteRunsTest::resyncsAfterABreak()
{
    FakeBackend backend;
    auto server = serveFake(backend);
    const auto remote = connectTo(remoteOf(*server));
    Ear<Event> ear;
    const auto subscription = remote->subscribe({}, {}, [&](const Event& event) { ear.hear(event); });
    QVERIFY(subscription);
    ServerOptions same;
    same.port = server->port();
    server.reset();
    server = serveFake(backend, same);
    QVERIFY(ear.waitForCount(1));
    QCOMPARE(ear.all()[0].kind, std::string("resync"));
    backend.tell({2, Topic::Runs, "finished", "run-1", 1});
    QVERIFY(ear.waitForCount(2));
    QCOMPARE(ear.all()[1].kind, std::string("finished"));
}

void RemoteRunsTest::nothingComesAfterTheEnd()
{
    FakeBackend backend;
    const auto server = serveFake(backend);
    const auto remote = connectTo(remoteOf(*server));
    std::atomic<bool> ended = false;
    std::atomic<bool> late = false;
    auto subscription = remote->subscribe({}, {}, [&](const Event&) { late = late || ended.load(); });
    QVERIFY(subscription);
    std::atomic<bool> stop = false;
    std::thread teller([&] {
        while (!stop)
            backend.tell({1, Topic::Runs, "x", "", 0});
    });
    subscription->reset();
    ended = true;
    QVERIFY(backend.waitForSubscribers(0));
    stop = true;
    teller.join();
    QVERIFY(!late);
}

void RemoteRunsTest::refusesCallsFromCallbacks()
{
    FakeBackend backend;
    const auto server = serveFake(backend);
    const auto remote = connectTo(remoteOf(*server));
    Ear<std::string> ear;
    const auto subscription
        = remote->subscribe({}, {}, [&](const Event&) { ear.hear(remote->call<ListRuns>({}, {}).error().code); });
    backend.tell({1, Topic::Runs, "x", "", 0});
    QVERIFY(ear.waitForCount(1));
    QCOMPARE(ear.all()[0], std::string("remote.callback"));
}

QTEST_GUILESS_MAIN(RemoteRunsTest)
#include "remote_runs_test.moc"
