#include "core/api/policies.h"
#include "core/trust/access/authority.h"
#include "core/trust/policy/operations.h"
#include "core/trust/policy/retirements.h"
#include "core/trust/policy/rule_info.h"
#include "core/trust/policy/stop_orders.h"
#include "core/trust/policy/tightenings.h"
#include "tests/core/trust/policy/rule_scene.h"

// After Qt, which it uses.
#include "tests/core/trust/identity/fake_door.h"

#include <QTest>

using namespace ephor;
using namespace ephor::policy;
using ephor::test::RuleScene;
using ephor::test::take;

namespace {

const std::string forbidPay
    = "@explain(\"No payments today.\") forbid(principal, action == Action::\"pay\", resource);";

Principal somebody(const std::string& name, Role role, const std::string& team = "*")
{
    Principal made;
    made.kind = PrincipalKind::Person;
    made.id = "person:" + name;
    made.name = name;
    made.roles = {{team, "*", role}};
    return made;
}

/// The operations over a database in memory.
class RuleDoor {
public:
    RuleDoor()
        : database(take(store::Database::open({}, migrations())))
        , door(*database)
    {
        addHandlers(door, {tightenings, stops, clock});
    }

    Result<ForbidByRule::Response> forbid(const std::string& name, const std::string& text,
        RuleMode mode = RuleMode::Enforce, const std::string& by = "olga")
    {
        ForbidByRule::Request request;
        request.name = name;
        request.text = text;
        request.mode = mode;
        request.reason = "for the test";
        return door.call<ForbidByRule>(somebody(by, Role::Officer), request);
    }
    Result<Empty> retire(const std::string& name, const std::string& by)
    {
        ProposeRetirement::Request request;
        request.name = name;
        request.reason = "no longer needed";
        return door.call<ProposeRetirement>(somebody(by, Role::Officer), request);
    }
    Result<Empty> decide(const std::string& name, const std::string& by, bool approve)
    {
        DecideRetirement::Request request;
        request.name = name;
        request.approve = approve;
        request.reason = "looked at it";
        return door.call<DecideRetirement>(somebody(by, Role::Officer), request);
    }
    VerdictWord wordOf(RuleScene& scene)
    {
        return policy::judge({*scene.released, tightenings.table()->rules()}, scene.facts(Json::object())).word;
    }

    ManualClock clock{parseInstant("2026-03-16T12:00:00Z").value()};
    std::unique_ptr<store::Database> database;
    Tightenings tightenings;
    StopOrders stops;
    test::FakeDoor door;
};

template <class T> std::string codeOf(const Result<T>& result)
{
    return result ? std::string() : result.error().code;
}

}

class HouseRulesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aRuleThatCannotBeReadForbidsEverything();
    void tighteningsAreForbids();
    void aPatternCoversAgentsAndTools();
    void onlyForbidsBindAtOnce_data();
    void onlyForbidsBindAtOnce();
    void bindsAtOnceAndAfterReopening();
    void aRuleOverOperationsTouchesNoCall();
    void aRuleThatCannotBeReadClosesTheHouse();
    void anObservedRuleMayComeToBind();
    void replacingARuleIsRefused();
    void takingARuleBackNeedsTwo();
    void somebodyOfOneTeamCannotRuleTheHouse();
    void listsWhatStandsOverReleases();
};

void HouseRulesTest::aRuleThatCannotBeReadForbidsEverything()
{
    RuleScene scene;
    for (const char* const text : {"forbid(principal", "permit(principal, action, resource);", "",
             "@approve(\"nobody\") forbid(principal, action, resource);"}) {
        scene.house(text);
        const PermissionVerdict verdict = scene.judge();
        QVERIFY(verdict.word == VerdictWord::Deny);
        QCOMPARE(verdict.rule, std::string("house:test"));
        QVERIFY(verdict.reason.find("cannot be read") != std::string::npos);
        // Being observed only does not make it harmless: nobody knows what it would observe.
        scene.house(text, RuleMode::Observe);
        QVERIFY(scene.judge().word == VerdictWord::Deny);
    }
}

void HouseRulesTest::tighteningsAreForbids()
{
    RuleScene scene;
    const Tightening ask{"clerk", "pay", Access::Ask, "Olga", "", scene.now};
    scene.standing = TighteningTable(std::span(&ask, 1));
    const PermissionVerdict asked = scene.judge();
    QVERIFY(asked.word == VerdictWord::Ask);
    QVERIFY((asked.demand == ApprovalDemand{Role::Officer, 1}));
    QCOMPARE(asked.rule, std::string("tightened:clerk/pay"));
    QVERIFY(asked.reason.ends_with("Tightened by Olga."));
    QVERIFY(scene.judge(Json::object(), 1).word == VerdictWord::Allow);
    const Tightening hostile{
        "clerk", "pay", Access::Deny, "O\"); permit(principal, action, resource", "\n};", scene.now};
    scene.standing = TighteningTable(std::span(&hostile, 1));
    QCOMPARE(scene.judge().rule, std::string("tightened:clerk/pay"));
    QVERIFY(scene.judge(Json::object(), 1).word == VerdictWord::Allow);
}

void HouseRulesTest::aPatternCoversAgentsAndTools()
{
    RuleScene scene;
    const std::vector<Tightening> all{{"*", "*", Access::Ask, "Olga", "a", scene.now},
        {"*", "pay", Access::Deny, "Olga", "b", scene.now}, {"other", "*", Access::Deny, "Olga", "c", scene.now}};
    const TighteningTable table(all);
    QVERIFY(table.find("clerk", "pay")->access == Access::Deny);
    QVERIFY(table.find("clerk", "look")->access == Access::Ask);
    QVERIFY(table.find("other", "look")->access == Access::Deny);
    scene.standing = table;
    QVERIFY(scene.judge().word == VerdictWord::Deny);
    QVERIFY(scene.judge(Json::object(), 1).word == VerdictWord::Ask);
    scene.standing = TighteningTable(std::span(all).subspan(2));
    QVERIFY(scene.judge().word == VerdictWord::Allow);
}

void HouseRulesTest::onlyForbidsBindAtOnce_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("code");
    const auto row = [](const char* name, const char* text, const char* code) {
        QTest::newRow(name) << QString(text) << QString(code);
    };
    row("a permit", "permit(principal, action, resource);", "policy.permits");
    row("a permit behind a forbid", "forbid(principal, action, resource); permit(principal, action, resource);",
        "policy.permits");
    row("a limited permit", "@limit(\"5 per 1h\") permit(principal, action, resource);", "policy.permits");
    row("no rule", "// nothing", "policy.empty");
    row("not the language", "forbid everything;", "cedar.syntax");
    row("an operation that is none", "forbid(principal, action == Ephor::Action::\"rollouts.promot\", resource);",
        "cedar.unknown-action");
    row("a word that operations have not",
        "forbid(principal, action == Ephor::Action::\"runs.open\", resource) when { context.input.amount > 1 };",
        "cedar.unknown-attribute");
    row("an operation that would wait",
        "@approve(\"officer\") forbid(principal, action == Ephor::Action::\"runs.open\", resource);",
        "policy.operation-obligation");
    row("an operation and a tool",
        "forbid(principal, action in [Action::\"pay\", Ephor::Action::\"runs.open\"], resource);",
        "policy.mixed-actions");
    row("what takes rules back",
        "forbid(principal, action == Ephor::Action::\"policies.decide-retirement\", resource);", "policy.always-open");
    row("an operation with a past",
        "forbid(principal, action == Ephor::Action::\"runs.open\", resource)"
        " when temporal { count within 1h any::request >= 1 };",
        "policy.operation-history");
}

void HouseRulesTest::onlyForbidsBindAtOnce()
{
    QFETCH(QString, text);
    QFETCH(QString, code);
    RuleDoor door;
    const std::uint64_t before = door.tightenings.generation();
    QCOMPARE(QString::fromStdString(codeOf(door.forbid("stop", text.toStdString()))), code);
    QCOMPARE(door.tightenings.generation(), before);
    QVERIFY(door.tightenings.table()->houseRules().empty());
}

void HouseRulesTest::bindsAtOnceAndAfterReopening()
{
    RuleDoor door;
    RuleScene scene;
    QVERIFY(door.wordOf(scene) == VerdictWord::Allow);
    const std::uint64_t before = door.tightenings.generation();
    const auto response = take(door.forbid("stop", forbidPay));
    QCOMPARE(response.rules.size(), std::size_t(1));
    QVERIFY(response.rules.front().says.ends_with("No payments today."));
    QCOMPARE(door.door.note.subject, std::string("rule:stop"));
    QVERIFY(door.tightenings.generation() > before);
    QVERIFY(door.wordOf(scene) == VerdictWord::Deny);
    Tightenings reopened;
    QVERIFY(reopened.load(*door.database));
    QCOMPARE(reopened.table()->houseRules().size(), std::size_t(1));
    QVERIFY(policy::judge({*scene.released, reopened.table()->rules()}, scene.facts(Json::object())).word
        == VerdictWord::Deny);
}

void HouseRulesTest::aRuleOverOperationsTouchesNoCall()
{
    RuleDoor door;
    RuleScene scene;
    const auto response = take(door.forbid(
        "freeze", "forbid(principal, action in Ephor::Action::\"operate-rollouts\", resource);" + forbidPay));
    QCOMPARE(response.rules.size(), std::size_t(2));
    QCOMPARE(response.rules.back().id, std::string("house:freeze/0"));
    QCOMPARE(response.rules.back().over, std::string("operations"));
    QVERIFY(door.wordOf(scene) == VerdictWord::Deny);
    const auto table = door.tightenings.table();
    QVERIFY(table->operationRules()->policies().find("house:freeze/0") != nullptr);
    QVERIFY(table->rules().find("house:freeze/0") == nullptr);
    QVERIFY(table->rules().find("house:freeze/1") != nullptr);
    for (const RuleInfo& rule : standingRules(*table, {})) {
        if (rule.id == "house:freeze/0")
            QCOMPARE(rule.origin + "/" + rule.over, std::string("house/operations"));
    }
}

void HouseRulesTest::aRuleThatCannotBeReadClosesTheHouse()
{
    const HouseRule damaged{"old", "forbid what;", RuleMode::Observe, "Olga", "today", {}};
    const TighteningTable table({}, std::span(&damaged, 1));
    Principal admin = somebody("ada", Role::Admin);
    const auto permits = [&](Permission permission, Effect effect) {
        return access::judge(
            {.principal = admin, .permission = permission, .effect = effect}, *table.operationRules(), {})
            .permitted;
    };
    QVERIFY(permits(Permission::View, Effect::Read));
    const access::Act save{.principal = admin,
        .operation = "prompts.save",
        .permission = Permission::EditDefinitions,
        .effect = Effect::Write};
    const access::AccessVerdict verdict = access::judge(save, *table.operationRules(), {});
    QVERIFY(!verdict.permitted);
    QVERIFY2(verdict.reason.find("cannot be read") != std::string::npos, verdict.reason.c_str());
}

void HouseRulesTest::anObservedRuleMayComeToBind()
{
    RuleDoor door;
    RuleScene scene;
    take(door.forbid("stop", forbidPay, RuleMode::Observe));
    QVERIFY(door.wordOf(scene) == VerdictWord::Allow);
    const PermissionVerdict observed
        = policy::judge({*scene.released, door.tightenings.table()->rules()}, scene.facts(Json::object()));
    QCOMPARE(observed.observed.size(), std::size_t(1));
    take(door.forbid("stop", forbidPay, RuleMode::Enforce));
    QVERIFY(door.wordOf(scene) == VerdictWord::Deny);
    QCOMPARE(codeOf(door.forbid("stop", forbidPay, RuleMode::Observe)), std::string("policy.rule-exists"));
}

void HouseRulesTest::replacingARuleIsRefused()
{
    RuleDoor door;
    RuleScene scene;
    take(door.forbid("stop", forbidPay));
    const std::string weaker
        = "forbid(principal, action == Action::\"pay\", resource) when { context.run.toolCalls > 99 };";
    QCOMPARE(codeOf(door.forbid("stop", weaker)), std::string("policy.rule-exists"));
    QVERIFY(door.wordOf(scene) == VerdictWord::Deny);
    take(door.forbid("watch", forbidPay, RuleMode::Observe));
    QCOMPARE(codeOf(door.forbid("watch", weaker)), std::string("policy.rule-exists"));
    QCOMPARE(door.tightenings.table()->houseRules().size(), std::size_t(2));
}

void HouseRulesTest::takingARuleBackNeedsTwo()
{
    RuleDoor door;
    RuleScene scene;
    take(door.forbid("stop", forbidPay));
    QCOMPARE(codeOf(door.retire("other", "olga")), std::string("policy.unknown-rule"));
    QCOMPARE(codeOf(door.decide("stop", "oskar", true)), std::string("policy.not-proposed"));
    take(door.retire("stop", "olga"));
    QVERIFY(door.wordOf(scene) == VerdictWord::Deny);
    QCOMPARE(codeOf(door.decide("stop", "olga", true)), std::string("policy.own-proposal"));
    // Whoever proposed it may drop it.
    take(door.decide("stop", "olga", false));
    QCOMPARE(codeOf(door.decide("stop", "oskar", true)), std::string("policy.not-proposed"));
    take(door.retire("stop", "olga"));
    take(door.decide("stop", "oskar", true));
    QVERIFY(door.wordOf(scene) == VerdictWord::Allow);
    QVERIFY(door.tightenings.table()->houseRules().empty());
    // A proposal for the rule that was is none for a later one of that name.
    take(door.forbid("stop", forbidPay));
    QCOMPARE(codeOf(door.decide("stop", "oskar", true)), std::string("policy.not-proposed"));
}

void HouseRulesTest::somebodyOfOneTeamCannotRuleTheHouse()
{
    RuleDoor door;
    ForbidByRule::Request request;
    request.name = "stop";
    request.text = forbidPay;
    request.reason = "for the test";
    QCOMPARE(codeOf(door.door.call<ForbidByRule>(somebody("tom", Role::Officer, "care"), request)),
        std::string("forbidden"));
    QCOMPARE(codeOf(door.door.call<ForbidByRule>(somebody("vera", Role::Viewer), request)), std::string("forbidden"));
    QVERIFY(door.tightenings.table()->houseRules().empty());
}

void HouseRulesTest::listsWhatStandsOverReleases()
{
    RuleScene scene;
    const Tightening ask{"clerk", "pay", Access::Ask, "Olga", "fraud", scene.now};
    const std::vector<HouseRule> house{
        {"stop", forbidPay + "\nforbid(principal, action in Action::\"effect:egress\", resource);", RuleMode::Enforce,
            "Oskar", "today", scene.now},
        {"stop2", forbidPay, RuleMode::Observe, "Olga", "later", scene.now}};
    const TighteningTable table(std::span(&ask, 1), house);
    const auto rules = standingRules(table, table.tightenings());
    std::map<std::string, RuleInfo> byId;
    for (const RuleInfo& rule : rules)
        byId[rule.id] = rule;
    QCOMPARE(std::ranges::count(rules, std::string("calls"), &RuleInfo::over), 6);
    QCOMPARE(byId["role:officer"].origin, std::string("built-in"));
    QCOMPARE(byId["role:officer"].over, std::string("operations"));
    QCOMPARE(byId["role:officer"].says,
        std::string("Whoever is an officer may view, approve changes, operate rollouts, tighten rules, stop agents, "
                    "decide about calls, read the record and open sealed content."));
    QCOMPARE(byId["people"].origin, std::string("built-in"));
    QCOMPARE(byId["tightened:clerk/pay"].origin, std::string("tightening"));
    QCOMPARE(byId["tightened:clerk/pay"].agent, std::string("clerk"));
    QCOMPARE(byId["tightened:clerk/pay"].by, std::string("Olga"));
    QCOMPARE(byId["house:stop/1"].definition, std::string("stop"));
    QCOMPARE(byId["house:stop/1"].by, std::string("Oskar"));
    QCOMPARE(byId["house:stop2/0"].by, std::string("Olga"));
    QVERIFY(byId["house:stop2/0"].mode == RuleMode::Observe);
}

QTEST_GUILESS_MAIN(HouseRulesTest)
#include "house_rules_test.moc"
