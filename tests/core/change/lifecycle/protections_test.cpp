#include "tests/core/change/lifecycle/scene.h"

#include <QTest>

using namespace ephor;
using namespace ephor::test;

namespace {

ProtectionBody protectionWith(ProtectAction action)
{
    ProtectionBody body;
    body.title = "House";
    ProtectionRule rule;
    rule.what = {"CREDIT_CARD"};
    rule.action = action;
    body.rules = {rule};
    return body;
}

/// Gives the agent the protection `house`, or a new version of it.
CreateChange::Request naming(
    Scene& scene, const ProtectionBody& body, std::uint64_t protectionVersion, std::uint64_t agentVersion)
{
    scene.save("house", body, scene.ada.id, protectionVersion);
    AgentBody agent = Scene::agentBody();
    agent.protection = "house";
    if (agentVersion > 0)
        scene.save("helper", agent, scene.ada.id, agentVersion);
    return Scene::draft({{DefinitionKind::Agent, "helper", 0, 0}, {DefinitionKind::Protection, "house", 0, 0}});
}

AgentBody agentOf(Scene& scene, const Release& release)
{
    const std::uint64_t version = Scene::pinOf(release, DefinitionKind::Agent, "helper");
    return scene.read<AgentBody>([&](const store::Snapshot& snapshot) -> Result<AgentBody> {
        EPHOR_TRY(const auto bytes, definition::verifiedBytes(snapshot, DefinitionKind::Agent, "helper", version));
        return definition::agentFrom(bytes.body);
    });
}

}

/// Protections on their way through changes, releases and rollbacks.
class ProtectionsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aRollbackKeepsTheStricterProtection();
    void aRollbackKeepsTheStricterVersion();
    void aRollbackFromALooserOneBringsTheStricterBack();
    void aReleasePinsTheJudgeThatItsProtectionNames();
};

void ProtectionsTest::aRollbackKeepsTheStricterProtection()
{
    Scene scene;
    scene.addOfficers();
    scene.promotedToEnd(scene.firstRelease());
    const Rollout rollout
        = scene.promotedToEnd(scene.started(naming(scene, protectionWith(ProtectAction::Deny), 0, 1)));
    const auto told = Scene::take(scene.door.call<CompareRollout>(scene.ada, {rollout.id}));
    const bool said = std::ranges::any_of(
        told.stays, [](const std::string& word) { return word.starts_with("The protection house stays"); });
    QVERIFY(said);
    Scene::take(scene.door.call<RollBack>(scene.ada, {rollout.id, "it is bad"}));
    const Release back = scene.production();
    QCOMPARE(Scene::pinOf(back, DefinitionKind::Protection, "house"), std::uint64_t(1));
    QCOMPARE(std::string(agentOf(scene, back).protection), std::string("house"));
}

void ProtectionsTest::aRollbackKeepsTheStricterVersion()
{
    Scene scene;
    scene.addOfficers();
    scene.promotedToEnd(scene.firstRelease());
    scene.promotedToEnd(scene.started(naming(scene, protectionWith(ProtectAction::Observe), 0, 1)));
    const std::uint64_t agent = Scene::pinOf(scene.production(), DefinitionKind::Agent, "helper");
    const Rollout rollout
        = scene.promotedToEnd(scene.started(naming(scene, protectionWith(ProtectAction::Deny), 1, 0)));
    Scene::take(scene.door.call<RollBack>(scene.ada, {rollout.id, "it is bad"}));
    QCOMPARE(Scene::pinOf(scene.production(), DefinitionKind::Protection, "house"), std::uint64_t(2));
    // The agent itself has no reason for another version.
    QCOMPARE(Scene::pinOf(scene.production(), DefinitionKind::Agent, "helper"), agent);
}

void ProtectionsTest::aRollbackFromALooserOneBringsTheStricterBack()
{
    Scene scene;
    scene.addOfficers();
    scene.promotedToEnd(scene.firstRelease());
    scene.promotedToEnd(scene.started(naming(scene, protectionWith(ProtectAction::Deny), 0, 1)));
    const std::string before = scene.production().id;
    const Rollout rollout
        = scene.promotedToEnd(scene.started(naming(scene, protectionWith(ProtectAction::Observe), 1, 0)));
    Scene::take(scene.door.call<RollBack>(scene.ada, {rollout.id, "it is bad"}));
    QCOMPARE(scene.production().id, before);
}

void ProtectionsTest::aReleasePinsTheJudgeThatItsProtectionNames()
{
    Scene scene;
    scene.addOfficers();
    scene.promotedToEnd(scene.firstRelease());
    ModelBody judge;
    judge.title = "Judge";
    judge.model = "judge-1";
    judge.scenario.text = "{\"name\":\"unused\"}";
    scene.save("judge", judge, scene.ada.id);
    ProtectionBody body = protectionWith(ProtectAction::Deny);
    body.grounded = 80;
    body.judge = "judge";
    const auto request = naming(scene, body, 0, 1);
    const std::string id = Scene::take(scene.door.call<CreateChange>(scene.ada, request)).change.id;
    const Change drafted = scene.change(id);
    // Whoever approves sees the model that will be asked.
    QVERIFY(std::ranges::any_of(drafted.items,
        [](const ChangeItem& item) { return item.kind == DefinitionKind::Model && item.name == "judge"; }));
    const Rollout rollout = scene.promotedToEnd(scene.started(request));
    QCOMPARE(Scene::pinOf(scene.production(), DefinitionKind::Model, "judge"), std::uint64_t(1));
    Scene::take(scene.door.call<RollBack>(scene.ada, {rollout.id, "it is bad"}));
    QCOMPARE(Scene::pinOf(scene.production(), DefinitionKind::Model, "judge"), std::uint64_t(1));
}

QTEST_GUILESS_MAIN(ProtectionsTest)
#include "protections_test.moc"
