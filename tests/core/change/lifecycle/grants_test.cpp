#include <QtTest>

#include "tests/core/change/lifecycle/scene.h"

#include "core/api/grants.h"
#include "core/api/resolve.h"
#include "core/run/route/assignment.h"

using namespace ephor;
using namespace std::chrono_literals;
using test::Scene;

namespace {

template <class T> QString outcome(const Result<T>& result)
{
    return QString::fromStdString(result ? "ok" : result.error().code);
}

void count(Scene& scene, const std::string& tool, VerdictWord word, int times, Instant at)
{
    scene.write([&](store::Transaction& transaction) -> Result<void> {
        for (int i = 0; i < times; ++i)
            EPHOR_TRY_VOID(runtime::countVerdict(transaction, at, "helper", tool, word));
        return {};
    });
}

}

class GrantsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void matrixShowsReleasedAndTightened();
    void explainsTheCell();
    void previewCountsWhatWouldDiffer();
    void resolvesTheVersionOfAUnit();
    void resolveRefusesWhatItCannotTell();
};

void GrantsTest::matrixShowsReleasedAndTightened()
{
    Scene scene;
    scene.addOfficers();
    scene.firstRelease();
    count(scene, "orders.read", VerdictWord::Allow, 3, scene.clock.now());
    count(scene, "orders.read", VerdictWord::Allow, 5, scene.clock.now() - std::chrono::days(29));
    count(scene, "orders.read", VerdictWord::Allow, 7, scene.clock.now() - std::chrono::days(30));
    scene.write([&](store::Transaction& transaction) {
        return scene.tightenings.add(
            transaction, {"helper", "orders.read", Access::Ask, "olga", "odd", scene.clock.now()});
    });
    const auto matrix = scene.door.call<ReadMatrix>(scene.ada, {}).value();
    QCOMPARE(matrix.tools.size(), 2u);
    QVERIFY(matrix.tools.front().name == "mail.send" && matrix.tools.front().effect == SideEffect::Egress);
    QCOMPARE(matrix.rows.size(), 1u);
    const MatrixRow& row = matrix.rows.front();
    QCOMPARE(row.release, 1u);
    QCOMPARE(row.cells.size(), 2u);
    QVERIFY(row.cells[0].access == Access::Ask && !row.cells[0].tightened && row.cells[0].calls == 0);
    QVERIFY(row.cells[1].access == Access::Ask && row.cells[1].tightened && row.cells[1].calls == 8);
    const Principal stranger = scene.person("sam", {{"it", "*", Role::Viewer}});
    const auto hidden = scene.door.call<ReadMatrix>(stranger, {}).value();
    QVERIFY(hidden.rows.empty() && hidden.tools.empty());
}

void GrantsTest::explainsTheCell()
{
    Scene scene;
    scene.addOfficers();
    const auto before = scene.door.call<ExplainGrant>(scene.ada, {"helper", "mail.send"}).value();
    QCOMPARE(before.verdict.rule, std::string("default-deny"));
    scene.firstRelease();
    count(scene, "mail.send", VerdictWord::Ask, 2, scene.clock.now());
    count(scene, "mail.send", VerdictWord::Deny, 1, scene.clock.now());
    const auto asked = scene.door.call<ExplainGrant>(scene.ada, {"helper", "mail.send"}).value();
    QVERIFY(asked.verdict.word == VerdictWord::Ask && asked.released && asked.releaseNumber == 1);
    QVERIFY(asked.asked == 2 && asked.denied == 1 && asked.allowed == 0 && !asked.tightening);
    scene.write([&](store::Transaction& transaction) {
        return scene.tightenings.add(
            transaction, {"helper", "mail.send", Access::Deny, "olga", "leaked", scene.clock.now()});
    });
    const auto denied = scene.door.call<ExplainGrant>(scene.ada, {"helper", "mail.send"}).value();
    QVERIFY(denied.verdict.word == VerdictWord::Deny && denied.tightening);
    QCOMPARE(denied.tightenedBy, std::string("olga"));
    QCOMPARE(outcome(scene.door.call<ExplainGrant>(scene.ada, {"helper", "stranger"})), QString("definition.unknown"));
}

void GrantsTest::previewCountsWhatWouldDiffer()
{
    Scene scene;
    scene.addOfficers();
    scene.firstRelease();
    count(scene, "orders.read", VerdictWord::Allow, 10, scene.clock.now());
    count(scene, "orders.read", VerdictWord::Deny, 2, scene.clock.now());
    count(scene, "mail.send", VerdictWord::Ask, 4, scene.clock.now());
    PreviewGrants::Request request;
    request.edits.assign({Scene::rule("orders.read", Access::Deny), Scene::rule("mail.send", Access::Allow)});
    const auto preview = scene.door.call<PreviewGrants>(scene.ada, request).value();
    QCOMPARE(preview.tightens, 1u);
    QCOMPARE(preview.loosens, 1u);
    QCOMPARE(preview.callsSeen, 16u);
    QCOMPARE(preview.callsChanged, 14u);
    request.edits.assign({Scene::rule("orders.read", Access::Allow)});
    const auto same = scene.door.call<PreviewGrants>(scene.ada, request).value();
    QVERIFY(same.tightens == 0 && same.loosens == 0 && same.callsChanged == 0 && same.callsSeen == 12);
}

void GrantsTest::resolvesTheVersionOfAUnit()
{
    Scene scene;
    scene.addOfficers();
    const Rollout first = scene.firstRelease();
    const auto alone = scene.door.call<ResolvePrompt>(scene.ada, {"greet", "production", "unit", ""}).value();
    QVERIFY(alone.variant == Variant::Only && alone.prompt.version.number == 1);
    QCOMPARE(alone.release, first.candidate);
    QCOMPARE(alone.prompt.version.state, std::string("production"));
    scene.savePrompt("Second.", 1);
    Rollout rollout = scene.started(Scene::draft({{DefinitionKind::Prompt, "greet", 0, 0}}));
    rollout = scene.door.call<PromoteRollout>(scene.ada, {rollout.id, "fine"}).value().rollout;
    int canaries = 0;
    for (int i = 0; i < 200; ++i) {
        const std::string unit = "customer " + std::to_string(i);
        const auto resolved
            = scene.door.call<ResolvePrompt>(scene.ada, {"greet", "production", unit, "helper"}).value();
        QVERIFY(resolved.variant == route::assign(rollout.seed, unit, 0.25));
        const bool isCanary = resolved.variant == Variant::Canary;
        QCOMPARE(resolved.prompt.version.number, isCanary ? 2u : 1u);
        QCOMPARE(resolved.release, isCanary ? rollout.candidate : rollout.baseline);
        canaries += isCanary;
    }
    QVERIFY(canaries > 0 && canaries < 200);
    const auto unnamed = scene.door.call<ResolvePrompt>(scene.ada, {"greet", "production", "", ""}).value();
    QVERIFY(unnamed.variant == Variant::Baseline && unnamed.prompt.version.number == 1);
}

void GrantsTest::resolveRefusesWhatItCannotTell()
{
    Scene scene;
    scene.addOfficers();
    QCOMPARE(outcome(scene.door.call<ResolvePrompt>(scene.ada, {"greet", "production", "u", ""})),
        QString("resolve.not-released"));
    scene.firstRelease();
    QCOMPARE(outcome(scene.door.call<ResolvePrompt>(scene.ada, {"greet", "staging", "u", ""})),
        QString("resolve.unknown-tag"));
    AgentBody twin = Scene::agentBody();
    twin.title = "Twin";
    scene.save("twin", twin, scene.ada.id);
    CreateChange::Request request = Scene::draft({});
    request.agent = "twin";
    scene.started(request);
    const auto both = scene.door.call<ResolvePrompt>(scene.ada, {"greet", "production", "u", ""});
    QCOMPARE(outcome(both), QString("resolve.ambiguous"));
    QCOMPARE(both.error().fields.front().second, std::string("helper, twin"));
    QCOMPARE(outcome(scene.door.call<ResolvePrompt>(scene.ada, {"greet", "production", "u", "twin"})), QString("ok"));
    // A key for one agent sees that agent alone.
    Principal key{PrincipalKind::Service, "key:1", "Key", {{"care", "production", Role::Viewer}}, {"helper"},
        {Permission::InvokeAgents}, {}};
    QCOMPARE(outcome(scene.door.call<ResolvePrompt>(key, {"greet", "production", "u", ""})), QString("ok"));
    QCOMPARE(outcome(scene.door.call<ResolvePrompt>(key, {"greet", "production", "u", "twin"})),
        QString("resolve.not-released"));
}

QTEST_GUILESS_MAIN(GrantsTest)
#include "grants_test.moc"
