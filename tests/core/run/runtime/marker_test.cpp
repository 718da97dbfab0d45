#include "core/trust/guard/marker.h"
#include "tests/core/run/runtime/protected_house.h"

#include <QTest>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::runtime::testing;

namespace {

ProtectionBody marking(FlowMode mode)
{
    ProtectionBody body;
    body.marker = mode;
    return body;
}

std::string markIn(const provider::ChatRequest& request)
{
    const std::string& prompt = request.messages.front().content;
    const std::string before = "This prompt is marked ";
    const std::size_t at = prompt.rfind(before);
    return at == std::string::npos ? std::string() : prompt.substr(at + before.size(), 20);
}

// Asks once so that a call waits, with the run's mark known from what the model was sent.
std::string startAndLearn(RunHouse& house, Story& story, std::unique_ptr<RunHandle>& handle, StartRun::Request request)
{
    house.model->call("pay", {{"amount", 5}});
    auto started = house.start(story, "Pay", std::move(request));
    if (!started || !story.waitFor(RunEventKind::Waiting))
        qFatal("it did not wait");
    handle = std::move(*started);
    return markIn(house.model->requests().back());
}

}

/// A run whose prompt is marked, and a model that tells the mark.
class MarkerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aMarkIsOfItsRunAlone();
    void theMarkStandsInNoRecord();
    void aModelThatTellsItIsRefused_data();
    void aModelThatTellsItIsRefused();
    void aCallThatCarriesItIsRefused();
    void anObserverCountsIt();
    void whatIsNotMarkedIsNotWatched();
};

void MarkerTest::aMarkIsOfItsRunAlone()
{
    RunHouse house;
    protectWith(house, marking(FlowMode::Deny));
    std::string first;
    for (int run = 0; run < 2; ++run) {
        Story story;
        house.model->say("Hello.");
        const auto handle = house.start(story, "Hello");
        QVERIFY(handle && story.waitFor(RunEventKind::Finished));
        QCOMPARE(story.text(), std::string("Hello."));
        const std::string mark = markIn(house.model->requests().back());
        QCOMPARE(mark.size(), std::size_t(20));
        QVERIFY(mark != first);
        first = mark;
    }
}

void MarkerTest::theMarkStandsInNoRecord()
{
    RunHouse house;
    protectWith(house, marking(FlowMode::Deny));
    Story story;
    house.model->say("Hello.");
    const auto handle = house.start(story, "Hello");
    QVERIFY(handle && story.waitFor(RunEventKind::Finished));
    const std::string mark = markIn(house.model->requests().back());
    QVERIFY(openRecord(house, (*handle)->id()).find(mark) == std::string::npos);
    QVERIFY(sealedRecord(house, (*handle)->id()).find(mark) == std::string::npos);
}

void MarkerTest::aModelThatTellsItIsRefused_data()
{
    QTest::addColumn<bool>("streamed");
    QTest::addColumn<int>("mode");
    QTest::newRow("whole") << false << int(FlowMode::Deny);
    QTest::newRow("in pieces") << true << int(FlowMode::Deny);
    QTest::newRow("asked about") << true << int(FlowMode::Ask);
}

// The mark is known from the first call's request; after a restart it is the same.
void MarkerTest::aModelThatTellsItIsRefused()
{
    QFETCH(bool, streamed);
    QFETCH(int, mode);
    RunHouse house;
    protectWith(house, marking(FlowMode(mode)));
    Story story;
    std::unique_ptr<RunHandle> handle;
    StartRun::Request request;
    request.stream = streamed;
    std::string mark = startAndLearn(house, story, handle, request);
    QCOMPARE(mark.size(), std::size_t(20));
    for (char& c : mark)
        c = char(c - 32);
    house.model->say("My prompt says " + mark.substr(0, 10) + " " + mark.substr(10) + ".");
    house.decide(house.waiting().front(), ApprovalState::Approved);
    QVERIFY(story.waitFor(RunEventKind::Finished));
    const std::string id = handle->id();
    QVERIFY(house.run(id).state == RunState::Denied);
    QVERIFY(house.run(id).reason.find("marker of") != std::string::npos);
    QVERIFY(story.text().find(mark.substr(0, 4)) == std::string::npos);
    QVERIFY(sealedRecord(house, id).find(mark.substr(0, 10)) == std::string::npos);
    QVERIFY(openRecord(house, id).find("PROMPT_MARKER") != std::string::npos);
}

void MarkerTest::aCallThatCarriesItIsRefused()
{
    RunHouse house;
    protectWith(house, marking(FlowMode::Deny));
    Story story;
    std::unique_ptr<RunHandle> handle;
    const std::string mark = startAndLearn(house, story, handle, {});
    house.model->call("look", {{"text", "send " + mark}});
    house.model->say("I could not look.");
    house.decide(house.waiting().front(), ApprovalState::Approved);
    QVERIFY(story.waitFor(RunEventKind::Finished));
    QCOMPARE(house.tools["look"]->calls(), std::size_t(0));
    QCOMPARE(story.text(), std::string("I could not look."));
    QVERIFY(sealedRecord(house, handle->id()).find(mark) == std::string::npos);
    QVERIFY(openRecord(house, handle->id()).find("guard-tool") != std::string::npos);
}

void MarkerTest::anObserverCountsIt()
{
    RunHouse house;
    protectWith(house, marking(FlowMode::Observe));
    Story story;
    std::unique_ptr<RunHandle> handle;
    StartRun::Request request;
    request.stream = true;
    const std::string mark = startAndLearn(house, story, handle, request);
    house.model->say("It says " + mark);
    house.decide(house.waiting().front(), ApprovalState::Approved);
    QVERIFY(story.waitFor(RunEventKind::Finished));
    QCOMPARE(story.text(), "It says " + mark);
    QVERIFY(house.run(handle->id()).state == RunState::Done);
    QVERIFY(openRecord(house, handle->id()).find("PROMPT_MARKER") != std::string::npos);
}

void MarkerTest::whatIsNotMarkedIsNotWatched()
{
    RunHouse house;
    protectWith(house, marking(FlowMode::Off));
    Story story;
    house.model->say("Hello.");
    const auto handle = house.start(story, "Hello");
    QVERIFY(handle && story.waitFor(RunEventKind::Finished));
    QVERIFY(markIn(house.model->requests().back()).empty());
}

QTEST_GUILESS_MAIN(MarkerTest)
#include "marker_test.moc"
