#include "core/trust/ledger/ledger.h"

#include "core/base/json.h"
#include "core/base/hash.h"
#include "core/proof/export_check.h"
#include "core/proof/leaf.h"
#include "core/proof/proof_check.h"
#include "core/trust/ledger/envelope.h"
#include "tests/core/store/fault_vfs.h"
#include "tests/core/trust/ledger/workbench.h"

#include <QTemporaryDir>
#include <QtTest>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

using namespace ephor;
using namespace ephor::ledger;

namespace {

class FolderFiles final : public proof::Files {
public:
    explicit FolderFiles(std::string root)
        : m_root(std::move(root))
    {
    }
    Result<std::optional<Bytes>> read(std::string_view path, std::size_t limit) const override
    {
        std::ifstream in(m_root + "/" + std::string(path), std::ios::binary);
        if (!in)
            return std::nullopt;
        std::stringstream all;
        all << in.rdbuf();
        const std::string text = all.str().substr(0, limit + 1);
        return Bytes(text.begin(), text.end());
    }

private:
    std::string m_root;
};

proof::Trust trustOf(const Ledger& ledger)
{
    proof::Trust trust;
    for (const auto& key : ledger.publicKeys())
        trust.logKeys.push_back(*proof::parseVerifierKey(key));
    return trust;
}

NewEntry sealedEntry(const std::string& subject, const std::string& value)
{
    NewEntry entry = Workbench::entry("run:1");
    entry.data.text = R"({"model":"m"})";
    entry.sealed.push_back({"/input", subject, {value}});
    return entry;
}

}

class LedgerTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    int m_files = 0;
    std::string freshPath() { return m_folder.filePath("%1.db").arg(++m_files).toStdString(); }

private Q_SLOTS:
    void envelopeIsFixed();
    void textIsStampedWhereItBelongs();
    void genesisComesFirst();
    void entriesFollowTheirTransaction();
    void survivesReopening();
    void headsContinueEachOther();
    void headIsSignedWhenDue();
    void clockSteppingBackIsAnEntry();
    void sealedValuesOpen();
    void badSealsAreRefused();
    void erasureKeepsProofs();
    void proofConvincesTheVerifier();
    void exportConvincesTheVerifier();
    void longEntriesAreBlobs();
    void rotationIsSignedByBoth();
    void interruptedRotationIsCompleted();
    void haltIsAnEntry();
    void readOnlyVerifiesWithGivenKeys();
    void anotherOriginIsRefused();
    void outsideCopyIsRemembered();
    void verificationCanBeCancelled();
};

void LedgerTest::envelopeIsFixed()
{
    NewEntry entry = Workbench::entry("prompt:refunds", "denied");
    entry.onBehalfOf = "agent:helper";
    entry.reason = "Not permitted.";
    entry.refs = {{"policy", "p-1"}, {"change", "CH-12"}};
    entry.data.text = R"({"b":1,"a":[true,null]})";
    const auto envelope = makeEnvelope(entry, {"0195-id", 7, *parseInstant("2026-03-16T14:20:08.5Z"), false});
    QVERIFY(envelope);
    const std::string body = canonicalJson(*envelope).value();
    QCOMPARE(body,
        R"({"actor":"person:ines","at":"2026-03-16T14:20:08.500000Z","clock":"system","data":{"a":[true,null],"b":1},"id":"0195-id","idx":7,)"
        R"("kind":"operation","onBehalfOf":"agent:helper","operation":"prompts.save","outcome":"denied","reason":"Not permitted.",)"
        R"("refs":{"change":"CH-12","policy":"p-1"},"subject":"prompt:refunds","v":1})");
    // SHA-256 of a zero byte and the text above, as any other tool computes it.
    QCOMPARE(toHex(proof::leafHash(bytesOf(body))), toHex(sha256(std::string("\0", 1) + body)));
    const Json commitment = makeCommitment(Bytes(32, 0), "\"x\"");
    QCOMPARE(commitment["c"].get<std::string>(), toBase64(sha256(std::string(32, '\0') + "\"x\"")));
    for (const char* data : {"[]", "1", R"({"c":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="})", "{"}) {
        entry.data.text = data;
        QVERIFY(!makeEnvelope(entry, {}));
    }
    entry.data.text.clear();
    entry.actor.clear();
    QCOMPARE(codeOf(makeEnvelope(entry, {})), "ledger.entry");
}

// What is put in at the moment of appending lands where the whole envelope would have it, whatever the rest says.
void LedgerTest::textIsStampedWhereItBelongs()
{
    const std::string time = formatInstant(Instant());
    const std::string trap = R"(","at":")" + time + R"(","id":"","idx":0,"kind":")";
    NewEntry entry = Workbench::entry("prompt:refunds", "denied");
    entry.actor = "person:" + trap;
    entry.reason = trap;
    entry.refs = {{"id", ""}, {"idx", "0"}, {"kind", trap}};
    entry.data.text = compactJson(
        {{"at", time}, {"id", ""}, {"idx", 0}, {"kind", "x"}, {"inner", {{"id", ""}, {"idx", 0}, {"kind", "x"}}}});
    const EntryStamp stamp{"0195-id", 7, *parseInstant("2026-03-16T14:20:08.5Z"), true};
    const auto whole = makeEnvelope(entry, stamp);
    const auto parts = makeEnvelope(entry, unstamped(true));
    QVERIFY(whole && parts);
    const auto text = textOfEnvelope(*parts);
    QVERIFY(text);
    QCOMPARE(text->with(stamp), canonicalJson(*whole).value());
    QCOMPARE(codeOf(textOfEnvelope(*whole)), "ledger.entry");
}

void LedgerTest::genesisComesFirst()
{
    Workbench bench;
    const Json genesis = Json::parse(bench.body(0));
    QCOMPARE(genesis["kind"].get<std::string>(), "genesis");
    QCOMPARE(genesis["data"]["origin"].get<std::string>(), "ledger.test/acme/demo");
    QCOMPARE(genesis["data"]["key"].get<std::string>(), bench.ledger->publicKeys().front());
    QCOMPARE(genesis["clock"].get<std::string>(), "simulated");
    const auto reference = bench.append(Workbench::entry("prompt:a"));
    QCOMPARE(reference->index, std::uint64_t(1));
    QCOMPARE(Json::parse(bench.body(1))["id"].get<std::string>(), reference->id);
    QCOMPARE(bench.ledger->status().size, std::uint64_t(2));
    QVERIFY(bench.ledger->status().simulatedClock);
    QCOMPARE(bench.verifyCode(), "ok");
    QCOMPARE(bench.ledger->status().verifiedSize, std::uint64_t(2));
}

void LedgerTest::entriesFollowTheirTransaction()
{
    Workbench bench;
    const auto failed = bench.database->write([&](store::Transaction& transaction) -> Result<void> {
        EPHOR_TRY_VOID(bench.ledger->append(transaction, Workbench::entry("a")));
        EPHOR_TRY_VOID(bench.ledger->append(transaction, Workbench::entry("b")));
        return fail(ErrorKind::Invalid, "test.refused", "");
    });
    QCOMPARE(codeOf(failed), "test.refused");
    QCOMPARE(bench.ledger->status().size, std::uint64_t(1));
    QCOMPARE(bench.append(Workbench::entry("c"))->index, std::uint64_t(1));
    NewEntry invalid = Workbench::entry("d");
    invalid.outcome.clear();
    QCOMPARE(codeOf(bench.append(invalid)), "ledger.entry");
    QCOMPARE(bench.append(Workbench::entry("e"))->index, std::uint64_t(2));
    QCOMPARE(bench.verifyCode(), "ok");
}

void LedgerTest::survivesReopening()
{
    Workbench bench(freshPath());
    for (int i = 0; i < 700; ++i)
        QVERIFY(bench.append(Workbench::entry("s:" + std::to_string(i))));
    const std::string before = bench.ledger->checkpoint().value();
    bench.reopen();
    QVERIFY(!bench.ledger->status().fault);
    QCOMPARE(bench.ledger->status().size, std::uint64_t(701));
    QCOMPARE(bench.ledger->checkpoint().value(), before);
    QCOMPARE(bench.append(Workbench::entry("next"))->index, std::uint64_t(701));
    QCOMPARE(bench.verifyCode(), "ok");
    QVERIFY(bench.ledger->compareWith(before));
}

void LedgerTest::headsContinueEachOther()
{
    Workbench bench;
    for (int i = 0; i < 20; ++i) {
        QVERIFY(bench.append(Workbench::entry("s")));
        const auto note = bench.ledger->checkpoint();
        QVERIFY(note);
        const auto head = proof::openCheckpoint(*note, trustOf(*bench.ledger).logKeys);
        QVERIFY(head);
        QCOMPARE(head->checkpoint.size, std::uint64_t(i + 2));
        QCOMPARE(head->checkpoint.origin, "ledger.test/acme/demo");
    }
    QCOMPARE(bench.ledger->status().headSize, std::uint64_t(21));
    QCOMPARE(bench.verifyCode(), "ok");
}

void LedgerTest::headIsSignedWhenDue()
{
    Workbench bench;
    QVERIFY(bench.ledger->checkpoint());
    bench.close();
    bench.path = freshPath();
    bench.signEvery = 10;
    bench.open();
    QTRY_COMPARE(bench.ledger->status().headSize, std::uint64_t(1));
    for (int i = 0; i < 9; ++i)
        QVERIFY(bench.append(Workbench::entry("s")));
    QCOMPARE(bench.ledger->status().headSize, std::uint64_t(1));
    QVERIFY(bench.append(Workbench::entry("s")));
    QTRY_COMPARE(bench.ledger->status().headSize, std::uint64_t(11));
    bench.clock.advance(std::chrono::hours(2'000));
    QVERIFY(bench.append(Workbench::entry("s")));
    QTRY_COMPARE(bench.ledger->status().headSize, std::uint64_t(12));
    QVERIFY(bench.append(Workbench::entry("last")));
    bench.reopen();
    QCOMPARE(bench.ledger->status().headSize, std::uint64_t(13));
}

void LedgerTest::clockSteppingBackIsAnEntry()
{
    Workbench bench;
    QVERIFY(bench.append(Workbench::entry("before")));
    bench.clock.advance(std::chrono::seconds(-5));
    const auto reference = bench.append(Workbench::entry("after"));
    QCOMPARE(reference->index, std::uint64_t(3));
    const Json step = Json::parse(bench.body(2));
    QCOMPARE(step["kind"].get<std::string>(), "clock");
    QCOMPARE(step["data"]["microseconds"].get<std::int64_t>(), std::int64_t(5'000'000));
    QCOMPARE(bench.append(Workbench::entry("later"))->index, std::uint64_t(4));
    QCOMPARE(bench.verifyCode(), "ok");
}

void LedgerTest::sealedValuesOpen()
{
    Workbench bench;
    NewEntry entry = sealedEntry("person:ada", R"({"b":2,"a":"my number is 4711"})");
    entry.sealed.push_back({"/result/text", "run:1", {"\"ok\""}});
    const auto reference = bench.append(entry);
    QVERIFY(reference);
    const std::string body = bench.body(reference->index);
    QVERIFY(body.find("4711") == std::string::npos);
    QCOMPARE(Json::parse(body)["data"]["input"]["c"].get<std::string>().size(), std::size_t(44));
    const auto fields = bench.opened(reference->index);
    QVERIFY(fields);
    QCOMPARE(fields->size(), std::size_t(2));
    QCOMPARE(fields->at(0).value.text, R"({"a":"my number is 4711","b":2})");
    QCOMPARE(fields->at(0).subject, "person:ada");
    QCOMPARE(fields->at(1).path, "/result/text");
    QCOMPARE(bench.verifyCode(), "ok");
    // The same value twice has two commitments: the salt keeps one from being guessed by the other.
    const auto again = bench.append(sealedEntry("person:ada", R"({"b":2,"a":"my number is 4711"})"));
    QVERIFY(Json::parse(bench.body(again->index))["data"]["input"] != Json::parse(body)["data"]["input"]);
}

void LedgerTest::badSealsAreRefused()
{
    Workbench bench;
    for (const char* path : {"", "input", "/model", "/model/x"}) {
        NewEntry entry = sealedEntry("person:ada", "1");
        entry.sealed.front().path = path;
        QCOMPARE(codeOf(bench.append(entry)), "ledger.sealed-path");
    }
    QCOMPARE(codeOf(bench.append(sealedEntry("", "1"))), "ledger.entry");
    QCOMPARE(codeOf(bench.append(sealedEntry("person:ada", "{"))), "json.syntax");
    QCOMPARE(bench.ledger->status().size, std::uint64_t(1));
}

void LedgerTest::erasureKeepsProofs()
{
    Workbench bench;
    const auto first = bench.append(sealedEntry("person:ada", "\"secret\""));
    const auto other = bench.append(sealedEntry("person:bob", "\"kept\""));
    const std::string earlier = bench.ledger->prove(first->index).value();
    const auto erase = [&](const std::string& subject) {
        return bench.database->write([&](store::Transaction& transaction) {
            return bench.ledger->erase(transaction, subject, "person:ines", "Asked to be forgotten.");
        });
    };
    QVERIFY(erase("person:ada"));
    QCOMPARE(codeOf(erase("person:ada")), "ledger.no-subject");
    QCOMPARE(codeOf(erase("person:nobody")), "ledger.no-subject");
    QCOMPARE(codeOf(bench.opened(first->index)), "ledger.erased");
    QCOMPARE(bench.opened(other->index)->front().value.text, "\"kept\"");
    QCOMPARE(bench.verifyCode(), "ok");
    QVERIFY(proof::checkProofFile(earlier, trustOf(*bench.ledger)).held());
    QVERIFY(proof::checkProofFile(bench.ledger->prove(first->index).value(), trustOf(*bench.ledger)).held());
    // Later data of the same subject is sealed under a new key.
    const auto later = bench.append(sealedEntry("person:ada", "\"new\""));
    QCOMPARE(bench.opened(later->index)->front().value.text, "\"new\"");
    QCOMPARE(codeOf(bench.opened(first->index)), "ledger.erased");
    QCOMPARE(bench.verifyCode(), "ok");
}

void LedgerTest::proofConvincesTheVerifier()
{
    Workbench bench;
    for (int i = 0; i < 300; ++i)
        QVERIFY(bench.append(Workbench::entry("s:" + std::to_string(i))));
    for (const std::uint64_t index : {0, 1, 255, 256, 300}) {
        const auto proof = bench.ledger->prove(index);
        QVERIFY(proof);
        const auto report = proof::checkProofFile(*proof, trustOf(*bench.ledger));
        QVERIFY2(report.held(), report.firstFailure() ? report.firstFailure()->detail.c_str() : "");
        QVERIFY(!proof::checkProofFile(*proof, trustOf(*bench.ledger), bench.body(index == 0 ? 1 : 0)).held());
    }
    QCOMPARE(codeOf(bench.ledger->prove(301)), "ledger.no-entry");
}

void LedgerTest::exportConvincesTheVerifier()
{
    Workbench bench;
    const std::string kept = bench.ledger->checkpoint().value();
    for (int i = 0; i < 600; ++i)
        QVERIFY(bench.append(Workbench::entry("s:" + std::to_string(i))));
    NewEntry longOne = Workbench::entry("long");
    longOne.data.text = "{\"text\":\"" + std::string(70'000, 'x') + "\"}";
    QVERIFY(bench.append(longOne));
    const std::string folder = m_folder.filePath("export").toStdString();
    QCOMPARE(bench.ledger->exportTo(folder, {}).value(), std::uint64_t(602));
    const auto report = proof::checkExport(FolderFiles(folder), trustOf(*bench.ledger), kept);
    QVERIFY(report);
    QVERIFY2(report->held(), report->firstFailure() ? report->firstFailure()->detail.c_str() : "");
    QCOMPARE(report->entries, std::uint64_t(602));
    QVERIFY(report->simulatedClock);
    QCOMPARE(codeOf(bench.ledger->exportTo(folder, {})), "ledger.export.exists");
    QCOMPARE(codeOf(bench.ledger->exportTo(folder + "2", [](auto, auto) { return false; })), "ledger.cancelled");
    QVERIFY(!QFile::exists(QString::fromStdString(folder + "2/checkpoint")));
}

void LedgerTest::longEntriesAreBlobs()
{
    Workbench bench;
    for (const std::size_t length : {60'000, 65'000, 65'536, 200'000}) {
        NewEntry entry = Workbench::entry("long", "done");
        entry.data.text = "{\"text\":\"" + std::string(length, 'x') + "\"}";
        const auto reference = bench.append(entry);
        QVERIFY(reference);
        QVERIFY(bench.body(reference->index).size() > length);
        QVERIFY(proof::checkProofFile(
            bench.ledger->prove(reference->index).value(), trustOf(*bench.ledger), bench.body(reference->index))
                .held());
    }
    QCOMPARE(bench.verifyCode(), "ok");
}

void LedgerTest::rotationIsSignedByBoth()
{
    Workbench bench(freshPath());
    QVERIFY(bench.ledger->checkpoint());
    const std::string first = bench.ledger->publicKeys().front();
    QVERIFY(bench.ledger->rotateKey("person:ines", "Yearly."));
    QCOMPARE(bench.ledger->publicKeys().size(), std::size_t(2));
    QVERIFY(bench.ledger->publicKeys().front() != first);
    const Json entry = Json::parse(bench.body(1));
    QCOMPARE(entry["kind"].get<std::string>(), "key");
    QCOMPARE(entry["data"]["former"].get<std::string>(), first);
    QCOMPARE(entry["data"]["key"].get<std::string>(), bench.ledger->publicKeys().front());
    bench.reopen();
    QCOMPARE(bench.verifyCode(), "ok");
    // Somebody who only knows the old key can still verify the head of the rotation itself.
    std::string note;
    QVERIFY(bench.database->read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(const auto found, snapshot.text("SELECT note FROM head WHERE size = 2", {}));
        note = found.value_or("");
        return {};
    }));
    QCOMPARE(proof::parseNote(note)->signatures.size(), std::size_t(1));
    QVERIFY(!bench.keys->formerSigner());
}

void LedgerTest::interruptedRotationIsCompleted()
{
    Workbench bench(freshPath());
    QVERIFY(bench.ledger->checkpoint());
    bench.close();
    QVERIFY(bench.keys->rotateSigner());
    bench.open();
    QVERIFY(!bench.keys->formerSigner());
    QCOMPARE(Json::parse(bench.body(1))["kind"].get<std::string>(), "key");
    QVERIFY(!bench.ledger->status().fault);
    QCOMPARE(bench.verifyCode(), "ok");
}

void LedgerTest::haltIsAnEntry()
{
    Workbench bench;
    bench.close();
    bench.path = freshPath();
    bench.vfs = fault::install();
    bench.open();
    QVERIFY(bench.append(Workbench::entry("kept")));
    QVERIFY(bench.ledger->checkpoint());
    fault::rules.writesUntilFull = 0;
    QCOMPARE(codeOf(bench.append(Workbench::entry("lost"))), "store.halted");
    QCOMPARE(bench.ledger->status().size, std::uint64_t(2));
    fault::rules.writesUntilFull = -1;
    QVERIFY(bench.database->resume());
    QCOMPARE(bench.append(Workbench::entry("after"))->index, std::uint64_t(4));
    QCOMPARE(Json::parse(bench.body(2))["outcome"].get<std::string>(), "halted");
    QCOMPARE(Json::parse(bench.body(2))["data"]["cause"].get<std::string>(), "store.full");
    QCOMPARE(Json::parse(bench.body(3))["outcome"].get<std::string>(), "resumed");
    QCOMPARE(bench.verifyCode(), "ok");
}

void LedgerTest::readOnlyVerifiesWithGivenKeys()
{
    Workbench bench(freshPath());
    QVERIFY(bench.append(sealedEntry("person:ada", "1")));
    const auto keys = bench.ledger->publicKeys();
    bench.close();
    store::DatabaseOptions options;
    options.path = bench.path;
    options.readOnly = true;
    const auto database = store::Database::open(options, migrations());
    QVERIFY(database);
    const auto ledger = openLedger({.database = **database, .clock = systemClock(), .origin = {}, .trustedKeys = keys});
    QVERIFY(ledger);
    QVERIFY((*ledger)->verify(0, {}));
    QVERIFY((*ledger)->prove(1));
    QCOMPARE(codeOf((*ledger)->checkpoint()), "ledger.no-key");
    QCOMPARE(codeOf(openLedger({.database = **database, .clock = systemClock(), .origin = {}, .trustedKeys = {}})),
        "ledger.no-key");
}

void LedgerTest::anotherOriginIsRefused()
{
    Workbench bench(freshPath());
    const auto other = openLedger({.database = *bench.database,
        .keys = bench.keys.get(),
        .clock = bench.clock,
        .origin = "other",
        .trustedKeys = {}});
    QCOMPARE(codeOf(other), "ledger.origin");
}

void LedgerTest::outsideCopyIsRemembered()
{
    Workbench bench(freshPath());
    QVERIFY(!bench.ledger->status().outsideCopySize);
    QVERIFY(bench.ledger->noteOutsideCopy(1, "export"));
    bench.reopen();
    QCOMPARE(bench.ledger->status().outsideCopySize, std::optional<std::uint64_t>(1));
    QCOMPARE(bench.ledger->status().outsideCopyAt, std::optional(bench.clock.now()));
}

void LedgerTest::verificationCanBeCancelled()
{
    Workbench bench;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> heard;
    const auto cancelled = bench.ledger->verify(0, [&](std::uint64_t done, std::uint64_t total) {
        heard.emplace_back(done, total);
        return false;
    });
    QCOMPARE(codeOf(cancelled), "ledger.cancelled");
    QCOMPARE(heard.size(), std::size_t(1));
    QVERIFY(!bench.ledger->status().fault);
}

QTEST_GUILESS_MAIN(LedgerTest)
#include "ledger_test.moc"
