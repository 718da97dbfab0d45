#include "tests/ui/screens/assurance/record_data.h"

#include "core/base/hash.h"
#include "ui/screens/assurance/entry_body.h"
#include "ui/screens/assurance/inclusion.h"
#include "ui/screens/assurance/integrity_words.h"
#include "ui/screens/assurance/proof_files.h"
#include "ui/screens/assurance/record_list.h"
#include "ui/screens/assurance/record_query.h"
#include "ui/screens/assurance/record_rows.h"
#include "ui/screens/assurance/time_samples.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace ephor;
using namespace ephor::ui;
using namespace ephor::ui::assurance;
using namespace ephor::ui::test;

namespace {

const std::vector<KnownActor> people{
    {QStringLiteral("Ines Marchetti"), QStringLiteral("person:ines")},
    {QStringLiteral("Customer refunds"), QStringLiteral("agent:refunds")},
};

}

class RecordWordsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void integrityOfAWholeRecord()
    {
        const IntegrityWords words = integrityWords(wholeRecord(1'284'023), fixedNow());
        QCOMPARE(words.state, State::ok);
        QCOMPARE(words.headline, QStringLiteral("Record verified to #1,284,022"));
        QVERIFY(words.detail.contains(QStringLiteral("outside copy up to #1,283,922, 14 m ago")));
        QVERIFY(words.detail.contains(QStringLiteral("signed head at #1,284,022")));
        QVERIFY(words.detail.contains(QStringLiteral("simulated clock")));
    }

    void integrityNamesTheFirstBadEntry()
    {
        RecordStatus status = wholeRecord(1'000);
        status.fault = "Entry 417 is not the one that was recorded.";
        status.faultIndex = 417;
        const IntegrityWords words = integrityWords(status, fixedNow());
        QCOMPARE(words.state, State::failed);
        QCOMPARE(words.headline, QStringLiteral("Record broken at entry #417"));
        QCOMPARE(words.faultIndex, std::optional<std::uint64_t>(417));
        QVERIFY(words.detail.startsWith(QStringLiteral("Entry 417 is not")));
    }

    void integrityOfWhatNobodyLookedAt()
    {
        RecordStatus status;
        QCOMPARE(integrityWords(status, fixedNow()).headline, QStringLiteral("The record is empty"));
        status.size = 12;
        const IntegrityWords words = integrityWords(status, fixedNow());
        QCOMPARE(words.state, State::unknown);
        QCOMPARE(words.headline, QStringLiteral("Record not verified yet"));
        QVERIFY(words.detail.contains(QStringLiteral("no outside copy yet")));
        QVERIFY(words.detail.contains(QStringLiteral("no signed head yet")));
    }

    void tokensAndRoutesAreTheSame()
    {
        const Route route = Route::parse(
            QStringLiteral("assurance/record/17?kind=permit,outcome&actor=Ines%20Marchetti&ref=CH-19&before=900"));
        const auto tokens = tokensOf(route);
        QCOMPARE(tokens.size(), 4u);
        QCOMPARE(recordRoute(tokens, 17), route);
        const RecordAsk ask = askOf(tokens, people, fixedNow());
        QVERIFY(ask.problems.isEmpty());
        QCOMPARE(ask.filter.kinds.size(), 2u);
        QCOMPARE(ask.filter.actor, Text<256>("person:ines"));
        QCOMPARE(ask.filter.reference, Text<256>("CH-19"));
        QCOMPARE(ask.before, 900u);
        QVERIFY(ask.isFiltered());
        QVERIFY(!askOf({{QStringLiteral("before"), QStringLiteral("900")}}, people, fixedNow()).isFiltered());
    }

    void whatCannotBeReadIsNamed()
    {
        const RecordAsk ask = askOf(
            {{QStringLiteral("kind"), QStringLiteral("permits")}, {QStringLiteral("actor"), QStringLiteral("Nobody")},
                {QStringLiteral("time"), QStringLiteral("soon")}, {QStringLiteral("before"), QStringLiteral("x")}},
            people, fixedNow());
        QCOMPARE(ask.problems.size(), 4);
        QVERIFY(ask.problems[0].contains(QStringLiteral("disclosure")));
    }

    void timeBecomesARange()
    {
        const RecordAsk ask = askOf({{QStringLiteral("time"), QStringLiteral("24h")}}, people, fixedNow());
        QVERIFY(ask.filter.range.from == fixedInstant() - std::chrono::hours(24));
    }

    void typedWords_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("meaning");
        const auto add = [](const char* typed, const char* meaning) {
            QTest::newRow(typed) << QString::fromUtf8(typed) << QString::fromUtf8(meaning);
        };
        add("#1,284,022", "entry 1284022");
        add("417", "entry 417");
        add("Disclosure", "kind:disclosure");
        add("permit", "kind:permit");
        add("deny", "outcome:deny");
        add("ines marchetti", "actor:Ines Marchetti");
        add("Customer", "actor:Customer refunds");
        add("agent:refunds", "actor:agent:refunds");
        add("changes.", "op:changes.");
        add("tool.call", "op:tool.call");
        add("documents.read", "tool:documents.read");
        add("rollouts.roll-back", "op:rollouts.roll-back");
        add("CH-19", "ref:CH-19");
        add("run:0195a0f2-7c1d", "ref:0195a0f2-7c1d");
        add("  ", "");
    }

    void typedWords()
    {
        QFETCH(QString, typed);
        const TypedWords words = understood(typed, people);
        const QString meaning = words.entry ? QStringLiteral("entry %1").arg(*words.entry)
            : words.token                   ? words.token->key + u':' + words.token->value
                                            : QString();
        QTEST(meaning, "meaning");
    }

    void everyReadyQueryCanBeAsked()
    {
        for (const ReadyQuery& query : readyQueries())
            QVERIFY2(askOf(query.tokens, people, fixedNow()).problems.isEmpty(), qPrintable(query.title));
    }

    void rowsReadAsSentences()
    {
        const RecordRow approved = rowAt(5, 12);
        QCOMPARE(subjectWords(approved), QStringLiteral("CH-19"));
        QVERIFY(runOf(approved).isEmpty());
        QVERIFY(entrySentence(approved).contains(QStringLiteral(": CH-19, done. The diff says")));
        const RecordRow start = rowAt(0, 12);
        QCOMPARE(runOf(start), QStringLiteral("0a7b8c22"));
        QCOMPARE(actWords(start.operation), QStringLiteral("Run begins"));
        QCOMPARE(actWords("later.thing"), QStringLiteral("later.thing"));
        const auto text = [&](const RecordRow& row, RecordColumn column, int role) {
            return recordCell(row, column, role, fixedNow()).toString();
        };
        QCOMPARE(text(start, RecordColumn::entry, Qt::DisplayRole), QStringLiteral("#0"));
        QCOMPARE(text(start, RecordColumn::run, CellRole::copyText), QString::fromUtf8(testRun.data()));
        QCOMPARE(text(approved, RecordColumn::run, Qt::DisplayRole), QStringLiteral("—"));
        QCOMPARE(text(rowAt(4, 12), RecordColumn::what, CellRole::secondary),
            QStringLiteral("it-triage may not call directory.grant."));
        RecordRow refused = rowAt(4, 12);
        refused.actor = "agent:it-triage";
        QVERIFY(entrySentence(refused).endsWith(QStringLiteral("IT triage may not call directory.grant.")));
        refused.actor = "person:it-triage";
        QVERIFY(entrySentence(refused).endsWith(QStringLiteral("it-triage may not call directory.grant.")));
        QCOMPARE(recordCell(rowAt(4, 12), RecordColumn::outcome, CellRole::state, fixedNow()).toInt(),
            static_cast<int>(State::denied));
    }

    void detailsTellWhatAnActWasAbout()
    {
        RecordRow call = rowAt(1, 12);
        call.detail = "documents.read";
        QCOMPARE(entrySentence(call), QStringLiteral("Tool call: documents.read, allowed"));
        QCOMPARE(recordCell(call, RecordColumn::what, CellRole::secondary, fixedNow()).toString(),
            QStringLiteral("documents.read"));
        RecordRow failed = rowAt(8, 12);
        failed.detail = failed.reason;
        QVERIFY(entrySentence(failed).endsWith(QStringLiteral(", failed")));
        QCOMPARE(detailWords(rowAt(5, 12)), QStringLiteral("CH-19"));
    }

    void whoActsIsToldByName()
    {
        RecordRow row = rowAt(0, 12);
        row.actorName = row.actor;
        QCOMPARE(actorWords(row, {}), QStringLiteral("refunds"));
        QCOMPARE(actorWords(row, {{QStringLiteral("agent:refunds"), QStringLiteral("Customer refunds")}}),
            QStringLiteral("Customer refunds"));
        row.actor = row.actorName = "anonymous";
        QCOMPARE(actorWords(row, {}), QStringLiteral("anonymous"));
    }

    void countsSayWhatTheyAre()
    {
        QCOMPARE(rowsWords(1'525, 1'546, 24'118, true), QStringLiteral("Rows 1,525 to 1,546 of 24,118, exact count"));
        QCOMPARE(rowsWords(1, 22, 1'000'000, false),
            QStringLiteral("Rows 1 to 22 of 1,000,000 or more: counting stops there"));
        QCOMPARE(rowsWords(1, 22, std::nullopt, true), QStringLiteral("Rows 1 to 22"));
    }

    void samplesCoverTheRecord()
    {
        QVERIFY(sampleIndexes(0, 9).empty());
        QCOMPARE(sampleIndexes(1, 9), (std::vector<std::uint64_t>{0}));
        QCOMPARE(sampleIndexes(3, 9), (std::vector<std::uint64_t>{0, 1, 2}));
        const auto many = sampleIndexes(10'000'000'000'000'000, 65);
        QCOMPARE(many.size(), 65u);
        QCOMPARE(many.back(), 9'999'999'999'999'999u);
        QVERIFY(std::is_sorted(many.begin(), many.end()));
    }

    void bucketsHoldEveryEntry()
    {
        const std::vector<TimeSample> samples{
            {0, 1'000}, {100, 2'000}, {50'000, 3'000}, {50'001, 2'900}, {60'000, 9'000}};
        const auto buckets = bucketsOf(samples, 16);
        double total = 0;
        for (const TimeRuler::Bucket& bucket : buckets)
            total += bucket.total;
        QVERIFY(std::abs(total - 60'001) < 1);
        QVERIFY(buckets[3].total > buckets[0].total);
        QCOMPARE(bucketsOf({}, 4).size(), 4u);
        QCOMPARE(bucketsOf({{0, 5}}, 1)[0].total, 1.0);
    }

    void aMomentIsNarrowed()
    {
        const std::vector<TimeSample> samples{{0, 1'000}, {100, 2'000}, {200, 4'000}};
        QCOMPARE(around(samples, 2'500).first.index, 100u);
        QCOMPARE(around(samples, 2'500).second.index, 200u);
        QCOMPARE(around(samples, 500).first.index, 0u);
        QCOMPARE(around(samples, 500).second.index, 0u);
        QCOMPARE(around(samples, 9'000).first.index, 200u);
        QCOMPARE(guessBetween(samples[1], samples[2], 3'000), 150u);
        QCOMPARE(guessBetween({7, 0}, {8, 10}, 5), 7u);
        QVERIFY(guessBetween({7, 0}, {20, 10}, 10) < 20);
    }

    void proofsAgreeWithTheTree()
    {
        for (const std::uint64_t size : {1u, 2u, 3u, 7u, 8u, 13u, 64u, 100u}) {
            const RecordTree tree(size);
            for (std::uint64_t index = 0; index < size; ++index) {
                const GetEntry::Response entry = tree.entry(index);
                const Inclusion inclusion = inclusionOf(index, entry.body.text, entry.leafHash, entry.path, entry.head);
                QVERIFY2(inclusion.holds,
                    qPrintable(QStringLiteral("%1 of %2: %3").arg(index).arg(size).arg(inclusion.problem)));
                QCOMPARE(inclusion.steps.steps.size(), entry.path.size());
            }
        }
    }

    void oneByteBreaksAProof()
    {
        const RecordTree tree(13);
        const GetEntry::Response good = tree.entry(5);
        const auto holds = [](const GetEntry::Response& entry, std::uint64_t index) {
            return inclusionOf(index, entry.body.text, entry.leafHash, entry.path, entry.head).holds;
        };
        QVERIFY(holds(good, 5));
        QVERIFY(!holds(good, 6));
        QVERIFY(!holds(good, 13));
        GetEntry::Response body = good;
        body.body.text[20] = '#';
        QVERIFY(!holds(body, 5));
        GetEntry::Response path = good;
        path.path[1][0] = path.path[1][0] == '0' ? '1' : '0';
        QVERIFY(!holds(path, 5));
        GetEntry::Response shorter = good;
        shorter.path.pop_back();
        QVERIFY(!holds(shorter, 5));
        GetEntry::Response longer = good;
        longer.path.push_back(longer.path[0]);
        QVERIFY(!holds(longer, 5));
        GetEntry::Response head = good;
        head.head = "nothing";
        QVERIFY(!holds(head, 5));
    }

    void longEntriesStandByTheirDigest()
    {
        const std::string body(70'000, 'x');
        const std::string reference = "{\"blob\":\"sha256:" + toHex(sha256(body)) + "\",\"bytes\":70000}";
        QCOMPARE(entryLeaf(body), proof::leafHash(bytesOf(reference)));
        QCOMPARE(entryLeaf("{}"), proof::leafHash(bytesOf("{}")));
    }

    void bodiesAreIndentedAndSealedValuesMarked()
    {
        const GetEntry::Response entry = RecordTree(12).entry(6);
        const EntryText text = entryText(entry.body, entry.sealedPaths);
        const QStringList lines = text.text.split(u'\n');
        QCOMPARE(text.sealedLines.size(), 2);
        for (const int line : text.sealedLines)
            QVERIFY2(lines[line - 1].contains(QStringLiteral("{\"c\": \"")), qPrintable(lines[line - 1]));
        QCOMPARE(
            sealedNames(entry.sealedPaths), QStringList({QStringLiteral("arguments"), QStringLiteral("messages")}));
        QVERIFY(entryText({"{nonsense"}, {}).text.contains(QStringLiteral("null")));
    }

    void referencesLead()
    {
        const EntryFacts facts = entryFacts(RecordTree(12).entry(6).body);
        QVERIFY(facts.simulatedClock);
        QCOMPARE(facts.verdicts.size(), 1u);
        QCOMPARE(facts.references[0].label, QStringLiteral("Run"));
        QCOMPARE(facts.references[0].route, std::optional(routes::run(QString::fromUtf8(testRun.data()))));
        QCOMPARE(routeOf("change:CH-19"), std::optional(routes::change(QStringLiteral("CH-19"))));
        QCOMPARE(routeOf("agent:refunds"), std::optional(routes::agent(QStringLiteral("refunds"))));
        QCOMPARE(routeOf("grant:refunds/payments.send"),
            std::optional(routes::matrix(QStringLiteral("refunds"), QStringLiteral("payments.send"))));
        QVERIFY(!routeOf("workspace"));
        QVERIFY(!routeOf("ledger:x"));
    }

    void commandsAreReadyForAShell()
    {
        QCOMPARE(verifyCommand(QStringLiteral("417.tlog-proof"), {QStringLiteral("a/b+1+k=")}),
            QStringLiteral("ephor-verify --key a/b+1+k= 417.tlog-proof"));
        QCOMPARE(shellQuoted(QStringLiteral("/home/it's here")), QStringLiteral("'/home/it'\\''s here'"));
        QVERIFY(verifyCommand(QStringLiteral("x"), {}).contains(QStringLiteral("--key-file")));
    }

    void proofsAreWrittenWithTheirEntry()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("417.tlog-proof"));
        const auto written = writeProof({"proof", "body", {}}, path);
        QVERIFY(written.has_value());
        QFile entry(folder.filePath(QStringLiteral("417.json")));
        QVERIFY(entry.open(QIODevice::ReadOnly));
        QCOMPARE(entry.readAll(), QByteArray("body"));
        const auto refused
            = writeProof({"proof", "body", {}}, folder.filePath(QStringLiteral("no/such/417.tlog-proof")));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, std::string("console.file-write"));
    }
};

QTEST_GUILESS_MAIN(RecordWordsTest)
#include "record_words_test.moc"
