#include "tests/core/run/runtime/run_house.h"

#include "core/domain/reflect.h"

#include <QTest>

using namespace ephor;
using namespace ephor::runtime;
using namespace ephor::runtime::testing;

/// A run that somebody told to end does so, whatever it was waiting for.
class CancelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void endsARunThatWaitsForAPerson();
    void endsOneThatWaitsSinceARestart();
    void endsOneWhoseReleaseCannotBeUsed();
    void endsOneThatCannotGoOn();
    void endsOneThatIsAboutToWait();
    void leavesAnEndedRunAlone();
};

namespace {

const std::string ended = "Ended by Jonas: Not wanted any more";

/// A run that asks a person for leave to pay, and rests.
std::string waitingRun(RunHouse& house)
{
    Story story;
    house.model->call("pay", {{"amount", 40}});
    const auto handle = house.start(story, "Pay 40");
    return handle && story.waitFor(RunEventKind::Waiting) ? (*handle)->id() : std::string();
}

void verifyEnded(RunHouse& house, const std::string& id)
{
    const RunSummary run = house.run(id);
    QVERIFY(run.state == RunState::Stopped);
    QCOMPARE(run.reason, ended);
    QCOMPARE(house.waiting().size(), std::size_t(0));
    QCOMPARE(house.tools["pay"]->calls(), std::size_t(0));
    QCOMPARE(house.entryOutcomes(id).back(), std::string("run.end:stopped"));
}

}

void CancelTest::endsARunThatWaitsForAPerson()
{
    RunHouse house;
    Story story;
    house.model->call("pay", {{"amount", 40}});
    const auto handle = house.start(story, "Pay 40");
    QVERIFY(story.waitFor(RunEventKind::Waiting));
    house.runtime->cancel((*handle)->id(), "Jonas", "Not wanted any more");
    QVERIFY(story.waitFor(RunEventKind::Failed));
    verifyEnded(house, (*handle)->id());
    QCOMPARE(house.model->requests().size(), std::size_t(1));
}

void CancelTest::endsOneThatWaitsSinceARestart()
{
    RunHouse house;
    const std::string id = waitingRun(house);
    house.restart();
    QVERIFY(house.runtime->recover());
    Story later;
    const auto following = house.runtime->follow(id, 0, house.caller, later.listener());
    QVERIFY(following);
    house.runtime->cancel(id, "Jonas", "Not wanted any more");
    QVERIFY(later.waitFor(RunEventKind::Failed));
    verifyEnded(house, id);
}

void CancelTest::endsOneWhoseReleaseCannotBeUsed()
{
    RunHouse house;
    const std::string id = waitingRun(house);
    house.model = nullptr;
    house.restart();
    QVERIFY(house.runtime->recover());
    Story later;
    const auto following = house.runtime->follow(id, 0, house.caller, later.listener());
    QVERIFY(following);
    house.runtime->cancel(id, "Jonas", "Not wanted any more");
    QVERIFY(later.waitFor(RunEventKind::Failed));
    verifyEnded(house, id);
}

// Nobody told it to end, but it was decided and nothing can be done with the decision.
void CancelTest::endsOneThatCannotGoOn()
{
    RunHouse house;
    const std::string id = waitingRun(house);
    house.model = nullptr;
    house.restart();
    Story later;
    const auto following = house.runtime->follow(id, 0, house.caller, later.listener());
    QVERIFY(following);
    house.decide(house.waiting().front(), ApprovalState::Approved);
    QVERIFY(later.waitFor(RunEventKind::Failed));
    house.restart(); // waits until nothing is under way
    QVERIFY(house.runtime->recover());
    QVERIFY(house.run(id).state == RunState::Failed);
    QVERIFY2(house.run(id).reason.find("There is no model.") != std::string::npos, house.run(id).reason.c_str());
    QCOMPARE(house.tools["pay"]->calls(), std::size_t(0));
}

// The order meets the run after its question was recorded and before its coroutine is gone.
void CancelTest::endsOneThatIsAboutToWait()
{
    RunHouse house;
    Story story;
    house.model->call("pay", {{"amount", 40}});
    StartRun::Request request;
    request.agent = "clerk";
    request.messages = documentOf(Json::array({Json{{"role", "user"}, {"content", "Pay 40"}}}));
    const auto handle
        = house.runtime->start(request, house.caller, [&house, told = story.listener()](const RunEvent& event) {
              if (event.kind == RunEventKind::Waiting)
                  house.runtime->cancel(event.run, "Jonas", "Not wanted any more");
              told(event);
          });
    QVERIFY(story.waitFor(RunEventKind::Failed));
    verifyEnded(house, (*handle)->id());
}

void CancelTest::leavesAnEndedRunAlone()
{
    RunHouse house;
    Story story;
    const auto handle = house.start(story, "Hello");
    QVERIFY(story.waitFor(RunEventKind::Finished));
    const std::string id = (*handle)->id();
    house.runtime->cancel(id, "Jonas", "Not wanted any more");
    house.restart(); // waits until nothing is under way
    QVERIFY(house.run(id).state == RunState::Done);
    QCOMPARE(house.entryOutcomes(id).size(), std::size_t(2));
}

QTEST_GUILESS_MAIN(CancelTest)
#include "cancel_test.moc"
