#pragma once

#include "core/api/grants.h"
#include "core/api/policies.h"
#include "ui/bridge/screen.h"

class QStackedLayout;

namespace ephor::ui {

class TabStrip;

namespace library {
class DefinitionList;
}

namespace policies {
class AccessTab;
class BacktestTab;
class HouseTab;
class PolicyPage;
class ProtectionTab;
class RulesTab;
class TighteningsTab;
class TryTab;
}

/// What agents may do: the access matrix, every rule in force, policies as text, data protection, house rules, trying
/// and backtesting them, and what is tightened over releases.
///
///     policies/matrix?agent=refunds&tool=payments.send · policies/rules?rule=… · policies/definitions ·
///     policies/definitions/limits?tab=edit · policies/protection?view=found · policies/house · policies/try ·
///     policies/backtest · policies/tightenings
class PoliciesScreen : public Screen {
    Q_OBJECT

public:
    PoliciesScreen(ScreenContext& context, QWidget* parent);

    void open(const Route& route) override;
    void refresh(const TopicSet& topics) override;
    QString title() const override;
    QList<Crumb> crumbs() const override;
    QList<Command> commands() override;
    QString helpText() const override;
    void focusSearch() override;
    bool hasUnsavedWork() const override;

private:
    void makeTabs();
    void joinDefinitions();
    void joinProtection();
    void join();
    void show(QWidget* page);
    void openDefinition(const Route& route);
    void count(const ReadMatrix::Response& matrix);
    bool showsPolicy() const;
    QList<Command> definitionCommands();
    Route routeOf(int tab) const;

    TabStrip* m_tabs;
    QStackedLayout* m_pages;
    policies::AccessTab* m_access;
    policies::RulesTab* m_rules;
    library::DefinitionList* m_list;
    policies::PolicyPage* m_policy;
    policies::ProtectionTab* m_protection;
    policies::HouseTab* m_house;
    policies::TryTab* m_try;
    policies::BacktestTab* m_backtest;
    policies::TighteningsTab* m_tightenings;
};

Screen* makePoliciesScreen(ScreenContext& context, QWidget* parent);

}
