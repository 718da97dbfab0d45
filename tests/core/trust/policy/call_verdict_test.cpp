#include "core/trust/policy/call_verdict.h"

#include "tests/core/trust/policy/rule_scene.h"

#include <QTest>
#include <algorithm>

using namespace ephor;
using namespace ephor::policy;
using ephor::test::RuleScene;
using ephor::test::take;

namespace {

const std::string permitAgent = "permit(principal == Agent::\"clerk\", action, resource);";

}

class CallVerdictTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void bothMustBePermitted();
    void rolesAreThoseOfTheAgentsTeam();
    void servicesAreJudgedAsServices();
    void theStricterWordWins_data();
    void theStricterWordWins();
    void obligationsAddUp();
    void aForbidThatErrsDeniesWhateverItWouldAsk();
    void aPermitThatErrsPermitsNothing();
    void anExpiredGrantSaysSo();
    void observedRulesBindNobodyAndAreTold_data();
    void observedRulesBindNobodyAndAreTold();
    void whatStandsOverReleasesIsNamedFirst();
    void theContextHoldsWhatRulesName_data();
    void theContextHoldsWhatRulesName();
    void temporalRulesWithoutASessionDeny();
};

void CallVerdictTest::bothMustBePermitted()
{
    RuleScene scene;
    QVERIFY(scene.judge().word == VerdictWord::Allow);
    scene.release({permitAgent,
        "@explain(\"Viewers only look.\") forbid(principal in Role::\"viewer\", action in "
        "Action::\"effect:irreversible\", resource);"});
    const PermissionVerdict denied = scene.judge();
    QVERIFY(denied.word == VerdictWord::Deny);
    QCOMPARE(denied.rule, std::string("r1"));
    QCOMPARE(denied.reason, std::string("Priya may not call pay. Viewers only look."));
    QVERIFY(!denied.askWhom.empty());
    QVERIFY(scene.judge(Json::object(), 1).word == VerdictWord::Allow);
    // A permit for the person alone does not permit the agent.
    scene.release({"permit(principal is User, action, resource);"});
    QCOMPARE(scene.judge().rule, std::string("default-deny"));
    QVERIFY(scene.judge().reason.find("clerk") != std::string::npos);
    // Nor the other way round: nothing here permits people but what is built in.
    scene.release({permitAgent});
    const auto none = take(RuleSet::compile({}));
    const PermissionVerdict person = policy::judge({*scene.released, *none}, scene.facts(Json::object()));
    QCOMPARE(person.rule, std::string("default-deny"));
    QVERIFY(person.reason.find("Priya") != std::string::npos);
}

void CallVerdictTest::rolesAreThoseOfTheAgentsTeam()
{
    RuleScene scene;
    scene.release(
        {permitAgent, "forbid(principal is User, action, resource) unless { principal in Role::\"officer\" };"});
    const auto wordWith = [&](List<RoleGrant, 16> roles) {
        scene.requester.roles.assign(roles.begin(), roles.end());
        scene.cast();
        return scene.judge().word;
    };
    QVERIFY(wordWith({}) == VerdictWord::Deny);
    QVERIFY(wordWith({{"care", "*", Role::Viewer}}) == VerdictWord::Deny);
    QVERIFY(wordWith({{"it", "*", Role::Officer}}) == VerdictWord::Deny);
    QVERIFY(wordWith({{"care", "staging", Role::Officer}}) == VerdictWord::Deny);
    QVERIFY(wordWith({{"care", "production", Role::Officer}}) == VerdictWord::Allow);
    QVERIFY(wordWith({{"*", "*", Role::Officer}}) == VerdictWord::Allow);
}

void CallVerdictTest::servicesAreJudgedAsServices()
{
    RuleScene scene;
    scene.release({permitAgent, "forbid(principal is Service, action == Action::\"pay\", resource);"});
    QVERIFY(scene.judge().word == VerdictWord::Allow);
    scene.requester.kind = PrincipalKind::Service;
    scene.requester.id = "key:1";
    scene.cast();
    QVERIFY(scene.judge().word == VerdictWord::Deny);
    // Somebody without an id is somebody all the same.
    scene.requester = {};
    scene.cast();
    scene.release({permitAgent});
    QVERIFY(scene.judge().word == VerdictWord::Allow);
}

void CallVerdictTest::theStricterWordWins_data()
{
    QTest::addColumn<QStringList>("rules");
    QTest::addColumn<int>("word");
    QTest::addColumn<QString>("rule");
    const auto row = [](const char* name, const QStringList& rules, VerdictWord word, const char* rule) {
        QTest::newRow(name) << rules << int(word) << QString(rule);
    };
    const char* const permit = "permit(principal, action, resource);";
    const char* const ask = "@approve(\"officer\") permit(principal, action, resource);";
    const char* const mayAsk = "@approve(\"owner\") forbid(principal, action, resource);";
    const char* const forbid = "forbid(principal, action, resource);";
    row("nothing", {}, VerdictWord::Deny, "default-deny");
    row("a permit", {permit}, VerdictWord::Allow, "r0");
    row("a permit that asks", {ask}, VerdictWord::Ask, "r0");
    row("one that asks beside one that does not", {permit, ask}, VerdictWord::Ask, "r1");
    row("a forbid that a word lifts", {permit, mayAsk}, VerdictWord::Ask, "r1");
    row("a forbid that a word lifts, and no permit", {mayAsk}, VerdictWord::Deny, "default-deny");
    row("a forbid", {permit, forbid}, VerdictWord::Deny, "r1");
    row("a forbid beside what asks", {ask, mayAsk, forbid}, VerdictWord::Deny, "r2");
}

void CallVerdictTest::theStricterWordWins()
{
    QFETCH(QStringList, rules);
    QFETCH(int, word);
    QFETCH(QString, rule);
    RuleScene scene;
    std::vector<std::string> texts;
    for (const QString& text : rules)
        texts.push_back(text.toStdString());
    scene.release(texts);
    const PermissionVerdict verdict = scene.judge();
    QCOMPARE(int(verdict.word), word);
    QCOMPARE(verdict.rule, rule.toStdString());
    QVERIFY(!verdict.reason.empty());
    QCOMPARE(verdict.askWhom.empty(), verdict.word == VerdictWord::Allow);
}

void CallVerdictTest::obligationsAddUp()
{
    RuleScene scene;
    scene.release({"@redact(\"EMAIL, IBAN\") @approve(\"2-of-owners\") permit(principal is Agent, action, resource);",
        "@redact(\"IBAN, PHONE\") @stepup(\"it moves money\") permit(principal is User, action, resource);",
        "@approve(\"officer\") @redact(\"NAME\") forbid(principal is User, action, resource);",
        "@redact(\"NEVER\") permit(principal == Agent::\"other\", action, resource);"});
    const PermissionVerdict verdict = scene.judge();
    QVERIFY(verdict.word == VerdictWord::Ask);
    QVERIFY((verdict.demand == ApprovalDemand{Role::Officer, 2}));
    auto redact = verdict.redact;
    std::ranges::sort(redact);
    QCOMPARE(redact, (std::vector<std::string>{"EMAIL", "IBAN", "NAME", "PHONE"}));
    QCOMPARE(verdict.stepUp.value_or(""), std::string("it moves money"));
    QCOMPARE(verdict.askWhom, std::string("2 people with the role governance officer"));
    // The three that hold, and the built-in rule about people.
    QCOMPARE(verdict.policies, std::size_t(4));
}

void CallVerdictTest::aForbidThatErrsDeniesWhateverItWouldAsk()
{
    RuleScene scene;
    for (const char* const approve : {"", "@approve(\"officer\") "}) {
        scene.release({permitAgent,
            std::string(approve) + "forbid(principal, action, resource) when { context.input.amount > 10 };"});
        QVERIFY(scene.judge({{"amount", 5}}).word == VerdictWord::Allow);
        const PermissionVerdict verdict = scene.judge(Json::object());
        QVERIFY(verdict.word == VerdictWord::Deny);
        QCOMPARE(verdict.rule, std::string("r1"));
        QVERIFY(verdict.reason.find("could not be evaluated") != std::string::npos);
    }
}

void CallVerdictTest::aPermitThatErrsPermitsNothing()
{
    RuleScene scene;
    scene.release({"permit(principal, action, resource) when { context.input.amount > 10 };"});
    QVERIFY(scene.judge({{"amount", 11}}).word == VerdictWord::Allow);
    QVERIFY(scene.judge(Json::object()).word == VerdictWord::Deny);
}

void CallVerdictTest::anExpiredGrantSaysSo()
{
    RuleScene scene;
    GrantRule grant;
    grant.agent = "clerk";
    grant.tool = "pay";
    grant.access = Access::Ask;
    grant.expires = scene.now;
    scene.releaseGrant(grant);
    const PermissionVerdict expired = scene.judge();
    QVERIFY(expired.word == VerdictWord::Deny);
    QCOMPARE(expired.rule, std::string("expired:clerk/pay"));
    QVERIFY(expired.reason.find("2026-03-16") != std::string::npos);
    scene.now -= std::chrono::milliseconds(1);
    QVERIFY(scene.judge().word == VerdictWord::Ask);
    // Of a deny that has run out nothing is left but that nothing permits the call.
    grant.access = Access::Deny;
    scene.releaseGrant(grant);
    QCOMPARE(scene.judge().rule, std::string("grant:clerk/pay"));
    scene.now += std::chrono::hours(1);
    QCOMPARE(scene.judge().rule, std::string("default-deny"));
}

void CallVerdictTest::observedRulesBindNobodyAndAreTold_data()
{
    QTest::addColumn<QString>("enforced");
    QTest::addColumn<QString>("observed");
    QTest::addColumn<int>("word");
    QTest::addColumn<int>("would"); // -1: nothing is told
    const auto row = [](const char* name, const char* enforced, const char* observed, VerdictWord word, int would) {
        QTest::newRow(name) << QString(enforced) << QString(observed) << int(word) << would;
    };
    const char* const permit = "permit(principal, action, resource);";
    const char* const ask = "@approve(\"officer\") permit(principal, action, resource);";
    const char* const forbid = "forbid(principal, action, resource);";
    const char* const mayAsk = "@approve(\"officer\") forbid(principal, action, resource);";
    const char* const errs = "forbid(principal, action, resource) when { context.input.amount > 1 };";
    const char* const redacts = "@redact(\"EMAIL\") permit(principal, action, resource);";
    row("a forbid", permit, forbid, VerdictWord::Allow, int(VerdictWord::Deny));
    row("a forbid that asks", permit, mayAsk, VerdictWord::Allow, int(VerdictWord::Ask));
    row("a forbid that errs", permit, errs, VerdictWord::Allow, int(VerdictWord::Deny));
    row("a permit where nothing permits", "forbid(principal == Agent::\"other\", action, resource);", permit,
        VerdictWord::Deny, int(VerdictWord::Allow));
    row("a permit that asks, where nothing permits", "forbid(principal == Agent::\"other\", action, resource);", ask,
        VerdictWord::Deny, int(VerdictWord::Ask));
    row("a permit where a forbid decides", forbid, permit, VerdictWord::Deny, -1);
    row("a permit beside another", permit, permit, VerdictWord::Allow, -1);
    row("an obligation binds nobody either", permit, redacts, VerdictWord::Allow, -1);
    row("a forbid where one decides", forbid, forbid, VerdictWord::Deny, -1);
}

void CallVerdictTest::observedRulesBindNobodyAndAreTold()
{
    QFETCH(QString, enforced);
    QFETCH(QString, observed);
    QFETCH(int, word);
    QFETCH(int, would);
    RuleScene scene;
    scene.releaseSources(std::vector<RuleSource>{
        {"e", enforced.toStdString(), RuleMode::Enforce}, {"o", observed.toStdString(), RuleMode::Observe}});
    const PermissionVerdict verdict = scene.judge();
    QCOMPARE(int(verdict.word), word);
    QVERIFY(verdict.redact.empty() && verdict.rule != "o");
    QCOMPARE(verdict.observed.size(), std::size_t(would >= 0));
    if (would >= 0) {
        QCOMPARE(verdict.observed.front().rule, std::string("o"));
        QCOMPARE(int(verdict.observed.front().word), would);
        QVERIFY(verdict.observed.front().reason.starts_with("Observe-only:"));
    }
}

void CallVerdictTest::whatStandsOverReleasesIsNamedFirst()
{
    RuleScene scene;
    scene.release({permitAgent, "forbid(principal, action, resource);"});
    scene.house("forbid(principal, action in Action::\"effect:irreversible\", resource);");
    QCOMPARE(scene.judge().rule, std::string("house:test/0"));
    QCOMPARE(scene.judge(Json::object(), 1).rule, std::string("r1"));
}

void CallVerdictTest::theContextHoldsWhatRulesName_data()
{
    QTest::addColumn<QString>("condition");
    for (const char* const condition :
        {"context.input.customer == \"c-7\" && context.input.customer == context.session.person",
            "context.input.rate == decimal(\"1.5\")", "context.input.tags.contains(\"vip\")",
            "context.input[\"order id\"] == \"7\"", "context.labels.isEmpty() && context.findings.isEmpty()",
            "context.session.conversation == \"talk-1\"", "context.run.id == \"run-1\" && context.run.toolCalls == 0",
            "context.environment == \"production\"", "context.now == datetime(\"2026-03-16T12:00:00.000Z\")",
            "principal.name == \"clerk\" && principal.team == \"care\"",
            "principal in Team::\"care\" && principal.environment == \"production\"", "resource == Asset::\"payments\"",
            "resource.classification == \"confidential\" && resource in Team::\"care\"",
            "action in Action::\"effect:irreversible\" && action in Action::\"any\" && action == Action::\"pay\""})
        QTest::newRow(condition) << QString(condition);
}

void CallVerdictTest::theContextHoldsWhatRulesName()
{
    QFETCH(QString, condition);
    RuleScene scene;
    scene.release({"permit(principal is Agent, action, resource) when { " + condition.toStdString() + " };"});
    const Json arguments = {{"customer", "c-7"}, {"rate", 1.5}, {"tags", {"vip", "new"}}, {"order id", "7"}};
    const PermissionVerdict verdict = scene.judge(arguments);
    QVERIFY2(verdict.word == VerdictWord::Allow, verdict.reason.c_str());
}

void CallVerdictTest::temporalRulesWithoutASessionDeny()
{
    RuleScene scene;
    scene.release(
        {permitAgent, "forbid(principal, action, resource) when temporal { count within 1h any::request >= 5 };"});
    const PermissionVerdict verdict = scene.judge();
    QVERIFY(verdict.word == VerdictWord::Deny);
    QCOMPARE(verdict.rule, std::string("r1"));
}

QTEST_GUILESS_MAIN(CallVerdictTest)
#include "call_verdict_test.moc"
