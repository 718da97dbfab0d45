#include "core/trust/guard/stand_in.h"
#include "tests/core/run/runtime/house_rules.h"
#include "tests/core/run/runtime/protected_house.h"

#include <QTest>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::runtime;
using namespace ephor::runtime::testing;

namespace {

// Of the workspace key of the house, which is all zeros.
const std::string standIn = guard::standInFor({}, "EMAIL_ADDRESS", mail);

std::string forbidding(const std::string& tool, const std::string& condition)
{
    return "forbid (principal is Agent, action == Action::\"" + tool + "\", resource) when { context.input has text && "
        + condition + " };";
}

/// A house that puts stand-ins for addresses in what callers say.
struct StandInHouse : RunHouse {
    StandInHouse() { protectWith(*this, bodyWith("EMAIL_ADDRESS", ProtectAction::Tokenise, {TextSurface::Input})); }

    /// The agent calls the tool with this text.
    std::string runWith(const std::string& tool, const std::string& text, RunEventKind until = RunEventKind::Finished)
    {
        Story story;
        model->call(tool, {{"text", text}});
        model->say("Done.");
        StartRun::Request request;
        request.person = person;
        request.conversation = "talk-1";
        const auto handle = start(story, "Write to " + mail, request);
        if (!handle || !story.waitFor(until))
            qFatal("the run does not come that far");
        return (*handle)->id();
    }

    std::string person;
};

}

/// Rules, contracts and obligations look at arguments as the tool gets them, not at the stand-ins of the record.
class JudgedAsSentTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aRuleAboutOwnDataKnowsTheValue();
    void aRuleAgainstAValueIsNotPassedByItsStandIn();
    void whatARuleSaysHasTheStandIn();
    void whatHasToBeHiddenIsHiddenBehindStandInsToo();
    void aSessionRemembersTheValue_data();
    void aSessionRemembersTheValue();
    void aWaitingCallIsJudgedByTheValueWhenRulesChange();
};

void JudgedAsSentTest::aRuleAboutOwnDataKnowsTheValue()
{
    StandInHouse house;
    house.person = mail;
    addHouseRule(house, forbidding("look", "context.input.text != context.session.person"));
    house.runWith("look", standIn);
    QCOMPARE(house.tools["look"]->calls(), std::size_t(1));
    QVERIFY(house.tools["look"]->lastArguments().find(mail) != std::string::npos);
}

void JudgedAsSentTest::aRuleAgainstAValueIsNotPassedByItsStandIn()
{
    StandInHouse house;
    addHouseRule(house, forbidding("look", "context.input.text == \"" + mail + "\""));
    const std::string run = house.runWith("look", standIn);
    QCOMPARE(house.tools["look"]->calls(), std::size_t(0));
    QCOMPARE(house.run(run).denied, std::uint64_t(1));
}

void JudgedAsSentTest::whatARuleSaysHasTheStandIn()
{
    StandInHouse house;
    addHouseRule(house, forbidding("look", "context.input.text like \"*@example.com\""));
    const std::string run = house.runWith("look", standIn);
    const auto whys = whysOf(house, run);
    QCOMPARE(whys.size(), std::size_t(1));
    const std::string why = whys.front().agent.text + whys.front().requester.text;
    QVERIFY(why.find(standIn) != std::string::npos);
    QVERIFY(why.find(mail) == std::string::npos);
    const std::string told = openRecord(house, run);
    QVERIFY(told.find("\"deny\"") != std::string::npos && told.find("anna.berg@") == std::string::npos);

    // A rule that errs tells the value that it could not read.
    addHouseRule(house, forbidding("look", "decimal(context.input.text).lessThan(decimal(\"1.0\"))"));
    QVERIFY(openRecord(house, house.runWith("look", standIn)).find("anna.berg@") == std::string::npos);
}

void JudgedAsSentTest::whatHasToBeHiddenIsHiddenBehindStandInsToo()
{
    StandInHouse house;
    pinRules(house,
        "@redact(\"EMAIL_ADDRESS\") permit(principal == Agent::\"clerk\", action == Action::\"note\", resource);");
    house.runWith("note", standIn);
    QCOMPARE(house.tools["note"]->calls(), std::size_t(1));
    QVERIFY(house.tools["note"]->lastArguments().find(mail) == std::string::npos);
}

void JudgedAsSentTest::aSessionRemembersTheValue_data()
{
    QTest::addColumn<bool>("again");
    QTest::newRow("in memory") << false;
    QTest::newRow("read again from the record") << true;
}

// Whoever was looked up once by a stand-in is not looked up again.
void JudgedAsSentTest::aSessionRemembersTheValue()
{
    QFETCH(bool, again);
    StandInHouse house;
    addHouseRule(house,
        "forbid(principal is Agent, action == Action::\"look\", resource) when temporal { count within 1h "
        "Action::\"look\"::request where { event.input has text && event.input.text == \""
            + mail + "\" } >= 1 };");
    house.runWith("look", standIn);
    QCOMPARE(house.tools["look"]->calls(), std::size_t(1));
    if (again)
        house.restart();
    house.runWith("look", "somebody");
    QCOMPARE(house.tools["look"]->calls(), std::size_t(1));
}

void JudgedAsSentTest::aWaitingCallIsJudgedByTheValueWhenRulesChange()
{
    StandInHouse house;
    house.runWith("pay", standIn, RunEventKind::Waiting);
    QCOMPARE(house.waiting().size(), std::size_t(1));
    addHouseRule(house, forbidding("pay", "context.input.text == \"" + mail + "\""));
    house.runtime->rulesCheck()();
    QCOMPARE(house.waiting().size(), std::size_t(0));
    QCOMPARE(house.tools["pay"]->calls(), std::size_t(0));
}

QTEST_GUILESS_MAIN(JudgedAsSentTest)
#include "judged_as_sent_test.moc"
