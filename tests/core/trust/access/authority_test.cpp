#include "core/domain/reflect.h"
#include "core/trust/access/authority.h"
#include "core/trust/access/operation_words.h"
#include "core/trust/access/role_reach.h"
#include "core/trust/access/role_rules.h"
#include "core/trust/cedar/validator.h"
#include "tests/core/trust/access/house_texts.h"

#include <QtTest>
#include <random>

using namespace ephor;
using namespace ephor::access;

namespace {

Principal person(std::vector<RoleGrant> roles)
{
    Principal principal;
    principal.kind = PrincipalKind::Person;
    principal.id = "person:1";
    principal.name = "Ada";
    principal.roles = std::move(roles);
    return principal;
}

Principal key(std::vector<Permission> permissions, const RoleGrant& reach)
{
    Principal principal;
    principal.kind = PrincipalKind::Service;
    principal.id = "key:1";
    principal.name = "the key";
    principal.roles = {reach};
    principal.permissions = std::move(permissions);
    return principal;
}

const ManualClock noon{parseInstant("2026-12-22T12:00:00Z").value()};

bool holds(const Principal& principal, Permission permission, const Scope& scope)
{
    return Authority(noon, "production").permits(principal, permission, scope);
}

std::vector<Permission> permissionsOf(const Principal& principal)
{
    return Authority(noon, "production").permissionsOf(principal);
}

bool mayInvoke(const Principal& principal, const std::string& agent, Scope scope)
{
    scope.agent = agent;
    return holds(principal, Permission::InvokeAgents, scope);
}

/// An authority with this rule of the house.
Authority under(const std::string& text, RuleMode mode = RuleMode::Enforce)
{
    std::vector<OperationRule> rules(roleRules().begin(), roleRules().end());
    rules.push_back({"house:test/0", text, mode});
    auto compiled = OperationRules::compile(rules);
    if (!compiled)
        qFatal("%s", compiled.error().message.c_str());
    return Authority(noon, "production", [kept = *compiled] { return kept; });
}

Act promote(const Principal& principal, const Scope& scope = {})
{
    return {.principal = principal,
        .operation = "rollouts.promote",
        .permission = Permission::OperateRollouts,
        .effect = Effect::Write,
        .scope = scope};
}

}

class AuthorityTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachRoleHasItsPermissions_data()
    {
        QTest::addColumn<QString>("role");
        QTest::addColumn<QString>("words");
        QTest::newRow("viewer") << "viewer" << "view";
        QTest::newRow("admin") << "admin"
                               << "view edit-definitions operate-rollouts tighten stop read-record manage-people "
                                  "manage-keys invoke-agents";
        QTest::newRow("officer")
            << "officer"
            << "view approve-changes operate-rollouts tighten stop decide-actions read-record open-sealed";
        QTest::newRow("auditor") << "auditor" << "view read-record open-sealed";
        QTest::newRow("owner") << "owner" << "view edit-definitions tighten stop decide-actions invoke-agents";
    }
    void eachRoleHasItsPermissions()
    {
        QFETCH(QString, role);
        QFETCH(QString, words);
        const auto parsed = enumeratorFrom<Role>(role.toStdString());
        QVERIFY(parsed);
        QStringList held;
        for (const Permission permission : permissionsOf(person({{"*", "*", *parsed}})))
            held << QString::fromStdString(wordOf(permission));
        QStringList wanted = words.split(' ');
        wanted.sort();
        held.sort();
        QCOMPARE(held, wanted);
    }

    void noRoleEditsAndApproves()
    {
        for (std::size_t i = 0; i < typeOf<Role>().words.size(); ++i)
            QVERIFY(!(gives(Role(i), Permission::EditDefinitions) && gives(Role(i), Permission::ApproveChanges)));
    }

    void scopeDecides_data()
    {
        QTest::addColumn<QString>("team");
        QTest::addColumn<QString>("environment");
        QTest::addColumn<bool>("reached");
        QTest::newRow("own team") << "hr" << "production" << true;
        QTest::newRow("other team") << "it" << "production" << false;
        QTest::newRow("other environment") << "hr" << "staging" << false;
        QTest::newRow("anywhere") << "" << "" << true;
        QTest::newRow("own team, any environment") << "hr" << "" << true;
        QTest::newRow("every team at once") << "*" << "production" << false;
        QTest::newRow("prefix is another team") << "h" << "production" << false;
    }
    void scopeDecides()
    {
        QFETCH(QString, team);
        QFETCH(QString, environment);
        QFETCH(bool, reached);
        const Scope scope{team.toStdString(), environment.toStdString()};
        QCOMPARE(holds(person({{"hr", "production", Role::Admin}}), Permission::ManagePeople, scope), reached);
        QVERIFY(holds(person({{"*", "*", Role::Admin}}), Permission::ManagePeople, scope));
    }

    void permissionAndReachComeFromTheSameGrant()
    {
        const Principal mixed = person({{"hr", "*", Role::Admin}, {"it", "*", Role::Viewer}});
        QVERIFY(holds(mixed, Permission::View, {"it", ""}));
        QVERIFY(!holds(mixed, Permission::ManagePeople, {"it", ""}));
    }

    void anonymousHoldsNothing()
    {
        Principal nobody;
        nobody.roles = {{"*", "*", Role::Admin}};
        QVERIFY(holds(nobody, Permission::None, {}));
        QVERIFY(permissionsOf(nobody).empty());
    }

    void keyHoldsOnlyWhatIsListed()
    {
        const Principal service = key({Permission::InvokeAgents}, {"hr", "production", Role::Admin});
        QVERIFY(holds(service, Permission::InvokeAgents, {"hr", "production"}));
        QVERIFY(!holds(service, Permission::InvokeAgents, {"it", "production"}));
        QVERIFY(!holds(service, Permission::View, {"hr", "production"}));
    }

    void keyNeverActsAsAPerson()
    {
        const Principal service
            = key({Permission::ApproveChanges, Permission::DecideActions, Permission::ManagePeople, Permission::View},
                {"*", "*", Role::Officer});
        QCOMPARE(permissionsOf(service), std::vector{Permission::View});
    }

    void systemApprovesNothing()
    {
        Principal system;
        system.kind = PrincipalKind::System;
        QVERIFY(holds(system, Permission::OperateRollouts, {"hr", "production"}));
        for (const Permission permission :
            {Permission::ApproveChanges, Permission::DecideActions, Permission::OpenSealed, Permission::ManagePeople})
            QVERIFY(!holds(system, permission, {}));
    }

    void keyMayBeLimitedToAgents()
    {
        Principal service = key({Permission::InvokeAgents}, {"hr", "*", Role::Viewer});
        QVERIFY(mayInvoke(service, "helper", {"hr", "production"}));
        service.agents = {"helper"};
        QVERIFY(mayInvoke(service, "helper", {"hr", "production"}));
        QVERIFY(!mayInvoke(service, "other", {"hr", "production"}));
        QVERIFY(!mayInvoke(service, "helper", {"it", "production"}));
        QVERIFY(mayInvoke(service, "", {"hr", "production"}));
    }

    void builtInRulesAreValid()
    {
        const auto schema = operationSchema();
        QVERIFY2(schema, schema ? "" : schema.error().message.c_str());
        const cedar::Validation validation = cedar::validate(builtInRules()->policies(), **schema);
        for (const cedar::Finding& finding : validation.errors)
            QFAIL(finding.message.c_str());
        for (const cedar::Finding& finding : validation.warnings)
            QFAIL(finding.message.c_str());
    }

    void everyPermissionIsSomebodys()
    {
        for (std::size_t i = 1; i < typeOf<Permission>().words.size(); ++i) {
            bool given = false;
            for (std::size_t role = 0; role < typeOf<Role>().words.size(); ++role)
                given = given || gives(Role(role), Permission(i));
            QVERIFY2(given, typeOf<Permission>().words[i].c_str());
        }
    }

    // Finding whom to ask must not name somebody whom the rules then refuse, nor forget one.
    void couldHoldIsWhatTheRulesSay()
    {
        std::mt19937 random(20'261'123);
        const std::array<std::string, 3> teams{"*", "hr", "it"};
        const std::array<std::string, 3> environments{"*", "production", "staging"};
        const auto any = [&](std::size_t count) { return std::size_t(random() % count); };
        int yes = 0;
        constexpr int cases = 400;
        for (int i = 0; i < cases; ++i) {
            std::vector<RoleGrant> roles;
            for (std::size_t n = any(4); n > 0; --n)
                roles.push_back({teams[any(3)], environments[any(3)], Role(any(typeOf<Role>().words.size()))});
            const auto permission = Permission(1 + any(typeOf<Permission>().words.size() - 1));
            const Scope scope{any(4) == 0 ? std::string() : teams[any(3)], any(4) == 0 ? "" : environments[any(3)]};
            const bool could = couldHold(roles, permission, scope);
            QCOMPARE(holds(person(roles), permission, scope), could);
            yes += could ? 1 : 0;
        }
        QVERIFY(yes > cases / 10 && yes < cases * 9 / 10);
    }

    void verdictNamesItsRule()
    {
        const Authority authority(noon, "production");
        const Principal officer = person({{"*", "*", Role::Officer}});
        QCOMPARE(authority.judge(promote(officer)).rule, "role:officer");
        const Principal viewer = person({{"*", "*", Role::Viewer}});
        const AccessVerdict refused = authority.judge(promote(viewer));
        QVERIFY(!refused.permitted);
        QVERIFY(refused.rule.empty());
        const Error error = refusalOf(promote(viewer), refused);
        QCOMPARE(error.code, "identity.forbidden");
        QVERIFY(error.message.find("operate-rollouts") != std::string::npos);
    }

    void houseRuleForbids_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<bool>("permitted");
        for (const HouseText& each : houseTexts())
            QTest::newRow(each.name) << std::string(each.text) << each.permitsPromotion;
    }
    void houseRuleForbids()
    {
        QFETCH(std::string, text);
        QFETCH(bool, permitted);
        Principal officer = person({{"hr", "production", Role::Officer}});
        officer.signedInAt = noon.now() - std::chrono::hours(1);
        const Authority authority = under(text);
        const AccessVerdict verdict = authority.judge(promote(officer, {"hr", "production"}));
        QCOMPARE(verdict.permitted, permitted);
        QCOMPARE(verdict.rule, permitted ? "role:officer" : "house:test/0");
        if (permitted)
            return;
        const Error error = refusalOf(promote(officer, {"hr", "production"}), verdict);
        QCOMPARE(error.code, "identity.forbidden-by-rule");
        QVERIFY(error.message.find("house:test/0") != std::string::npos);
    }

    void authorsSentenceIsTold()
    {
        const Principal officer = person({{"*", "*", Role::Officer}});
        const AccessVerdict verdict = under(changeFreeze()).judge(promote(officer));
        QCOMPARE(verdict.reason, "Nothing is promoted over the holidays.");
    }

    void observingBindsNobodyAndIsTold()
    {
        const Principal officer = person({{"*", "*", Role::Officer}});
        const Authority authority = under(changeFreeze(), RuleMode::Observe);
        const AccessVerdict verdict = authority.judge(promote(officer));
        QVERIFY(verdict.permitted);
        QCOMPARE(verdict.observed, std::vector<std::string>{"house:test/0"});
    }

    void whatTakesRulesBackStaysOpen()
    {
        const Authority authority = under("forbid (principal, action in Ephor::Action::\"any\", resource);");
        const Principal officer = person({{"*", "*", Role::Officer}});
        for (const char* const name : {"policies.rules", "policies.propose-retirement", "policies.decide-retirement",
                 "people.access", "stops.list", "stops.set"}) {
            const OperationType* const type = findOperation(name);
            QVERIFY2(type != nullptr, name);
            const Act act{.principal = officer,
                .operation = name,
                .permission = type->operation->permission,
                .effect = type->operation->effect};
            QVERIFY2(authority.judge(act).permitted, name);
        }
        QVERIFY(!authority.judge(promote(officer)).permitted);
        QVERIFY(authority.permissionsOf(officer).empty());
    }

    void explanationNamesRuleAndCondition()
    {
        const Principal officer = person({{"*", "*", Role::Officer}});
        const std::string told = under(changeFreeze()).explain(promote(officer)).text;
        QVERIFY2(told.find("house:test/0") != std::string::npos, told.c_str());
        const std::string viewer = under(changeFreeze()).explain(promote(person({{"*", "*", Role::Viewer}}))).text;
        QVERIFY2(viewer.find("role:officer") != std::string::npos, viewer.c_str());
    }

    void operationsCannotWait()
    {
        std::vector<OperationRule> rules{
            {"r", "@approve(\"officer\") forbid (principal, action == Ephor::Action::\"runs.open\", resource);"}};
        const auto compiled = OperationRules::compile(rules);
        QVERIFY(!compiled);
        QCOMPARE(compiled.error().code, "policy.operation-obligation");
    }
};

QTEST_GUILESS_MAIN(AuthorityTest)
#include "authority_test.moc"
