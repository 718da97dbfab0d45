#include "tests/core/run/runtime/house_rules.h"

#include <QTest>
#include <algorithm>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::runtime;
using namespace ephor::runtime::testing;

namespace {

constexpr const char* since = "The run is untrusted since the result of look, message 4.";

}

/// A refusal for what a run has read says which text it was.
class LabelOriginTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aFlowNamesTheResult();
    void aRuleOverLabelsIsExplainedByTheResult();
    void whatWasReadBeforeARestartIsNamed();
};

void LabelOriginTest::aFlowNamesTheResult()
{
    RunHouse house;
    house.protection.trust = FlowMode::Deny;
    house.restart();
    Story story;
    house.model->call("look", {{"amount", 1}});
    house.model->call("pay", {{"amount", 5}});
    house.model->say("I may not pay.");
    const auto handle = house.start(story, "Look and pay");
    QVERIFY(handle && story.waitFor(RunEventKind::Finished));
    bool named = false;
    for (const RunEvent& event : story.events())
        named = named || (event.kind == RunEventKind::Verdict && event.text.ends_with(since));
    QVERIFY(named);
}

void LabelOriginTest::aRuleOverLabelsIsExplainedByTheResult()
{
    RunHouse house;
    addHouseRule(house,
        "forbid (principal is Agent, action == Action::\"note\", resource) when { "
        "context.labels.contains(\"untrusted\") };");
    Story story;
    house.model->call("look", {{"amount", 1}});
    house.model->call("note", {{"amount", 5}});
    house.model->say("I may not.");
    const auto handle = house.start(story, "Look and note");
    QVERIFY(handle && story.waitFor(RunEventKind::Finished));
    const auto whys = whysOf(house, (*handle)->id());
    QCOMPARE(whys.size(), std::size_t(1));
    QVERIFY(std::ranges::find(whys.front().origins, since) != whys.front().origins.end());
}

void LabelOriginTest::whatWasReadBeforeARestartIsNamed()
{
    RunHouse house;
    Story story;
    house.model->call("look", {{"amount", 1}});
    house.model->call("pay", {{"amount", 5}});
    const auto handle = house.start(story, "Look and pay");
    QVERIFY(handle && story.waitFor(RunEventKind::Waiting));
    const std::string run = (*handle)->id();
    house.restart();
    addHouseRule(house,
        "forbid (principal is Agent, action == Action::\"note\", resource) when { "
        "context.labels.contains(\"untrusted\") };");
    house.model->call("note", {{"amount", 5}});
    house.model->say("I may not.");
    Story after;
    const auto followed = house.runtime->follow(run, 0, house.caller, after.listener());
    QVERIFY(followed.has_value());
    house.decide(house.waiting().front(), ApprovalState::Approved);
    QVERIFY(after.waitFor(RunEventKind::Finished));
    const auto whys = whysOf(house, run);
    QVERIFY(!whys.empty());
    QVERIFY(std::ranges::find(whys.back().origins, since) != whys.back().origins.end());
}

QTEST_GUILESS_MAIN(LabelOriginTest)
#include "label_origin_test.moc"
