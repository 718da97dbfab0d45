#include "core/run/runtime/sealing_subject.h"
#include "core/trust/guard/stand_in.h"
#include "tests/core/run/runtime/protected_house.h"

#include <QTest>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::runtime;
using namespace ephor::runtime::testing;

namespace {

// Of the workspace key of the house, which is all zeros.
const std::string standIn = guard::standInFor({}, "EMAIL_ADDRESS", mail);

StartRun::Request of(const std::string& conversation, const std::string& person)
{
    StartRun::Request request;
    request.conversation = conversation;
    request.person = person;
    return request;
}

/// Says something in a conversation whose agent then calls look with these arguments; what the tool was given.
std::string given(RunHouse& house, const std::string& said, const std::string& text, StartRun::Request request)
{
    Story story;
    house.model->call("look", {{"text", text}});
    house.model->say("Done.");
    const auto handle = house.start(story, said, std::move(request));
    if (!handle || !story.waitFor(RunEventKind::Finished))
        qFatal("the run does not end");
    return house.tools["look"]->lastArguments();
}

void execute(RunHouse& house, const std::string& sql)
{
    const auto done = house.database->write([&](store::Transaction& transaction) -> Result<void> {
        EPHOR_TRY([[maybe_unused]] const auto rows, transaction.run(sql, {}));
        return {};
    });
    if (!done)
        qFatal("%s", describe(done.error()).c_str());
}

}

/// A stand-in of an earlier run of the same conversation is turned back for tools, and nobody else's is.
class ConversationVaultTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void theNextRunOfTheConversationKnowsIt();
    void itIsKnownInWhateverLettersTheModelWritesIt();
    void aRestartForgetsNothing();
    void aCopyIsOfNoUseElsewhere_data();
    void aCopyIsOfNoUseElsewhere();
    void anotherCallerGetsNothing();
    void anotherAgentOrEnvironmentGetsNothing_data();
    void anotherAgentOrEnvironmentGetsNothing();
    void whatIsErasedStaysAStandIn();
    void aConversationEnds();
    void nothingIsKeptTwice();

private:
    std::unique_ptr<RunHouse> m_house;
};

void ConversationVaultTest::init()
{
    m_house = std::make_unique<RunHouse>();
    protectWith(*m_house, bodyWith("EMAIL_ADDRESS", ProtectAction::Tokenise));
    QCOMPARE(given(*m_house, "Write to " + mail, "nothing", of("talk", "c-7")), std::string("{\"text\":\"nothing\"}"));
}

void ConversationVaultTest::theNextRunOfTheConversationKnowsIt()
{
    QCOMPARE(given(*m_house, "Go on", "for " + standIn, of("talk", "c-7")), "{\"text\":\"for " + mail + "\"}");
    // The run after that, though the one between made no stand-in of its own.
    QCOMPARE(given(*m_house, "And on", standIn, of("talk", "c-7")), "{\"text\":\"" + mail + "\"}");
}

void ConversationVaultTest::itIsKnownInWhateverLettersTheModelWritesIt()
{
    std::string small = standIn;
    for (char& c : small)
        c = c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
    QCOMPARE(given(*m_house, "Go on", small, of("talk", "c-7")), "{\"text\":\"" + mail + "\"}");
}

void ConversationVaultTest::aRestartForgetsNothing()
{
    m_house->restart();
    QCOMPARE(given(*m_house, "Go on", standIn, of("talk", "c-7")), "{\"text\":\"" + mail + "\"}");
}

void ConversationVaultTest::aCopyIsOfNoUseElsewhere_data()
{
    QTest::addColumn<QString>("conversation");
    QTest::addColumn<QString>("person");
    QTest::newRow("another person") << "talk" << "c-8";
    QTest::newRow("nobody named") << "talk" << "";
    QTest::newRow("another conversation") << "talk-2" << "c-7";
    QTest::newRow("no conversation") << "" << "c-7";
}

void ConversationVaultTest::aCopyIsOfNoUseElsewhere()
{
    QFETCH(QString, conversation);
    QFETCH(QString, person);
    const auto request = of(conversation.toStdString(), person.toStdString());
    QCOMPARE(given(*m_house, "Read " + standIn, standIn, request), "{\"text\":\"" + standIn + "\"}");
}

void ConversationVaultTest::anotherCallerGetsNothing()
{
    m_house->caller.id = "person:other";
    QCOMPARE(given(*m_house, "Go on", standIn, of("talk", "c-7")), "{\"text\":\"" + standIn + "\"}");
}

void ConversationVaultTest::anotherAgentOrEnvironmentGetsNothing_data()
{
    QTest::addColumn<QString>("column");
    QTest::newRow("agent") << "agent";
    QTest::newRow("environment") << "environment";
}

void ConversationVaultTest::anotherAgentOrEnvironmentGetsNothing()
{
    QFETCH(QString, column);
    execute(*m_house, "UPDATE run SET " + column.toStdString() + " = 'other'");
    QCOMPARE(given(*m_house, "Go on", standIn, of("talk", "c-7")), "{\"text\":\"" + standIn + "\"}");
}

void ConversationVaultTest::whatIsErasedStaysAStandIn()
{
    const auto protection = guard::Protection::compile("test", m_house->protection, {});
    const auto erased = m_house->database->write([&](store::Transaction& transaction) {
        return m_house->ledger->erase(
            transaction, personsSubject(**protection, "c-7"), "person:officer", "They asked for it");
    });
    QVERIFY(erased.has_value());
    QCOMPARE(given(*m_house, "Go on", standIn, of("talk", "c-7")), "{\"text\":\"" + standIn + "\"}");
}

void ConversationVaultTest::aConversationEnds()
{
    m_house->clock.advance(std::chrono::days(31));
    QCOMPARE(given(*m_house, "Go on", standIn, of("talk", "c-7")), "{\"text\":\"" + standIn + "\"}");
}

void ConversationVaultTest::nothingIsKeptTwice()
{
    Story story;
    m_house->model->call("look", {{"text", standIn}});
    m_house->model->say("Done.");
    const auto handle = m_house->start(story, "Go on", of("talk", "c-7"));
    QVERIFY(handle && story.waitFor(RunEventKind::Finished));
    QVERIFY(m_house->tools["look"]->lastArguments().find(mail) != std::string::npos);
    const std::string kept = openRecord(*m_house, (*handle)->id()) + sealedRecord(*m_house, (*handle)->id());
    QVERIFY(kept.find(standIn) != std::string::npos && kept.find(mail) == std::string::npos);
}

QTEST_GUILESS_MAIN(ConversationVaultTest)
#include "conversation_vault_test.moc"
