#include "tests/ui/screens/policies/policies_stage.h"

#include "ui/bridge/values.h"
#include "ui/kit/button.h"
#include "ui/kit/field.h"
#include "ui/kit/segmented.h"
#include "ui/screens/policies/house_dialog.h"
#include "ui/screens/policies/policy_editor.h"

#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>

using namespace ephor;
using namespace ephor::ui;
using namespace ephor::ui::test;

/// House rules: added by one person, let bind, and taken back by two.
class PoliciesHouseTest : public PoliciesStage {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { install(); }
    void init() { begin(officerSession()); }
    void cleanup() { end(); }

    void houseRuleBeginsByObserving()
    {
        open(QStringLiteral("policies/house"));
        QCOMPARE(table()->model()->rowCount(), 2);
        shown<QAbstractButton>("new-house-rule")->click();
        auto* dialog = m_screen->findChild<policies::HouseDialog*>();
        auto* act = dialog->findChild<QAbstractButton*>(QStringLiteral("add-house-rule"));
        QVERIFY(!act->isEnabled());
        dialog->findChild<TextField*>()->setText(QStringLiteral("no-payments"));
        auto* editor = dialog->findChild<policies::PolicyEditor*>();
        editor->setPlainText(QStringLiteral("forbid(principal, action, resource);"));
        for (QPlainTextEdit* words : dialog->findChildren<QPlainTextEdit*>()) {
            if (words != editor)
                words->setPlainText(QStringLiteral("Until the audit is through"));
        }
        QTRY_VERIFY(act->isEnabled());
        QCOMPARE(act->text(), QStringLiteral("Add, observing"));
        // Binding everybody at once wants a look first.
        auto* mode = dialog->findChild<Segmented*>();
        mode->setCurrent(1);
        Q_EMIT mode->currentChanged(1);
        QVERIFY(!act->isEnabled());
        dialog->findChild<QAbstractButton*>(QStringLiteral("backtest"))->click();
        QTRY_VERIFY(act->isEnabled());
        QCOMPARE(std::string(backend().lastRequest<Backtest>().candidate.houseRule),
            std::string("forbid(principal, action, resource);"));
        act->click();
        QVERIFY(settle(m_stage->session));
        QCOMPARE(backend().lastRequest<ForbidByRule>().mode, RuleMode::Enforce);
        QCOMPARE(std::string(backend().lastRequest<ForbidByRule>().name), std::string("no-payments"));
    }

    void houseRuleThatPermitsIsNotOffered()
    {
        CheckPolicy::Response checked;
        checked.rules = {rulesOfBank().front()};
        backend().give<CheckPolicy>(checked);
        open(QStringLiteral("policies/house"));
        shown<QAbstractButton>("new-house-rule")->click();
        auto* dialog = m_screen->findChild<policies::HouseDialog*>();
        dialog->findChild<TextField*>()->setText(QStringLiteral("x"));
        dialog->findChild<policies::PolicyEditor*>()->setPlainText(
            QStringLiteral("permit(principal, action, resource);"));
        auto* act = dialog->findChild<QAbstractButton*>(QStringLiteral("add-house-rule"));
        QTRY_VERIFY(act->toolTip().contains(QStringLiteral("only forbids")));
        QVERIFY(!act->isEnabled());
    }

    void takingAHouseRuleBackNeedsTwo()
    {
        open(QStringLiteral("policies/house?rule=no-confidential-mail"));
        QVERIFY(!shown<QAbstractButton>("enforce")->isEnabled());
        QVERIFY(!shown<QAbstractButton>("propose-back")->isEnabled());
        auto* decide = shown<QAbstractButton>("decide");
        QVERIFY(decide->isEnabled());
        decide->click();
        auto* dialog = m_screen->findChild<ReasonDialog*>();
        dialog->findChild<QPlainTextEdit*>()->setPlainText(QStringLiteral("The gateway holds"));
        for (Button* button : dialog->findChildren<Button*>()) {
            if (button->text() == QStringLiteral("Keep the rule"))
                button->click();
        }
        QVERIFY(settle(m_stage->session));
        QVERIFY(!backend().lastRequest<DecideRetirement>().approve);
        // Whoever proposed it does not decide.
        auto rules = rulesOfBank();
        rules[2].retiring = "Ines Marchetti";
        backend().give<ListRules>({rules});
        open(QStringLiteral("policies/house?rule=no-confidential-mail"));
        QVERIFY(!decide->isEnabled());
        QVERIFY(decide->toolTip().contains(QStringLiteral("somebody else")));
        begin(auditorSession());
        open(QStringLiteral("policies/house"));
        QVERIFY(!shown<QAbstractButton>("new-house-rule")->isEnabled());
        QVERIFY(!shown<QAbstractButton>("new-house-rule")->toolTip().isEmpty());
    }
};

QTEST_MAIN(PoliciesHouseTest)
#include "policies_house_test.moc"
