#include "core/trust/cedar/limits.h"
#include "core/trust/cedar/validator.h"
#include "tests/core/trust/temporal/desk.h"

#include <QTest>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::temporal;
using namespace ephor::temporal::tests;

namespace {

std::string ruleWhen(const std::string& condition)
{
    return "forbid(principal, action, resource)\nwhen temporal { " + condition + " };";
}

QString readingOf(const std::string& text, cedar::Grammar grammar = cedar::Grammar::Temporal)
{
    const auto read = cedar::PolicySet::fromText(text, {}, grammar);
    if (read)
        return "read";
    return QString::fromStdString(
        read.error().code + " " + fieldOf(read.error(), "line") + ":" + fieldOf(read.error(), "column"));
}

std::string repeated(const std::string& part, std::size_t count)
{
    std::string text;
    for (std::size_t i = 0; i < count; ++i)
        text += part;
    return text;
}

}

/// What may be written in `when temporal`, what may not and where that is told, and that the plain language knows
/// nothing of it.
class DialectTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void thePlainLanguageStaysPlain();
    void endsOnBombs();
    void numbersOperationsOverTheWholeSet();
    void sharesEqualWatches();
    void typesWhatIsSaidOfEvents_data();
    void typesWhatIsSaidOfEvents();
};

void DialectTest::reads_data()
{
    QTest::addColumn<QString>("condition");
    const char* const conditions[] = {
        "formerly Action::\"a\"::request",
        "formerly within 1h30m [Action::\"a\", N::Action::\"b\",]::response",
        "previous any::error && principal == User::\"u\"",
        "count within 24h any::request where { event.input.x == context.input.x } + 1 >= context.n",
        "sum within 90s Action::\"a\"::request of event.input.x < 10 || false",
        "sum any::request of (event.input.x + 1) plus context.input.x == 3",
        "Action::\"a\"::request since Action::\"b\"::response",
        "!Action::\"a\"::request where { event.input.x > 1 } since within 1d any::error where { true }",
        "if formerly any::request then count any::error == 0 else [1].contains(count any::request)",
        "!(formerly any::request) && !(any::request since any::error)",
        "principal == count::\"sum\" && resource in any::Thing::\"x\" && action in [Action::\"a\", Action::\"b\"]",
        "-(count any::request) == -1 && formerly::Thing::\"x\" == principal",
    };
    for (const char* condition : conditions)
        QTest::newRow(condition) << condition;
}

void DialectTest::reads()
{
    QFETCH(QString, condition);
    const std::string text = ruleWhen(condition.toStdString());
    QCOMPARE(readingOf(text), "read");
    QVERIFY(readingOf(text, cedar::Grammar::Cedar).startsWith("cedar.syntax 2:6"));
}

void DialectTest::refuses_data()
{
    QTest::addColumn<QString>("condition");
    QTest::addColumn<QString>("reading");
    // The condition begins in column 17 of line 2.
    QTest::newRow("no window") << "count within any::request == 1" << "cedar.syntax 2:30";
    QTest::newRow("too long") << "count within 25h any::request == 1" << "temporal.window 2:30";
    QTest::newRow("nothing") << "count within 0s any::request == 1" << "temporal.window 2:30";
    QTest::newRow("a number alone") << "count within 10 any::request == 1" << "temporal.window 2:30";
    QTest::newRow("apart") << "count within 1 h any::request == 1" << "temporal.window 2:30";
    QTest::newRow("no unit") << "count within 10x any::request == 1" << "temporal.window 2:30";
    QTest::newRow("huge") << "count within 99999999999999999999h any::request == 1" << "temporal.window 2:30";
    QTest::newRow("no event") << "formerly principal" << "cedar.syntax 2:26";
    QTest::newRow("no kind") << "formerly Action::\"a\"::query" << "cedar.syntax 2:39";
    QTest::newRow("kind missing") << "formerly Action::\"a\"" << "cedar.syntax 2:26";
    QTest::newRow("no action") << "formerly User::\"a\"::request" << "temporal.event 2:26";
    QTest::newRow("no actions") << "formerly []::request" << "temporal.event 2:26";
    QTest::newRow("an event alone") << "Action::\"a\"::request" << "temporal.event 2:17";
    QTest::newRow("a negated event alone") << "!any::request" << "temporal.event 2:17";
    QTest::newRow("negated twice") << "!!any::request since any::error" << "cedar.syntax 2:19";
    QTest::newRow("event outside") << "event.input.x == 1" << "cedar.syntax 2:17";
    QTest::newRow("within a where") << "formerly any::request where { formerly any::error }" << "cedar.syntax 2:47";
    QTest::newRow("no of") << "sum any::request == 1" << "cedar.syntax 2:34";
    QTest::newRow("of the request") << "sum any::request of context.x == 1" << "temporal.of 2:34";
    QTest::newRow("plus the event") << "sum any::request of event.x plus event.y == 1" << "cedar.syntax 2:50";
    QTest::newRow("window of previous") << "previous within 1h any::request" << "cedar.syntax 2:26";
    QTest::newRow("where not closed") << "formerly any::request where { true" << "cedar.syntax 2:53";
}

void DialectTest::refuses()
{
    QFETCH(QString, condition);
    QFETCH(QString, reading);
    QCOMPARE(readingOf(ruleWhen(condition.toStdString())), reading);
}

void DialectTest::thePlainLanguageStaysPlain()
{
    QCOMPARE(readingOf("permit(principal, action, resource) when { formerly any::request };"), "cedar.syntax 1:44");
    QCOMPARE(readingOf("permit(principal, action, resource) when { event == 1 };"), "cedar.syntax 1:44");
    QCOMPARE(readingOf("permit(principal, action, resource) when temporal { true } when { context.x };"), "read");
    QCOMPARE(readingOf("permit(principal, action, resource) when temporal { true };", cedar::Grammar::Cedar),
        "cedar.syntax 1:42");
}

void DialectTest::endsOnBombs()
{
    const std::string deep = repeated("(", 100'000) + "true" + repeated(")", 100'000);
    QCOMPARE(readingOf(ruleWhen("formerly any::request where { " + deep + " }")).left(14), "cedar.too-deep");
    QCOMPARE(readingOf(ruleWhen("sum any::request of " + deep + " == 1")).left(14), "cedar.too-deep");
    QCOMPARE(readingOf(ruleWhen(repeated("!any::request since ", 50'000) + "any::error")).left(12), "cedar.syntax");
    QCOMPARE(readingOf(ruleWhen(repeated("[", 100'000))).left(14), "cedar.too-deep");
    QCOMPARE(readingOf(ruleWhen("[" + repeated("Action::\"a\", ", 100'000) + "]")), "read");
    QCOMPARE(readingOf(ruleWhen("formerly any::request" + repeated(" && formerly any::request", 20'000))).left(15),
        "cedar.too-large");
}

void DialectTest::numbersOperationsOverTheWholeSet()
{
    const std::vector<cedar::PolicySource> sources{{"a", ruleWhen("formerly any::request")},
        {"b", "permit(principal, action, resource);"}, {"c", ruleWhen("count any::error == previous any::error")}};
    const auto set = take(cedar::PolicySet::fromPolicies(sources, {}, cedar::Grammar::Temporal));
    QCOMPARE(set->temporalOperations().size(), std::size_t(3));
    for (std::size_t i = 0; i < 3; ++i)
        QCOMPARE(set->temporalOperations()[i]->number, std::uint32_t(i));
    QVERIFY(set->policies().front().conditions.front().temporal);
}

void DialectTest::sharesEqualWatches()
{
    const auto plan = Plan::compile(policiesOf(ruleWhen("formerly within 1h [Action::\"a\", Action::\"b\"]::request "
                                                        "where { event.input.x == 1 && context.y }")
        + ruleWhen(
            "count within 5h [Action::\"b\", Action::\"a\"]::request where { context.y && event.input.x == 1 } == 2")
        + ruleWhen("count [Action::\"b\", Action::\"a\"]::request where { context.y && event.input.x == 2 } == 2")
        + ruleWhen("sum [Action::\"b\", Action::\"a\"]::request of event.input.x == 2")));
    QCOMPARE(plan->watches().size(), std::size_t(3));
}

void DialectTest::typesWhatIsSaidOfEvents_data()
{
    QTest::addColumn<QString>("condition");
    QTest::addColumn<QString>("finding");
    QTest::newRow("right") << "formerly Action::\"pay\"::request where { event.input.to == context.input.to }" << "";
    QTest::newRow("output") << "formerly Action::\"pay\"::response where { event.output.anything == 3 }" << "";
    QTest::newRow("count") << "count any::request + 1 > context.input.amount" << "";
    QTest::newRow("sum") << "sum Action::\"pay\"::request of event.input.amount + context.input.amount > 5" << "";
    QTest::newRow("unknown") << "formerly Action::\"pay\"::request where { event.input.too == 1 }"
                             << "cedar.unknown-attribute";
    QTest::newRow("kinds") << "formerly Action::\"pay\"::request where { event.input.to == context.input.amount }"
                           << "cedar.incompatible-types";
    QTest::newRow("one of two") << "formerly any::request where { event.input.to == \"x\" }"
                                << "cedar.unknown-attribute";
    QTest::newRow("action") << "formerly Action::\"pax\"::request" << "cedar.unknown-action";
    QTest::newRow("summed") << "sum Action::\"pay\"::request of event.input.to > 5" << "cedar.type";
    QTest::newRow("compared") << "count any::request > \"5\"" << "cedar.type";
    QTest::newRow("name in a where") << "formerly any::request where { event.principal == Robot::\"x\" }"
                                     << "cedar.unknown-type";
}

void DialectTest::typesWhatIsSaidOfEvents()
{
    QFETCH(QString, condition);
    QFETCH(QString, finding);
    const auto schema = take(cedar::Schema::fromText(
        "entity Agent; entity Asset; action pay appliesTo { principal: Agent, resource: Asset, context: { input: { to: "
        "String, amount: Long } } }; action look appliesTo { principal: Agent, resource: Asset, context: { input: { "
        "amount: Long } } };"));
    const auto policies = policiesOf(
        "forbid(principal, action == Action::\"pay\", resource) when temporal { " + condition.toStdString() + " };");
    const cedar::Validation validation = validate(*policies, *schema);
    QStringList codes;
    for (const cedar::Finding& found : validation.errors)
        codes.append(QString::fromStdString(found.code));
    codes.removeDuplicates();
    QCOMPARE(codes.join(" "), finding);
}

QTEST_GUILESS_MAIN(DialectTest)
#include "dialect_test.moc"
