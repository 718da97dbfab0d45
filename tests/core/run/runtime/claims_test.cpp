#include "core/domain/reflect.h"
#include "tests/core/run/runtime/protected_house.h"

#include <QTest>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::runtime::testing;

namespace {

const std::string cardNumber = "4111111111111111";

StartRun::Request claiming(const std::string& value)
{
    StartRun::Request request;
    request.person = value;
    request.conversation = value;
    request.reference = value;
    return request;
}

std::string reports(const RunHouse& house)
{
    std::string all;
    for (const insight::RunReport& report : house.reports.all())
        all += compactJson(toJson(report.summary)) + compactJson(toJson(report.spans));
    return all;
}

std::vector<RunSummary> found(RunHouse& house, const std::string& text)
{
    std::vector<RunSummary> runs;
    const auto protection = house.routing->parts().protection({}, nullptr);
    const auto read = house.database->read([&](const store::Snapshot& snapshot) -> Result<void> {
        ListRuns::Request request;
        request.filter.text = text;
        EPHOR_TRY(auto listed, runtime::listRuns(snapshot, request, (*protection)->hiddenName(text)));
        runs = std::move(listed.runs);
        return {};
    });
    if (!read)
        qFatal("%s", read.error().message.c_str());
    return runs;
}

}

/// What a caller says of itself stands open in the record and on screens: what may not stand there is a hash.
class ClaimsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatARuleHidesIsRecordedAsAHash_data();
    void whatARuleHidesIsRecordedAsAHash();
    void whatARuleDeniesIsRefusedAndNotRecorded();
    void anAddressStaysWhereNoRuleHidesIt();
    void aSecretIsHiddenWithoutAProtection();
    void aClaimDoesNotLabelTheRun();
    void unseenCharactersMakeNoClaimOpen();
};

void ClaimsTest::whatARuleHidesIsRecordedAsAHash_data()
{
    QTest::addColumn<int>("action");
    for (const auto action : {ProtectAction::Mask, ProtectAction::Tokenise, ProtectAction::Hash, ProtectAction::Redact})
        QTest::addRow("action %d", int(action)) << int(action);
}

void ClaimsTest::whatARuleHidesIsRecordedAsAHash()
{
    QFETCH(int, action);
    RunHouse house;
    protectWith(house, bodyWith("CREDIT_CARD", ProtectAction(action)));
    Story story;
    house.model->say("Hello.");
    const auto handle = house.start(story, "Hello", claiming(cardNumber));
    QVERIFY(handle && story.waitFor(RunEventKind::Finished));
    const RunSummary run = house.run((*handle)->id());
    QVERIFY(run.state == RunState::Done);
    QVERIFY(run.person.starts_with("hidden:") && run.conversation == run.person);
    QCOMPARE(run.decision.reference, run.person);
    house.runtime.reset();
    const std::string everything
        = openRecord(house, run.id) + sealedRecord(house, run.id) + reports(house) + compactJson(toJson(run));
    QVERIFY(!showsCard(everything));
    QVERIFY(everything.find("CREDIT_CARD") != std::string::npos);
    // Whoever knows the value finds the run; runs of two values stay apart.
    QCOMPARE(found(house, cardNumber).size(), std::size_t(1));
    QCOMPARE(found(house, run.person).size(), std::size_t(1));
    QVERIFY(found(house, "5555555555554444").empty());
}

void ClaimsTest::whatARuleDeniesIsRefusedAndNotRecorded()
{
    RunHouse house;
    protectWith(house, bodyWith("CREDIT_CARD", ProtectAction::Deny, {TextSurface::Input}));
    Story story;
    StartRun::Request request;
    request.reference = "paid with " + cardNumber;
    const auto handle = house.start(story, "Hello", request);
    QVERIFY(handle && story.waitFor(RunEventKind::Finished));
    const RunSummary run = house.run((*handle)->id());
    QVERIFY(run.state == RunState::Denied && house.model->requests().empty());
    QVERIFY(run.reason.find("reference") != std::string::npos);
    QVERIFY(!showsCard(openRecord(house, run.id) + sealedRecord(house, run.id) + compactJson(toJson(run))));
}

void ClaimsTest::anAddressStaysWhereNoRuleHidesIt()
{
    RunHouse house;
    Story story;
    house.model->say("Hello.");
    const auto handle = house.start(story, "Hello", claiming(mail));
    QVERIFY(handle && story.waitFor(RunEventKind::Finished));
    QCOMPARE(house.run((*handle)->id()).person, mail);
    QCOMPARE(found(house, mail).size(), std::size_t(1));
}

void ClaimsTest::aSecretIsHiddenWithoutAProtection()
{
    RunHouse house;
    Story story;
    house.model->say("Hello.");
    const std::string key = std::string("AKIA") + "QWERTZUIOPASDFGH";
    const auto handle = house.start(story, "Hello", claiming(key));
    QVERIFY(handle && story.waitFor(RunEventKind::Finished));
    QVERIFY(house.run((*handle)->id()).person.starts_with("hidden:"));
    QVERIFY(openRecord(house, (*handle)->id()).find("QWERTZ") == std::string::npos);
}

void ClaimsTest::aClaimDoesNotLabelTheRun()
{
    RunHouse house;
    Story story;
    house.model->say("Hello.");
    const auto handle = house.start(story, "Hello", claiming(mail));
    QVERIFY(handle && story.waitFor(RunEventKind::Finished));
    QVERIFY(openRecord(house, (*handle)->id()).find("\"confidential\"") == std::string::npos);
}

void ClaimsTest::unseenCharactersMakeNoClaimOpen()
{
    RunHouse house;
    protectWith(house, bodyWith("CREDIT_CARD", ProtectAction::Redact));
    Story story;
    house.model->say("Hello.");
    const auto handle = house.start(story, "Hello", claiming("4111 1111\xE2\x80\x8B 1111 1111"));
    QVERIFY(handle && story.waitFor(RunEventKind::Finished));
    const RunSummary run = house.run((*handle)->id());
    QVERIFY(run.person.starts_with("hidden:"));
    QVERIFY(!showsCard(openRecord(house, run.id) + sealedRecord(house, run.id)));
    Story other;
    house.model->say("Hello.");
    const auto harmless = house.start(other, "Hello", claiming("employee\xE2\x80\x8B-7"));
    QVERIFY(harmless && other.waitFor(RunEventKind::Finished));
    QCOMPARE(house.run((*harmless)->id()).person, std::string("employee-7"));
}

QTEST_GUILESS_MAIN(ClaimsTest)
#include "claims_test.moc"
