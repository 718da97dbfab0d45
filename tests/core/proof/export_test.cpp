#include "core/proof/export_check.h"

#include "core/proof/tile.h"
#include "tests/core/proof/sample_log.h"

#include <QTest>

using namespace ephor;
using namespace ephor::proof;

namespace {

constexpr std::size_t sampleSize = 600; // two full tiles, a partial one, and a level above

std::string statesOf(const Report& report)
{
    std::string text;
    for (const Check& check : report.checks)
        text += check.name + "=" + std::string(toString(check.state))
            + (check.error ? "(" + check.error->code + ") " : " ");
    return text;
}

std::string codeOf(const Report& report, std::string_view name)
{
    const Check* check = report.find(name);
    return check != nullptr && check->error ? check->error->code : std::string();
}

std::string failureOf(const Report& report)
{
    const Check* failed = report.firstFailure();
    return failed != nullptr && failed->error ? failed->error->code : std::string();
}

std::vector<std::string> bundleOf(const MemoryFiles& files, const BundleRef& bundle)
{
    std::vector<std::string> bodies;
    const auto views = parseEntryBundle(files.files.at(bundlePath(bundle)), bundle.width);
    for (const BytesView body : *views)
        bodies.emplace_back(textOf(body));
    return bodies;
}

void putBundle(MemoryFiles& files, const BundleRef& bundle, const std::vector<std::string>& bodies)
{
    files.files[bundlePath(bundle)] = encodeEntryBundle(bodies).value();
}

/// Changes an entry of the first bundle and, if asked, the tile beside it.
enum class TileToo { No, Yes };
void editEntry(MemoryFiles& files, std::size_t index, TileToo tileToo)
{
    std::vector<std::string> bodies = bundleOf(files, {0, 256});
    bodies[index] = SampleLog::entry(index, 90'000);
    putBundle(files, {0, 256}, bodies);
    if (tileToo == TileToo::No)
        return;
    std::vector<Digest> hashes;
    for (const std::string& body : bodies)
        hashes.push_back(leafHash(bytesOf(body)));
    files.files[tilePath({0, 0, 256})] = encodeTile(hashes);
}

void replaceCheckpoint(MemoryFiles& files, const std::string& note)
{
    const BytesView bytes = bytesOf(note);
    files.files["checkpoint"] = Bytes(bytes.begin(), bytes.end());
}

std::string checkpointOf(const MemoryFiles& files)
{
    return std::string(textOf(files.files.at("checkpoint")));
}

}

class ExportTest : public QObject {
    Q_OBJECT

    const SampleLog m_log{sampleSize};
    const MemoryFiles m_export = m_log.exported();

    Report check(const MemoryFiles& files, const std::optional<std::string>& earlier = std::nullopt)
    {
        return checkExport(files, m_log.trust(), earlier).value();
    }

private Q_SLOTS:
    void everySizeVerifiesAndContinuesAllBeforeIt()
    {
        for (const std::size_t size : {1u, 2u, 3u, 255u, 256u, 257u, 511u, 512u, 513u}) {
            const SampleLog log(size);
            const MemoryFiles files = log.exported();
            for (const std::size_t earlier : {std::size_t(0), std::size_t(1), size / 2, size - 1, size}) {
                const Report report = checkExport(files, log.trust(), log.signedCheckpoint(earlier)).value();
                QVERIFY2(report.held(), qPrintable(QString::fromStdString(statesOf(report))));
                QCOMPARE(report.entries, std::uint64_t(size));
                QVERIFY(!report.firstBadEntry);
            }
        }
    }

    void writesExactlyTheFilesOfTheLayout()
    {
        std::vector<std::string> names;
        for (const auto& [name, content] : m_export.files)
            names.push_back(name);
        const std::vector<std::string> expected{"checkpoint", "keys", "tile/0/000", "tile/0/001", "tile/0/002.p/88",
            "tile/1/000.p/2", "tile/entries/000", "tile/entries/001", "tile/entries/002.p/88"};
        QCOMPARE(names, expected);
    }

    void refusesToWriteWhatDoesNotMatchItsCheckpoint()
    {
        const ExportSource source{m_log.signedCheckpoint(3), [](std::uint64_t) { return std::string("{}"); }, {}};
        bool sealed = false;
        const Result<void> written = writeExport(source, [&](std::string_view path, BytesView) -> Result<void> {
            sealed = sealed || path == "checkpoint";
            return {};
        });
        QCOMPARE(written.error().code, std::string("export.root"));
        QVERIFY(!sealed);
    }

    void anIntactExportHoldsInEveryCheck()
    {
        const Report report = check(m_export, m_log.signedCheckpoint(300));
        QCOMPARE(statesOf(report),
            std::string("checkpoint=held signature=held origin=held witnesses=not-asked entries=held tiles=held "
                        "root=held blobs=held "
                        "bodies=held order=held clock=held earlier=held "));
    }

    void namesTheFault_data()
    {
        QTest::addColumn<QString>("failedCheck");
        QTest::addColumn<QString>("code");
        QTest::addColumn<int>("entry");
        QTest::newRow("rows cut from the tail") << "entries" << "export.bundle.missing" << 512;
        QTest::newRow("last file cut short") << "entries" << "proof.bundle.short" << 599;
        QTest::newRow("an entry too many") << "entries" << "proof.bundle.long" << 600;
        QTest::newRow("body edited") << "entries" << "export.entry.changed" << 7;
        QTest::newRow("hash edited") << "tiles" << "export.tile.hash" << -1;
        QTest::newRow("body and hash edited") << "tiles" << "export.tile.hash" << -1;
        QTest::newRow("body and every tile edited") << "root" << "export.root" << -1;
        QTest::newRow("everything up to the root edited") << "signature" << "proof.note.signature" << -1;
        QTest::newRow("two entries swapped") << "entries" << "export.entry.moved" << 10;
        QTest::newRow("an entry deleted") << "entries" << "export.entry.moved" << 10;
        QTest::newRow("an entry deleted and the rest renumbered") << "entries" << "export.entry.changed" << 10;
        QTest::newRow("an entry duplicated") << "entries" << "export.entry.duplicated" << 11;
        QTest::newRow("upper tile edited") << "tiles" << "export.tile.hash" << -1;
        QTest::newRow("tile missing") << "tiles" << "export.tile.missing" << -1;
        QTest::newRow("partial tile's width lies") << "tiles" << "proof.tile.width" << -1;
        QTest::newRow("torn page") << "entries" << "export.entry.changed" << 28;
        QTest::newRow("checkpoint missing") << "checkpoint" << "export.checkpoint.missing" << -1;
        QTest::newRow("checkpoint's size edited") << "signature" << "proof.note.signature" << 512;
        QTest::newRow("checkpoint's root edited") << "signature" << "proof.note.signature" << -1;
        QTest::newRow("origin edited") << "signature" << "proof.note.signature" << -1;
        QTest::newRow("signature of another checkpoint") << "signature" << "proof.note.signature" << -1;
        QTest::newRow("non-canonical base64") << "checkpoint" << "proof.note.base64" << -1;
        QTest::newRow("CR LF") << "checkpoint" << "proof.note.control-character" << -1;
        QTest::newRow("final newline missing") << "checkpoint" << "proof.note.final-newline" << -1;
        QTest::newRow("unsigned") << "checkpoint" << "proof.note.unsigned" << -1;
        QTest::newRow("signed by a stranger") << "signature" << "proof.note.unknown-key" << -1;
        QTest::newRow("key replaced, all signed again") << "signature" << "proof.note.key-replaced" << -1;
        QTest::newRow("empty log") << "checkpoint" << "proof.checkpoint.empty" << -1;
    }

    void namesTheFault()
    {
        const std::string fault = QTest::currentDataTag();
        MemoryFiles files = m_export;
        const bool applied
            = applyToEntries(fault, files) || applyToTiles(fault, files) || applyToCheckpoint(fault, files);
        QVERIFY(applied);
        const Report report = check(files);
        QVERIFY(!report.held());
        QFETCH(QString, failedCheck);
        QFETCH(QString, code);
        QFETCH(int, entry);
        QVERIFY2(codeOf(report, failedCheck.toStdString()) == code.toStdString(),
            qPrintable(QString::fromStdString(statesOf(report))));
        QCOMPARE(report.firstBadEntry ? static_cast<int>(*report.firstBadEntry) : -1, entry);
    }

    void whoeverHoldsTheRootKnowsWhichSideWasChanged()
    {
        MemoryFiles tileEdited = m_export;
        tileEdited.files.at("tile/0/000")[5] ^= 1;
        const Report report = check(tileEdited);
        QCOMPARE(codeOf(report, "entries"), std::string());
        QCOMPARE(codeOf(report, "tiles"), std::string("export.tile.hash"));
        QCOMPARE(codeOf(report, "root"), std::string());
        MemoryFiles entryEdited = m_export;
        editEntry(entryEdited, 7, TileToo::No);
        const Report second = check(entryEdited);
        QCOMPARE(codeOf(second, "entries"), std::string("export.entry.changed"));
        QCOMPARE(codeOf(second, "tiles"), std::string());
        QCOMPARE(codeOf(second, "root"), std::string("export.root"));
        MemoryFiles bothEdited = m_export;
        editEntry(bothEdited, 7, TileToo::Yes);
        const Report third = check(bothEdited);
        const Error error = third.find("tiles")->error.value();
        const std::pair<std::string, std::string> lastEntry{"last-entry", "255"};
        QVERIFY(std::ranges::find(error.fields, lastEntry) != error.fields.end());
    }

    void anEarlierCheckpointCatchesWhatVerifiesAlone()
    {
        SampleLog rewritten(sampleSize);
        rewritten.entries[7] = SampleLog::entry(7, 90'000);
        const MemoryFiles other = rewritten.exported();
        QVERIFY(check(other).held());
        QCOMPARE(codeOf(check(other, m_log.signedCheckpoint()), "earlier"), std::string("export.earlier.fork"));
        QCOMPARE(codeOf(check(other, m_log.signedCheckpoint(300)), "earlier"), std::string("export.earlier.rewritten"));
        QVERIFY(check(other, m_log.signedCheckpoint(7)).held());
        SampleLog restored(400);
        QVERIFY(check(restored.exported()).held());
        QCOMPARE(codeOf(check(restored.exported(), m_log.signedCheckpoint()), "earlier"),
            std::string("export.earlier.rolled-back"));
        QCOMPARE(codeOf(check(m_export, m_log.signedCheckpoint(10) + "x"), "earlier"),
            std::string("proof.note.final-newline"));
        SampleLog forged(300);
        forged.key = SigningKey::fromSeed(Bytes(32, 9)).value();
        QCOMPARE(codeOf(check(m_export, forged.signedCheckpoint()), "earlier"), std::string("proof.note.key-replaced"));
        const SampleLog elsewhere(300, "ledger.example/other");
        Trust both = m_log.trust();
        both.logKeys.push_back(elsewhere.verifier());
        QCOMPARE(codeOf(checkExport(m_export, both, elsewhere.signedCheckpoint()).value(), "earlier"),
            std::string("export.earlier.other-log"));
    }

    void theOriginMustBeTheOneAskedFor()
    {
        Trust trust = m_log.trust();
        trust.origin = "ledger.example/acme";
        QVERIFY(checkExport(m_export, trust)->held());
        trust.origin = "ledger.example/other";
        QCOMPARE(codeOf(checkExport(m_export, trust).value(), "origin"), std::string("proof.checkpoint.wrong-origin"));
        // One key that signs for two logs: its name says which one the reader trusts it for.
        MemoryFiles files = m_export;
        Checkpoint foreign = m_log.checkpoint();
        foreign.origin = "ledger.example/other";
        replaceCheckpoint(files, signNote(formatCheckpoint(foreign).value(), m_log.origin, m_log.key).value());
        QCOMPARE(codeOf(check(files), "origin"), std::string("proof.checkpoint.wrong-origin"));
    }

    void witnessesAreTheOutsideMemory()
    {
        constexpr std::int64_t later = SampleLog::firstSecond + 60 * 700;
        const Trust trust = m_log.witnessedTrust();
        QCOMPARE(codeOf(checkExport(m_export, trust).value(), "witnesses"), std::string("proof.witness.quorum"));
        MemoryFiles files = m_export;
        replaceCheckpoint(files, m_log.cosigned(m_log.signedCheckpoint(), later));
        QVERIFY(checkExport(files, trust)->held());
        SampleLog stranger(1);
        stranger.witness = SigningKey::fromSeed(Bytes(32, 8)).value();
        replaceCheckpoint(files, stranger.cosigned(m_log.signedCheckpoint(), later));
        QCOMPARE(codeOf(checkExport(files, trust).value(), "witnesses"), std::string("proof.witness.quorum"));
        std::string damaged = m_log.cosigned(m_log.signedCheckpoint(), later);
        Note note = parseNote(damaged).value();
        note.signatures.back().bytes.back() ^= 1;
        replaceCheckpoint(files, formatNote(note));
        QCOMPARE(codeOf(checkExport(files, trust).value(), "witnesses"), std::string("proof.note.signature"));
    }

    void aClockAYearOffIsNamed()
    {
        constexpr std::int64_t year = 365 * 24 * 60 * 60;
        constexpr std::int64_t lastSecond = SampleLog::firstSecond + 60 * static_cast<std::int64_t>(sampleSize);
        MemoryFiles files = m_export;
        replaceCheckpoint(files, m_log.cosigned(m_log.signedCheckpoint(), lastSecond - year));
        const Report ahead = checkExport(files, m_log.witnessedTrust()).value();
        QCOMPARE(codeOf(ahead, "clock"), std::string("export.clock.ahead-of-witness"));
        QCOMPARE(ahead.firstBadEntry.value(), std::uint64_t(0));
        replaceCheckpoint(files, m_log.cosigned(m_log.signedCheckpoint(), lastSecond + year + 60));
        const Report behind
            = checkExport(files, m_log.witnessedTrust(), m_log.cosigned(m_log.signedCheckpoint(50), lastSecond + year))
                  .value();
        QCOMPARE(codeOf(behind, "clock"), std::string("export.clock.behind-witness"));
        SampleLog backwards(5);
        backwards.entries[3] = SampleLog::entry(3, 3);
        backwards.entries[3].replace(backwards.entries[3].find("2026"), 4, "2025");
        const Report report = checkExport(backwards.exported(), backwards.trust()).value();
        QCOMPARE(codeOf(report, "clock"), std::string("export.clock.stepped-back"));
        QVERIFY(report.held());
    }

    void aSimulatedClockIsSaidAloud()
    {
        const SampleLog demo(3, "ledger.example/demo");
        const Report byOrigin = checkExport(demo.exported(), demo.trust()).value();
        QVERIFY(byOrigin.held() && byOrigin.simulatedClock);
        SampleLog oneEntry(3);
        oneEntry.entries[1] = SampleLog::entry(1, 1, "simulated");
        const Report byEntry = checkExport(oneEntry.exported(), oneEntry.trust()).value();
        QVERIFY(byEntry.held() && byEntry.simulatedClock);
        QCOMPARE(byEntry.find("clock")->detail, std::string("clock: simulated"));
        QVERIFY(!check(m_export).simulatedClock);
    }

    void entriesOfAnHonestKeyMustStillMakeSense_data()
    {
        QTest::addColumn<QByteArray>("entry");
        QTest::addColumn<QString>("failedCheck");
        QTest::addColumn<QString>("code");
        QTest::newRow("no JSON") << QByteArray("{") << "bodies" << "export.body.json";
        QTest::newRow("a member twice") << QByteArray("{\"id\":\"x\",\"id\":\"x\"}") << "bodies" << "export.body.json";
        QTest::newRow("white space") << QByteArray("{\"id\": \"x\"}") << "bodies" << "export.body.canonical";
        QTest::newRow("member order") << QByteArray("{\"id\":\"x\",\"a\":1}") << "bodies" << "export.body.canonical";
        QTest::newRow("an array") << QByteArray("[]") << "bodies" << "export.body.object";
        QTest::newRow("no id") << QByteArray("{}") << "bodies" << "export.body.id";
        QTest::newRow("an empty id") << QByteArray("{\"id\":\"\"}") << "bodies" << "export.body.id";
        QTest::newRow("a time of no calendar")
            << QByteArray("{\"at\":\"yesterday\",\"id\":\"x\"}") << "bodies" << "export.body.time";
        QTest::newRow("an id twice") << QByteArray("{\"id\":\"entry-2\"}") << "order" << "export.order.duplicate-id";
        QTest::newRow("another place") << QByteArray("{\"id\":\"x\",\"idx\":3}") << "order" << "export.order.index";
    }
    void entriesOfAnHonestKeyMustStillMakeSense()
    {
        QFETCH(QByteArray, entry);
        QFETCH(QString, failedCheck);
        QFETCH(QString, code);
        SampleLog log(6);
        log.entries[4] = entry.toStdString();
        const Report report = checkExport(log.exported(), log.trust()).value();
        QVERIFY2(codeOf(report, failedCheck.toStdString()) == code.toStdString(),
            qPrintable(QString::fromStdString(statesOf(report))));
        QCOMPARE(report.firstBadEntry.value(), std::uint64_t(4));
        QCOMPARE(codeOf(report, "root"), std::string());
    }

    void largeEntriesStandInBlobs()
    {
        SampleLog log(4);
        const std::string longest = "{\"id\":\"" + std::string(65'535 - 9, 'x') + "\"}";
        QCOMPARE(longest.size(), std::size_t(65'535));
        log.entries[1] = longest;
        log.entries[2] = "{\"id\":\"" + std::string(65'536 - 9, 'y') + "\"}";
        const MemoryFiles files = log.exported();
        const std::string path = blobPath(leafFor(log.entries[2]).blob->digest);
        QVERIFY(files.files.contains(path));
        QVERIFY(checkExport(files, log.trust())->held());
        MemoryFiles missing = files;
        missing.files.erase(path);
        const Report withoutBlob = checkExport(missing, log.trust()).value();
        QCOMPARE(failureOf(withoutBlob), std::string("export.blob.missing"));
        QCOMPARE(withoutBlob.firstBadEntry.value(), std::uint64_t(2));
        MemoryFiles edited = files;
        edited.files.at(path)[20] ^= 1;
        QCOMPARE(failureOf(checkExport(edited, log.trust()).value()), std::string("export.blob.digest"));
        edited.files.at(path).push_back('x');
        QCOMPARE(failureOf(checkExport(edited, log.trust()).value()), std::string("export.blob.digest"));
    }

    void everyBitOfEveryFileMatters()
    {
        const SampleLog log(3);
        const MemoryFiles files = log.exported();
        for (const auto& [name, content] : files.files) {
            if (name == "keys") // a convenience, never trusted
                continue;
            for (std::size_t bit = 0; bit < content.size() * 8; ++bit) {
                MemoryFiles mutated = files;
                mutated.files.at(name)[bit / 8] ^= static_cast<std::uint8_t>(1u << (bit % 8));
                QVERIFY2(!checkExport(mutated, log.trust())->held(),
                    qPrintable(QString("%1 bit %2").arg(QString::fromStdString(name)).arg(bit)));
            }
        }
    }

    void aFailingMediumIsNoFinding()
    {
        class Failing final : public Files {
            Result<std::optional<Bytes>> read(std::string_view, std::size_t) const override
            {
                return fail(ErrorKind::Unavailable, "test.eio", "Input/output error.");
            }
        };
        QCOMPARE(checkExport(Failing(), m_log.trust()).error().code, std::string("test.eio"));
    }

    void noKeyMeansNoTrust()
    {
        QCOMPARE(failureOf(checkExport(m_export, {}).value()), std::string("proof.note.unknown-key"));
        QVERIFY(!Report().held());
    }

private:
    static bool applyToEntries(const std::string& fault, MemoryFiles& files)
    {
        const BundleRef first{0, 256};
        const std::string last = bundlePath({2, 88});
        std::vector<std::string> bodies = bundleOf(files, first);
        if (fault == "rows cut from the tail") {
            files.files.erase(last);
        } else if (fault == "last file cut short") {
            files.files.at(last).pop_back();
        } else if (fault == "an entry too many") {
            files.files.at(last).insert(files.files.at(last).end(), {0, 1, 'x'});
        } else if (fault == "body edited") {
            editEntry(files, 7, TileToo::No);
        } else if (fault == "body and hash edited") {
            editEntry(files, 7, TileToo::Yes);
        } else if (fault == "two entries swapped") {
            std::swap(bodies[10], bodies[20]);
            putBundle(files, first, bodies);
        } else if (fault == "an entry deleted" || fault == "an entry deleted and the rest renumbered") {
            bodies.erase(bodies.begin() + 10);
            bodies.push_back(SampleLog::entry(255, 70'000));
            for (std::size_t i = 10; fault != "an entry deleted" && i < bodies.size(); ++i)
                bodies[i] = SampleLog::entry(i, i + 1);
            putBundle(files, first, bodies);
        } else if (fault == "an entry duplicated") {
            bodies[11] = bodies[10];
            putBundle(files, first, bodies);
        } else if (fault == "torn page") {
            Bytes& bytes = files.files.at(bundlePath(first));
            std::size_t begin = 0;
            for (std::size_t i = 0; i < 28; ++i)
                begin += 2 + bodies[i].size();
            // Zeros inside the bodies alone, so that the lengths still fit: what a lost sector leaves behind.
            std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(begin) + 2, bodies[28].size(), std::uint8_t{0});
        } else {
            return false;
        }
        return true;
    }

    bool applyToTiles(const std::string& fault, MemoryFiles& files) const
    {
        if (fault == "hash edited") {
            files.files.at("tile/0/000")[5] ^= 1;
        } else if (fault == "upper tile edited") {
            files.files.at("tile/1/000.p/2")[40] ^= 1;
        } else if (fault == "tile missing") {
            files.files.erase("tile/0/001");
        } else if (fault == "partial tile's width lies") {
            files.files.at("tile/0/002.p/88").resize(87 * 32);
        } else if (fault == "body and every tile edited" || fault == "everything up to the root edited") {
            SampleLog changed(sampleSize);
            changed.entries[7] = SampleLog::entry(7, 90'000);
            files = changed.exported();
            Note note = parseNote(m_log.signedCheckpoint()).value();
            if (fault == "everything up to the root edited")
                note.text = formatCheckpoint(changed.checkpoint()).value();
            replaceCheckpoint(files, formatNote(note));
        } else {
            return false;
        }
        return true;
    }

    bool applyToCheckpoint(const std::string& fault, MemoryFiles& files) const
    {
        std::string note = checkpointOf(files);
        const auto replace
            = [&](const std::string& from, const std::string& to) { note.replace(note.find(from), from.size(), to); };
        SampleLog stranger(sampleSize);
        stranger.key = SigningKey::fromSeed(Bytes(32, 9)).value();
        if (fault == "checkpoint missing") {
            files.files.erase("checkpoint");
            return true;
        }
        if (fault == "checkpoint's size edited") {
            replace("\n600\n", "\n599\n");
        } else if (fault == "checkpoint's root edited") {
            replace(toBase64(m_log.checkpoint().root), toBase64(m_log.checkpoint(599).root));
        } else if (fault == "origin edited") {
            replace("ledger.example/acme\n", "ledger.example/acne\n");
        } else if (fault == "signature of another checkpoint") {
            Note swapped = parseNote(note).value();
            swapped.signatures = parseNote(m_log.signedCheckpoint(599))->signatures;
            note = formatNote(swapped);
        } else if (fault == "non-canonical base64") {
            note.replace(note.size() - 2, 1, "");
        } else if (fault == "CR LF") {
            replace("\n600\n", "\r\n600\r\n");
        } else if (fault == "final newline missing") {
            note.pop_back();
        } else if (fault == "unsigned") {
            note = parseNote(note)->text;
        } else if (fault == "signed by a stranger") {
            note = signNote(parseNote(note)->text, "stranger.example/log", stranger.key).value();
        } else if (fault == "key replaced, all signed again") {
            note = stranger.signedCheckpoint();
        } else if (fault == "empty log") {
            note = m_log.signedCheckpoint(0);
        } else {
            return false;
        }
        replaceCheckpoint(files, note);
        return true;
    }
};

QTEST_GUILESS_MAIN(ExportTest)
#include "export_test.moc"
