#pragma once

#include "tests/ui/screens/policies/definitions_data.h"
#include "tests/ui/screens/policies/policies_data.h"
#include "tests/ui/screens/policies/rules_data.h"
#include "tests/ui/support/finding.h"

#include "core/api/changes.h"
#include "core/api/people.h"
#include "ui/kit/data_table.h"
#include "ui/kit/theme.h"
#include "ui/screens/policies/policies_screen.h"

#include <QTest>

namespace ephor::ui::test {

/// The policies of Northwind Bank in their screen, over scripted answers: what the tests of its pages share. A test
/// gives what else it asks for after begin().
class PoliciesStage : public QObject, protected Finding {
protected:
    std::unique_ptr<Stage> m_stage;
    std::unique_ptr<Screen> m_screen;

    ScriptedBackend& backend() { return *m_stage->backend; }
    QWidget* searched() const override { return m_screen.get(); }

    void begin(SessionInfo info)
    {
        m_screen.reset();
        m_stage = std::make_unique<Stage>(std::move(info));
        backend().give<ReadMatrix>(matrixOfBank());
        backend().give<ExplainGrant>(explainedAsk());
        backend().give<PreviewGrants>({1, 1, 12'480, 37});
        backend().give<ListRules>({rulesOfBank()});
        backend().answer<ListDefinitions>([](const ListDefinitions::Request& ask) { return definitionsOf(ask); });
        backend().answer<GetDefinition>([](const GetDefinition::Request& ask) { return definitionFor(ask); });
        backend().give<ListVersions>({versionsOfBank()});
        backend().give<WhereUsed>({});
        backend().give<DiffVersions>({});
        backend().give<ListTeams>({});
        backend().give<ListPeople>({});
        backend().give<ListChanges>({});
        CheckPolicy::Response checked;
        checked.rules = {rulesOfBank().back()};
        checked.cases = {{"No payment over 5,000", "deny", "deny", true, "Never more than 5,000 at once."}};
        backend().give<CheckPolicy>(checked);
        backend().give<Backtest>(backtestOfBank());
        TryRules::Response tried;
        tried.verdict = {{}, "permission", VerdictWord::Deny, "Never more than 5,000 at once.", "limits/0", {}};
        tried.inForce = {{}, "permission", VerdictWord::Ask, "An officer is asked.",
            "grant:customer-refunds/payments.send", "a governance officer"};
        tried.explanation = explanationOfDeny();
        tried.observed = {"Nobody is there at night."};
        backend().give<TryRules>(tried);
        backend().give<ForbidByRule>({});
        backend().give<ProposeRetirement>({});
        backend().give<DecideRetirement>({});
        backend().give<SavePolicy>({{DefinitionKind::Policy, "limits", 5}});
        backend().give<SaveAgent>({{DefinitionKind::Agent, "customer-refunds", 5}});
        CompletePolicy::Response completions;
        completions.completions
            = {{"keyword", "forbid", "a rule that denies"}, {"keyword", "permit", "a rule that allows"}};
        backend().give<CompletePolicy>(completions);
    }

    void open(const QString& route) { open(Route::parse(route)); }

    void open(const Route& route)
    {
        if (!m_screen) {
            m_screen.reset(makePoliciesScreen(m_stage->context, nullptr));
            m_screen->resize(1110, 740);
            m_screen->show();
        }
        m_screen->open(route);
        QVERIFY(settle(m_stage->session));
    }

    template <class Widget> Widget* shown(const char* name)
    {
        for (Widget* widget : m_screen->findChildren<Widget*>(QLatin1String(name))) {
            if (widget->isVisible())
                return widget;
        }
        return nullptr;
    }

    DataTable* table()
    {
        for (DataTable* each : m_screen->findChildren<DataTable*>()) {
            if (each->isVisible())
                return each;
        }
        return nullptr;
    }

    static void install()
    {
        qRegisterMetaType<ephor::ui::Route>();
        qRegisterMetaType<ephor::ui::Notice>();
        Theme::instance().install();
        Theme::instance().setMotion(Theme::Motion::reduced);
        Theme::instance().setAppearance(Theme::Appearance::light);
    }
    void end()
    {
        m_screen.reset();
        m_stage.reset();
    }
};

}
