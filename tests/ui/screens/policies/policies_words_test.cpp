#include "tests/ui/screens/policies/policies_data.h"

#include "ui/screens/policies/cell_story.h"
#include "ui/screens/policies/matrix_table.h"
#include "ui/screens/policies/review_dialog.h"
#include "ui/screens/policies/staged_bar.h"
#include "ui/screens/policies/staged_edits.h"
#include "ui/screens/policies/tightenings_tab.h"

#include <QTest>

using namespace ephor;
using namespace ephor::ui;
using namespace ephor::ui::policies;
using namespace ephor::ui::test;

/// From grants to cells and words: no widget, no backend.
class PoliciesWordsTest : public QObject {
    Q_OBJECT

    static const ui::MatrixRow& rowOf(const MatrixTable& table, const char* agent)
    {
        for (const ui::MatrixRow& row : table.rows) {
            if (row.key.toString() == QLatin1String(agent) && row.kind == ui::MatrixRow::Kind::item)
                return row;
        }
        qFatal("no such row");
    }

private Q_SLOTS:
    void columnsStandInGroups()
    {
        const MatrixTable table = matrixTable(matrixOfBank(), {}, {});
        QCOMPARE(table.columns.size(), std::size_t(16));
        QCOMPARE(table.columns[4].group, QStringLiteral("payments"));
        QCOMPARE(table.columns[4].name, QStringLiteral("send"));
        QCOMPARE(table.columns[4].icon, Icon::bolt);
        QCOMPARE(table.tools[4], std::string("payments.send"));
        QCOMPARE(table.rows.size(), std::size_t(10 + 5)); // agents and their teams
        QCOMPARE(rowOf(table, "customer-refunds").note, QStringLiteral("v41"));
    }

    void looserThanTheTeamDiffers()
    {
        const MatrixTable table = matrixTable(matrixOfBank(), {}, {});
        // Two of three in customer care deny payments.send.
        QVERIFY(rowOf(table, "customer-refunds").cells[4].differs);
        QVERIFY(!rowOf(table, "complaints").cells[4].differs);
        QCOMPARE(table.rows[0].cells[4].access, ui::Access::deny);
        // Two agents of IT disagree: the strictest is the usual, the looser one stands out.
        QVERIFY(rowOf(table, "access-provisioning").cells[12].differs);
        QVERIFY(!rowOf(table, "it-triage").cells[12].differs);
        // A team of one has no usual; what is tightened over its release differs all the same.
        QVERIFY(!rowOf(table, "hr-helper").cells[12].differs);
        QVERIFY(rowOf(table, "hr-helper").cells[15].differs);
        QVERIFY(rowOf(table, "hr-helper").cells[15].toolTip.contains(QStringLiteral("tightened")));
    }

    void countsAreOfTheWholeMatrix()
    {
        const AccessCounts counts = matrixTable(matrixOfBank(), {}, {.team = QStringLiteral("legal")}).counts;
        QCOMPARE(counts.agents, std::size_t(10));
        QCOMPARE(counts.allow + counts.ask + counts.deny + counts.none, std::size_t(160));
        const auto effects = effectCounts(matrixOfBank());
        QCOMPARE(effects[0], effects[1] + effects[2] + effects[3] + effects[4]);
        QCOMPARE(effects[3], std::size_t(2));
    }

    void filtersNarrowRowsAndColumns()
    {
        const auto matrix = matrixOfBank();
        QCOMPARE(matrixTable(matrix, {}, {.team = QStringLiteral("finance")}).rows.size(), std::size_t(4));
        QCOMPARE(matrixTable(matrix, {}, {.effect = SideEffect::Egress}).columns.size(), std::size_t(2));
        const MatrixTable words = matrixTable(matrix, {}, {.words = QStringLiteral("payments.")});
        QCOMPARE(words.columns.size(), std::size_t(3));
        QCOMPARE(words.rows.size(), std::size_t(15));
        QCOMPARE(matrixTable(matrix, {}, {.words = QStringLiteral("hr help")}).rows.size(), std::size_t(2));
        QVERIFY(matrixTable(matrix, {}, {.words = QStringLiteral("nothing like it")}).rows.empty());
        const MatrixTable differing = matrixTable(matrix, {}, {.rows = Rows::differing});
        for (const ui::MatrixRow& row : differing.rows) {
            if (row.kind == ui::MatrixRow::Kind::item)
                QVERIFY(std::ranges::any_of(row.cells, &ui::MatrixCell::differs));
        }
        QVERIFY(differing.rows.size() < 15);
        // And an operation in which nobody shown differs is left out.
        QVERIFY(differing.columns.size() < 16);
        for (std::size_t column = 0; column < differing.columns.size(); ++column)
            QVERIFY(std::ranges::any_of(differing.rows, [column](const ui::MatrixRow& row) {
                return row.kind == ui::MatrixRow::Kind::item && row.cells[column].differs;
            }));
        QCOMPARE(differing.tools.size(), differing.columns.size());
        QCOMPARE(differing.counts, matrixTable(matrix, {}, {}).counts);
    }

    void stagedEditKeepsItsRowAndColumn()
    {
        const auto matrix = matrixOfBank();
        const auto shows = [&](const StagedCells& staged) {
            const MatrixTable table = matrixTable(matrix, staged, {.rows = Rows::differing});
            return std::ranges::find(table.tools, std::string("ledger.read")) != table.tools.end()
                && std::ranges::find(table.rows, QVariant(QStringLiteral("contract-review")), &ui::MatrixRow::key)
                != table.rows.end();
        };
        QVERIFY(!shows({}));
        QVERIFY(shows({{{"contract-review", "ledger.read"}, {ephor::Access::Allow, ephor::Access::Deny}}}));
    }

    void editsGoTheirOwnWays()
    {
        QCOMPARE(wayOf({ephor::Access::Allow, ephor::Access::Ask}), EditWay::tightens);
        QCOMPARE(wayOf({ephor::Access::None, ephor::Access::Deny}), EditWay::tightens);
        QCOMPARE(wayOf({ephor::Access::Deny, ephor::Access::None}), EditWay::loosens);
        QCOMPARE(wayOf({ephor::Access::Deny, ephor::Access::Ask}), EditWay::loosens);
        // Taking a rule away is stricter than allowing, but only a change can do it.
        QCOMPARE(wayOf({ephor::Access::Allow, ephor::Access::None}), EditWay::removes);
        StagedCells cells;
        cells[{"a", "x"}] = {ephor::Access::Allow, ephor::Access::Ask};
        cells[{"a", "y"}] = {ephor::Access::Deny, ephor::Access::Allow};
        cells[{"b", "x"}] = {ephor::Access::Allow, ephor::Access::None};
        const EditPlan plan = planOf(cells, "why");
        QCOMPARE(plan.tightenings.size(), std::size_t(1));
        QCOMPARE(plan.changes.size(), std::size_t(2));
        QCOMPARE(std::string(plan.changes.at("a").front().reason), std::string("why"));
        QCOMPARE(policies::countsOf(cells), (EditCounts{3, 1, 1, 1}));
    }

    void stagingCanBeUndone()
    {
        StagedEdits edits;
        const CellAt cell{"a", "x"};
        QVERIFY(edits.stage(cell, ephor::Access::Allow, ephor::Access::Ask));
        QVERIFY(edits.stage(cell, ephor::Access::Allow, ephor::Access::Deny));
        QCOMPARE(edits.staged(cell), std::optional(ephor::Access::Deny));
        edits.undoStack().undo();
        QCOMPARE(edits.staged(cell), std::optional(ephor::Access::Ask));
        QVERIFY(edits.stage(cell, ephor::Access::Allow, ephor::Access::Allow)); // back to what is in force
        QVERIFY(edits.cells().empty());
        edits.undoStack().undo();
        edits.discard();
        QVERIFY(edits.cells().empty());
        edits.undoStack().undo();
        QCOMPARE(edits.cells().size(), std::size_t(1));
    }

    void stagingHasALimit()
    {
        StagedEdits edits;
        for (std::size_t at = 0; at < StagedEdits::most; ++at)
            QVERIFY(edits.stage({"a", std::to_string(at)}, ephor::Access::Allow, ephor::Access::Deny));
        QVERIFY(!edits.stage({"a", "more"}, ephor::Access::Allow, ephor::Access::Deny));
        QCOMPARE(edits.cells().size(), StagedEdits::most);
    }

    void whatCameIntoForceIsNoLongerStaged()
    {
        StagedEdits edits;
        edits.stage({"a", "x"}, ephor::Access::Allow, ephor::Access::Ask);
        edits.stage({"a", "y"}, ephor::Access::Allow, ephor::Access::Deny);
        edits.settle({{{"a", "x"}, ephor::Access::Ask}, {{"a", "y"}, ephor::Access::Ask}});
        QCOMPARE(edits.cells().size(), std::size_t(1));
        QCOMPARE(edits.cells().begin()->second.before, ephor::Access::Ask);
        QVERIFY(!edits.undoStack().canUndo());
    }

    void barTellsWhatThePreviewCounted()
    {
        const EditCounts counts{2, 1, 1, 0};
        QVERIFY(stagedWords(counts, nullptr).effect.startsWith(QStringLiteral("asking")));
        const PreviewGrants::Response preview{1, 1, 12'480, 37};
        const StagedWords words = stagedWords(counts, &preview);
        QCOMPARE(words.edits, QStringLiteral("2 staged edits"));
        QCOMPARE(words.tightens, QStringLiteral("1 tightens (binds now)"));
        QCOMPARE(words.loosens, QStringLiteral("1 loosens (needs an officer)"));
        QCOMPARE(words.effect, QStringLiteral("would have changed 37 of 12,480 recorded calls in 30 days"));
        // A rule taken away is among the tightenings of the preview, but does not bind at once.
        const PreviewGrants::Response removal{1, 0, 10, 10};
        const StagedWords removed = stagedWords({1, 0, 0, 1}, &removal);
        QVERIFY(removed.tightens.isEmpty());
        QVERIFY(!removed.removes.isEmpty());
    }

    void storyNamesTheRuleThatMakesTheCell()
    {
        CellStory story = cellStory(explainedAsk());
        QCOMPARE(story.badge, QStringLiteral("Ask"));
        QCOMPARE(story.rules.size(), std::size_t(1));
        QCOMPARE(story.rules[0].part, StoryRule::Part::makesCell);
        QCOMPARE(story.rules[0].source, QStringLiteral("release v41"));
        QCOMPARE(story.calls, QStringLiteral("512 calls in 30 days: 431 allowed, 74 asked, 7 denied"));
        story = cellStory(explainedTightened());
        QCOMPARE(story.rules.size(), std::size_t(2));
        QCOMPARE(story.rules[0].source, QStringLiteral("tightened by Ines Marchetti"));
        QCOMPARE(story.rules[0].part, StoryRule::Part::makesCell);
        QCOMPARE(story.rules[1].part, StoryRule::Part::overruled);
        ExplainGrant::Response nothing;
        nothing.verdict.rule = "default-deny";
        story = cellStory(nothing);
        QCOMPARE(story.access, ui::Access::none);
        QCOMPARE(story.rules.size(), std::size_t(1));
        QCOMPARE(story.calls, QStringLiteral("No calls in 30 days"));
    }

    void editsReadAsADifference()
    {
        StagedCells cells;
        cells[{"refunds", "payments.send"}] = {ephor::Access::Ask, ephor::Access::Allow};
        const auto lines = editLines(cells);
        QCOMPARE(lines.size(), std::size_t(2));
        QCOMPARE(lines[0].kind, ui::DiffLine::Kind::removed);
        QVERIFY(lines[0].text.endsWith(QStringLiteral("Ask")));
        QVERIFY(lines[1].text.endsWith(QStringLiteral("Allow")));
    }

    void tableOfTighteningsTellsWhoAndWhy()
    {
        const auto standing = standingTightenings();
        const auto rows = tighteningRows(standing, {}, fixedNow());
        QCOMPARE(rows.size(), std::size_t(2));
        QCOMPARE(rows[0].cells[4].text, QStringLiteral("3 h ago"));
        QVERIFY(rows[0].cells[4].toolTip.contains(QStringLiteral("2026")));
        QCOMPARE(rows[0].cells[5].text, QStringLiteral("Ines Marchetti"));
        QCOMPARE(rows[0].cells[6].text, QStringLiteral("Salary sheets left the company"));
        QCOMPARE(rows[1].cells[0].text, QStringLiteral("Every agent"));
        QVERIFY(tighteningRows(standing, QStringLiteral("somebody else"), fixedNow()).empty());
    }

    void undoingIsAChangeThatLetsTheReleaseHold()
    {
        const auto standing = standingTightenings();
        const auto proposal = undoProposal(standing[0]);
        QVERIFY(proposal);
        QCOMPARE(proposal->grants, std::vector<GrantRule>{*standing[0].released});
        QCOMPARE(proposal->agents.front().name, QStringLiteral("hr-helper"));
        QVERIFY(proposal->title.startsWith(QStringLiteral("HR helper: documents.share back to")));
        // One over every agent stands over many releases, and one without a released rule hides nothing.
        QVERIFY(!undoProposal(standing[1]));
        StandingTightening bare = standing[0];
        bare.released.reset();
        QVERIFY(!undoProposal(bare));
        QVERIFY(tighteningRows({bare}, {}, fixedNow())[0].cells[8].text.isEmpty());
    }

    void teamsAreCalledByTheirTitles()
    {
        ReadMatrix::Response matrix = matrixOfBank();
        matrix.teamTitles = {{"legal", "Legal affairs"}};
        QCOMPARE(teamTitle(matrix, QStringLiteral("legal")), QStringLiteral("Legal affairs"));
        QCOMPARE(teamTitle(matrix, QStringLiteral("it")), QStringLiteral("it"));
        const MatrixTable table = matrixTable(matrix, {}, {});
        const auto legal = std::ranges::find(table.rows, QVariant(QStringLiteral("legal")), &ui::MatrixRow::key);
        QVERIFY(legal != table.rows.end());
        QCOMPARE(legal->name, QStringLiteral("Legal affairs"));
    }

    void exportHoldsEveryCell()
    {
        const QString csv = matrixCsv(matrixOfBank(), QStringLiteral("Northwind Bank, SIMULATED"), fixedNow());
        const QStringList lines = csv.split(QStringLiteral("\r\n"));
        QVERIFY(lines[0].contains(QStringLiteral("SIMULATED")));
        QCOMPARE(lines.size(), 2 + 160 + 1);
        QVERIFY(csv.contains(QStringLiteral("\"hr-helper\",27,\"documents.share\",egress,deny,yes,115")));
    }
};

QTEST_MAIN(PoliciesWordsTest)

#include "policies_words_test.moc"
