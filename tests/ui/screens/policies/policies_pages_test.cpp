#include "tests/ui/screens/policies/policies_stage.h"
#include "tests/ui/support/snapshots.h"

#include "ui/bridge/values.h"
#include "ui/kit/button.h"
#include "ui/kit/field.h"
#include "ui/kit/item_list.h"
#include "ui/kit/matrix_view.h"
#include "ui/kit/segmented.h"
#include "ui/kit/select.h"
#include "ui/screens/policies/backtest_tab.h"
#include "ui/screens/policies/case_dialog.h"
#include "ui/screens/policies/grant_form.h"
#include "ui/screens/policies/house_dialog.h"
#include "ui/screens/policies/policy_page.h"
#include "ui/screens/policies/save_case_dialog.h"
#include "ui/screens/policies/session_rule_dialog.h"

#include <QMenu>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>

using namespace ephor;
using namespace ephor::ui;
using namespace ephor::ui::test;

/// The pages of rules, of a cell's form, of trying and of backtests.
class PoliciesPagesTest : public PoliciesStage {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { install(); }
    void init() { begin(officerSession()); }
    void cleanup() { end(); }

    void rulesOpenTheOneThatAVerdictNames()
    {
        open(QStringLiteral("policies/rules?rule=limits/0&agent=customer-refunds"));
        QCOMPARE(table()->model()->rowCount(), int(rulesOfBank().size()));
        QVERIFY(says(QStringLiteral("Never more than 5,000 an hour.")));
        QVERIFY(says(QStringLiteral("release v41")));
        QSignalSpy navigated(m_screen.get(), &Screen::navigate);
        Q_EMIT table()->rowOpened(table()->currentIndex());
        QCOMPARE(navigated.last()[0].value<Route>().format(), QStringLiteral("policies/definitions/limits"));
        QCOMPARE(accessibilityFaults(m_screen.get()).join(u'\n'), QString());
    }

    void rulesAreFilteredAndTeach()
    {
        open(QStringLiteral("policies/rules?origin=house"));
        QCOMPARE(table()->model()->rowCount(), 2);
        QSignalSpy moved(m_screen.get(), &Screen::routeChanged);
        table()->selectRow(1);
        QCOMPARE(moved.last()[0].value<Route>().query.value(QStringLiteral("origin")), QStringLiteral("house"));
        open(QStringLiteral("policies/rules?q=nothing-of-the-kind"));
        QVERIFY(!table());
        backend().give<ListRules>({});
        open(QStringLiteral("policies/rules"));
        QVERIFY(says(QStringLiteral("No rule is in force yet")));
    }

    void cellFormWritesLimitsAndStagesThem()
    {
        auto info = adminSession();
        info.permissions.push_back(Permission::OpenSealed);
        begin(std::move(info));
        open(QStringLiteral("policies/matrix?agent=customer-refunds&tool=payments.send"));
        for (const Command& command : m_screen->commands()) {
            if (command.id == QStringLiteral("policies.limits"))
                command.run();
        }
        QVERIFY(settle(m_stage->session));
        auto* form = m_screen->findChild<policies::GrantForm*>();
        QVERIFY(form);
        QVERIFY(settle(m_stage->session));
        auto* act = form->findChild<QAbstractButton*>(QStringLiteral("stage-form"));
        QVERIFY(!act->isEnabled());
        for (Button* button : form->findChildren<Button*>()) {
            if (button->text() == QStringLiteral("Add a limit"))
                button->click();
        }
        QVERIFY(!act->isEnabled()); // without a number
        for (TextField* field : form->findChildren<TextField*>()) {
            if (field->accessibleName() == QStringLiteral("Value of the limit"))
                field->setText(QStringLiteral("1000"));
        }
        QVERIFY(act->isEnabled());
        QCOMPARE(accessibilityFaults(form).join(u'\n'), QString());
        form->findChild<QAbstractButton*>(QStringLiteral("backtest"))->click();
        QTRY_COMPARE(backend().calls<Backtest>(), 1);
        const auto asked = backend().lastRequest<Backtest>();
        QCOMPARE(std::string(asked.agent), std::string("customer-refunds"));
        QCOMPARE(asked.candidate.grants.size(), std::size_t(1));
        QCOMPARE(std::string(asked.candidate.grants[0].conditions[0].argument), std::string("amount"));
        act->click();
        QVERIFY(settle(m_stage->session));
        QVERIFY(m_screen->hasUnsavedWork());
        QVERIFY(says(QStringLiteral("rewrites a rule")));
    }

    void tryTellsTheVerdictFirstAndKeepsItAsACase()
    {
        begin(adminSession());
        open(QStringLiteral("policies/try?agent=customer-refunds&tool=payments.send"));
        shown<QAbstractButton>("try")->click();
        QVERIFY(settle(m_stage->session));
        QCOMPARE(std::string(backend().lastRequest<TryRules>().tool), std::string("payments.send"));
        QVERIFY(says(QStringLiteral("Never more than 5,000 at once.")));
        QVERIFY(says(QStringLiteral("It would be allowed if")));
        QVERIFY(says(QStringLiteral("Nobody is there at night.")));
        QCOMPARE(accessibilityFaults(m_screen.get()).join(u'\n'), QString());
        shown<QAbstractButton>("save-as-case")->click();
        auto* dialog = m_screen->findChild<policies::SaveCaseDialog*>();
        QVERIFY(settle(m_stage->session));
        dialog->findChild<QAbstractButton*>(QStringLiteral("save-case"))->click();
        QVERIFY(settle(m_stage->session));
        const auto saved = backend().lastRequest<SavePolicy>();
        QCOMPARE(saved.body.cases.size(), std::size_t(2));
        QCOMPARE(std::string(saved.body.cases.back().expect), std::string("deny"));
        QCOMPARE(saved.expectedVersion, std::uint64_t(4));
    }

    void draftIsTriedBesideWhatIsInForce()
    {
        open(QStringLiteral("policies/definitions/limits?tab=edit"));
        QVERIFY(settle(m_stage->session));
        Q_EMIT m_screen->findChild<policies::PolicyPage*>()->tryWanted(
            *m_screen->findChild<policies::PolicyPage*>()->draft());
        open(QStringLiteral("policies/try"));
        QTRY_VERIFY(backend().calls<TryRules>() > 0);
        QVERIFY(settle(m_stage->session));
        QCOMPARE(backend().lastRequest<TryRules>().candidate.policies.size(), std::size_t(1));
        QVERIFY(says(QStringLiteral("In force it is ask; the draft makes it deny.")));
    }

    void backtestListsFlipsAndLeadsToTheRun()
    {
        open(QStringLiteral("policies/backtest?policy=limits&days=90"));
        shown<QAbstractButton>("backtest")->click();
        QTRY_VERIFY(table());
        QCOMPARE(backend().lastRequest<Backtest>().days, std::uint64_t(90));
        QCOMPARE(table()->model()->rowCount(), 3);
        QVERIFY(says(QStringLiteral("12 could not be judged")));
        // Another question: what was found does not answer it.
        auto* days = m_screen->findChild<policies::BacktestTab*>()->findChild<Segmented*>();
        days->setCurrent(0);
        Q_EMIT days->currentChanged(0);
        QVERIFY(!table());
        shown<QAbstractButton>("backtest")->click();
        QTRY_VERIFY(table());
        QSignalSpy navigated(m_screen.get(), &Screen::navigate);
        Q_EMIT table()->rowOpened(table()->model()->index(0, 0));
        QCOMPARE(navigated.last()[0].value<Route>(), routes::run(QStringLiteral("8f3a21c0")));
        QCOMPARE(accessibilityFaults(m_screen.get()).join(u'\n'), QString());
    }

    void backtestCanBeDroppedAndSaysWhoMay()
    {
        open(QStringLiteral("policies/backtest?policy=limits"));
        backend().hold<Backtest>();
        shown<QAbstractButton>("backtest")->click();
        backend().waitForHeld<Backtest>();
        auto* cancel = shown<QAbstractButton>("cancel-backtest");
        QVERIFY(cancel);
        cancel->click();
        backend().release<Backtest>();
        QVERIFY(settle(m_stage->session));
        QVERIFY(!table());
        QVERIFY(shown<QAbstractButton>("backtest"));
    }

    void whoEditsBacktestsWhatIsSaved()
    {
        begin(adminSession());
        open(QStringLiteral("policies/backtest?policy=limits"));
        QVERIFY(shown<QAbstractButton>("backtest")->isEnabled());
        auto* tab = m_screen->findChild<policies::BacktestTab*>();
        DraftPolicy draft;
        draft.name = "limits";
        tab->setDraft(draft);
        QVERIFY(!shown<QAbstractButton>("backtest")->isEnabled());
        QVERIFY(shown<QAbstractButton>("backtest")->toolTip().contains(QStringLiteral("Save the policy")));
    }

    void backtestAsksForPageAfterPage()
    {
        auto page = backtestOfBank();
        page.from = fixedInstant();
        page.until = page.from + std::chrono::hours(10);
        backend().answer<Backtest>([page](const Backtest::Request& ask) {
            Backtest::Response answer = page;
            answer.next = ask.cursor.empty() ? "second" : "";
            answer.through = ask.cursor.empty() ? page.from + std::chrono::hours(4) : page.until;
            return answer;
        });
        open(QStringLiteral("policies/backtest?policy=limits"));
        shown<QAbstractButton>("backtest")->click();
        QTRY_VERIFY(table());
        QCOMPARE(backend().calls<Backtest>(), 2);
        QCOMPARE(std::string(backend().lastRequest<Backtest>().cursor), std::string("second"));
        QCOMPARE(std::string(backend().lastRequest<Backtest>().saved.front().name), std::string("limits"));
        QCOMPARE(table()->model()->rowCount(), 6);
        QVERIFY(says(QStringLiteral("24 could not be judged")));
    }

    void pictures()
    {
        auto info = officerSession();
        info.permissions.push_back(Permission::EditDefinitions);
        begin(std::move(info));
        const auto picture = [this](const QString& route, const QString& name) {
            if (m_screen)
                m_screen->resize(1110, 740);
            open(route);
            QCoreApplication::processEvents(); // the layout of the new size
            settle(m_stage->session);
            QVERIFY(writeSnapshots(m_screen.get(), name));
        };
        picture(
            QStringLiteral("policies/rules?rule=limits/0&agent=customer-refunds"), QStringLiteral("policies-rules"));
        picture(QStringLiteral("policies/definitions"), QStringLiteral("policies-definitions"));
        open(QStringLiteral("policies/definitions/limits?tab=edit"));
        QTRY_VERIFY(backend().calls<CheckPolicy>() > 0);
        picture(QStringLiteral("policies/definitions/limits?tab=edit"), QStringLiteral("policies-editor"));
        picture(QStringLiteral("policies/house?rule=no-confidential-mail"), QStringLiteral("policies-house"));
        open(QStringLiteral("policies/try?agent=customer-refunds&tool=payments.send"));
        shown<QAbstractButton>("try")->click();
        QVERIFY(settle(m_stage->session));
        QVERIFY(writeSnapshots(m_screen.get(), QStringLiteral("policies-try")));
        m_screen->resize(1110, 740);
        open(QStringLiteral("policies/backtest?policy=limits"));
        shown<QAbstractButton>("backtest")->click();
        QTRY_VERIFY(table());
        QVERIFY(writeSnapshots(m_screen.get(), QStringLiteral("policies-backtest")));
        const QString folder = qEnvironmentVariable("EPHOR_SNAPSHOTS");
        const auto dialogPicture = [&folder](QDialog* dialog, const char* name) {
            if (!folder.isEmpty())
                QVERIFY(dialog->grab().save(folder + u'/' + QLatin1String(name) + QStringLiteral(".png")));
            dialog->close();
        };
        open(QStringLiteral("policies/house"));
        shown<QAbstractButton>("new-house-rule")->click();
        dialogPicture(m_screen->findChild<policies::HouseDialog*>(), "policies-house-dialog");
        open(QStringLiteral("policies/definitions/limits?tab=edit"));
        m_screen->findChild<policies::PolicyPage*>()->writeByForm();
        QVERIFY(settle(m_stage->session));
        dialogPicture(m_screen->findChild<policies::SessionRuleDialog*>(), "policies-session-rule");
        for (Segmented* views : m_screen->findChildren<Segmented*>()) {
            if (views->isVisible() && views->accessibleName() == QStringLiteral("What is shown"))
                views->setCurrent(2);
        }
        QVERIFY(settle(m_stage->session));
        QVERIFY(writeSnapshots(m_screen.get(), QStringLiteral("policies-cases")));
        auto* more = new policies::CaseDialog(m_stage->session, {}, m_screen.get());
        more->open();
        QVERIFY(settle(m_stage->session));
        dialogPicture(more, "policies-case-dialog");
        GrantRule rule;
        rule.agent = "customer-refunds";
        rule.tool = "payments.send";
        rule.access = ephor::Access::Allow;
        GrantCondition most;
        most.argument = "amount";
        most.values = {"1000"};
        GrantCondition hours;
        hours.kind = GrantConditionKind::Hours;
        hours.values = {"08:00", "18:00"};
        rule.conditions = {most, hours};
        auto* form
            = new policies::GrantForm(m_stage->context, rule, QStringLiteral("Customer refunds"), m_screen.get());
        form->open();
        QVERIFY(settle(m_stage->session));
        dialogPicture(form, "policies-grant-form");
    }
};

QTEST_MAIN(PoliciesPagesTest)

#include "policies_pages_test.moc"
