#include "core/trust/temporal/limits.h"
#include "tests/core/trust/temporal/desk.h"

#include <QTest>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::temporal;
using namespace ephor::temporal::tests;

namespace {

const std::string everything = "permit(principal, action, resource);\n";

std::string forbidWhen(const std::string& condition)
{
    return everything + "forbid(principal, action == Action::\"pay\", resource) when temporal { " + condition + " };";
}

}

/// What a session keeps, forgets and refuses.
class SessionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void refusesEventsOutOfOrder();
    void aLateDenialTakesItsRequestOut();
    void forgetsWhatIsOlderThanADay();
    void aDecisionThatComesTooLateErrs();
    void beyondItsEventsRulesErr();
    void beyondItsBytesRulesErr();
    void manyEventsWithKeysOfTheirOwnAreGivenBack();
    void timesAtTheEndsOfNumbers();
    void replayedItIsTheSame();
};

void SessionTest::refusesEventsOutOfOrder()
{
    Session session(forbidWhen("count any::request >= 3"));
    session.asks(10, "approve");
    session.asks(10, "approve");
    const cedar::Request late = callOf("approve", Json::object());
    const auto refused = session.state().record({cedar::EventKind::Request, 9, &late}, *actions());
    QVERIFY(!refused.has_value());
    QVERIFY(refused.error().code == "temporal.out-of-order");
    QCOMPARE(QString::fromStdString(fieldOf(refused.error(), "last")), "10");
    QCOMPARE(session.state().events(), std::size_t(2));
    QVERIFY(session.allows(11, "pay"));
    QVERIFY(!session.allows(12, "pay"));
}

void SessionTest::aLateDenialTakesItsRequestOut()
{
    Session session(forbidWhen("sum any::request of event.input.amount > 4")
        + "forbid(principal, action == "
          "Action::\"refund\", resource) unless "
          "temporal { any::request since any::error };");
    const Moment first = session.asks(0, "approve", {{"amount", 1}});
    const Moment second = session.asks(1, "approve", {{"amount", 2}});
    const Moment third = session.asks(2, "approve", {{"amount", 3}});
    QVERIFY(!session.allows(3, "pay", {{"amount", 0}}));
    session.state().deny(second, callOf("approve", {{"amount", 2}}), *actions());
    QVERIFY(session.allows(4, "pay", {{"amount", 0}}));
    session.asks(5, "approve", {{"amount", 1}});
    QVERIFY(!session.allows(6, "pay", {{"amount", 0}}));
    session.state().withdraw(first);
    session.state().withdraw(first);
    QVERIFY(session.allows(7, "pay", {{"amount", 0}}));
    session.state().deny(third, callOf("approve", {{"amount", 3}}), *actions());
    QVERIFY(session.allows(8, "refund", {{"amount", 0}}));
}

void SessionTest::forgetsWhatIsOlderThanADay()
{
    Session session(forbidWhen("count any::request where { event.input.amount < context.input.amount } >= 100"));
    for (int i = 0; i < 2'000; ++i) {
        session.asks(i * hour, "approve", {{"amount", 1}});
        QVERIFY(session.state().events() <= 25);
        QVERIFY(session.state().bytes() < 50'000);
    }
    QVERIFY(session.verdictOn(2'000 * hour, "pay", {{"amount", 2}}).errors.empty());
}

void SessionTest::aDecisionThatComesTooLateErrs()
{
    Session session(forbidWhen("formerly any::error")
        + "forbid(principal, action == Action::\"pay\", resource) when "
          "temporal { formerly within 1h any::error };");
    session.happened(cedar::EventKind::Error, 0, "approve");
    const Moment moment = session.asks(23 * hour, "pay");
    const cedar::Request& request = session.latest();
    QCOMPARE(session.verdictAt(moment, request).errors.size(), std::size_t(0));
    session.asks(25 * hour, "approve");
    const cedar::Verdict late = session.verdictAt(moment, request);
    QVERIFY(late.decision == cedar::Decision::Deny);
    QCOMPARE(late.errors.size(), std::size_t(1));
}

void SessionTest::beyondItsEventsRulesErr()
{
    Session session(forbidWhen("count within 1h Action::\"refund\"::request >= 1"));
    const cedar::Request request = callOf("approve", Json::object());
    for (std::size_t i = 0; i < maximumSessionEvents; ++i)
        QVERIFY(take(session.state().record({cedar::EventKind::Request, 0, &request}, *actions())).kept);
    QVERIFY(
        session.verdictAt(session.state().next(0), callOf("pay", Json::object())).decision == cedar::Decision::Allow);
    const Moment lost = take(session.state().record({cedar::EventKind::Request, 1, &request}, *actions()));
    QVERIFY(!lost.kept);
    session.state().deny(lost, request, *actions());
    QCOMPARE(session.state().events(), maximumSessionEvents);
    const cedar::Verdict verdict = session.verdictOn(2, "pay");
    QVERIFY(verdict.decision == cedar::Decision::Deny);
    QCOMPARE(verdict.errors.size(), std::size_t(1));
    QVERIFY(session.allows(3, "refund"));
    // A window that does not reach back to what was lost knows everything again; a day later all have left.
    QVERIFY(session.state().next(4 * hour).kept);
    QVERIFY(session.verdictAt(session.state().next(4 * hour), callOf("pay", Json::object())).decision
        == cedar::Decision::Allow);
    QVERIFY(session.allows(25 * hour, "pay"));
    QCOMPARE(session.state().events(), std::size_t(1));
}

void SessionTest::beyondItsBytesRulesErr()
{
    Session session(forbidWhen("formerly any::request where { event.input.note like \"*x\" || context.input.ok }"));
    const cedar::Request request = callOf("approve", {{"note", std::string(1'000'000, 'a')}});
    std::size_t kept = 0;
    while (kept < 100 && take(session.state().record({cedar::EventKind::Request, 0, &request}, *actions())).kept)
        ++kept;
    QVERIFY(kept > 10 && kept < 20);
    QVERIFY(session.state().bytes() < maximumSessionBytes + 1'100'000 * 2);
    QVERIFY(!session.verdictOn(1, "pay", {{"ok", true}, {"note", ""}}).errors.empty());
}

void SessionTest::manyEventsWithKeysOfTheirOwnAreGivenBack()
{
    Session session(forbidWhen("count any::request where { event.input.id == context.input.id } >= 2"));
    for (int round = 0; round < 3; ++round) {
        const std::int64_t at = round * 25 * hour;
        for (int i = 0; i < 3'000; ++i)
            session.asks(at + i, "approve", {{"id", i}});
        QCOMPARE(session.state().events(), std::size_t(3'000));
        QVERIFY(session.allows(at + 5'000, "pay", {{"id", 7}}));
        QVERIFY(!session.allows(at + 5'001, "pay", {{"id", 7}}));
    }
}

void SessionTest::timesAtTheEndsOfNumbers()
{
    Session session(forbidWhen("formerly any::request"));
    using Limits = std::numeric_limits<std::int64_t>;
    QVERIFY(session.allows(Limits::min(), "pay"));
    QVERIFY(!session.allows(Limits::min(), "pay"));
    QVERIFY(session.allows(0, "pay"));
    QVERIFY(session.allows(Limits::max(), "pay"));
    QVERIFY(!session.allows(Limits::max(), "pay"));
}

void SessionTest::replayedItIsTheSame()
{
    const std::string text = forbidWhen("count Action::\"pay\"::request >= 3");
    Session live(text);
    std::list<cedar::Request> requests;
    std::vector<Event> recorded;
    for (int i = 0; i < 6; ++i) {
        const bool allowed = live.allows(i * minute, "pay");
        requests.push_back(callOf("pay", Json::object()));
        recorded.push_back(
            {allowed ? cedar::EventKind::Request : cedar::EventKind::Error, i * minute, &requests.back()});
    }
    const auto policies = policiesOf(text);
    const SessionState state = take(SessionState::replay(Plan::compile(policies), recorded, *actions()));
    const auto allowsAt = [&](std::int64_t at) {
        return decide(
                   *policies, *actions(), requests.front(), cedar::Mode::Ephor, SessionHistory(state, state.next(at)))
                   .decision
            == cedar::Decision::Allow;
    };
    QVERIFY(!allowsAt(24 * hour));
    QVERIFY(!live.allows(24 * hour, "pay"));
    QVERIFY(allowsAt(24 * hour + 1));
    QVERIFY(live.allows(24 * hour + 1, "pay"));
}

QTEST_GUILESS_MAIN(SessionTest)
#include "session_test.moc"
