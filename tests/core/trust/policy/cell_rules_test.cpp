#include "core/trust/cedar/policy_set.h"
#include "core/trust/policy/cell_rules.h"

#include <QTest>

using namespace ephor;

/// Which rules leave room for a call of one tool by one agent.
class CellRulesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void looksAtTheScope_data();
    void looksAtTheScope();
};

void CellRulesTest::looksAtTheScope_data()
{
    QTest::addColumn<QByteArray>("scope");
    QTest::addColumn<bool>("binds");
    const auto row = [](const char* scope, bool binds) { QTest::newRow(scope) << QByteArray(scope) << binds; };
    row("principal, action, resource", true);
    row("principal == Agent::\"clerk\", action, resource", true);
    row("principal == Agent::\"other\", action, resource", false);
    row("principal in Agent::\"other\", action, resource", false);
    row("principal == User::\"person:1\", action, resource", true);
    row("principal == Service::\"key:1\", action, resource", true);
    row("principal is Agent, action, resource", true);
    row("principal is User, action, resource", true);
    row("principal is Asset, action, resource", false);
    row("principal in Role::\"viewer\", action, resource", true);
    row("principal in Team::\"elsewhere\", action, resource", true);
    row("principal is Agent in Team::\"desk\", action, resource", true);
    row("principal is Agent in Team::\"elsewhere\", action, resource", false);
    row("principal is User in Team::\"elsewhere\", action, resource", true);
    row("principal, action == Action::\"pay\", resource", true);
    row("principal, action == Action::\"look\", resource", false);
    row("principal, action in Action::\"any\", resource", true);
    row("principal, action in Action::\"effect:irreversible\", resource", true);
    row("principal, action in Action::\"effect:read\", resource", false);
    row("principal, action in [Action::\"look\", Action::\"pay\"], resource", true);
    row("principal, action in [], resource", false);
    row("principal, action, resource == Asset::\"ledger\"", true);
    row("principal, action, resource == Asset::\"mail\"", false);
    row("principal, action, resource in Team::\"books\"", true);
    row("principal, action, resource in Team::\"desk\"", false);
    row("principal, action, resource is Asset", true);
    row("principal, action, resource is Asset in Team::\"desk\"", false);
}

void CellRulesTest::looksAtTheScope()
{
    QFETCH(QByteArray, scope);
    QFETCH(bool, binds);
    policy::ToolWords tool;
    tool.name = "pay";
    tool.effect = SideEffect::Irreversible;
    tool.asset = "ledger";
    tool.team = "books";
    const policy::AgentWords agent{"clerk", "desk", "production"};
    const auto entities = policy::entitiesOf(std::span(&agent, 1), std::span(&tool, 1));
    QVERIFY(entities.has_value());
    // What conditions say is for the call: these never hold.
    const auto set = cedar::PolicySet::fromText("forbid(" + scope.toStdString() + ") when { false };");
    QVERIFY(set.has_value());
    QCOMPARE(policy::couldBind((*set)->policies().front(), **entities, "clerk", tool), binds);
}

QTEST_GUILESS_MAIN(CellRulesTest)
#include "cell_rules_test.moc"
