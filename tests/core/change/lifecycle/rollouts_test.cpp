#include <QtTest>

#include "tests/core/change/lifecycle/scene.h"

#include "core/api/grants.h"
#include "core/definition/tags.h"

using namespace ephor;
using namespace std::chrono_literals;
using test::Scene;

namespace {

template <class T> QString outcome(const Result<T>& result)
{
    return QString::fromStdString(result ? "ok" : result.error().code);
}

const ChangeItem newestPrompt{DefinitionKind::Prompt, "greet", 0, 0};

std::optional<std::uint64_t> tagOf(Scene& scene, definition::Tag tag)
{
    return scene.read<std::optional<std::uint64_t>>([&](const store::Snapshot& snapshot) {
        return definition::taggedVersion(snapshot, {"production", "helper"}, tag, DefinitionKind::Prompt, "greet");
    });
}

std::size_t tightenings(Scene& scene)
{
    return scene.read<std::vector<policy::Tightening>>(policy::Tightenings::list).size();
}

void tighten(Scene& scene, const std::string& tool, Access access)
{
    scene.write([&](store::Transaction& transaction) {
        return scene.tightenings.add(transaction, {"helper", tool, access, "olga", "leaked", scene.clock.now()});
    });
}

}

class RolloutsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void firstReleaseGoesLiveAtOnce();
    void canaryPassesItsShares();
    void pausedHoldsAndResumes();
    void oneRolloutAtATime();
    void unstableUnitsRefuseToArm();
    void rollbackOfACanary();
    void rollbackOfWhatIsLive();
    void rollbackKeepsRevokedGrants();
    void rollbackKeepsLowerLimits();
    void rollbackNeverSkipsNewerReleases();
    void rollbackOfTheFirstReleaseEndsService();
    void looseningLiftsATightening();
    void everyToolTightenedLoosensOneByOne();
    void aYoungerTighteningStays();
    void numbersAreCountedFromRuns();
    void whatNoLongerCompilesDoesNotStart();
};

void RolloutsTest::firstReleaseGoesLiveAtOnce()
{
    Scene scene;
    scene.addOfficers();
    const Rollout rollout = scene.firstRelease();
    QVERIFY(scene.door.note.recorded);
    QVERIFY(rollout.state == RolloutState::Completed);
    QCOMPARE(rollout.share, 1.0);
    QCOMPARE(rollout.candidateNumber, 1u);
    QVERIFY(rollout.baseline.empty());
    QCOMPARE(scene.serving().production, rollout.candidate);
    QVERIFY(tagOf(scene, definition::Tag::Production) == 1u);
    const ChangeSummary summary = scene.change("CH-1").summary;
    QVERIFY(summary.state == ChangeState::Live && !summary.share);
    QCOMPARE(summary.release, rollout.candidate);
    QCOMPARE(scene.routesChanged, 1);
    const Json entry = scene.lastEntry();
    QCOMPARE(entry.at("kind"), Json("rollout"));
    QCOMPARE(entry.at("subject"), Json("rollout:" + rollout.id));
    QCOMPARE(scene.door.call<ListReleases>(scene.ada, {"helper"}).value().releases.size(), 1u);
}

void RolloutsTest::canaryPassesItsShares()
{
    Scene scene;
    scene.addOfficers();
    const Rollout first = scene.firstRelease();
    scene.savePrompt("Hello, dear customer.", 1);
    Rollout rollout = scene.started(Scene::draft({newestPrompt}));
    QVERIFY(rollout.state == RolloutState::Running);
    QCOMPARE(rollout.share, 0.05);
    QCOMPARE(rollout.seed, rollout.candidate);
    QCOMPARE(rollout.baseline, first.candidate);
    QCOMPARE(scene.serving().production, first.candidate);
    QVERIFY(tagOf(scene, definition::Tag::Canary) == 2u);
    QVERIFY(tagOf(scene, definition::Tag::Production) == 1u);
    QVERIFY(scene.change("CH-2").summary.share == 0.05);
    scene.clock.advance(1h);
    rollout = scene.door.call<PromoteRollout>(scene.ada, {rollout.id, "fine"}).value().rollout;
    QCOMPARE(rollout.share, 0.25);
    QVERIFY(scene.change("CH-2").summary.share == 0.25);
    QVERIFY(scene.lastEntry().at("data").at("numbers").size() == 2);
    rollout = scene.promotedToEnd(rollout);
    QVERIFY(rollout.state == RolloutState::Completed);
    QCOMPARE(rollout.history.size(), 4u);
    QCOMPARE(scene.serving().production, rollout.candidate);
    QVERIFY(!scene.serving().rollout);
    QVERIFY(tagOf(scene, definition::Tag::Production) == 2u);
    QVERIFY(!tagOf(scene, definition::Tag::Canary));
    QVERIFY(scene.change("CH-2").summary.state == ChangeState::Live);
    QVERIFY(scene.change("CH-1").summary.state == ChangeState::Live);
    QCOMPARE(outcome(scene.door.call<PromoteRollout>(scene.ada, {rollout.id, "more"})), QString("rollout.closed"));
}

void RolloutsTest::pausedHoldsAndResumes()
{
    Scene scene;
    scene.addOfficers();
    scene.firstRelease();
    scene.savePrompt("Hello, dear customer.", 1);
    const Rollout rollout = scene.started(Scene::draft({newestPrompt}));
    const auto paused = scene.door.call<PauseRollout>(scene.olga, {rollout.id, "looks odd"}).value().rollout;
    QVERIFY(paused.state == RolloutState::Paused);
    QVERIFY(scene.serving().rollout->state == RolloutState::Paused);
    QCOMPARE(outcome(scene.door.call<PromoteRollout>(scene.ada, {rollout.id, "go on"})), QString("rollout.paused"));
    QVERIFY(scene.door.call<ResumeRollout>(scene.ada, {rollout.id, "explained"}).value().rollout.state
        == RolloutState::Running);
    const Principal stranger = scene.person("sam", {{"it", "*", Role::Admin}});
    QCOMPARE(outcome(scene.door.call<RollBack>(stranger, {rollout.id, "no reason"})), QString("forbidden"));
    QCOMPARE(outcome(scene.door.call<PauseRollout>(scene.ada, {"nothing", "why"})), QString("rollout.unknown"));
}

void RolloutsTest::oneRolloutAtATime()
{
    Scene scene;
    scene.addOfficers();
    scene.firstRelease();
    scene.savePrompt("Second.", 1);
    const std::string denies = scene.approved(Scene::draft({}, {Scene::rule("orders.read", Access::Deny)}));
    scene.started(Scene::draft({newestPrompt}));
    QCOMPARE(outcome(scene.door.call<StartRollout>(scene.ada, {denies, "go"})), QString("rollout.another"));
}

void RolloutsTest::unstableUnitsRefuseToArm()
{
    Scene scene;
    scene.addOfficers();
    const Rollout first = scene.firstRelease();
    scene.addRuns(30, first.candidate, Variant::Only, [](std::size_t i, RunSummary& run) {
        if (i == 7)
            run.person.clear();
    });
    scene.savePrompt("Second.", 1);
    const std::string id = scene.approved(Scene::draft({newestPrompt}));
    QCOMPARE(outcome(scene.door.call<StartRollout>(scene.ada, {id, "go"})), QString("rollout.unstable-units"));
    QVERIFY(scene.change(id).summary.state == ChangeState::Approved);
    // A conversation is a unit as well.
    scene.addRuns(200, first.candidate, Variant::Only, [](std::size_t, RunSummary& run) {
        run.person.clear();
        run.conversation = "talk";
    });
    QCOMPARE(outcome(scene.door.call<StartRollout>(scene.ada, {id, "go"})), QString("ok"));
}

void RolloutsTest::rollbackOfACanary()
{
    Scene scene;
    scene.addOfficers();
    const Rollout first = scene.firstRelease();
    scene.savePrompt("Bad.", 1);
    const Rollout rollout = scene.started(Scene::draft({newestPrompt}));
    scene.door.call<PauseRollout>(scene.ada, {rollout.id, "looks bad"}).value();
    const auto seen = scene.door.call<CompareRollout>(scene.ada, {rollout.id}).value();
    QVERIFY(seen.bringsBack == std::vector<std::string>{"prompt greet: version 2 → 1"});
    QVERIFY(seen.stays.empty());
    const auto back = scene.door.call<RollBack>(scene.ada, {rollout.id, "it is bad"}).value().rollout;
    QVERIFY(back.state == RolloutState::RolledBack);
    QCOMPARE(scene.serving().production, first.candidate);
    QVERIFY(!scene.serving().rollout);
    QVERIFY(!tagOf(scene, definition::Tag::Canary));
    QVERIFY(scene.change("CH-2").summary.state == ChangeState::RolledBack);
    QCOMPARE(outcome(scene.door.call<RollBack>(scene.ada, {rollout.id, "again"})), QString("rollout.rolled-back"));
    // The same content may be tried again, as a rollout of its own.
    const Rollout again = scene.started(Scene::draft({newestPrompt}));
    QCOMPARE(again.candidate, rollout.candidate);
    QVERIFY(again.id != rollout.id);
}

void RolloutsTest::rollbackOfWhatIsLive()
{
    Scene scene;
    scene.addOfficers();
    const Rollout first = scene.firstRelease();
    scene.savePrompt("Bad.", 1);
    const Rollout rollout
        = scene.promotedToEnd(scene.started(Scene::draft({newestPrompt}, {Scene::rule("mail.send", Access::Allow)})));
    QVERIFY(scene.door.call<CompareRollout>(scene.ada, {rollout.id}).value().bringsBack.size() == 2);
    scene.door.call<RollBack>(scene.olga, {rollout.id, "complaints"}).value();
    QCOMPARE(scene.serving().production, first.candidate);
    QVERIFY(tagOf(scene, definition::Tag::Production) == 1u);
    QVERIFY(scene.production().grants.front().access == Access::Ask);
    QVERIFY(scene.change("CH-1").summary.state == ChangeState::Live);
}

void RolloutsTest::rollbackKeepsRevokedGrants()
{
    Scene scene;
    scene.addOfficers();
    const Rollout first = scene.firstRelease();
    GrantRule two = Scene::rule("mail.send", Access::Ask);
    two.approvals = 2;
    const Rollout rollout = scene.started(Scene::draft({}, {Scene::rule("orders.read", Access::None), two}));
    const auto seen = scene.door.call<CompareRollout>(scene.ada, {rollout.id}).value();
    QCOMPARE(seen.stays.size(), 2u);
    scene.door.call<RollBack>(scene.ada, {rollout.id, "not ready"}).value();
    QCOMPARE(tightenings(scene), 1u);
    const policy::Tightening* const kept = scene.tightenings.table()->find("helper", "orders.read");
    QVERIFY(kept != nullptr && kept->access == Access::Deny);
    // Two people asked cannot be said by a tightening, so the release that serves says it.
    const Release serving = scene.production();
    QVERIFY(serving.id != first.candidate);
    QCOMPARE(serving.grants.front().tool, std::string("mail.send"));
    QCOMPARE(serving.grants.front().approvals, 2u);
    QVERIFY(scene.lastEntry().at("data").at("stays").size() == 2);
}

void RolloutsTest::rollbackKeepsLowerLimits()
{
    Scene scene;
    scene.addOfficers();
    scene.firstRelease();
    AgentBody agent = Scene::agentBody();
    agent.budget.tokens = 1'000;
    agent.budget.steps = 99;
    agent.description = "Talks too much.";
    scene.save("helper", agent, scene.ada.id, 1);
    const Rollout rollout = scene.promotedToEnd(scene.started(Scene::draft({{DefinitionKind::Agent, "helper", 0, 0}})));
    scene.door.call<RollBack>(scene.ada, {rollout.id, "talks too much"}).value();
    const Release serving = scene.production();
    const std::uint64_t version = Scene::pinOf(serving, DefinitionKind::Agent, "helper");
    QCOMPARE(version, 3u);
    const AgentBody held = scene.read<AgentBody>([&](const store::Snapshot& snapshot) -> Result<AgentBody> {
        EPHOR_TRY(const auto bytes, definition::verifiedBytes(snapshot, DefinitionKind::Agent, "helper", version));
        return definition::agentFrom(bytes.body);
    });
    QCOMPARE(held.budget.tokens, 1'000u);
    QCOMPARE(held.budget.steps, Scene::agentBody().budget.steps);
    QVERIFY(held.description.empty());
}

void RolloutsTest::rollbackNeverSkipsNewerReleases()
{
    Scene scene;
    scene.addOfficers();
    const Rollout first = scene.firstRelease();
    scene.savePrompt("Second.", 1);
    const Rollout second = scene.started(Scene::draft({newestPrompt}));
    QCOMPARE(outcome(scene.door.call<RollBack>(scene.ada, {first.id, "back"})), QString("rollout.another"));
    scene.promotedToEnd(second);
    QCOMPARE(outcome(scene.door.call<RollBack>(scene.ada, {first.id, "back"})), QString("rollout.superseded"));
    QCOMPARE(scene.serving().production, second.candidate);
}

void RolloutsTest::rollbackOfTheFirstReleaseEndsService()
{
    Scene scene;
    scene.addOfficers();
    const Rollout first = scene.firstRelease();
    scene.door.call<RollBack>(scene.ada, {first.id, "not ready"}).value();
    QVERIFY(scene.serving().production.empty());
    QVERIFY(!tagOf(scene, definition::Tag::Production));
    const Rollout again = scene.firstRelease();
    QCOMPARE(scene.serving().production, again.candidate);
}

void RolloutsTest::looseningLiftsATightening()
{
    Scene scene;
    scene.addOfficers();
    const Rollout first = scene.firstRelease();
    tighten(scene, "orders.read", Access::Deny);
    scene.clock.advance(1min);
    // The release says the same as before; what changes is the tightening over it.
    const Rollout rollout = scene.started(Scene::draft({}, {Scene::rule("orders.read", Access::Allow)}));
    QVERIFY(rollout.state == RolloutState::Completed);
    QCOMPARE(rollout.candidate, first.candidate);
    QCOMPARE(tightenings(scene), 0u);
    QVERIFY(scene.tightenings.table()->find("helper", "orders.read") == nullptr);
    scene.door.call<RollBack>(scene.ada, {rollout.id, "leaks again"}).value();
    QCOMPARE(tightenings(scene), 1u);
    QCOMPARE(scene.serving().production, first.candidate);
}

void RolloutsTest::everyToolTightenedLoosensOneByOne()
{
    Scene scene;
    scene.addOfficers();
    scene.firstRelease();
    tighten(scene, "*", Access::Deny);
    const Rollout rollout = scene.started(Scene::draft({}, {Scene::rule("orders.read", Access::Allow)}));
    const auto table = scene.tightenings.table();
    QVERIFY(table->find("helper", "orders.read") == nullptr);
    const policy::Tightening* const kept = table->find("helper", "mail.send");
    QVERIFY(kept != nullptr && kept->access == Access::Deny && kept->tool == "mail.send");
    scene.door.call<RollBack>(scene.ada, {rollout.id, "leaks again"}).value();
    QVERIFY(scene.tightenings.table()->find("helper", "orders.read") != nullptr);
}

void RolloutsTest::aYoungerTighteningStays()
{
    Scene scene;
    scene.addOfficers();
    scene.firstRelease();
    scene.savePrompt("Second.", 1);
    const Rollout rollout = scene.started(Scene::draft({newestPrompt}, {Scene::rule("mail.send", Access::Allow)}));
    scene.clock.advance(1min);
    tighten(scene, "mail.send", Access::Deny);
    scene.promotedToEnd(rollout);
    QCOMPARE(tightenings(scene), 1u);
}

void RolloutsTest::numbersAreCountedFromRuns()
{
    Scene scene;
    scene.addOfficers();
    const Rollout first = scene.firstRelease();
    scene.addRuns(4, first.candidate, Variant::Only, [](std::size_t, RunSummary&) { });
    scene.clock.advance(1min);
    scene.savePrompt("Second.", 1);
    const Rollout rollout = scene.started(Scene::draft({newestPrompt}));
    scene.clock.advance(1min);
    scene.addRuns(10, first.candidate, Variant::Baseline, [](std::size_t i, RunSummary& run) {
        run.durationMicros = (i + 1) * 100'000;
        run.toolCalls = 3;
        run.denied = i == 0 ? 2 : 0;
        run.cost = i < 2 ? std::optional(Money{500}) : std::nullopt;
        run.state = i == 9 ? RunState::Failed : RunState::Done;
        run.person = i < 5 ? "same" : "person " + std::to_string(i);
    });
    scene.addRuns(3, rollout.candidate, Variant::Canary, [](std::size_t i, RunSummary& run) {
        run.state = i == 0 ? RunState::Waiting : RunState::Done;
        run.person.clear();
        run.conversation = i == 2 ? "" : "talk";
        run.durationMicros = 2'000'000;
    });
    const auto seen = scene.door.call<CompareRollout>(scene.ada, {rollout.id}).value();
    QVERIFY(!seen.stoppingRule);
    QCOMPARE(seen.variants.size(), 2u);
    const VariantNumbers& baseline = seen.variants[0];
    QVERIFY(baseline.variant == Variant::Baseline);
    QCOMPARE(baseline.runs, 10u);
    QCOMPARE(baseline.units, 6u);
    QCOMPARE(baseline.success.count, 9u);
    QCOMPARE(baseline.success.total, 10u);
    QCOMPARE(baseline.denials.count, 2u);
    QCOMPARE(baseline.denials.total, 32u);
    QVERIFY(baseline.p50 == 0.5 && baseline.p95 == 1.0);
    QVERIFY(baseline.cost == Money{1'000});
    const VariantNumbers& canary = seen.variants[1];
    QVERIFY(canary.variant == Variant::Canary);
    QCOMPARE(canary.number, 2u);
    QCOMPARE(canary.runs, 3u);
    QCOMPARE(canary.units, 2u);
    QCOMPARE(canary.success.total, 2u);
    QVERIFY(!canary.cost && canary.denials.total == 0 && !canary.denials.low);
}

void RolloutsTest::whatNoLongerCompilesDoesNotStart()
{
    Scene scene;
    scene.addOfficers();
    const std::string id = scene.approved(Scene::draft({}));
    scene.compileFault = Error(ErrorKind::Invalid, "model.no-secret", "The secret is gone.");
    QCOMPARE(outcome(scene.door.call<StartRollout>(scene.ada, {id, "go"})), QString("model.no-secret"));
    QVERIFY(scene.serving().production.empty());
    QCOMPARE(scene.routesChanged, 0);
}

QTEST_GUILESS_MAIN(RolloutsTest)
#include "rollouts_test.moc"
