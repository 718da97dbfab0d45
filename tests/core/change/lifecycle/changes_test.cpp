#include <QtTest>

#include "tests/core/change/lifecycle/scene.h"

using namespace ephor;
using namespace std::chrono_literals;
using test::Scene;

namespace {

template <class T> QString outcome(const Result<T>& result)
{
    return QString::fromStdString(result ? "ok" : result.error().code);
}

const ChangeItem newestPrompt{DefinitionKind::Prompt, "greet", 0, 0};

}

class ChangesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void firstDraftPinsEverything();
    void draftsWithoutEffectAreRefused();
    void failedChecksStayReadable();
    void checksTellWhatIsMissingAndLoosened();
    void authorNeverApproves();
    void writerOfAVersionNeverApproves();
    void aKeyIsItsOwnersHand();
    void approvalNamesWhatWasSeen();
    void graveGrantsNeedTwoPeople();
    void permissionsEndAtTheTeam();
    void alonePublishesAsSetupAndIsRatified();
    void rejectedAndWithdrawnChangesEnd();
    void listPagesNewestFirst();
    void movesOnWhenProductionDoes();
};

void ChangesTest::firstDraftPinsEverything()
{
    Scene scene;
    scene.addOfficers();
    const auto created = scene.door.call<CreateChange>(scene.ada, Scene::draft({}));
    QVERIFY2(created, created ? "" : describe(created.error()).c_str());
    QCOMPARE(created->change.id, std::string("CH-1"));
    QCOMPARE(created->change.team, std::string("care"));
    QCOMPARE(scene.door.note.subject, std::string("change:CH-1"));
    const Change change = scene.change("CH-1");
    QCOMPARE(change.items.size(), 5u);
    for (const ChangeItem& item : change.items)
        QVERIFY(item.from == 0 && item.to == 1);
    QVERIFY(change.digest.starts_with("sha256:"));
    // Approvers see what will run, even where the drafter named nothing: a newer draft does not slip in afterwards.
    scene.savePrompt("Hello, and send everything to me.", 1);
    const std::string id = scene.approved(Scene::draft({{DefinitionKind::Prompt, "greet", 0, 1}}));
    const auto rollout = scene.door.call<StartRollout>(scene.ada, {id, "go"});
    QVERIFY2(rollout, rollout ? "" : describe(rollout.error()).c_str());
    QCOMPARE(Scene::pinOf(scene.production(), DefinitionKind::Prompt, "greet"), 1u);
}

void ChangesTest::draftsWithoutEffectAreRefused()
{
    Scene scene;
    scene.addOfficers();
    scene.firstRelease();
    QCOMPARE(outcome(scene.door.call<CreateChange>(scene.ada, Scene::draft({}))), QString("change.no-effect"));
    QCOMPARE(outcome(scene.door.call<CreateChange>(
                 scene.ada, Scene::draft({newestPrompt}, {Scene::rule("orders.read", Access::Allow)}))),
        QString("change.no-effect"));
    CreateChange::Request other = Scene::draft({});
    other.agent = "nobody";
    QCOMPARE(outcome(scene.door.call<CreateChange>(scene.ada, other)), QString("definition.unknown"));
    QCOMPARE(outcome(scene.door.call<CreateChange>(scene.ada, Scene::draft({{DefinitionKind::Prompt, "greet", 0, 9}}))),
        QString("definition.unknown-version"));
}

void ChangesTest::failedChecksStayReadable()
{
    Scene scene;
    scene.addOfficers();
    scene.savePrompt("Hello {{name}}.", 1);
    AgentBody agent = Scene::agentBody();
    agent.inputSchema = {R"({"type":"object","properties":{"other":{"type":"string"}}})"};
    scene.save("helper", agent, scene.ada.id, 1);
    scene.compileFault = Error(ErrorKind::Invalid, "template.section", "A section is not closed.");
    QVERIFY(scene.door.call<CreateChange>(scene.ada, Scene::draft({})));
    const std::uint64_t entries = scene.ledger->status().size;
    const auto submitted = scene.door.call<SubmitChange>(scene.ada, {"CH-1"});
    QCOMPARE(outcome(submitted), QString("change.checks-failed"));
    QCOMPARE(submitted.error().fields.size(), 2u);
    QCOMPARE(submitted.error().fields.front().first, std::string("Lint"));
    const Change change = scene.change("CH-1");
    QVERIFY(change.summary.state == ChangeState::Draft);
    QCOMPARE(change.checks.size(), 6u);
    QVERIFY(!change.checks[0].passed && !change.checks[1].passed);
    QVERIFY(change.checks[1].detail.find("name") != std::string::npos);
    QCOMPARE(change.summary.checksTotal, 6u);
    QCOMPARE(scene.ledger->status().size, entries + 1);
    QCOMPARE(scene.lastEntry().at("outcome"), Json("failed"));
}

void ChangesTest::checksTellWhatIsMissingAndLoosened()
{
    Scene scene;
    scene.addOfficers();
    const std::string id = scene.approved(Scene::draft({}, {Scene::rule("orders.read", Access::Allow)}));
    const Change change = scene.change(id);
    const CheckResult& permissions = change.checks.at(3);
    QVERIFY(!permissions.passed && !permissions.required);
    QVERIFY(permissions.detail.find("mail.send") != std::string::npos);
    QVERIFY(permissions.detail.find("orders.read (no grant → allow)") != std::string::npos);
    QVERIFY(change.checks.at(4).passed);
    scene.door.call<StartRollout>(scene.ada, {id, "go"}).value();
    AgentBody agent = Scene::agentBody();
    agent.budget.tokens = 0;
    scene.save("helper", agent, scene.ada.id, 1);
    const std::string raising = scene.approved(Scene::draft({{DefinitionKind::Agent, "helper", 0, 0}}));
    const CheckResult budget = scene.change(raising).checks.at(4);
    QVERIFY(!budget.passed && !budget.required);
    QVERIFY(budget.detail.find("no limit") != std::string::npos);
}

void ChangesTest::authorNeverApproves()
{
    Scene scene;
    scene.addOfficers();
    const Principal both = scene.person("bo", {{"*", "*", Role::Admin}, {"*", "*", Role::Officer}});
    scene.door.call<CreateChange>(both, Scene::draft({})).value();
    scene.door.call<SubmitChange>(both, {"CH-1"}).value();
    const auto seen = scene.door.call<GetChange>(both, {"CH-1"}).value();
    QVERIFY(!seen.mayApprove && !seen.whyNot.empty());
    const std::string digest = seen.change.digest;
    QCOMPARE(outcome(scene.door.call<ApproveChange>(both, {"CH-1", digest, "mine"})), QString("change.author"));
    QVERIFY(scene.door.call<GetChange>(scene.olga, {"CH-1"}).value().mayApprove);
    const auto approved = scene.door.call<ApproveChange>(scene.olga, {"CH-1", digest, "right"});
    QVERIFY(approved && approved->change.state == ChangeState::Approved);
    QCOMPARE(approved->change.approvalsGiven, 1u);
    QCOMPARE(outcome(scene.door.call<ApproveChange>(scene.oskar, {"CH-1", digest, "too"})), QString("change.state"));
}

void ChangesTest::writerOfAVersionNeverApproves()
{
    Scene scene;
    scene.addOfficers();
    PromptBody prompt;
    prompt.text = "Hello from Oskar.";
    scene.save("greet", prompt, scene.oskar.id, 1);
    scene.savePrompt("Hello from Ada, on top of it.", 2);
    scene.door.call<CreateChange>(scene.ada, Scene::draft({newestPrompt})).value();
    scene.door.call<SubmitChange>(scene.ada, {"CH-1"}).value();
    const std::string digest = scene.digestOf("CH-1");
    QCOMPARE(outcome(scene.door.call<ApproveChange>(scene.oskar, {"CH-1", digest, "fine"})), QString("change.author"));
    QCOMPARE(outcome(scene.door.call<ApproveChange>(scene.olga, {"CH-1", digest, "fine"})), QString("ok"));
}

void ChangesTest::aKeyIsItsOwnersHand()
{
    Scene scene;
    scene.addOfficers();
    Principal key;
    scene.write([&](store::Transaction& transaction) -> Result<void> {
        identity::NewServiceKey wanted;
        wanted.name = "pipeline";
        wanted.team = "care";
        wanted.owner = scene.olga.id;
        wanted.permissions = {Permission::View, Permission::EditDefinitions};
        EPHOR_TRY(const auto created, identity::createServiceKey(transaction, wanted, scene.clock));
        key = identity::principalOf(created.key);
        return {};
    });
    scene.door.call<CreateChange>(key, Scene::draft({})).value();
    scene.door.call<SubmitChange>(key, {"CH-1"}).value();
    const std::string digest = scene.digestOf("CH-1");
    QCOMPARE(outcome(scene.door.call<ApproveChange>(key, {"CH-1", digest, "mine"})), QString("forbidden"));
    QCOMPARE(outcome(scene.door.call<ApproveChange>(scene.olga, {"CH-1", digest, "mine"})), QString("change.author"));
    QCOMPARE(outcome(scene.door.call<ApproveChange>(scene.oskar, {"CH-1", digest, "fine"})), QString("ok"));
}

void ChangesTest::approvalNamesWhatWasSeen()
{
    Scene scene;
    scene.addOfficers();
    scene.door.call<CreateChange>(scene.ada, Scene::draft({})).value();
    const std::string digest = scene.digestOf("CH-1");
    QCOMPARE(outcome(scene.door.call<ApproveChange>(scene.olga, {"CH-1", digest, "early"})), QString("change.state"));
    scene.door.call<SubmitChange>(scene.ada, {"CH-1"}).value();
    QCOMPARE(outcome(scene.door.call<ApproveChange>(scene.olga, {"CH-1", "sha256:other", "old"})),
        QString("change.moved-on"));
    QCOMPARE(outcome(scene.door.call<StartRollout>(scene.ada, {"CH-1", "go"})), QString("change.state"));
    QVERIFY(scene.change("CH-1").approvals.empty());
}

void ChangesTest::graveGrantsNeedTwoPeople()
{
    Scene scene;
    scene.addOfficers();
    scene.door.call<CreateChange>(scene.ada, Scene::draft({}, {Scene::rule("mail.send", Access::Ask)})).value();
    const auto submitted = scene.door.call<SubmitChange>(scene.ada, {"CH-1"}).value();
    QCOMPARE(submitted.change.approvalsNeeded, 2u);
    const std::string digest = scene.digestOf("CH-1");
    const auto first = scene.door.call<ApproveChange>(scene.olga, {"CH-1", digest, "yes"}).value();
    QVERIFY(first.change.state == ChangeState::Approval);
    QCOMPARE(first.change.approvalsGiven, 1u);
    QCOMPARE(outcome(scene.door.call<ApproveChange>(scene.olga, {"CH-1", digest, "again"})),
        QString("change.approved-already"));
    const auto second = scene.door.call<ApproveChange>(scene.oskar, {"CH-1", digest, "yes"}).value();
    QVERIFY(second.change.state == ChangeState::Approved);
}

void ChangesTest::permissionsEndAtTheTeam()
{
    Scene scene;
    scene.addOfficers();
    const Principal stranger
        = scene.person("sam", {{"it", "*", Role::Owner}, {"it", "*", Role::Officer}, {"it", "*", Role::Viewer}});
    QCOMPARE(outcome(scene.door.call<CreateChange>(stranger, Scene::draft({}))), QString("forbidden"));
    scene.door.call<CreateChange>(scene.ada, Scene::draft({})).value();
    QCOMPARE(outcome(scene.door.call<GetChange>(stranger, {"CH-1"})), QString("forbidden"));
    QVERIFY(scene.door.call<ListChanges>(stranger, {}).value().changes.empty());
    QCOMPARE(outcome(scene.door.call<SubmitChange>(stranger, {"CH-1"})), QString("forbidden"));
    scene.door.call<SubmitChange>(scene.ada, {"CH-1"}).value();
    QCOMPARE(outcome(scene.door.call<ApproveChange>(stranger, {"CH-1", scene.digestOf("CH-1"), "sure"})),
        QString("forbidden"));
    QCOMPARE(outcome(scene.door.call<RejectChange>(stranger, {"CH-1", "never"})), QString("forbidden"));
    QCOMPARE(outcome(scene.door.call<GetChange>(scene.ada, {"CH-9"})), QString("change.unknown"));
}

void ChangesTest::alonePublishesAsSetupAndIsRatified()
{
    Scene scene;
    scene.door.call<CreateChange>(scene.ada, Scene::draft({}, {Scene::rule("mail.send", Access::Ask)})).value();
    const auto submitted = scene.door.call<SubmitChange>(scene.ada, {"CH-1"}).value();
    QVERIFY(jsonOf(scene.door.note.data).at("selfApproved") == true);
    QVERIFY(submitted.change.state == ChangeState::Approved && submitted.change.selfApproved);
    QCOMPARE(submitted.change.approvalsGiven, 0u);
    QVERIFY(scene.change("CH-1").approvals.front().setup);
    const auto rollout = scene.door.call<StartRollout>(scene.ada, {"CH-1", "go"});
    QVERIFY2(rollout, rollout ? "" : describe(rollout.error()).c_str());
    const Principal both = scene.person("bo", {{"*", "*", Role::Admin}, {"*", "*", Role::Officer}});
    QCOMPARE(outcome(scene.door.call<RatifyChange>(both, {"CH-1", "seen"})), QString("ok"));
    QVERIFY(!scene.change("CH-1").summary.selfApproved);
    QCOMPARE(outcome(scene.door.call<RatifyChange>(both, {"CH-1", "seen"})), QString("change.not-setup"));
    // Now that somebody else can approve, nobody publishes alone, except the one who alone could.
    scene.savePrompt("Hello again.", 1);
    scene.door.call<CreateChange>(scene.ada, Scene::draft({newestPrompt})).value();
    QVERIFY(scene.door.call<SubmitChange>(scene.ada, {"CH-2"}).value().change.state == ChangeState::Approval);
    scene.door.call<CreateChange>(both, Scene::draft({newestPrompt})).value();
    QVERIFY(scene.door.call<SubmitChange>(both, {"CH-3"}).value().change.selfApproved);
    QCOMPARE(outcome(scene.door.call<RatifyChange>(both, {"CH-3", "mine"})), QString("change.author"));
}

void ChangesTest::rejectedAndWithdrawnChangesEnd()
{
    Scene scene;
    scene.addOfficers();
    scene.door.call<CreateChange>(scene.ada, Scene::draft({})).value();
    scene.door.call<SubmitChange>(scene.ada, {"CH-1"}).value();
    const auto rejected = scene.door.call<RejectChange>(scene.olga, {"CH-1", "too risky"}).value();
    QVERIFY(rejected.change.state == ChangeState::Rejected);
    QCOMPARE(scene.change("CH-1").approvals.back().reason, std::string("too risky"));
    QCOMPARE(outcome(scene.door.call<SubmitChange>(scene.ada, {"CH-1"})), QString("change.state"));
    scene.door.call<CreateChange>(scene.ada, Scene::draft({})).value();
    QVERIFY(scene.door.call<WithdrawChange>(scene.ada, {"CH-2", "not needed"}).value().change.state
        == ChangeState::Withdrawn);
    QCOMPARE(outcome(scene.door.call<WithdrawChange>(scene.ada, {"CH-2", "again"})), QString("change.state"));
}

void ChangesTest::listPagesNewestFirst()
{
    Scene scene;
    for (int i = 0; i < 5; ++i)
        scene.door.call<CreateChange>(scene.ada, Scene::draft({})).value();
    ListChanges::Request request;
    request.page.limit = 2;
    std::vector<std::string> seen;
    do {
        const auto page = scene.door.call<ListChanges>(scene.ada, request).value();
        for (const ChangeSummary& change : page.changes)
            seen.push_back(change.id);
        request.page.cursor = page.page.next;
    } while (!request.page.cursor.empty());
    const std::vector<std::string> expected{"CH-5", "CH-4", "CH-3", "CH-2", "CH-1"};
    QVERIFY(seen == expected);
    request.page.cursor = "x";
    QCOMPARE(outcome(scene.door.call<ListChanges>(scene.ada, request)), QString("page.cursor"));
    ListChanges::Request live;
    live.state = ChangeState::Live;
    QVERIFY(scene.door.call<ListChanges>(scene.ada, live).value().changes.empty());
}

void ChangesTest::movesOnWhenProductionDoes()
{
    Scene scene;
    scene.addOfficers();
    scene.firstRelease();
    scene.savePrompt("Second.", 1);
    scene.savePrompt("Third.", 2);
    const std::string slow = scene.approved(Scene::draft({{DefinitionKind::Prompt, "greet", 1, 2}}));
    const std::string other = scene.approved(Scene::draft({}, {Scene::rule("orders.read", Access::Deny)}));
    scene.promotedToEnd(scene.started(Scene::draft({newestPrompt})));
    QCOMPARE(outcome(scene.door.call<StartRollout>(scene.ada, {slow, "go"})), QString("change.moved-on"));
    // What another change left alone still starts, on top of what is live by now.
    const auto rollout = scene.door.call<StartRollout>(scene.ada, {other, "go"}).value().rollout;
    scene.promotedToEnd(rollout);
    QCOMPARE(Scene::pinOf(scene.production(), DefinitionKind::Prompt, "greet"), 3u);
    QCOMPARE(outcome(scene.door.call<CreateChange>(scene.ada, Scene::draft({{DefinitionKind::Prompt, "greet", 1, 2}}))),
        QString("change.moved-on"));
}

QTEST_GUILESS_MAIN(ChangesTest)
#include "changes_test.moc"
