#include "tests/ui/screens/policies/policies_stage.h"

#include "ui/bridge/values.h"
#include "ui/kit/button.h"
#include "ui/kit/field.h"
#include "ui/kit/item_list.h"
#include "ui/kit/select.h"
#include "ui/screens/policies/adopt_dialog.h"
#include "ui/screens/policies/cases_box.h"
#include "ui/screens/policies/policy_editor.h"
#include "ui/screens/policies/policy_page.h"
#include "ui/screens/policies/session_rule_dialog.h"

#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>

using namespace ephor;
using namespace ephor::ui;
using namespace ephor::ui::test;

/// Policies written as text: checked and judged while typed, by forms, and taken up by an agent.
class PoliciesDefinitionsTest : public PoliciesStage {
    Q_OBJECT

    /// Clicks the act of the dialog that is open, and hands the dialog over: the next one is found by its type too.
    QWidget* take(const char* act)
    {
        auto* dialog = m_screen->findChild<policies::SessionRuleDialog*>();
        dialog->findChild<QAbstractButton*>(QLatin1String(act))->click();
        return dialog;
    }

private Q_SLOTS:
    void initTestCase() { install(); }
    void init() { begin(officerSession()); }
    void cleanup() { end(); }

    void policyIsCheckedWhileItIsTyped()
    {
        begin(adminSession());
        open(QStringLiteral("policies/definitions/limits?tab=edit"));
        auto* editor = m_screen->findChild<policies::PolicyEditor*>();
        QVERIFY(editor->isVisible());
        QTRY_VERIFY(backend().calls<CheckPolicy>() > 0);
        CheckPolicy::Response wrong;
        Problem problem;
        problem.code = "cedar.syntax";
        problem.message = "A semicolon is missing.";
        problem.line = 3;
        problem.column = 1;
        problem.length = 4;
        wrong.problems = {problem};
        backend().give<CheckPolicy>(wrong);
        editor->moveCursor(QTextCursor::End);
        QTest::keyClicks(editor, QStringLiteral("forbid"));
        QTRY_COMPARE(int(editor->problems().size()), 1);
        QVERIFY(settle(m_stage->session));
        QVERIFY(m_screen->hasUnsavedWork());
        auto* page = m_screen->findChild<policies::PolicyPage*>();
        page->save(); // not with an error in the text
        QCOMPARE(backend().calls<SavePolicy>(), 0);
        CheckPolicy::Response fine;
        fine.rules = {rulesOfBank().back()};
        backend().give<CheckPolicy>(fine);
        QTest::keyClicks(editor, QStringLiteral(" "));
        QTRY_COMPARE(int(editor->problems().size()), 0);
        QVERIFY(settle(m_stage->session));
        page->save();
        QVERIFY(settle(m_stage->session));
        const auto saved = backend().lastRequest<SavePolicy>();
        QCOMPARE(saved.expectedVersion, std::uint64_t(4));
        QCOMPARE(saved.body.cases.size(), std::size_t(1));
        QVERIFY(QString::fromStdString(saved.body.text).endsWith(QStringLiteral("forbid ")));
    }

    void completionIsOfferedAndTaken()
    {
        begin(adminSession());
        open(QStringLiteral("policies/definitions?new=1"));
        auto* editor = m_screen->findChild<policies::PolicyEditor*>();
        m_screen->activateWindow();
        editor->setFocus();
        QTRY_VERIFY(editor->hasFocus());
        QTest::keyClick(editor, Qt::Key_Space, Qt::ControlModifier);
        auto* list = editor->findChild<ItemList*>();
        QTRY_VERIFY(list->isVisible());
        QTest::keyClick(editor, Qt::Key_Down);
        QTest::keyClick(editor, Qt::Key_Return);
        QVERIFY(!list->isVisible());
        QCOMPARE(editor->toPlainText(), QStringLiteral("permit"));
        QTest::keyClick(editor, Qt::Key_Space, Qt::ControlModifier);
        QTRY_VERIFY(list->isVisible());
        QTest::keyClick(editor, Qt::Key_Escape);
        QVERIFY(!list->isVisible());
    }

    void draftIsKeptWithItsCases()
    {
        begin(adminSession());
        open(QStringLiteral("policies/definitions/limits?tab=edit"));
        auto* cases = m_screen->findChild<policies::CasesBox*>();
        QCOMPARE(cases->cases()->size(), std::size_t(1));
        PolicyCase more;
        more.name = "Another";
        cases->add(more);
        QVERIFY(m_screen->hasUnsavedWork());
        open(QStringLiteral("policies/definitions/mail?tab=edit"));
        QCOMPARE(cases->cases()->size(), std::size_t(1));
        open(QStringLiteral("policies/definitions/limits?tab=edit"));
        QCOMPARE(cases->cases()->size(), std::size_t(2));
        open(QStringLiteral("policies/definitions"));
        QVERIFY(table()->model()->index(0, 0).data().toString().contains(QStringLiteral("limits"))
            || table()->model()->rowCount() == 2);
    }

    void formPutsARuleIntoTheText()
    {
        begin(adminSession());
        open(QStringLiteral("policies/definitions/limits?tab=edit"));
        m_screen->findChild<policies::PolicyPage*>()->writeByForm();
        auto* dialog = m_screen->findChild<policies::SessionRuleDialog*>();
        QVERIFY(dialog);
        QVERIFY(settle(m_stage->session));
        QCOMPARE(accessibilityFaults(dialog).join(u'\n'), QString());
        auto* act = dialog->findChild<QAbstractButton*>(QStringLiteral("put-rule"));
        QVERIFY(act->isEnabled());
        act->click();
        const QString text = m_screen->findChild<policies::PolicyEditor*>()->toPlainText();
        QVERIFY(text.contains(QStringLiteral("count within 1h Action::\"payments.send\"::request >= 5")));
        QVERIFY(text.startsWith(QStringLiteral("@explain")));
    }

    void formOpensAgainWhatItWrote()
    {
        begin(adminSession());
        open(QStringLiteral("policies/definitions/limits?tab=edit"));
        auto* page = m_screen->findChild<policies::PolicyPage*>();
        auto* editor = m_screen->findChild<policies::PolicyEditor*>();
        page->writeByForm();
        QVERIFY(settle(m_stage->session));
        delete take("put-rule");
        QVERIFY(editor->ruleAtCursor().isEmpty()); // after the last rule
        QVERIFY(editor->find(QStringLiteral("count within"), QTextDocument::FindBackward));
        QVERIFY(policies::sessionRuleFrom(editor->ruleAtCursor()));
        page->writeByForm();
        QVERIFY(settle(m_stage->session));
        auto* dialog = m_screen->findChild<policies::SessionRuleDialog*>();
        QCOMPARE(dialog->rule().tool, QStringLiteral("payments.send"));
        QCOMPARE(dialog->findChild<QAbstractButton*>(QStringLiteral("put-rule"))->text(),
            QStringLiteral("Rewrite the rule"));
        for (TextField* field : dialog->findChildren<TextField*>()) {
            if (field->accessibleName() == QStringLiteral("At most"))
                field->setText(QStringLiteral("3"));
        }
        delete take("put-rule");
        const QString text = editor->toPlainText();
        QCOMPARE(text.count(QStringLiteral("count within")), 1);
        QVERIFY(text.contains(QStringLiteral("::request >= 3")));
        QVERIFY(text.startsWith(QStringLiteral("@explain")));
        // A rule that nobody wrote by the form begins another one.
        QTextCursor first = editor->textCursor();
        first.setPosition(3);
        editor->setTextCursor(first);
        QVERIFY(editor->ruleAtCursor().contains(QStringLiteral("context.input.amount > 5000")));
        QVERIFY(!policies::sessionRuleFrom(editor->ruleAtCursor()));
    }

    void policyIsAdoptedByAnAgentAndAChangeDrafted()
    {
        begin(adminSession());
        open(QStringLiteral("policies/definitions/limits"));
        m_screen->findChild<policies::PolicyPage*>()->adopt();
        auto* dialog = m_screen->findChild<policies::AdoptDialog*>();
        QVERIFY(settle(m_stage->session));
        QSignalSpy adopted(dialog, &policies::AdoptDialog::adopted);
        dialog->findChild<QAbstractButton*>(QStringLiteral("adopt"))->click();
        QVERIFY(settle(m_stage->session));
        const auto saved = backend().lastRequest<SaveAgent>();
        QCOMPARE(std::string(saved.name), std::string("customer-refunds"));
        QCOMPARE(saved.body.policies.size(), std::size_t(1));
        QCOMPARE(saved.body.policies[0], std::string("limits"));
        QCOMPARE(saved.body.tools.size(), std::size_t(2));
        QCOMPARE(adopted.size(), 1);
        const auto items = adopted[0][2].value<std::vector<ChangeItem>>();
        QCOMPARE(items.size(), std::size_t(2));
        QCOMPARE(items[0].to, std::uint64_t(5));
        QCOMPARE(items[1].from, std::uint64_t(3));
    }
};

QTEST_MAIN(PoliciesDefinitionsTest)
#include "policies_definitions_test.moc"
