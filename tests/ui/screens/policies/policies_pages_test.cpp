#include "tests/ui/screens/policies/policies_data.h"
#include "tests/ui/screens/policies/definitions_data.h"
#include "tests/ui/screens/policies/rules_data.h"
#include "tests/ui/support/snapshots.h"

#include "core/api/changes.h"
#include "core/api/people.h"
#include "ui/bridge/values.h"
#include "ui/kit/button.h"
#include "ui/kit/data_table.h"
#include "ui/kit/field.h"
#include "ui/kit/item_list.h"
#include "ui/kit/label.h"
#include "ui/kit/matrix_view.h"
#include "ui/kit/segmented.h"
#include "ui/kit/select.h"
#include "ui/kit/theme.h"
#include "ui/screens/policies/adopt_dialog.h"
#include "ui/screens/policies/backtest_tab.h"
#include "ui/screens/policies/cases_box.h"
#include "ui/screens/policies/grant_form.h"
#include "ui/screens/policies/house_dialog.h"
#include "ui/screens/policies/policies_screen.h"
#include "ui/screens/policies/policy_editor.h"
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

class PoliciesPagesTest : public QObject {
    Q_OBJECT

    std::unique_ptr<Stage> m_stage;
    std::unique_ptr<Screen> m_screen;

    ScriptedBackend& backend() { return *m_stage->backend; }

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
        VersionInfo newest;
        newest.number = 4;
        newest.authorName = "Tom Becker";
        newest.at = fixedInstant();
        newest.state = "draft";
        newest.message = "Lower the limit";
        VersionInfo production = newest;
        production.number = 3;
        production.state = "production";
        backend().give<ListVersions>({{newest, production}});
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

    void open(const QString& route)
    {
        if (!m_screen) {
            m_screen.reset(makePoliciesScreen(m_stage->context, nullptr));
            m_screen->resize(1110, 740);
            m_screen->show();
        }
        m_screen->open(Route::parse(route));
        QVERIFY(settle(m_stage->session));
    }

    bool says(const QString& words)
    {
        for (const ui::Label* label : m_screen->findChildren<ui::Label*>()) {
            if (label->isVisible() && label->text().contains(words))
                return true;
        }
        return false;
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

private Q_SLOTS:
    void initTestCase()
    {
        qRegisterMetaType<ephor::ui::Route>();
        qRegisterMetaType<ephor::ui::Notice>();
        Theme::instance().install();
        Theme::instance().setMotion(Theme::Motion::reduced);
        Theme::instance().setAppearance(Theme::Appearance::light);
    }

    void init() { begin(officerSession()); }

    void cleanup()
    {
        m_screen.reset();
        m_stage.reset();
    }

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

    void largeMatrixOpensWithItsDifferences()
    {
        ReadMatrix::Response large;
        for (int tool = 0; tool < 40; ++tool)
            large.tools.push_back(
                {"group" + std::to_string(tool / 5) + ".tool" + std::to_string(tool), "", "finance", SideEffect::Read});
        for (int agent = 0; agent < 150; ++agent) {
            ephor::MatrixRow row{"agent-" + std::to_string(agent), "", "team-" + std::to_string(agent / 15), 1, {}};
            for (int tool = 0; tool < 40; ++tool)
                row.cells.push_back({large.tools[std::size_t(tool)].name,
                    agent % 37 == 5 && tool == 7 ? ephor::Access::Allow : ephor::Access::Ask, false, 3});
            large.rows.push_back(std::move(row));
        }
        backend().give<ReadMatrix>(large);
        open(QStringLiteral("policies/matrix"));
        auto* grid = m_screen->findChild<MatrixView*>();
        QVERIFY(grid->model()->rowCount() < 20);
        QVERIFY(grid->model()->rowCount() > 0);
        open(QStringLiteral("policies/matrix?team=team-3"));
        QCOMPARE(grid->model()->rowCount(), 16); // its heading and its agents
        QVERIFY(writeSnapshots(m_screen.get(), QStringLiteral("policies-large")));
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
