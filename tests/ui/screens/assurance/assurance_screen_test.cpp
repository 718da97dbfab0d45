#include "tests/ui/screens/assurance/record_data.h"
#include "tests/ui/support/snapshots.h"

#include "core/api/insight.h"
#include "ui/kit/badge.h"
#include "ui/kit/button.h"
#include "ui/kit/code_view.h"
#include "ui/kit/data_table.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/field.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/theme.h"
#include "ui/kit/time_ruler.h"
#include "ui/screens/assurance/assurance_screen.h"
#include "ui/screens/assurance/entry_pane.h"
#include "ui/screens/assurance/integrity_card.h"
#include "ui/screens/assurance/record_dialogs.h"
#include "ui/screens/assurance/record_list.h"

#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace ephor;
using namespace ephor::ui;
using namespace ephor::ui::assurance;
using namespace ephor::ui::test;

class AssuranceScreenTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Stage> m_stage;
    std::unique_ptr<AssuranceScreen> m_screen;
    std::uint64_t m_size = 1'203;

    ScriptedBackend& backend() { return *m_stage->backend; }

    void make(const QString& route = QStringLiteral("assurance/record"))
    {
        m_screen.reset(static_cast<AssuranceScreen*>(makeAssuranceScreen(m_stage->context, nullptr)));
        m_screen->resize(1110, 740);
        m_screen->open(Route::parse(route));
        m_screen->show();
        turn();
    }

    void begin(const SessionInfo& info, std::uint64_t size)
    {
        m_screen.reset();
        m_stage = std::make_unique<Stage>(info);
        m_size = size;
        backend().give<RecordState>(wholeRecord(size));
        backend().answer<QueryRecord>([size](const QueryRecord::Request& ask) { return queried(size, ask); });
        backend().give<ListPeople>(recordPeople());
        backend().give<ListDefinitions>(recordAgents());
        const auto tree = size < 20'000 ? std::make_shared<RecordTree>(size) : nullptr;
        backend().answer<GetEntry>([tree](const GetEntry::Request& ask) -> Result<GetEntry::Response> {
            if (!tree)
                return fail(Error(ErrorKind::NotFound, "ledger.no-entry", "There is no such entry."));
            return tree->entry(ask.index);
        });
        backend().give<ProveEntry>({"proof of it", "{\"body\":1}", {std::string(testKey)}});
    }

    /// Painting asks for the rows it lacks, so both must have had their turn.
    void turn()
    {
        for (int round = 0; round < 3; ++round) {
            QVERIFY(settle(m_stage->session));
            m_screen->grab();
        }
        QVERIFY(settle(m_stage->session));
    }

    template <class Widget> Widget* find() { return m_screen->findChild<Widget*>(); }

    Button* button(const QWidget* in, const QString& words)
    {
        for (Button* each : in->findChildren<Button*>()) {
            if (each->text() == words)
                return each;
        }
        return nullptr;
    }

    QString cellText(int row, RecordColumn column)
    {
        return find<DataTable>()->model()->index(row, static_cast<int>(column)).data().toString();
    }

    static QString last(const QSignalSpy& spy)
    {
        return spy.isEmpty() ? QString() : spy.last()[0].value<Route>().format();
    }

private Q_SLOTS:
    void initTestCase()
    {
        qRegisterMetaType<ephor::ui::Route>();
        qRegisterMetaType<ephor::ui::Notice>();
        Theme::instance().install();
        Theme::instance().setMotion(Theme::Motion::reduced);
        Theme::instance().setAppearance(Theme::Appearance::light);
    }

    void init() { begin(officerSession(), 1'203); }

    void cleanup()
    {
        m_screen.reset();
        m_stage.reset();
    }

    void integrityComesFirst()
    {
        make();
        auto* card = find<IntegrityCard>();
        QCOMPARE(card->headline(), QStringLiteral("Record verified to #1,202"));
        QCOMPARE(find<DataTable>()->model()->rowCount(), 1'203);
        QCOMPARE(cellText(0, RecordColumn::entry), QStringLiteral("#1,202"));
        // The newest that a signed head covers is shown at once.
        QCOMPARE(backend().lastRequest<GetEntry>().index, 1'202u);
    }

    void tenMillionRowsCostAFewPages()
    {
        begin(officerSession(), 10'000'000);
        make();
        auto* list = find<RecordList>();
        QCOMPARE(list->model().total(), std::optional<std::uint64_t>(10'000'000));
        QCOMPARE(cellText(0, RecordColumn::entry), QStringLiteral("#9,999,999"));
        const int before = backend().calls<QueryRecord>();
        list->select(123'456);
        turn();
        QVERIFY(backend().calls<QueryRecord>() - before < 6);
        auto* table = find<DataTable>();
        QCOMPARE(cellText(table->currentIndex().row(), RecordColumn::entry), QStringLiteral("#123,456"));
    }

    void theRulerSeeksInTime()
    {
        begin(officerSession(), 1'000'000);
        make();
        const RecordRow wanted = rowAt(400'000, 1'000'000);
        const qint64 at = std::chrono::duration_cast<std::chrono::milliseconds>(wanted.at.time_since_epoch()).count();
        const int before = backend().calls<QueryRecord>();
        Q_EMIT find<TimeRuler>()->seekRequested(at + 1);
        turn();
        QVERIFY(backend().calls<QueryRecord>() - before < 40);
        auto* table = find<DataTable>();
        const int top = table->rowAt(0);
        const int bottom = table->rowAt(table->viewport()->height() - 1);
        const auto* first = find<RecordList>()->model().row(top);
        const auto* end = find<RecordList>()->model().row(bottom);
        QVERIFY(first && end);
        QVERIFY(first->index >= 400'000 && end->index <= 400'000);
    }

    void aQueryIsAskedAndKeptInTheRoute()
    {
        make();
        QSignalSpy moved(m_screen.get(), &Screen::routeChanged);
        auto* field = find<SearchField>();
        field->setText(QStringLiteral("ines marchetti"));
        QTest::keyClick(field, Qt::Key_Return);
        turn();
        QCOMPARE(last(moved), QStringLiteral("assurance/record/1202?actor=Ines%20Marchetti"));
        QCOMPARE(backend().lastRequest<QueryRecord>().filter.actor, Text<256>("person:ines"));
        for (int row = 0; row < 5; ++row)
            QCOMPARE(cellText(row, RecordColumn::who), QStringLiteral("Ines Marchetti"));
        field->setText(QStringLiteral("kind:approval"));
        QTest::keyClick(field, Qt::Key_Return);
        turn();
        QCOMPARE(last(moved), QStringLiteral("assurance/record/1202?actor=Ines%20Marchetti&kind=approval"));
        QVERIFY(
            writeSnapshots(m_screen.get(), QStringLiteral("assurance-query"), [this] { settle(m_stage->session); }));
    }

    void aLinkWithANameWaitsForTheNames()
    {
        make(QStringLiteral("assurance/record?actor=Customer%20refunds"));
        QCOMPARE(cellText(0, RecordColumn::who), QStringLiteral("Customer refunds"));
        make(QStringLiteral("assurance/record?actor=Jonas%20Weber&kind=rollout"));
        QCOMPARE(find<RecordList>()->model().total(), std::optional<std::uint64_t>(100));
        QCOMPARE(cellText(0, RecordColumn::who), QStringLiteral("Jonas Weber"));
        QCOMPARE(cellText(0, RecordColumn::kind), QStringLiteral("Rollout"));
    }

    void nothingFound()
    {
        make(QStringLiteral("assurance/record?op=nothing."));
        auto* empty = find<RecordList>()->findChild<EmptyState*>();
        QVERIFY(empty && empty->isVisible());
        QSignalSpy moved(m_screen.get(), &Screen::routeChanged);
        Q_EMIT empty->actionTriggered();
        turn();
        QCOMPARE(last(moved), QStringLiteral("assurance/record"));
        QCOMPARE(find<DataTable>()->model()->rowCount(), 1'203);
    }

    void aQueryThatCannotBeReadSaysWhy()
    {
        make(QStringLiteral("assurance/record?kind=permits"));
        auto* empty = find<RecordList>()->findChild<EmptyState*>();
        QVERIFY(empty && empty->isVisible());
        QVERIFY(empty->accessibleDescription().contains(QStringLiteral("permits")));
    }

    void anEntryShowsItsProof()
    {
        make(QStringLiteral("assurance/record/700"));
        QCOMPARE(backend().lastRequest<GetEntry>().index, 700u);
        auto* pane = find<EntryPane>();
        QVERIFY(pane && pane->isVisible());
        QCOMPARE(pane->findChild<StatusBadge*>()->text(), QStringLiteral("Proof holds"));
        QVERIFY(pane->findChild<CodeView*>()->toPlainText().contains(QStringLiteral("\"idx\": 700")));
        QCOMPARE(cellText(find<DataTable>()->currentIndex().row(), RecordColumn::entry), QStringLiteral("#700"));
        QVERIFY(writeSnapshots(m_screen.get(), QStringLiteral("assurance"), [this] { settle(m_stage->session); }));
    }

    void aChangedEntryIsLoud()
    {
        const auto tree = std::make_shared<RecordTree>(m_size);
        backend().answer<GetEntry>([tree](const GetEntry::Request& ask) {
            GetEntry::Response entry = tree->entry(ask.index);
            entry.body.text[entry.body.text.find("allow")] = 'A';
            return entry;
        });
        RecordStatus broken = wholeRecord(m_size);
        broken.fault = "Entry 1,200 was changed after it was recorded (ledger.entry.body).";
        broken.faultIndex = 1'200;
        backend().give<RecordState>(broken);
        make(QStringLiteral("assurance/record/1200"));
        QCOMPARE(find<EntryPane>()->findChild<StatusBadge*>()->text(), QStringLiteral("Proof does not hold"));
        QCOMPARE(find<IntegrityCard>()->headline(), QStringLiteral("Record broken at entry #1,200"));
        QVERIFY(
            writeSnapshots(m_screen.get(), QStringLiteral("assurance-broken"), [this] { settle(m_stage->session); }));
    }

    void choosingRowsMovesTheRoute()
    {
        make();
        QSignalSpy moved(m_screen.get(), &Screen::routeChanged);
        auto* table = find<DataTable>();
        table->setCurrentIndex(table->model()->index(3, 0));
        turn();
        QCOMPARE(last(moved), QStringLiteral("assurance/record/1199"));
        Q_EMIT find<EntryPane>()->nextRequested();
        turn();
        QCOMPARE(last(moved), QStringLiteral("assurance/record/1198"));
        QSignalSpy navigate(m_screen.get(), &Screen::navigate);
        table->setCurrentIndex(table->model()->index(3, 0));
        Q_EMIT table->linkActivated(table->model()->index(2, static_cast<int>(RecordColumn::run)));
        QCOMPARE(last(navigate), QStringLiteral("activity/runs/") + QString::fromUtf8(testRun.data()));
    }

    void verifyingTellsWhatItFound()
    {
        make();
        backend().give<VerifyRecord>(wholeRecord(2'000));
        backend().hold<VerifyRecord>();
        button(m_screen.get(), QStringLiteral("Verify now"))->click();
        backend().waitForHeld<VerifyRecord>();
        QCOMPARE(find<IntegrityCard>()->headline(), QStringLiteral("Verifying 1,203 entries"));
        QVERIFY(!button(m_screen.get(), QStringLiteral("Verify now"))->isEnabled());
        backend().release<VerifyRecord>();
        turn();
        QCOMPARE(find<IntegrityCard>()->headline(), QStringLiteral("Record verified to #1,999"));
        RecordStatus broken = wholeRecord(m_size);
        broken.fault = "Entry 417 was changed.";
        broken.faultIndex = 417;
        backend().give<RecordState>(broken);
        backend().failWith<VerifyRecord>(
            Error(ErrorKind::CheckFailed, "ledger.entry.body", "Entry 417 was changed.").with("index", "417"));
        button(m_screen.get(), QStringLiteral("Verify now"))->click();
        turn();
        QCOMPARE(find<IntegrityCard>()->headline(), QStringLiteral("Record broken at entry #417"));
    }

    void aSignedHeadIsShownToBeKept()
    {
        make();
        const std::string note = RecordTree(64).note();
        backend().give<SignHead>({note});
        button(m_screen.get(), QStringLiteral("Sign head now"))->click();
        turn();
        auto* dialog = find<HeadDialog>();
        QVERIFY(dialog && dialog->isVisible());
        QCOMPARE(dialog->findChild<CodeView*>()->toPlainText(), QString::fromStdString(note));
        button(dialog, QStringLiteral("Copy"))->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), QString::fromStdString(note));
    }

    void exportingSaysHowToVerify()
    {
        make();
        backend().give<ExportRecord>({1'203, "7be2f4"});
        m_screen->setFileChoice(
            {{}, [](QWidget*, const QString&, const QString&) { return QStringLiteral("/srv/audit"); }});
        button(m_screen.get(), QStringLiteral("Export…"))->click();
        auto* dialog = find<ExportDialog>();
        button(dialog, QStringLiteral("Choose…"))->click();
        button(dialog, QStringLiteral("Export"))->click();
        turn();
        QCOMPARE(backend().lastRequest<ExportRecord>().directory, (Text<4'096, 1>("/srv/audit/ephor-record-1203")));
        bool hasCommand = false;
        for (TextField* field : dialog->findChildren<TextField*>())
            hasCommand = hasCommand
                || field->text().startsWith(QStringLiteral("ephor-verify --key ephor.local/northwind/demo+530d903a"));
        QVERIFY(hasCommand);
        if (const QString folder = qEnvironmentVariable("EPHOR_SNAPSHOTS"); !folder.isEmpty())
            QVERIFY(dialog->grab().save(folder + QStringLiteral("/assurance-export.png")));
        delete dialog;
        backend().failWith<ExportRecord>(Error(ErrorKind::Conflict, "export.not-empty", "The folder is not empty."));
        button(m_screen.get(), QStringLiteral("Export…"))->click();
        dialog = find<ExportDialog>();
        button(dialog, QStringLiteral("Export"))->click();
        turn();
        QVERIFY(dialog->findChild<InlineError*>());
    }

    void aProofIsSaved()
    {
        make(QStringLiteral("assurance/record/700"));
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("700.tlog-proof"));
        QString suggested;
        m_screen->setFileChoice({[&](QWidget*, const QString&, const QString& name, const QString&) {
                                     suggested = name;
                                     return path;
                                 },
            {}});
        button(m_screen.get(), QStringLiteral("Save proof…"))->click();
        turn();
        QVERIFY(suggested.endsWith(QStringLiteral("700.tlog-proof")));
        QCOMPARE(backend().lastRequest<ProveEntry>().index, 700u);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("proof of it"));
        QVERIFY(QFile::exists(folder.filePath(QStringLiteral("700.json"))));
    }

    void newEntriesAreCountedWhereSomebodyReads()
    {
        make();
        auto* table = find<DataTable>();
        table->verticalScrollBar()->setValue(400);
        backend().give<RecordState>(wholeRecord(1'300));
        m_screen->refresh({Topic::Record});
        turn();
        LinkLabel* more = nullptr;
        for (LinkLabel* link : m_screen->findChildren<LinkLabel*>()) {
            if (link->text() == QStringLiteral("97 new"))
                more = link;
        }
        QVERIFY(more && more->isVisible());
        backend().answer<QueryRecord>([](const QueryRecord::Request& ask) { return queried(1'300, ask); });
        more->click();
        turn();
        QCOMPARE(cellText(0, RecordColumn::entry), QStringLiteral("#1,299"));
        QVERIFY(!more->isVisible());
    }

    void whoMayNotReadIsToldWhomToAsk()
    {
        begin(sessionOf(Role::Viewer, "Vera Lind", {Permission::View}), 1'203);
        make();
        QCOMPARE(backend().calls<QueryRecord>(), 0);
        QVERIFY(!button(m_screen.get(), QStringLiteral("Verify now"))->isEnabled());
        QVERIFY(button(m_screen.get(), QStringLiteral("Verify now"))->toolTip().contains(QStringLiteral("officer")));
        QCOMPARE(find<IntegrityCard>()->headline(), QStringLiteral("Record verified to #1,202"));
    }

    void aFailureIsShownInPlaceAndRetried()
    {
        backend().failWith<QueryRecord>(Error(ErrorKind::Unavailable, "remote.unreachable", "Gone."));
        make();
        auto* error = find<InlineError>();
        QVERIFY(error && error->isVisible());
        backend().answer<QueryRecord>([](const QueryRecord::Request& ask) { return queried(1'203, ask); });
        Q_EMIT error->retryRequested();
        turn();
        QCOMPARE(cellText(0, RecordColumn::entry), QStringLiteral("#1,202"));
        QVERIFY(find<DataTable>()->isVisible());
    }

    void isAccessible()
    {
        make(QStringLiteral("assurance/record/700"));
        const QStringList faults = accessibilityFaults(m_screen.get());
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    }
};

QTEST_MAIN(AssuranceScreenTest)
#include "assurance_screen_test.moc"
