#include "tests/ui/screens/changes/changes_data.h"

#include "ui/bridge/values.h"
#include "ui/screens/changes/board_rows.h"
#include "ui/screens/changes/compare_rows.h"
#include "ui/screens/changes/items_card.h"
#include "ui/screens/changes/new_change_choices.h"
#include "ui/screens/changes/next_act.h"
#include "ui/screens/changes/pipeline_steps.h"
#include "ui/screens/changes/side_cards.h"

#include <QTest>

using namespace ephor;
using namespace ephor::ui;
using namespace ephor::ui::changes;
using namespace ephor::ui::test;

/// From values to words: no widget, no backend.
class ChangesWordsTest : public QObject {
    Q_OBJECT

    static QStringList acts(const GetChange::Response& shown)
    {
        QStringList ids;
        for (const ActOffer& offer : nextWords(shown, nullptr).offers)
            ids << actId(offer.act);
        return ids;
    }

private Q_SLOTS:
    void boardPutsEachChangeInItsColumn()
    {
        const auto columns = boardColumns(boardOfChanges(), fixedNow(), 30);
        QCOMPARE(columns.size(), std::size_t(6));
        QCOMPARE(columns[0].cards.size(), std::size_t(2)); // the draft and the rejected one
        QCOMPARE(columns[1].cards.front().status, QStringLiteral("3 of 5 checks passed"));
        QCOMPARE(columns[2].cards.size(), std::size_t(2)); // waiting, and approved but not released
        QCOMPARE(columns[2].cards.front().status, QStringLiteral("1 of 2 approvals"));
        QCOMPARE(columns[3].cards.front().share, std::optional(0.05));
        QCOMPARE(columns[4].cards.size(), std::size_t(6));
        QVERIFY(columns[4].cards.back().isSetup);
        QCOMPARE(columns[5].cards.front().key, QStringLiteral("CH-409"));
    }

    void boardTellsHowManyItLeavesOut()
    {
        const auto columns = boardColumns(boardOfChanges(), fixedNow(), 2);
        QCOMPARE(columns[4].cards.size(), std::size_t(2));
        QCOMPARE(columns[4].more, std::size_t(4));
    }

    void filtersCombine()
    {
        const auto all = boardOfChanges();
        QCOMPARE(fitting(all, {}, "").size(), all.size());
        QCOMPARE(fitting(all, {.whose = Whose::mine}, "person:Ines Marchetti").size(), std::size_t(1));
        QCOMPARE(fitting(all, {.state = ChangeState::Live}, "").size(), std::size_t(6));
        QCOMPARE(fitting(all, {.agent = QStringLiteral("it-triage"), .words = QStringLiteral("PASSWORD")}, "").size(),
            std::size_t(1));
        QVERIFY(fitting(all, {.agent = QStringLiteral("it-triage"), .words = QStringLiteral("leave")}, "").empty());
    }

    void stepsFollowTheState()
    {
        auto steps = pipelineSteps(changeShown());
        QCOMPARE(steps.size(), std::size_t(5));
        QCOMPARE(steps[3].place, PipelineStep::Place::current);
        QVERIFY(steps[3].title.startsWith(QStringLiteral("Rolling out 5")));
        QVERIFY(steps[4].detail.contains(QStringLiteral("25")) && steps[4].detail.contains(QStringLiteral("100")));
        QVERIFY(steps[2].detail.startsWith(QStringLiteral("2 of 2")));

        steps = pipelineSteps(changeShown(ChangeState::Approval));
        QCOMPARE(steps[2].place, PipelineStep::Place::current);
        QCOMPARE(steps[2].state, State::waiting);
        QCOMPARE(pipelineSteps(changeShown(ChangeState::RolledBack))[4].title, QStringLiteral("Rolled back"));
        QCOMPARE(pipelineSteps(changeShown(ChangeState::Rejected))[2].state, State::denied);
        QCOMPARE(pipelineSteps(changeShown(ChangeState::Withdrawn))[0].place, PipelineStep::Place::current);
    }

    void actsFollowTheState()
    {
        QCOMPARE(acts(changeShown(ChangeState::Draft)), (QStringList{"submit", "withdraw"}));
        QCOMPARE(acts(changeShown(ChangeState::Approval)), (QStringList{"approve", "reject", "withdraw"}));
        QCOMPARE(acts(changeShown(ChangeState::Approved)), (QStringList{"start", "reject", "withdraw"}));
        QCOMPARE(acts(changeShown()), (QStringList{"promote", "hold", "roll-back"}));
        QCOMPARE(acts(changeShown(ChangeState::Live)), (QStringList{"roll-back"}));
        QCOMPARE(acts(changeShown(ChangeState::RolledBack)), QStringList());
        auto held = changeShown();
        held.rollout->state = RolloutState::Paused;
        QCOMPARE(acts(held), (QStringList{"resume", "roll-back"}));
    }

    void approvingSaysWhyItIsClosed()
    {
        auto shown = changeShown(ChangeState::Approval);
        shown.mayApprove = false;
        shown.whyNot = "Who drafted a change never counts.";
        const NextWords words = nextWords(shown, nullptr);
        QCOMPARE(words.offers.front().whyNot, QStringLiteral("Who drafted a change never counts."));
        shown.mayApprove = true;
        QVERIFY(nextWords(shown, nullptr).offers.front().whyNot.isEmpty());
    }

    void whoIsAloneIsNotPromisedOthers()
    {
        const auto draft = changeShown(ChangeState::Draft);
        QVERIFY(questionFor(Act::submit, draft, nullptr).text.contains(QStringLiteral("others")));
        const ActQuestion alone = questionFor(Act::submit, draft, nullptr, FourEyes::notYet);
        QVERIFY(alone.text.contains(QStringLiteral("self-approved")));
        QVERIFY(!alone.text.contains(QStringLiteral("others")));
        QVERIFY(nextWords(draft, nullptr, FourEyes::notYet).text.contains(QStringLiteral("self-approved")));
    }

    void startingNamesShareAndUnit()
    {
        const ActQuestion question = questionFor(Act::start, changeShown(ChangeState::Approved), nullptr);
        QCOMPARE(question.facts.size(), std::size_t(2));
        QVERIFY(question.facts[0].second.contains(QStringLiteral("5 %")));
        QVERIFY(question.facts[1].second.contains(QStringLiteral("conversation")));
    }

    void promotionNamesTheNextShare()
    {
        auto shown = changeShown();
        QVERIFY(nextWords(shown, nullptr).offers.front().label.contains(QStringLiteral("25")));
        shown.rollout->share = 0.5;
        QVERIFY(nextWords(shown, nullptr).offers.front().label.contains(QStringLiteral("100")));
        const auto compared = comparedSides();
        const ActQuestion question = questionFor(Act::promote, changeShown(), &compared);
        QVERIFY(question.accept.contains(QStringLiteral("25")));
        QVERIFY(!question.facts.empty());
        const ActQuestion back = questionFor(Act::rollBack, changeShown(), &compared);
        QVERIFY(back.title.contains(QStringLiteral("v41")));
        QCOMPARE(back.facts.size(), std::size_t(2));
        QCOMPARE(questionFor(Act::submit, changeShown(ChangeState::Draft), nullptr).reason, ActQuestion::Reason::none);
    }

    void numbersComeWithTheirBasis()
    {
        const Comparison comparison = comparisonOf(comparedSides());
        QVERIFY(comparison.hasBaseline);
        const CompareLine& success = comparison.lines[1];
        QCOMPARE(success.canary.basis, QStringLiteral("206 of 212"));
        QVERIFY(success.canary.value.startsWith(QStringLiteral("97.2")));
        QCOMPARE(success.baseline.basis, QStringLiteral("3,943 of 4,028"));
        QVERIFY(success.difference.startsWith(QStringLiteral("\u22120.7")));
        QCOMPARE(success.reading, QStringLiteral("No sign of harm"));
        QCOMPARE(comparison.lines[2].difference, QStringLiteral("\u22123.9 to +0.9"));
        QCOMPARE(comparison.lines[2].reading, QStringLiteral("Ranges overlap"));
        QVERIFY(comparison.lines[3].difference.startsWith(QStringLiteral("\u22120.1")));
        QVERIFY(comparison.lines[4].reading.startsWith(QStringLiteral("Cheaper by 8")));
        QCOMPARE(comparison.lines[5].canary.basis, QStringLiteral("4 of 1,655 calls"));
        QVERIFY(comparison.scale.from < 0.94 && comparison.scale.to > 0.98);
    }

    void harmIsReadFromTheIntervals()
    {
        auto compared = comparedSides();
        compared.variants[1].success = {170, 212, 0.743, 0.850};
        const Comparison worse = comparisonOf(compared);
        QCOMPARE(worse.tone, State::failed);
        QCOMPARE(worse.lines[1].reading, QStringLiteral("Worse than baseline"));
        QCOMPARE(worse.lines[2].reading, QStringLiteral("Ranges lie apart"));
        compared.variants[1].success = {3, 6, 0.19, 0.81};
        QCOMPARE(comparisonOf(compared).lines[1].reading, QStringLiteral("Too few to tell"));
    }

    void unknownNumbersAreDashes()
    {
        CompareRollout::Response compared = comparedSides();
        compared.variants.erase(compared.variants.begin());
        compared.variants[0].variant = Variant::Only;
        compared.variants[0].success = {};
        compared.variants[0].denials = {};
        compared.variants[0].p95.reset();
        compared.variants[0].cost.reset();
        const Comparison comparison = comparisonOf(compared);
        QVERIFY(!comparison.hasBaseline);
        for (const std::size_t at : {1U, 2U, 3U, 4U, 5U})
            QCOMPARE(comparison.lines[at].canary.value, QStringLiteral("\u2014"));
        QVERIFY(comparisonOf({}).lines.empty());
    }

    void comparisonCopiesAsATable()
    {
        const QStringList lines = comparisonText(comparisonOf(comparedSides())).split(u'\n');
        QCOMPARE(lines.size(), 7);
        for (const QString& line : lines)
            QCOMPARE(line.count(u'\t'), 4);
    }

    void authorStandsLastAndCannot()
    {
        const auto lines = approvalLines(changeShown(ChangeState::Approval).change, "person:Ines Marchetti");
        QCOMPARE(lines.size(), std::size_t(3));
        QCOMPARE(lines[0].word, QStringLiteral("Approved"));
        QCOMPARE(lines[1].state, State::waiting);
        QCOMPARE(lines[2].detail, QStringLiteral("Wrote it, so cannot approve it"));
        auto older = changeShown().change;
        older.digest = "sha256:another";
        QCOMPARE(approvalLines(older, "").front().word, QStringLiteral("Of an older draft"));
        QCOMPARE(approvalLines(changeShown().change, "person:Ines Marchetti")[1].role, QStringLiteral("you"));
    }

    void itemsAndRulesAreNamed()
    {
        auto shown = changeShown();
        const auto items = movedItems(shown);
        QCOMPARE(items.front().tab, QStringLiteral("Prompt customer-refunds.system"));
        QVERIFY(items.front().subtitle.startsWith(QStringLiteral("v41 to v42")));
        QCOMPARE(items.front().lines.size(), std::size_t(9));
        GrantEdit edit;
        edit.before.tool = edit.after.tool = "payments.send";
        edit.before.access = ephor::Access::Ask;
        edit.after.access = ephor::Access::Allow;
        edit.loosens = true;
        shown.change.grants.push_back(edit);
        const auto rows = grantRows(shown.change);
        QCOMPARE(rows.front().cells[0].text, QStringLiteral("payments.send"));
        QCOMPARE(rows.front().cells[3].text, QStringLiteral("Loosens"));
    }

    void onlyWhatIsAheadCanMove()
    {
        AgentBody body;
        body.prompt = "refunds.system";
        body.model = "large";
        body.tools = {"payments.send"};
        const auto definition
            = [](DefinitionKind kind, const char* name, std::uint64_t newest, std::optional<std::uint64_t> production) {
                  DefinitionSummary summary;
                  summary.kind = kind;
                  summary.name = name;
                  summary.newest = newest;
                  summary.production = production;
                  return summary;
              };
        const auto choices = itemChoices("refunds", body,
            {definition(DefinitionKind::Tool, "payments.send", 2, std::nullopt),
                definition(DefinitionKind::Prompt, "refunds.system", 42, 41),
                definition(DefinitionKind::Prompt, "another.system", 9, 8),
                definition(DefinitionKind::Model, "large", 3, 3), definition(DefinitionKind::Agent, "refunds", 5, 4)},
            fixedNow());
        QCOMPARE(choices.size(), std::size_t(3));
        QCOMPARE(choices[0].item.kind, DefinitionKind::Agent);
        QVERIFY(choices[1].label.contains(QStringLiteral("v41 to v42")));
        QVERIFY(choices[2].label.contains(QStringLiteral("new as v2")));
        QVERIFY(suggestedTitle(QStringLiteral("Refunds"), {choices[1].item}).contains(QStringLiteral("v42")));
    }
};

QTEST_MAIN(ChangesWordsTest)

#include "changes_words_test.moc"
