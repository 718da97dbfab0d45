#include "ui/kit/diff_lines.h"
#include "ui/kit/fuzzy.h"
#include "ui/kit/palette_model.h"
#include "ui/kit/person_row.h"
#include "ui/kit/time_range.h"
#include "ui/kit/waterfall.h"

#include <QTest>
#include <QTimeZone>

using namespace ephor::ui;

/// What the widgets show, decided without a window.
class TextModelsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void removedStandsBesideAdded()
    {
        using Kind = DiffLine::Kind;
        const std::vector<DiffLine> lines{{Kind::same, 1, 1}, {Kind::removed, 2, 0}, {Kind::added, 0, 2},
            {Kind::added, 0, 3}, {Kind::same, 3, 4}, {Kind::removed, 4, 0}};
        const std::vector<DiffPair> wanted{{0, 0}, {1, 2}, {-1, 3}, {4, 4}, {5, -1}};
        QCOMPARE(pairDiffLines(lines), wanted);
        QCOMPARE(diffHunks(lines), (std::vector<int>{1, 5}));
        QCOMPARE(countDiffLines(lines).added, 2);
        QCOMPARE(countDiffLines(lines).removed, 2);
        QVERIFY(pairDiffLines({}).empty());
    }

    void fuzzyFindsLettersInOrder()
    {
        QVERIFY(fuzzyMatch(QStringLiteral("gh"), QStringLiteral("Go: Home")).has_value());
        QVERIFY(!fuzzyMatch(QStringLiteral("hg"), QStringLiteral("Go: Home")).has_value());
        QCOMPARE(fuzzyMatch({}, QStringLiteral("Home"))->score, 0);
        QCOMPARE(fuzzyMatch(QStringLiteral("gh"), QStringLiteral("Go: Home"))->positions, (QVector<int>{0, 4}));
    }

    void fuzzyPrefersWords()
    {
        const auto score = [](const char* typed, const char* text) {
            return fuzzyMatch(QLatin1String(typed), QLatin1String(text)).value().score;
        };
        QVERIFY(score("stop", "Runtime: Stop all agents") > score("stop", "Set option"));
        QVERIFY(score("run", "Open run") > score("run", "Prune record"));
        QVERIFY(score("in", "Go: Inbox") > score("in", "Agent: Billing"));
        QVERIFY(score("inbox", "Inbox") > score("inb", "Inbox"));
    }

    void paletteGroupsAndRanks()
    {
        std::vector<PaletteItem> items{{QStringLiteral("a"), QStringLiteral("Places"), {}, QStringLiteral("Home")},
            {QStringLiteral("b"), QStringLiteral("Commands"), {}, QStringLiteral("Homecoming")},
            {QStringLiteral("c"), QStringLiteral("Places"), {}, QStringLiteral("Settings")}};
        const auto rows = paletteRowsFor(QStringLiteral("home"), items, {});
        QCOMPARE(rows.size(), std::size_t(4));
        QCOMPARE(rows[0].kind, PaletteRow::Kind::section);
        QCOMPARE(rows[1].item.id, QStringLiteral("a"));
        QCOMPARE(rows[3].item.id, QStringLiteral("b"));
        items[1].rank = 1000;
        QCOMPARE(paletteRowsFor(QStringLiteral("home"), items, {})[1].item.id, QStringLiteral("b"));
        const std::vector<PaletteItem> found(
            20, PaletteItem{QStringLiteral("r"), QStringLiteral("Runs"), {}, QStringLiteral("8f3a21")});
        QCOMPARE(paletteRowsFor(QStringLiteral("zzz"), items, {found}).size(), std::size_t(9));
    }

    void timeRangesAreRead_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("code");
        QTest::newRow("minutes") << QStringLiteral("5m") << QStringLiteral("5m");
        QTest::newRow("last hours") << QStringLiteral("last 24 h") << QStringLiteral("24h");
        QTest::newRow("days") << QStringLiteral(" 7 D ") << QStringLiteral("7d");
        QTest::newRow("yesterday") << QStringLiteral("yesterday")
                                   << QStringLiteral("2026-03-15T00:00:00Z..2026-03-16T00:00:00Z");
        QTest::newRow("a day") << QStringLiteral("2026-03-01")
                               << QStringLiteral("2026-03-01T00:00:00Z..2026-03-02T00:00:00Z");
        QTest::newRow("two instants") << QStringLiteral("2026-03-01 09:30 to now")
                                      << QStringLiteral("2026-03-01T09:30:00Z..2026-03-16T14:20:00Z");
        QTest::newRow("two dates") << QStringLiteral("2026-03-01T00:00..2026-03-02T00:00")
                                   << QStringLiteral("2026-03-01T00:00:00Z..2026-03-02T00:00:00Z");
        QTest::newRow("backwards") << QStringLiteral("2026-03-02T00:00..2026-03-01T00:00") << QString();
        QTest::newRow("nothing") << QStringLiteral("0m") << QString();
        QTest::newRow("words") << QStringLiteral("soon") << QString();
        QTest::newRow("empty") << QString() << QString();
    }
    void timeRangesAreRead()
    {
        QFETCH(QString, typed);
        QFETCH(QString, code);
        const QDateTime now(QDate(2026, 3, 16), QTime(14, 20), QTimeZone::utc());
        const auto range = parseTimeRange(typed, now);
        QCOMPARE(range.has_value(), !code.isEmpty());
        if (!range)
            return;
        QCOMPARE(timeRangeCode(*range), code);
        // What is written into a route is read back as the same range.
        QCOMPARE(timeRangeCode(parseTimeRange(code, now).value()), code);
        const TimeRange before = range->moved(-1, now);
        QCOMPARE(before.to, range->startAt(now));
        QVERIFY(!before.isRelative());
    }

    void waterfallMapsBothWays()
    {
        const WaterfallScale scale{6420, 8, 642};
        QCOMPARE(scale.xOf(0), 8.0);
        QCOMPARE(scale.xOf(6420), 650.0);
        QCOMPARE(scale.msAt(scale.xOf(1234)), 1234.0);
        QCOMPARE(scale.ticks(7), (std::vector<double>{0, 1000, 2000, 3000, 4000, 5000, 6000}));
        QVERIFY(WaterfallScale{}.ticks(5).empty());
        QCOMPARE((WaterfallScale{0, 8, 100}).xOf(50), 8.0);
    }

    void initials()
    {
        QCOMPARE(initialsOf(QStringLiteral("Priya Raman")), QStringLiteral("PR"));
        QCOMPARE(initialsOf(QStringLiteral("ines de la Marchetti")), QStringLiteral("IM"));
        QCOMPARE(initialsOf(QStringLiteral("system")), QStringLiteral("S"));
        QCOMPARE(initialsOf(QStringLiteral("  ")), QStringLiteral("?"));
    }
};

QTEST_GUILESS_MAIN(TextModelsTest)
#include "text_models_test.moc"
