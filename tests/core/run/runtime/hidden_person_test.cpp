#include "core/trust/identity/people.h"
#include "core/trust/identity/setup.h"
#include "tests/core/run/runtime/house_rules.h"
#include "tests/core/run/runtime/protected_house.h"

#include <QTest>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::runtime;
using namespace ephor::runtime::testing;

namespace {

const std::string ownDataOnly
    = "forbid (principal is Agent, action == Action::\"look\", resource) unless { context.input has text && "
      "context.input.text == context.session.person && context.session.person != \"\" };";

// The person's address may not stand in what a run keeps; arguments may hold it.
void hideAddresses(RunHouse& house)
{
    protectWith(house, bodyWith("EMAIL_ADDRESS", ProtectAction::Mask, {TextSurface::Input}));
}

std::string runFor(RunHouse& house, const std::string& person, const std::string& tool, Json arguments,
    RunEventKind until = RunEventKind::Finished)
{
    Story story;
    house.model->call(tool, std::move(arguments));
    house.model->say("Done.");
    StartRun::Request request;
    request.person = person;
    const auto handle = house.start(story, "Go", request);
    if (!handle || !story.waitFor(until))
        qFatal("the run does not come that far");
    return (*handle)->id();
}

void decideAfterRestart(RunHouse& house, const std::string& run)
{
    const auto waiting = house.waiting();
    if (waiting.size() != 1)
        qFatal("one call should wait");
    house.restart();
    Story story;
    const auto followed = house.runtime->follow(run, 0, house.caller, story.listener());
    house.decide(waiting.front(), ApprovalState::Approved);
    if (!followed || !story.waitFor(RunEventKind::Finished))
        qFatal("the run does not end");
}

}

/// Rules and a sign-in compare the person whom the caller named; what is recorded has a hash.
class HiddenPersonTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ownDataIsComparedWithTheClaimItself();
    void aRefusalIsExplainedWithoutTheClaim();
    void aRuleThatErrsDoesNotTellTheClaim();
    void whoNamesAHashIsNobody();
    void afterARestartTheCallItselfTellsWhoItWas();
    void afterARestartARuleThatCannotKnowRefuses();
    void theHolderOfTheAddressIsAskedToSignIn();
};

void HiddenPersonTest::ownDataIsComparedWithTheClaimItself()
{
    RunHouse house;
    addHouseRule(house, ownDataOnly);
    hideAddresses(house);
    const std::string run = runFor(house, mail, "look", {{"text", mail}});
    QCOMPARE(house.tools["look"]->calls(), std::size_t(1));
    QVERIFY(house.run(run).person.starts_with("hidden:"));
    QVERIFY(openRecord(house, run).find(mail) == std::string::npos);
}

void HiddenPersonTest::aRefusalIsExplainedWithoutTheClaim()
{
    RunHouse house;
    addHouseRule(house, ownDataOnly);
    hideAddresses(house);
    const std::string run = runFor(house, mail, "look", {{"text", "otto@example.com"}});
    QCOMPARE(house.tools["look"]->calls(), std::size_t(0));
    const auto whys = whysOf(house, run);
    QCOMPARE(whys.size(), std::size_t(1));
    const std::string why = whys.front().agent.text + whys.front().requester.text;
    QVERIFY(why.find("context.session.person") != std::string::npos);
    QVERIFY(why.find(house.run(run).person) != std::string::npos);
    QVERIFY((openRecord(house, run) + sealedRecord(house, run)).find(mail) == std::string::npos);
}

void HiddenPersonTest::aRuleThatErrsDoesNotTellTheClaim()
{
    RunHouse house;
    addHouseRule(house,
        "forbid (principal is Agent, action == Action::\"look\", resource) when { "
        "decimal(context.session.person).lessThan(decimal(\"1.0\")) };");
    hideAddresses(house);
    const std::string run = runFor(house, mail, "look", {{"amount", 1}});
    QCOMPARE(house.tools["look"]->calls(), std::size_t(0));
    QVERIFY(openRecord(house, run).find("could not be evaluated") != std::string::npos);
    QVERIFY((openRecord(house, run) + sealedRecord(house, run)).find(mail) == std::string::npos);
}

void HiddenPersonTest::whoNamesAHashIsNobody()
{
    RunHouse house;
    addHouseRule(house, ownDataOnly);
    hideAddresses(house);
    const std::string first = house.run(runFor(house, mail, "look", {{"text", mail}})).person;
    const std::string run = runFor(house, first, "look", {{"text", first}});
    QVERIFY(house.run(run).person.starts_with("hidden:") && house.run(run).person != first);
    QCOMPARE(house.tools["look"]->calls(), std::size_t(1));
}

void HiddenPersonTest::afterARestartTheCallItselfTellsWhoItWas()
{
    RunHouse house;
    addHouseRule(house,
        "forbid (principal is Agent, action == Action::\"pay\", resource) unless { context.input has text && "
        "context.input.text == context.session.person };");
    hideAddresses(house);
    decideAfterRestart(house, runFor(house, mail, "pay", {{"text", mail}}, RunEventKind::Waiting));
    QCOMPARE(house.tools["pay"]->calls(), std::size_t(1));
}

void HiddenPersonTest::afterARestartARuleThatCannotKnowRefuses()
{
    RunHouse house;
    addHouseRule(house,
        "forbid (principal is Agent, action == Action::\"pay\", resource) when { "
        "context.session.person like \"*@elsewhere.example\" };");
    hideAddresses(house);
    decideAfterRestart(house, runFor(house, mail, "pay", {{"amount", 1}}, RunEventKind::Waiting));
    QCOMPARE(house.tools["pay"]->calls(), std::size_t(0));
}

void HiddenPersonTest::theHolderOfTheAddressIsAskedToSignIn()
{
    RunHouse house;
    addHouseRule(house,
        "@stepup(\"it moves money\") @approve(\"officer\") forbid (principal is Agent, action == Action::\"pay\", "
        "resource);");
    hideAddresses(house);
    std::string holder;
    const auto added = house.database->write([&](store::Transaction& transaction) -> Result<void> {
        EPHOR_TRY(holder, identity::addPersona(transaction, "Anna Berg", mail, "Customer", {}, house.clock));
        return {};
    });
    QVERIFY(added.has_value());
    // A service calls for its customer: whoever signed in and started a run would be asked himself.
    house.caller.id = "key:desk";
    house.caller.kind = PrincipalKind::Service;
    house.caller.permissions = {Permission::InvokeAgents};
    const std::string run = runFor(house, mail, "pay", {{"amount", 1}}, RunEventKind::Waiting);
    const auto waiting = house.waiting();
    QCOMPARE(waiting.size(), std::size_t(1));
    QCOMPARE(waiting.front().confirmer, holder);
    QVERIFY(openRecord(house, run).find(mail) == std::string::npos);
}

QTEST_GUILESS_MAIN(HiddenPersonTest)
#include "hidden_person_test.moc"
