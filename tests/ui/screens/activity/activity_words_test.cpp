#include "tests/ui/screens/activity/activity_data.h"

#include "core/base/json.h"
#include "ui/bridge/rule_words.h"
#include "ui/bridge/values.h"
#include "ui/screens/activity/dossier.h"
#include "ui/screens/activity/record_tab.h"
#include "ui/screens/activity/run_filter.h"
#include "ui/screens/activity/run_words.h"
#include "ui/screens/activity/runs_export.h"
#include "ui/screens/activity/runs_model.h"
#include "ui/screens/activity/story_tab.h"
#include "ui/screens/activity/story_words.h"

#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::ui;
using namespace ephor::ui::activity;
using namespace ephor::ui::test;

class ActivityWordsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void filterSurvivesItsRoute()
    {
        const Route route = Route::parse(QStringLiteral(
            "activity/runs?agent=refunds&denied=true&q=7731-1&release=sha256:5f&state=failed,stopped&variant=canary"));
        const RunFilter filter = filterOf(route);
        QCOMPARE(filter.agent, Text<128>("refunds"));
        QCOMPARE(filter.states.size(), std::size_t(2));
        QVERIFY(filter.variant == Variant::Canary);
        QVERIFY(filter.denied);
        QCOMPARE(routeOf(filter).format(), route.format());
    }

    void unknownWordsAreLeftOut()
    {
        const RunFilter filter
            = filterOf(Route::parse(QStringLiteral("activity/runs?state=exploded&variant=big&colour=red&agent=hr")));
        RunFilter expected;
        expected.agent = "hr";
        QVERIFY(filter == expected);
    }

    void openRunsHaveNoRange()
    {
        RunFilter filter;
        takeTyped(filter, QStringLiteral("state"), QStringLiteral("waiting"));
        QVERIFY(inRange(filter, ui::TimeRange::last(3'600), fixedNow()).range == ephor::TimeRange{});
        takeTyped(filter, QStringLiteral("state"), QStringLiteral("waiting,done"));
        QVERIFY(inRange(filter, ui::TimeRange::last(3'600), fixedNow()).range.from
            == fixedInstant() - std::chrono::hours(1));
    }

    void cellsNeverInventNumbers()
    {
        RunSummary run = runOf(5);
        QCOMPARE(runCell(run, RunColumn::tokens, fixedNow()).text, QStringLiteral("—"));
        QCOMPARE(runCell(run, RunColumn::cost, fixedNow()).text, QStringLiteral("—"));
        run = runOf(1);
        QCOMPARE(runCell(run, RunColumn::outcome, fixedNow()).text, QStringLiteral("—"));
        QCOMPARE(runCell(run, RunColumn::state, fixedNow()).text, QStringLiteral("Waiting"));
        // Running for 40 seconds on the test's clock, whatever the header says.
        QCOMPARE(runCell(runOf(0), RunColumn::duration, fixedNow()).text, durationText(40'000'000));
        run = runOf(3);
        QCOMPARE(runCell(run, RunColumn::outcome, fixedNow()).text, QStringLiteral("Refunded"));
        QCOMPARE(runCell(run, RunColumn::variant, fixedNow()).secondary, QStringLiteral("canary"));
    }

    void sentencesTellWhatWhyAndHow()
    {
        const QStringList sentences = runSentences(poisonedRun());
        QCOMPARE(sentences.size(), 3);
        QVERIFY(sentences[1].startsWith(QStringLiteral("payments.send: ")));
        QVERIFY(sentences[2].contains(QStringLiteral("2 model calls")));
        QVERIFY(runSentences(waitingRun())[1].contains(QStringLiteral("governance officer")));
        GetRun::Response plain = poisonedRun();
        plain.spans[7].verdict.reset();
        QCOMPARE(runSentences(plain).size(), 2);
    }

    void verifiedOnlyWhenItIs()
    {
        const RunSummary run = poisonedRun().run;
        RecordStatus record;
        QCOMPARE(verifiedOf(run, std::nullopt).state, State::unknown);
        record.verified = 1'282'491;
        QCOMPARE(verifiedOf(run, record).state, State::running);
        record.verified = 1'282'492;
        QCOMPARE(verifiedOf(run, record).state, State::ok);
        record.faultIndex = 17;
        QCOMPARE(verifiedOf(run, record).state, State::failed);
        QCOMPARE(entriesWords(run), QStringLiteral("#1,282,485 to #1,282,491"));
    }

    void spansBecomeRows()
    {
        GetRun::Response answer = poisonedRun();
        answer.spans[6].parent = "5";
        const std::vector<WaterfallRow> rows = spanRows(answer);
        QCOMPARE(rows.size(), std::size_t(9));
        QCOMPARE(rows[7].tone, SpanTone::trouble);
        QVERIFY(rows[7].verdict == State::denied);
        QCOMPARE(rows[6].depth, 1);
        answer.spans[4].parent = "7"; // a ring
        QVERIFY(spanRows(answer)[6].depth <= 9);
        GetRun::Response open = waitingRun();
        open.spans.back().durationMicros = 0;
        QVERIFY(!spanRows(open).back().durationMs);
        QVERIFY(shareWords(answer).startsWith(QStringLiteral("Model 5.3 s")));
    }

    void rulesLeadToTheirCell()
    {
        QCOMPARE(ruleRoute("grant:refunds/payments.send", "x", "y")->format(),
            QStringLiteral("policies/rules?agent=x&rule=grant:refunds%2Fpayments.send"));
        QCOMPARE(ruleRoute("house:nights/0", "x", "y")->query.value(QStringLiteral("agent")), QString());
        QCOMPARE(ruleWords("limits/0"), QStringLiteral("Policy limits"));
        QCOMPARE(ruleRoute("default-deny", "hr", "mail.send")->format(),
            QStringLiteral("policies/matrix?agent=hr&tool=mail.send"));
        QVERIFY(!ruleRoute("guard:well-formed", "hr", "x"));
        QCOMPARE(ruleWords("protection:desk-data/instruction"), QStringLiteral("Protection desk-data"));
        QCOMPARE(ruleRoute("protection:desk-data/instruction", "hr", "x")->format(),
            QStringLiteral("policies/protection/desk-data"));
        QCOMPARE(ruleWords("protection:standard/PASSWORD"), QStringLiteral("Standard protection"));
        QVERIFY(!ruleRoute("protection:standard/PASSWORD", "hr", "x"));
        QCOMPARE(ruleWords("tightened:hr/mail.send"), QStringLiteral("Tightened: hr/mail.send"));
    }

    void entriesStandOldestFirst()
    {
        const auto rows = entryRows(entriesOfRun().rows);
        QCOMPARE(rows.front().key.toULongLong(), 1'282'485ULL);
        QVERIFY(rows[2].cells[5].state == State::denied);
        QCOMPARE(speakerOf(storyOfRun().parts[2]), QStringLiteral("Tool orders.lookup"));
    }

    void dossierSaysThatItIsSimulated()
    {
        const auto json
            = nlohmann::json::parse(dossierJson(poisonedRun(), entriesOfRun(), std::nullopt, fixedInstant()));
        QCOMPARE(json["simulated"].get<bool>(), true);
        QCOMPARE(json["spans"].size(), std::size_t(9));
        QCOMPARE(json["entries"].size(), std::size_t(4));
        QVERIFY(json["record"].is_null());
        QCOMPARE(json["run"]["id"].get<std::string>(), poisonedRun().run.id);
        QVERIFY(nlohmann::json::parse(dossierJson(poisonedRun(), {}, {}, {}))["entries"].is_null());
    }

    void csvIsSafe()
    {
        RunSummary run = runOf(5);
        run.decision.reference = "=HYPERLINK(\"x\"),1";
        const QString csv = runsAsCsv({run});
        QVERIFY(csv.contains(QStringLiteral("\"'=HYPERLINK(\"\"x\"\"),1\"")));
        QCOMPARE(csv.count(QLatin1Char('\n')), 2);
        QVERIFY(csv.contains(QStringLiteral("simulated")));
    }

    void exportPagesToTheEnd()
    {
        ScriptedBackend backend;
        backend.answer<ListRuns>([](const ListRuns::Request& ask) -> Result<ListRuns::Response> {
            ListRuns::Response answer = mondayRuns(ask.page.cursor.empty() ? 0 : 60, 60);
            if (ask.page.cursor.empty())
                answer.page.next = "more";
            return answer;
        });
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("runs.csv"));
        JobControl job;
        const auto said = exportRuns(backend, {}, job, {}, file);
        QVERIFY(said.has_value());
        QVERIFY(said->startsWith(QStringLiteral("120 runs")));
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        QCOMPARE(written.readAll().count('\n'), 121);
        QVERIFY(!exportRuns(backend, {}, job, {}, folder.filePath(QStringLiteral("no/such/folder.csv"))));
    }
};

QTEST_GUILESS_MAIN(ActivityWordsTest)
#include "activity_words_test.moc"
