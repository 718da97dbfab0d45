#include "core/api/grants.h"
#include "tests/core/change/lifecycle/scene.h"

#include <QTest>

using namespace ephor;
using namespace ephor::test;

namespace {

const std::string noMail = "forbid(principal is Agent, action == Action::\"mail.send\", resource);";

PolicyBody policyWith(const std::string& text, RuleMode mode = RuleMode::Enforce)
{
    PolicyBody body;
    body.title = "Limits";
    body.text = text;
    body.mode = mode;
    return body;
}

PolicyCase caseOf(const char* name, const char* tool, const char* expect)
{
    PolicyCase made;
    made.name = name;
    made.agent = "helper";
    made.tool = tool;
    made.expect = expect;
    return made;
}

/// Gives the agent the policy `limits` in a new version of both.
CreateChange::Request naming(
    Scene& scene, const PolicyBody& body, std::uint64_t policyVersion, std::uint64_t agentVersion)
{
    scene.save("limits", body, scene.ada.id, policyVersion);
    AgentBody agent = Scene::agentBody();
    agent.policies = {"limits"};
    if (agentVersion > 0)
        scene.save("helper", agent, scene.ada.id, agentVersion);
    return Scene::draft({{DefinitionKind::Agent, "helper", 0, 0}, {DefinitionKind::Policy, "limits", 0, 0}});
}

const PolicyText* findPolicy(const Release& release, const std::string& id)
{
    const auto found = std::ranges::find(release.policies, id, &PolicyText::id);
    return found == release.policies.end() ? nullptr : &*found;
}

std::string keptIds(const Release& release)
{
    std::string ids;
    for (const PolicyText& policy : release.policies)
        ids += policy.id.starts_with("kept:") ? policy.id + " " : std::string();
    return ids;
}

const CheckResult& checkOf(const Change& change, const std::string& name)
{
    for (const CheckResult& check : change.checks) {
        if (check.name == name)
            return check;
    }
    qFatal("no such check");
}

}

/// Policies on their way through changes, releases and rollbacks.
class PoliciesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aReleaseFromBeforePoliciesKeepsItsId();
    void releasesKeepTheirPolicies();
    void aCellNamesRulesWrittenAsText();
    void aRollbackKeepsAForbid();
    void twoRollbacksKeepBothForbids();
    void anObservedForbidIsNotKept();
    void casesMustComeOut();
    void wordsMustBeThoseOfTheTools();
    void grantsMustFitTheTools();
    void droppingAConditionLoosens();
    void theOrderOfConditionsIsNoEdit();
};

void PoliciesTest::aReleaseFromBeforePoliciesKeepsItsId()
{
    Scene scene;
    scene.addOfficers();
    scene.promotedToEnd(scene.firstRelease());
    Release old = scene.production();
    old.id = "sha256:00ff";
    old.number = 7;
    old.grants.front().expires = Instant(Duration(1'900'000'000'000'123));
    Json body = toJson(old);
    body.erase("policies");
    scene.write([&](store::Transaction& transaction) -> Result<void> {
        const std::string text = compactJson(body);
        EPHOR_TRY_VOID(transaction.run("INSERT INTO release(id, agent, number, at, body) VALUES (?, ?, 7, 0, ?)",
            {std::string_view(old.id), std::string_view(old.agent), std::string_view(text)}));
        return route::setProduction(transaction, "helper", "production", old.id);
    });
    const Release read = scene.production();
    QCOMPARE(read.id, std::string("sha256:00ff"));
    QVERIFY(read.grants == old.grants);
    QVERIFY(findPolicy(read, "grant:helper/" + std::string(old.grants.front().tool)) != nullptr);
    QCOMPARE(read.policies.size(), old.grants.size());
    // The next release stands on it like on any other.
    scene.savePrompt("Hello again.", 1);
    scene.promotedToEnd(scene.started(Scene::draft({{DefinitionKind::Prompt, "greet", 0, 0}})));
    QCOMPARE(scene.production().policies.size(), old.grants.size());
    QCOMPARE(scene.production().number, std::uint64_t(8));
}

void PoliciesTest::releasesKeepTheirPolicies()
{
    Scene scene;
    scene.addOfficers();
    GrantRule mail = Scene::rule("mail.send", Access::Allow);
    mail.reason = "a \"reason\"\n&&";
    mail.conditions = {{GrantConditionKind::Hours, {}, {"08:00", "18:00"}}};
    scene.promotedToEnd(scene.started(Scene::draft({}, {mail, Scene::rule("orders.read", Access::Deny)})));
    const Release release = scene.production();
    QVERIFY((release.grants == std::vector{mail, Scene::rule("orders.read", Access::Deny)}));
    QCOMPARE(Scene::take(route::releaseId(release)), release.id);
    QVERIFY(findPolicy(release, "grant:helper/mail.send")->text.find("08h00m") != std::string::npos);
}

void PoliciesTest::aCellNamesRulesWrittenAsText()
{
    Scene scene;
    scene.addOfficers();
    scene.promotedToEnd(scene.firstRelease());
    const auto rulesOver = [&](const char* tool) {
        std::string rules;
        const auto explained = Scene::take(scene.door.call<ExplainGrant>(scene.ada, {"helper", tool}));
        for (const RuleInfo& rule : explained.rules)
            rules += rule.origin + " " + rule.id + " " + rule.effect + "; ";
        return rules;
    };
    QCOMPARE(rulesOver("mail.send"), std::string());
    scene.promotedToEnd(scene.started(naming(scene, policyWith(noMail), 0, 1)));
    scene.write([&](store::Transaction& transaction) {
        return scene.tightenings.addRule(transaction,
            {"quiet", "forbid (principal is User, action in Action::\"effect:read\", resource) when { false };",
                RuleMode::Enforce, "Olga", "quiet hours", scene.clock.now()});
    });
    QCOMPARE(rulesOver("mail.send"), std::string("policy limits/0 forbid; "));
    QCOMPARE(rulesOver("orders.read"), std::string("house house:quiet/0 forbid; "));
}

void PoliciesTest::aRollbackKeepsAForbid()
{
    Scene scene;
    scene.addOfficers();
    scene.promotedToEnd(scene.firstRelease());
    const Rollout rollout = scene.promotedToEnd(scene.started(naming(scene, policyWith(noMail), 0, 1)));
    QCOMPARE(Scene::pinOf(scene.production(), DefinitionKind::Policy, "limits"), std::uint64_t(1));
    Scene::take(scene.door.call<RollBack>(scene.ada, {rollout.id, "it is bad"}));
    const Release back = scene.production();
    QCOMPARE(Scene::pinOf(back, DefinitionKind::Policy, "limits"), std::uint64_t(0));
    QVERIFY(findPolicy(back, "kept:limits/0") != nullptr);
    QCOMPARE(findPolicy(back, "kept:limits/0")->text, noMail);
    // A change of something else keeps it, one that moves the policy drops it.
    scene.savePrompt("Hello again.", 1);
    scene.promotedToEnd(scene.started(Scene::draft({{DefinitionKind::Prompt, "greet", 0, 0}})));
    QCOMPARE(keptIds(scene.production()), std::string("kept:limits/0 "));
    const std::string looser
        = "forbid(principal is Agent, action == Action::\"mail.send\", resource) when { context.run.toolCalls > 3 };";
    scene.promotedToEnd(scene.started(naming(scene, policyWith(looser), 1, 0)));
    QCOMPARE(keptIds(scene.production()), std::string());
}

void PoliciesTest::twoRollbacksKeepBothForbids()
{
    Scene scene;
    scene.addOfficers();
    scene.promotedToEnd(scene.firstRelease());
    const Rollout first = scene.promotedToEnd(scene.started(naming(scene, policyWith(noMail), 0, 1)));
    Scene::take(scene.door.call<RollBack>(scene.ada, {first.id, "it is bad"}));
    const std::string other = "forbid(principal is Agent, action == Action::\"orders.read\", resource);";
    const Rollout second = scene.promotedToEnd(scene.started(naming(scene, policyWith(other), 1, 0)));
    Scene::take(scene.door.call<RollBack>(scene.ada, {second.id, "bad as well"}));
    const Release back = scene.production();
    QCOMPARE(keptIds(back), std::string("kept:limits/0 kept:limits/0-2 "));
    const auto compiled = runtime::releasedRules(back, {});
    QVERIFY2(compiled.has_value(), compiled ? "" : describe(compiled.error()).c_str());
    // What is kept already is not kept twice.
    const Rollout third = scene.promotedToEnd(scene.started(naming(scene, policyWith(noMail + " // again"), 2, 0)));
    Scene::take(scene.door.call<RollBack>(scene.ada, {third.id, "and again"}));
    QCOMPARE(keptIds(scene.production()), std::string("kept:limits/0 kept:limits/0-2 "));
}

void PoliciesTest::anObservedForbidIsNotKept()
{
    Scene scene;
    scene.addOfficers();
    scene.promotedToEnd(scene.firstRelease());
    const Rollout rollout
        = scene.promotedToEnd(scene.started(naming(scene, policyWith(noMail, RuleMode::Observe), 0, 1)));
    Scene::take(scene.door.call<RollBack>(scene.ada, {rollout.id, "it is bad"}));
    QCOMPARE(keptIds(scene.production()), std::string());
}

void PoliciesTest::casesMustComeOut()
{
    for (const RuleMode mode : {RuleMode::Enforce, RuleMode::Observe}) {
        Scene scene;
        scene.addOfficers();
        scene.promotedToEnd(scene.firstRelease());
        PolicyBody body = policyWith(noMail, mode);
        body.cases = {caseOf("No mail", "mail.send", "deny"), caseOf("Orders are read", "orders.read", "allow")};
        const auto request = naming(scene, body, 0, 1);
        const std::string good = Scene::take(scene.door.call<CreateChange>(scene.ada, request)).change.id;
        Scene::take(scene.door.call<SubmitChange>(scene.ada, {good}));
        QVERIFY2(
            checkOf(scene.change(good), "Policies").passed, checkOf(scene.change(good), "Policies").detail.c_str());
        body.cases.push_back(caseOf("Mail is asked", "mail.send", "ask"));
        scene.save("limits", body, scene.ada.id, 1);
        const std::string bad = Scene::take(scene.door.call<CreateChange>(scene.ada, request)).change.id;
        QVERIFY(!scene.door.call<SubmitChange>(scene.ada, {bad}));
        const CheckResult check = checkOf(scene.change(bad), "Policies");
        QVERIFY(!check.passed && check.required);
        QVERIFY(check.detail.find("Mail is asked") != std::string::npos);
        QVERIFY(check.detail.find("No mail") == std::string::npos);
    }
}

void PoliciesTest::wordsMustBeThoseOfTheTools()
{
    Scene scene;
    scene.addOfficers();
    scene.promotedToEnd(scene.firstRelease());
    const auto request
        = naming(scene, policyWith("// one\nforbid(principal, action == Action::\"fly\", resource);"), 0, 1);
    const std::string id = Scene::take(scene.door.call<CreateChange>(scene.ada, request)).change.id;
    QVERIFY(!scene.door.call<SubmitChange>(scene.ada, {id}));
    const CheckResult check = checkOf(scene.change(id), "Policies");
    QVERIFY(!check.passed);
    QVERIFY2(check.detail.starts_with("limits, line 2: "), check.detail.c_str());
}

void PoliciesTest::grantsMustFitTheTools()
{
    Scene scene;
    scene.addOfficers();
    ToolBody mail;
    mail.title = "Send mail";
    mail.effect = SideEffect::Egress;
    mail.http.url = "https://mail.test/";
    mail.input.text = "{\"type\":\"object\",\"properties\":{\"weight\":{\"type\":\"number\"}}}";
    scene.save("mail.send", mail, scene.ada.id, 1);
    const auto passes = [&](const GrantCondition& condition) {
        GrantRule grant = Scene::rule("mail.send", Access::Allow);
        grant.conditions = {condition};
        const std::string id
            = Scene::take(scene.door.call<CreateChange>(scene.ada, Scene::draft({}, {grant}))).change.id;
        (void)scene.door.call<SubmitChange>(scene.ada, {id});
        return checkOf(scene.change(id), "Policies").passed;
    };
    QVERIFY(passes({GrantConditionKind::AtMost, "weight", {"2.5"}}));
    QVERIFY(!passes({GrantConditionKind::AtMost, "weight", {"2"}}));
    QVERIFY(!passes({GrantConditionKind::AtMost, "size", {"2"}}));
    QVERIFY(!passes({GrantConditionKind::OneOf, "weight", {"2.5"}}));
}

void PoliciesTest::droppingAConditionLoosens()
{
    Scene scene;
    scene.addOfficers();
    GrantRule mail = Scene::rule("mail.send", Access::Allow);
    mail.conditions = {{GrantConditionKind::Hours, {}, {"08:00", "18:00"}}};
    scene.promotedToEnd(scene.started(Scene::draft({}, {mail})));
    const auto editOf = [&](const GrantRule& rule) {
        const std::string id
            = Scene::take(scene.door.call<CreateChange>(scene.ada, Scene::draft({}, {rule}))).change.id;
        return scene.change(id).grants;
    };
    const auto open = editOf(Scene::rule("mail.send", Access::Allow));
    QCOMPARE(open.size(), std::size_t(1));
    QVERIFY(open.front().loosens);
    QVERIFY(editOf(Scene::rule("mail.send", Access::Ask)).front().loosens);
    mail.conditions.front().values = {"09:00", "17:00"};
    QVERIFY(editOf(mail).front().loosens); // other hours: nobody compares them
    mail.conditions
        = {{GrantConditionKind::Hours, {}, {"08:00", "18:00"}}, {GrantConditionKind::Classification, {}, {"public"}}};
    QVERIFY(!editOf(mail).front().loosens);
    QVERIFY(!editOf(Scene::rule("mail.send", Access::Deny)).front().loosens);
}

void PoliciesTest::theOrderOfConditionsIsNoEdit()
{
    Scene scene;
    scene.addOfficers();
    ToolBody mail;
    mail.title = "Send mail";
    mail.effect = SideEffect::Egress;
    mail.http.url = "https://mail.test/";
    mail.input.text = "{\"type\":\"object\",\"properties\":{\"size\":{\"type\":\"integer\"}}}";
    scene.save("mail.send", mail, scene.ada.id, 1);
    GrantRule grant = Scene::rule("mail.send", Access::Allow);
    grant.conditions = {{GrantConditionKind::AskAbove, "size", {"5"}}, {GrantConditionKind::AtMost, "size", {"9"}}};
    grant.expires = Instant(Duration(1'900'000'000'000'123));
    const CreateChange::Request request = Scene::draft({}, {grant});
    scene.promotedToEnd(scene.started(request));
    const auto again = scene.door.call<CreateChange>(scene.ada, request);
    if (again)
        QVERIFY(scene.change(again->change.id).grants.empty());
}

QTEST_GUILESS_MAIN(PoliciesTest)
#include "policies_test.moc"
