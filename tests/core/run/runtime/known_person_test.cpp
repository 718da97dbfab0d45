#include "core/base/hash.h"
#include "core/run/runtime/erasure.h"
#include "core/run/runtime/sealing_subject.h"
#include "tests/core/run/runtime/run_house.h"

#include <QTest>
#include <algorithm>

using namespace ephor;
using namespace ephor::runtime;
using namespace ephor::runtime::testing;

/// A person is found by the name and by its hash, and no digest in the record can be tried with names.
class KnownPersonTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theNameAndItsHashAreOnePerson();
    void aHashWithoutANameStandsForItself();
    void whatWasSealedBeforeIsFoundToo();
    void theNameOfAKeyCannotBeTried();
};

namespace {

std::shared_ptr<const guard::Protection> protectionOf(std::uint8_t key)
{
    guard::ProtectionKeys keys;
    keys.values.fill(key);
    return *guard::Protection::compile("test", guard::standardProtection(), keys);
}

KnownPerson known(RunHouse& house, const guard::Protection& protection, const std::string& person)
{
    KnownPerson found;
    const auto read = house.database->read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(found, knownPerson(snapshot, protection, person));
        return {};
    });
    if (!read)
        qFatal("%s", describe(read.error()).c_str());
    std::ranges::sort(found.names);
    std::ranges::sort(found.subjects);
    return found;
}

}

void KnownPersonTest::theNameAndItsHashAreOnePerson()
{
    RunHouse house;
    Story story;
    StartRun::Request request;
    request.person = "anna";
    const auto handle = house.start(story, "Hello", request);
    QVERIFY(handle && story.waitFor(RunEventKind::Finished));
    const auto protection = protectionOf(0);
    const KnownPerson byName = known(house, *protection, "anna");
    const KnownPerson byHash = known(house, *protection, protection->hiddenName("anna"));
    QCOMPARE(byName.names.size(), std::size_t(2));
    QVERIFY(byName.names == byHash.names && byName.subjects == byHash.subjects && byName.hidden == byHash.hidden);
}

void KnownPersonTest::aHashWithoutANameStandsForItself()
{
    RunHouse house;
    const auto protection = protectionOf(0);
    const std::string hash = protection->hiddenName("nobody");
    const KnownPerson found = known(house, *protection, hash);
    QCOMPARE(found.names.size(), std::size_t(1));
    QCOMPARE(found.names.front(), hash);
}

void KnownPersonTest::whatWasSealedBeforeIsFoundToo()
{
    RunHouse house;
    const auto protection = protectionOf(0);
    const auto subjects = known(house, *protection, "anna").subjects;
    QVERIFY(std::ranges::count(subjects, "person:" + toHex(sha256("anna")).substr(0, 32)) == 1);
}

void KnownPersonTest::theNameOfAKeyCannotBeTried()
{
    RunSummary run;
    run.id = "r1";
    QCOMPARE(sealingSubject(*protectionOf(1), run), std::string("run:r1"));
    run.person = "anna";
    const std::string subject = sealingSubject(*protectionOf(1), run);
    QVERIFY(subject.starts_with("person:") && subject.find("anna") == std::string::npos);
    QVERIFY(subject != formerPersonsSubject("anna"));
    QVERIFY(subject != sealingSubject(*protectionOf(2), run));
    run.person = protectionOf(1)->hiddenName("anna");
    QCOMPARE(sealingSubject(*protectionOf(1), run), subject);
    QVERIFY(subject.find(run.person) == std::string::npos);
}

QTEST_GUILESS_MAIN(KnownPersonTest)
#include "known_person_test.moc"
