#include <QtTest>

#include "core/domain/reflect.h"
#include "core/trust/identity/roles.h"

using namespace ephor;
using namespace ephor::identity;

namespace {

Principal person(std::vector<RoleGrant> roles)
{
    Principal principal;
    principal.kind = PrincipalKind::Person;
    principal.id = "person:1";
    principal.roles = std::move(roles);
    return principal;
}

Principal key(std::vector<Permission> permissions, const RoleGrant& reach)
{
    Principal principal;
    principal.kind = PrincipalKind::Service;
    principal.id = "key:1";
    principal.roles = {reach};
    principal.permissions = std::move(permissions);
    return principal;
}

}

class RolesTest : public QObject {
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
            QVERIFY(!(holds(Role(i), Permission::EditDefinitions) && holds(Role(i), Permission::ApproveChanges)));
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
    }
};

QTEST_GUILESS_MAIN(RolesTest)
#include "roles_test.moc"
