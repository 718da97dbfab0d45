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

Json paying(int amount)
{
    return {{"amount", amount}};
}

}

/// What each operation says of the events before the request.
class OperatorsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void countsAtMostSoMany();
    void windowsAreClosedAtBothEnds();
    void withoutAWindowADayCounts();
    void requestsInFlightCount();
    void deniedRequestsAreErrors();
    void formerlyOneOfTheSameId();
    void previousIsTheEventJustBefore();
    void sinceHoldsUntilSomethingElseHappens();
    void sinceANegatedEvent();
    void sumsDecimals();
    void refusesMixedSums();
    void groupsMeanTheirActions();
    void comparesWithEachEvent();
    void errsWithoutAHistoryAndWithAnothers();
};

void OperatorsTest::countsAtMostSoMany()
{
    Session session(forbidWhen("count within 1h Action::\"pay\"::request >= 3"));
    for (int i = 0; i < 3; ++i)
        QVERIFY(session.allows(i * second, "pay"));
    QVERIFY(!session.allows(3 * second, "pay"));
    QVERIFY(session.allows(4 * second, "approve"));
    // The first falls out of the window, and the denied one never counted.
    QVERIFY(session.allows(hour + 1, "pay"));
    QVERIFY(!session.allows(hour + 2, "pay"));
}

void OperatorsTest::windowsAreClosedAtBothEnds()
{
    const std::string rule = forbidWhen("formerly within 1h Action::\"pay\"::request");
    Session edge(rule);
    QVERIFY(edge.allows(0, "pay"));
    QVERIFY(!edge.allows(hour, "pay"));
    Session beyond(rule);
    QVERIFY(beyond.allows(0, "pay"));
    QVERIFY(beyond.allows(hour + 1, "pay"));
    Session same(rule);
    QVERIFY(same.allows(5, "pay"));
    QVERIFY(!same.allows(5, "pay"));
}

void OperatorsTest::withoutAWindowADayCounts()
{
    Session session(forbidWhen("formerly Action::\"approve\"::request"));
    QVERIFY(session.allows(0, "approve"));
    QVERIFY(!session.allows(24 * hour, "pay"));
    QVERIFY(session.allows(24 * hour + 1, "pay"));
}

void OperatorsTest::requestsInFlightCount()
{
    Session session(
        forbidWhen("sum within 1h Action::\"pay\"::request of event.input.amount + context.input.amount > 5000"));
    // All three are made before any is decided.
    std::vector<Moment> moments;
    std::vector<cedar::Request> requests;
    for (int i = 0; i < 3; ++i) {
        moments.push_back(session.asks(i, "pay", paying(2'000)));
        requests.push_back(callOf("pay", paying(2'000)));
    }
    QVERIFY(session.verdictAt(moments[0], requests[0]).decision == cedar::Decision::Allow);
    QVERIFY(session.verdictAt(moments[1], requests[1]).decision == cedar::Decision::Allow);
    QVERIFY(session.verdictAt(moments[2], requests[2]).decision == cedar::Decision::Deny);
    session.state().deny(moments[2], requests[2], *actions());
    QVERIFY(session.allows(4, "pay", paying(1'000)));
    QVERIFY(!session.allows(5, "pay", paying(1)));
}

void OperatorsTest::deniedRequestsAreErrors()
{
    Session session(everything
        + "forbid(principal, action == Action::\"refund\", resource);\n"
          "forbid(principal, action == Action::\"pay\", resource) when temporal { formerly Action::\"refund\"::request "
          "};"
          "forbid(principal, action == Action::\"approve\", resource) when temporal { formerly "
          "Action::\"refund\"::error };");
    QVERIFY(session.allows(0, "approve"));
    QVERIFY(!session.allows(1, "refund"));
    QVERIFY(session.allows(2, "pay"));
    QVERIFY(!session.allows(3, "approve"));
}

void OperatorsTest::formerlyOneOfTheSameId()
{
    Session session(everything
        + "forbid(principal, action == Action::\"pay\", resource) unless temporal { formerly within 1h "
          "Action::\"approve\"::response where { event.input.id == context.input.id && event.input.amount >= "
          "context.input.amount && event.output.ok } };");
    const auto approved = [&](std::int64_t at, const char* id, int amount, bool ok) {
        session.happened(cedar::EventKind::Response, at, "approve", {{"id", id}, {"amount", amount}}, {{"ok", ok}});
    };
    approved(0, "a", 100, true);
    approved(1, "b", 100, false);
    QVERIFY(session.allows(2, "pay", {{"id", "a"}, {"amount", 100}}));
    QVERIFY(!session.allows(3, "pay", {{"id", "a"}, {"amount", 101}}));
    QVERIFY(!session.allows(4, "pay", {{"id", "b"}, {"amount", 1}}));
    QVERIFY(!session.allows(5, "pay", {{"id", "c"}, {"amount", 1}}));
    approved(6, "b", 50, true);
    QVERIFY(session.allows(7, "pay", {{"id", "b"}, {"amount", 50}}));
    QVERIFY(!session.allows(2 * hour, "pay", {{"id", "b"}, {"amount", 50}}));
}

void OperatorsTest::previousIsTheEventJustBefore()
{
    Session session(forbidWhen("!(previous Action::\"approve\"::response)"));
    QVERIFY(!session.allows(0, "pay"));
    session.happened(cedar::EventKind::Response, 1, "approve");
    QVERIFY(session.allows(2, "pay"));
    QVERIFY(!session.allows(3, "pay"));
    session.happened(cedar::EventKind::Response, 4, "approve");
    const Moment moment = session.asks(5, "refund");
    session.state().withdraw(moment);
    QVERIFY(session.allows(6, "pay"));
}

void OperatorsTest::sinceHoldsUntilSomethingElseHappens()
{
    Session session(everything
        + "forbid(principal, action == Action::\"pay\", resource) unless temporal "
          "{ Action::\"approve\"::request since within 1h Action::\"refund\"::request };");
    QVERIFY(!session.allows(0, "pay"));
    session.asks(1, "refund");
    QVERIFY(session.allows(2, "pay"));
    QVERIFY(!session.allows(3, "pay"));
    session.asks(4, "refund");
    session.asks(5, "approve");
    session.asks(6, "approve");
    const Moment taken = session.asks(7, "refund");
    session.state().withdraw(taken);
    QVERIFY(session.allows(8, "pay"));
    session.asks(9, "refund");
    QVERIFY(!session.allows(9 + hour + 1, "pay"));
}

void OperatorsTest::sinceANegatedEvent()
{
    Session session(forbidWhen("!any::error since Action::\"approve\"::request"));
    QVERIFY(session.allows(0, "pay"));
    session.asks(1, "approve");
    QVERIFY(!session.allows(2, "pay"));
    // The denied payment was an error.
    QVERIFY(session.allows(3, "pay"));
}

void OperatorsTest::sumsDecimals()
{
    Session session(forbidWhen("(sum within 1h Action::\"pay\"::request of event.input.price plus "
                               "context.input.price).greaterThan(decimal(\"10.0\"))"));
    const auto price
        = [](const char* text) { return Json{{"price", {{"__extn", {{"fn", "decimal"}, {"arg", text}}}}}}; };
    QVERIFY(session.allows(0, "pay", price("6.25")));
    QVERIFY(!session.allows(1, "pay", price("3.7501")));
    QVERIFY(session.allows(2, "pay", price("3.75")));
    Session empty(forbidWhen("(sum Action::\"pay\"::request of event.input.price).lessThan(decimal(\"0.1\"))"));
    QVERIFY(empty.verdictOn(0, "pay", price("1.0")).errors.empty());
}

void OperatorsTest::refusesMixedSums()
{
    Session session(forbidWhen("sum Action::\"approve\"::request of event.input.price > 10"));
    session.asks(0, "approve", {{"price", 1}});
    QVERIFY(session.allows(1, "pay"));
    session.asks(2, "approve", {{"price", {{"__extn", {{"fn", "decimal"}, {"arg", "1.0"}}}}}});
    const cedar::Verdict verdict = session.verdictOn(3, "pay");
    QVERIFY(verdict.decision == cedar::Decision::Deny);
    QCOMPARE(QString::fromStdString(verdict.errors.front().message), "The sum is of longs and decimals together.");
    Session text(forbidWhen("sum Action::\"approve\"::request of event.input.price > 10"));
    text.asks(0, "approve", {{"price", "1"}});
    QCOMPARE(QString::fromStdString(text.verdictOn(3, "pay").errors.front().message),
        "An event of the session cannot be read: Only longs and decimals are summed, not a string.");
    Session large(forbidWhen("sum Action::\"approve\"::request of event.input.price > 10"));
    for (int i = 0; i < 2; ++i)
        large.asks(i, "approve", {{"price", std::numeric_limits<std::int64_t>::max()}});
    QCOMPARE(QString::fromStdString(large.verdictOn(3, "pay").errors.front().message), "The sum does not fit 64 bits.");
}

void OperatorsTest::groupsMeanTheirActions()
{
    Session session(forbidWhen("count [Action::\"money\", Action::\"approve\", Action::\"pay\"]::request == 3"));
    QVERIFY(session.allows(0, "pay"));
    QVERIFY(session.allows(1, "refund"));
    QVERIFY(session.allows(2, "other"));
    QVERIFY(session.allows(3, "approve"));
    QVERIFY(!session.allows(4, "pay"));
}

void OperatorsTest::comparesWithEachEvent()
{
    Session session(forbidWhen("count any::request where { event.input.amount < context.input.amount } >= 2"));
    QVERIFY(session.allows(0, "pay", paying(1)));
    QVERIFY(session.allows(1, "pay", paying(5)));
    QVERIFY(session.allows(2, "pay", paying(5)));
    QVERIFY(!session.allows(3, "pay", paying(6)));
    session.happened(cedar::EventKind::Request, 4, "approve");
    const cedar::Verdict verdict = session.verdictOn(5, "pay", paying(0));
    QVERIFY(verdict.decision == cedar::Decision::Deny);
    QCOMPARE(QString::fromStdString(verdict.errors.front().message),
        "An event of the session cannot be read: The record has no attribute amount.");
}

void OperatorsTest::errsWithoutAHistoryAndWithAnothers()
{
    const std::string text = forbidWhen("formerly any::error");
    const auto policies = policiesOf(text);
    const cedar::Request request = callOf("pay", Json::object());
    const cedar::Verdict bare = decide(*policies, *actions(), request);
    QVERIFY(bare.decision == cedar::Decision::Deny);
    QCOMPARE(bare.errors.size(), std::size_t(1));
    QVERIFY(decide(*policies, *actions(), request, cedar::Mode::Cedar).decision == cedar::Decision::Allow);
    const SessionState other(Plan::compile(policiesOf(text)));
    const cedar::Verdict mixed
        = decide(*policies, *actions(), request, cedar::Mode::Ephor, SessionHistory(other, other.next(0)));
    QVERIFY(mixed.decision == cedar::Decision::Deny);
    const SessionState empty(Plan::compile(policies));
    const cedar::Verdict first
        = decide(*policies, *actions(), request, cedar::Mode::Ephor, SessionHistory(empty, empty.next(0)));
    QVERIFY(first.decision == cedar::Decision::Allow);
}

QTEST_GUILESS_MAIN(OperatorsTest)
#include "operators_test.moc"
