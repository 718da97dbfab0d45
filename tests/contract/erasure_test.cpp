#include "tests/contract/errand.h"

#include "core/api/audit.h"
#include "core/api/erasure.h"
#include "core/api/people.h"
#include "core/api/runs.h"
#include "core/api/session.h"
#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/domain/reflect.h"

#include <QFile>
#include <QTest>
#include <filesystem>
#include <sqlite3.h>

using namespace ephor;
using namespace ephor::contract_tests;

namespace {

constexpr const char* looks = "What stock is there?";
constexpr const char* takes = "Please take two pens";
const std::string openName = "anna.berg@planted.example";
// Every protection hides secrets, so that the record has only its hash.
const std::string hidden = std::string("AKIA") + "QWERTZUIOPASDFGH";

template <class T> T take(Result<T> result)
{
    if (!result)
        qFatal("%s: %s", result.error().code.c_str(), result.error().message.c_str());
    return std::move(*result);
}

template <class T> std::string codeOf(const Result<T>& result)
{
    return result ? std::string("done") : result.error().code;
}

// Somebody who is an administrator and an officer at once.
CallContext everybodyAtOnce(Desk& desk)
{
    constexpr const char* password = "a long enough sentence";
    SavePerson::Request wanda;
    wanda.login = "wanda";
    wanda.name = "Wanda Nowak";
    wanda.roles = {{"*", "*", Role::Admin}, {"*", "*", Role::Officer}};
    wanda.password = std::string(password);
    take(desk.backend().call<SavePerson>(wanda, desk.admin()));
    CallContext context;
    context.localPeer = true;
    SignIn::Request request;
    request.login = "wanda";
    request.password = std::string(password);
    context.credential = take(desk.backend().call<SignIn>(request, context)).token;
    return context;
}

std::string runFor(Desk& desk, const std::string& person)
{
    Errand errand(desk, looks, person);
    if (!errand.heard(RunEventKind::Finished))
        qFatal("the run does not end");
    return errand.id();
}

std::string filesOf(const std::string& base)
{
    std::string all;
    for (const auto& file : std::filesystem::recursive_directory_iterator(base + "/w")) {
        if (!file.is_regular_file() || file.path().filename() == "stock.db")
            continue;
        QFile stream(QString::fromStdString(file.path().string()));
        if (!stream.open(QIODevice::ReadOnly))
            qFatal("%s cannot be read", file.path().c_str());
        all += stream.readAll().toStdString();
    }
    return all;
}

// The wrapped keys of people, as they lie in the database.
std::vector<std::string> keysOfPeople(const std::string& base)
{
    std::vector<std::string> wrapped;
    sqlite3* handle = nullptr;
    sqlite3_stmt* statement = nullptr;
    sqlite3_open_v2((base + "/w/ephor.db").c_str(), &handle, SQLITE_OPEN_READONLY, nullptr);
    sqlite3_prepare_v2(handle, "SELECT wrapped FROM subject_key WHERE subject LIKE 'person:%' AND wrapped IS NOT NULL",
        -1, &statement, nullptr);
    while (sqlite3_step(statement) == SQLITE_ROW)
        wrapped.emplace_back(static_cast<const char*>(sqlite3_column_blob(statement, 0)),
            std::size_t(sqlite3_column_bytes(statement, 0)));
    sqlite3_finalize(statement);
    sqlite3_close(handle);
    return wrapped;
}

}

/// Everything of a person goes for good, on the word of two people; the record still holds.
class ErasureTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsErasedIsNowhere_data();
    void whatIsErasedIsNowhere();
    void itTakesTwoPeople();
    void nothingIsErasedUnderARun_data();
    void nothingIsErasedUnderARun();
    void aReasonDoesNotKeepTheName();
    void whoIsNotKnownIsNotErased();
};

void ErasureTest::whatIsErasedIsNowhere_data()
{
    QTest::addColumn<int>("way");
    QTest::addColumn<QString>("person");
    QTest::addColumn<bool>("byHash");
    QTest::newRow("by name") << int(Way::Local) << QString::fromStdString(openName) << false;
    QTest::newRow("by name, over HTTP") << int(Way::Http) << QString::fromStdString(openName) << false;
    QTest::newRow("by the name behind a hash") << int(Way::Local) << QString::fromStdString(hidden) << false;
    QTest::newRow("by its hash, over HTTP") << int(Way::Http) << QString::fromStdString(hidden) << true;
}

void ErasureTest::whatIsErasedIsNowhere()
{
    QFETCH(int, way);
    QFETCH(QString, person);
    QFETCH(bool, byHash);
    QTemporaryDir folder;
    const std::string base = folder.path().toStdString();
    Desk desk(Way(way), base);
    const CallContext admin = desk.admin();
    const CallContext officer = desk.officer();
    const std::string name = person.toStdString();
    const std::string first = runFor(desk, name);
    const std::string second = runFor(desk, name);
    const std::string others = runFor(desk, "otto@planted.example");
    const std::string shown = take(desk.backend().call<GetRun>({first}, officer)).run.person;
    QCOMPARE(shown == name, name == openName);
    const std::string sought = byHash ? shown : name;
    const std::vector<std::string> keys = keysOfPeople(base);
    QCOMPARE(keys.size(), std::size_t(2));
    QVERIFY(filesOf(base).find(shown) != std::string::npos);

    const auto preview = take(desk.backend().call<PreviewErasure>({sought}, admin));
    QVERIFY(preview.reach.runs == 2 && preview.reach.sealed && preview.reach.underWay == 0 && !preview.wish);
    QCOMPARE(
        take(desk.backend().call<AskErasure>({sought, "A letter of 3 March"}, admin)).reach.runs, std::uint64_t(2));
    QVERIFY(!take(desk.backend().call<OpenRun>({first}, officer)).erased);
    const auto waits = take(desk.backend().call<PreviewErasure>({sought}, officer));
    QVERIFY(waits.wish && waits.wish->byName == "Jonas Weber" && waits.wish->reason == "A letter of 3 March");
    const auto done = take(desk.backend().call<ConfirmErasure>({sought, "I have seen the letter"}, officer));
    QCOMPARE(done.erased.runs, std::uint64_t(2));

    // While the workspace goes on: neither in the database nor in its log, nor the key of what was said.
    const std::string files = filesOf(base);
    QVERIFY(files.find(shown) == std::string::npos && files.find(name) == std::string::npos);
    std::size_t left = 0;
    for (const std::string& key : keys)
        left += files.find(key) != std::string::npos;
    QCOMPARE(left, std::size_t(1)); // Otto's
    for (const std::string& run : {first, second}) {
        const auto opened = take(desk.backend().call<OpenRun>({run}, officer));
        QVERIFY(opened.erased && opened.parts.empty());
        QCOMPARE(take(desk.backend().call<GetRun>({run}, officer)).run.person, std::string("[erased]"));
    }
    QVERIFY(!take(desk.backend().call<OpenRun>({others}, officer)).parts.empty());
    ListRuns::Request list;
    list.filter.text = sought;
    QVERIFY(take(desk.backend().call<ListRuns>(list, officer)).runs.empty());
    const RecordStatus record = take(desk.backend().call<VerifyRecord>({}, officer));
    QVERIFY(record.fault.empty());
    take(desk.backend().call<ExportRecord>({base + "/export"}, officer));
    QCOMPARE(codeOf(desk.backend().call<AskErasure>({sought, "Once more"}, admin)), std::string("erasure.nobody"));
    // Whoever comes back is somebody new.
    runFor(desk, name);
    QCOMPARE(take(desk.backend().call<PreviewErasure>({name}, admin)).reach.runs, std::uint64_t(1));
}

void ErasureTest::itTakesTwoPeople()
{
    Desk desk{Way::Local};
    const CallContext both = everybodyAtOnce(desk);
    const std::string run = runFor(desk, openName);
    QCOMPARE(codeOf(desk.backend().call<ConfirmErasure>({openName, "I may"}, both)), std::string("erasure.not-asked"));
    QCOMPARE(codeOf(desk.backend().call<AskErasure>({openName, "They asked"}, both)), std::string("done"));
    QCOMPARE(
        codeOf(desk.backend().call<AskErasure>({openName, "They asked"}, desk.admin())), std::string("erasure.asked"));
    QCOMPARE(
        codeOf(desk.backend().call<ConfirmErasure>({openName, "I may"}, both)), std::string("erasure.own-proposal"));
    // An administrator configures and an officer approves: neither does the other's part.
    QVERIFY(!desk.backend().call<ConfirmErasure>({openName, "I may"}, desk.admin()));
    QVERIFY(!desk.backend().call<AskErasure>({openName, "They asked"}, desk.officer()));
    QVERIFY(!desk.backend().call<PreviewErasure>({openName}, desk.key()));
    // A wish for somebody else is none for her.
    QCOMPARE(codeOf(desk.backend().call<ConfirmErasure>({"otto@planted.example", "I may"}, desk.officer())),
        std::string("erasure.nobody"));
    QVERIFY(!take(desk.backend().call<OpenRun>({run}, desk.officer())).erased);
    QCOMPARE(codeOf(desk.backend().call<ConfirmErasure>({openName, "I may"}, desk.officer())), std::string("done"));
    QVERIFY(take(desk.backend().call<OpenRun>({run}, desk.officer())).erased);
}

void ErasureTest::nothingIsErasedUnderARun_data()
{
    QTest::addColumn<int>("way");
    QTest::addColumn<bool>("cancelled");
    QTest::newRow("decided") << int(Way::Local) << false;
    QTest::newRow("cancelled") << int(Way::Local) << true;
    QTest::newRow("cancelled, over HTTP") << int(Way::Http) << true;
}

void ErasureTest::nothingIsErasedUnderARun()
{
    QFETCH(int, way);
    QFETCH(bool, cancelled);
    Desk desk{Way(way)};
    const CallContext officer = desk.officer();
    Errand errand(desk, takes, openName);
    QVERIFY(errand.heard(RunEventKind::Waiting));
    QCOMPARE(codeOf(desk.backend().call<AskErasure>({openName, "They asked"}, desk.admin())), std::string("done"));
    QCOMPARE(codeOf(desk.backend().call<ConfirmErasure>({openName, "I may"}, officer)),
        std::string("erasure.runs-under-way"));
    const auto waiting = take(desk.backend().call<GetRun>({errand.id()}, officer)).approvals.front();
    if (cancelled)
        take(desk.backend().call<CancelRun>({errand.id(), "It is to be erased"}, officer));
    else
        take(desk.backend().call<DecideApproval>({waiting.id, waiting.digest, false, "It is to be erased"}, officer));
    QVERIFY(errand.heard(cancelled ? RunEventKind::Failed : RunEventKind::Finished));
    QCOMPARE(codeOf(desk.backend().call<ConfirmErasure>({openName, "I may"}, officer)), std::string("done"));
    QVERIFY(take(desk.backend().call<OpenRun>({errand.id()}, officer)).erased);
}

void ErasureTest::aReasonDoesNotKeepTheName()
{
    Desk desk{Way::Local};
    runFor(desk, openName);
    QCOMPARE(codeOf(desk.backend().call<AskErasure>({openName, "Anna.Berg@planted.example wrote to us"}, desk.admin())),
        std::string("erasure.reason-names"));
    take(desk.backend().call<AskErasure>({openName, "A letter of 3 March"}, desk.admin()));
    take(desk.backend().call<ConfirmErasure>({openName, "I have seen the letter"}, desk.officer()));
    std::string record;
    for (const RecordRow& row : take(desk.backend().call<QueryRecord>({}, desk.officer())).rows) {
        GetEntry::Request entry;
        entry.index = row.index;
        record += take(desk.backend().call<GetEntry>(entry, desk.officer())).body.text;
    }
    QVERIFY(record.find("people.erase-confirm") != std::string::npos);
    QVERIFY(record.find("A letter of 3 March") != std::string::npos);
    QVERIFY(record.find("anna") == std::string::npos);
}

void ErasureTest::whoIsNotKnownIsNotErased()
{
    Desk desk{Way::Local};
    const auto preview = take(desk.backend().call<PreviewErasure>({openName}, desk.officer()));
    QVERIFY(preview.reach == ErasureReach{} && preview.sentence.starts_with("Nothing is known"));
    QCOMPARE(
        codeOf(desk.backend().call<AskErasure>({openName, "They asked"}, desk.admin())), std::string("erasure.nobody"));
}

QTEST_GUILESS_MAIN(ErasureTest)
#include "erasure_test.moc"
