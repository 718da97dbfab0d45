#include "tests/ui/screens/agents/agents_data.h"
#include "tests/ui/support/finding.h"
#include "ui/bridge/exposure_gauge.h"
#include "ui/kit/button.h"
#include "ui/kit/code_view.h"
#include "ui/kit/data_table.h"
#include "ui/kit/dialogs.h"
#include "ui/kit/diff_view.h"
#include "ui/kit/field.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/select.h"
#include "ui/kit/theme.h"
#include "ui/screens/agents/agents_screen.h"

#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace ephor;
using namespace ephor::ui;
using namespace ephor::ui::test;

class AgentsScreenTest : public QObject, private Finding {
    Q_OBJECT

private:
    std::unique_ptr<Stage> m_stage;
    std::unique_ptr<Screen> m_screen;

    void stage(SessionInfo info = adminSession())
    {
        m_screen.reset();
        m_stage = std::make_unique<Stage>(std::move(info));
        answerAgents(*m_stage->backend);
    }

    void show(const char* route, QSize size = {1110, 740})
    {
        if (!m_screen)
            m_screen.reset(makeAgentsScreen(m_stage->context, nullptr));
        m_screen->resize(size);
        m_screen->show();
        m_screen->open(Route::parse(QString::fromLatin1(route)));
        QVERIFY(settle(m_stage->session));
    }

    template <class Dialog> Dialog* dialog()
    {
        for (QWidget* top : QApplication::topLevelWidgets()) {
            if (auto* found = qobject_cast<Dialog*>(top); found && found->isVisible())
                return found;
        }
        return nullptr;
    }

    void giveReason(ReasonDialog* asked, const QString& verb)
    {
        asked->findChildren<QRadioButton*>().first()->click();
        for (Button* each : asked->findChildren<Button*>()) {
            if (each->text() == verb)
                each->click();
        }
        QVERIFY(settle(m_stage->session));
    }

    QWidget* searched() const override { return m_screen.get(); }

private Q_SLOTS:
    void initTestCase() { Theme::instance().install(); }
    void init() { stage(); }
    void cleanup() { m_screen.reset(); }

    void listOpensAnAgent()
    {
        show("agents");
        auto* table = named<DataTable>(QStringLiteral("Agents"));
        QVERIFY(table);
        QCOMPARE(table->model()->rowCount(), 7);
        QCOMPARE(table->model()->index(0, 0).data().toString(), QStringLiteral("Expense audit"));
        QSignalSpy moves(m_screen.get(), &Screen::navigate);
        table->setCurrentIndex(table->model()->index(0, 0));
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(moves.size(), 1);
        QCOMPARE(moves[0][0].value<Route>().format(), QStringLiteral("agents/expense-audit"));
    }

    void filtersAreInTheRoute()
    {
        show("agents?team=it");
        QCOMPARE(named<DataTable>(QStringLiteral("Agents"))->model()->rowCount(), 2);
    }

    void twoAreComparedSideBySide()
    {
        m_stage->backend->answer<GetDefinition>([](const GetDefinition::Request& ask) -> Result<DefinitionVersion> {
            if (ask.kind == DefinitionKind::Prompt) {
                PromptBody body;
                body.text = "You are one of " + std::string(ask.name) + ".\nBe brief.";
                return versionOf(summaryOf(ask.kind, ask.name, "System prompt"), body, 3);
            }
            AgentBody body = refundsBody();
            body.title = "Agent " + std::string(ask.name);
            body.prompt = std::string(ask.name) + ".system";
            if (ask.name == "hr-helper")
                body.tools.clear();
            return versionOf(summaryOf(ask.kind, ask.name, body.title), body, 3);
        });
        show("agents");
        auto* table = named<DataTable>(QStringLiteral("Agents"));
        QVERIFY(!button(QStringLiteral("Compare"))->isEnabled());
        QVERIFY(!button(QStringLiteral("Compare"))->accessibleDescription().isEmpty());
        table->selectRow(0);
        QVERIFY(!button(QStringLiteral("Compare"))->isEnabled());
        table->selectionModel()->select(
            table->model()->index(2, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
        QVERIFY(button(QStringLiteral("Compare"))->isEnabled());
        QSignalSpy moves(m_screen.get(), &Screen::navigate);
        button(QStringLiteral("Compare"))->click();
        QVERIFY(moves[0][0].value<Route>().format().startsWith(QStringLiteral("agents?compare=expense-audit")));
        show("agents?compare=refunds,hr-helper");
        QCOMPARE(m_screen->title(), QStringLiteral("Agent refunds and Agent hr-helper"));
        auto* facts = named<DataTable>(QStringLiteral("Settings and figures"));
        QVERIFY(facts);
        bool foundPrompt = false;
        for (int row = 0; row < facts->model()->rowCount(); ++row) {
            if (facts->model()->index(row, 0).data().toString() != QStringLiteral("Prompt"))
                continue;
            foundPrompt = true;
            QCOMPARE(facts->model()->index(row, 1).data().toString(), QStringLiteral("refunds.system"));
            QCOMPARE(facts->model()->index(row, 2).data().toString(), QStringLiteral("hr-helper.system"));
        }
        QVERIFY(foundPrompt);
        auto* tools = named<DataTable>(QStringLiteral("Tools and access"));
        QCOMPARE(tools->model()->index(0, 2).data().toString(), QStringLiteral("not named"));
        auto* prompts = named<DiffView>(QStringLiteral("Difference of the prompts"));
        QVERIFY(prompts);
        QCOMPARE(prompts->lines().size(), std::size_t(3));
    }

    void listFailsInPlaceAndTriesAgain()
    {
        m_stage->backend->failWith<ReadOverview>(Error(ErrorKind::Unavailable, "x.y", "It does not answer."));
        show("agents");
        InlineError* failed = nullptr;
        for (InlineError* each : m_screen->findChildren<InlineError*>()) {
            if (each->isVisible() && !failed)
                failed = each;
        }
        QVERIFY(failed);
        m_stage->backend->give<ReadOverview>(overview());
        Q_EMIT failed->retryRequested();
        QVERIFY(settle(m_stage->session));
        QVERIFY(named<DataTable>(QStringLiteral("Agents")));
    }

    void emptyListTeaches()
    {
        m_stage->backend->give<ReadOverview>({});
        m_stage->backend->give<ListDefinitions>({});
        show("agents");
        QVERIFY(says(QStringLiteral("No agents yet")));
    }

    void summaryShowsTheRuleOfTwo()
    {
        stage();
        show("agents/refunds");
        QCOMPARE(std::string(m_stage->backend->lastRequest<ReadExposure>().agent), std::string("refunds"));
        auto* gauge = m_screen->findChild<ExposureGauge*>();
        QVERIFY(gauge && gauge->isVisible());
        QCOMPARE(gauge->accessibleName(), QStringLiteral("Rule of two: 3 of 3"));
        QVERIFY(says(QStringLiteral("It has all three")));
        QSignalSpy navigated(m_screen.get(), &Screen::navigate);
        button<LinkLabel>(QStringLiteral("Data protection"))->click();
        QCOMPARE(navigated.last()[0].value<Route>().format(), QStringLiteral("policies/protection?view=exposure"));
        button<LinkLabel>(QStringLiteral("Protection customer-data"))->click();
        QCOMPARE(navigated.last()[0].value<Route>().format(), QStringLiteral("policies/protection/customer-data"));
        m_stage->backend->give<ReadExposure>({});
        m_screen->refresh({Topic::Changes});
        QVERIFY(settle(m_stage->session));
        QVERIFY(!gauge->isVisible());
        QVERIFY(says(QStringLiteral("Told once the agent is in production")));
    }

    void pageShowsHeadAndTabs()
    {
        show("agents/refunds");
        QCOMPARE(m_screen->title(), QStringLiteral("Customer refunds"));
        QCOMPARE(m_screen->crumbs().size(), 1);
        QVERIFY(says(QStringLiteral("v41, v42 at 5")));
        QCOMPARE(named<DataTable>(QStringLiteral("Newest runs"))->model()->rowCount(), 8);
        QCOMPARE(m_stage->backend->calls<ReadMatrix>(), 0);
        show("agents/refunds?tab=tools");
        QCOMPARE(m_stage->backend->calls<ReadMatrix>(), 1);
        QCOMPARE(m_stage->backend->lastRequest<ExplainGrant>().tool, Name("orders.lookup"));
        show("agents/refunds?tab=cost");
        QVERIFY(says(QStringLiteral("The cost of 14 run(s) is not known.")));
    }

    void anAgentThatIsNotThereSaysSo()
    {
        m_stage->backend->failWith<ReadAgent>(Error(ErrorKind::NotFound, "definition.unknown", "No such agent."));
        show("agents/nobody");
        QVERIFY(m_screen->findChild<InlineError*>());
        QVERIFY(says(QStringLiteral("There is no such definition.")));
    }

    void tighteningAsksForAReason()
    {
        stage(officerSession());
        m_stage->backend->give<TightenGrant>({});
        show("agents/refunds?tab=tools");
        QVERIFY(button(QStringLiteral("Deny"))->isEnabled());
        button(QStringLiteral("Deny"))->click();
        auto* asked = dialog<ReasonDialog>();
        QVERIFY(asked);
        giveReason(asked, QStringLiteral("Deny from now on"));
        const auto sent = m_stage->backend->lastRequest<TightenGrant>();
        QCOMPARE(sent.agent, Name("refunds"));
        QCOMPARE(sent.tool, Name("orders.lookup"));
        QVERIFY(sent.access == ephor::Access::Deny && sent.reason.size() >= 3);
        QVERIFY(m_stage->backend->calls<ReadMatrix>() >= 2);
    }

    void anAuditorIsToldWhomToAsk()
    {
        stage(auditorSession());
        show("agents/refunds?tab=tools");
        QVERIFY(!button(QStringLiteral("Deny"))->isEnabled());
        QVERIFY(button(QStringLiteral("Deny"))->toolTip().contains(QStringLiteral("Ask")));
        QVERIFY(!button(QStringLiteral("Stop agent"))->isEnabled());
    }

    void stopAndLift()
    {
        m_stage->backend->give<SetStop>({});
        show("agents/refunds");
        button(QStringLiteral("Stop agent"))->click();
        auto* asked = dialog<ReasonDialog>();
        QVERIFY(asked);
        StopOrder order;
        order.id = "st-1";
        order.agent = "refunds";
        order.by = "Ines Marchetti";
        order.reason = "Incident";
        order.at = ago(1);
        m_stage->backend->give<ListStops>({{order}});
        giveReason(asked, QStringLiteral("Stop"));
        QCOMPARE(m_stage->backend->lastRequest<SetStop>().agent, (Text<128>("refunds")));
        QVERIFY(m_stage->backend->lastRequest<SetStop>().mode == StopMode::Now);
        QVERIFY(says(QStringLiteral("Ines Marchetti")));
    }

    void behaviourIsSavedOnTopOfWhatWasSeen()
    {
        m_stage->backend->give<SaveAgent>({{DefinitionKind::Agent, "refunds", 4}});
        show("agents/refunds?tab=behaviour");
        button(QStringLiteral("Edit"))->click();
        QVERIFY(settle(m_stage->session));
        QVERIFY(!m_screen->hasUnsavedWork());
        named<TextField>(QStringLiteral("Tokens"))->setText(QStringLiteral("90,000"));
        QVERIFY(m_screen->hasUnsavedWork());
        named<TextField>(QStringLiteral("What changed and why"))->setText(QStringLiteral("larger budget"));
        button(QStringLiteral("Save new version"))->click();
        QVERIFY(settle(m_stage->session));
        const auto sent = m_stage->backend->lastRequest<SaveAgent>();
        QCOMPARE(sent.expectedVersion, 3u);
        QCOMPARE(sent.body.budget.tokens, 90'000u);
        QCOMPARE(sent.body.tools.size(), 3u);
        QCOMPARE(sent.body.prompt, Name("refunds.system"));
        QCOMPARE(sent.message, Line("larger budget"));
        QVERIFY(!m_screen->hasUnsavedWork());
    }

    void aConflictKeepsWhatWasTyped()
    {
        m_stage->backend->failWith<SaveAgent>(Error(ErrorKind::Conflict, "definition.moved-on", "Moved on."));
        show("agents/refunds?tab=behaviour");
        button(QStringLiteral("Edit"))->click();
        QVERIFY(settle(m_stage->session));
        named<TextField>(QStringLiteral("Tokens"))->setText(QStringLiteral("7"));
        button(QStringLiteral("Save new version"))->click();
        QVERIFY(settle(m_stage->session));
        QVERIFY(says(QStringLiteral("Somebody saved a newer version meanwhile.")));
        QCOMPARE(named<TextField>(QStringLiteral("Tokens"))->text(), QStringLiteral("7"));
    }

    void aWrongSchemaIsNotSent()
    {
        show("agents/refunds?tab=behaviour");
        button(QStringLiteral("Edit"))->click();
        QVERIFY(settle(m_stage->session));
        named<CodeEditor>(QStringLiteral("Schema of the request's variables"))->setPlainText(QStringLiteral("{oops"));
        button(QStringLiteral("Save new version"))->click();
        QVERIFY(settle(m_stage->session));
        QCOMPARE(m_stage->backend->calls<SaveAgent>(), 0);
    }

    void buildingGoesOnAfterTheStepThatFailed()
    {
        m_stage->backend->give<SavePrompt>({{DefinitionKind::Prompt, "supplier-check.system", 1}});
        m_stage->backend->failWith<SaveAgent>(Error(ErrorKind::Unavailable, "x", "Busy.", "Try again."));
        show("agents?add=build");
        auto* title = named<TextField>(QStringLiteral("Title of the agent"));
        QTest::keyClicks(title, QStringLiteral("Supplier check"));
        QCOMPARE(named<TextField>(QStringLiteral("Name"))->text(), QStringLiteral("supplier-check"));
        named<CodeEditor>(QStringLiteral("Text of the new prompt"))->setPlainText(QStringLiteral("Check {{name}}."));
        QVERIFY(!button(QStringLiteral("Create and draft the change"))->isEnabled());
        named<Select>(QStringLiteral("Model"))->setCurrentIndex(0);
        auto* create = button(QStringLiteral("Create and draft the change"));
        QVERIFY(create->isEnabled());
        create->click();
        QVERIFY(settle(m_stage->session));
        QVERIFY(says(QStringLiteral("The prompt is saved; the agent is not yet.")));
        m_stage->backend->give<SaveAgent>({{DefinitionKind::Agent, "supplier-check", 1}});
        CreateChange::Response drafted;
        drafted.change.id = "CH-9";
        m_stage->backend->give<CreateChange>(drafted);
        QSignalSpy moves(m_screen.get(), &Screen::navigate);
        create->click();
        QVERIFY(settle(m_stage->session));
        QCOMPARE(m_stage->backend->calls<SavePrompt>(), 1);
        QCOMPARE(m_stage->backend->lastRequest<SaveAgent>().body.prompt, Name("supplier-check.system"));
        QCOMPARE(m_stage->backend->lastRequest<CreateChange>().items.size(), 2u);
        QCOMPARE(moves[0][0].value<Route>().format(), QStringLiteral("changes/CH-9"));
    }

    void theAddressIsWhereTheWorkspaceIsServed()
    {
        SessionInfo info = adminSession();
        info.address = "http://127.0.0.1:9177";
        stage(info);
        show("agents?add=existing&agent=refunds");
        QCOMPARE(
            named<TextField>(QStringLiteral("Address of the server"))->text(), QStringLiteral("http://127.0.0.1:9177"));
        QVERIFY(named<CodeView>(QStringLiteral("Lines for the client"))
                ->toPlainText()
                .contains(QStringLiteral("http://127.0.0.1:9177/v1")));
        stage(adminSession());
        show("agents?add=existing&agent=refunds");
        QVERIFY(says(QStringLiteral("Nothing listens for agents yet")));
    }

    void largeTypeKeepsNamesBeforeWhatIsTheSame()
    {
        Theme::instance().setTypeScale(1.5);
        show("agents", {1'072, 740});
        const auto* table = named<DataTable>(QStringLiteral("Agents"));
        QVERIFY(table->isColumnHidden(2));
        QVERIFY(!table->isColumnHidden(3));
        Theme::instance().setTypeScale(1.0);
        m_screen.reset();
        show("agents", {1'072, 740});
        QVERIFY(!named<DataTable>(QStringLiteral("Agents"))->isColumnHidden(2));
    }

    void teamsGoByTheirTitles()
    {
        show("agents");
        const auto listed = [this] {
            QStringList teams;
            const QAbstractItemModel* model = named<DataTable>(QStringLiteral("Agents"))->model();
            for (int row = 0; row < model->rowCount(); ++row)
                teams << model->index(row, 1).data().toString();
            return teams;
        };
        QTRY_VERIFY(listed().contains(QStringLiteral("IT")));
        QVERIFY(!listed().contains(QStringLiteral("it")));
    }

    void connectingShowsTheTokenOnceAndHearsTheFirstRequest()
    {
        CreateKey::Response made;
        made.token = "ek_secret_token";
        m_stage->backend->give<CreateKey>(made);
        show("agents?add=existing&agent=refunds");
        QVERIFY(says(QStringLiteral("Nothing has called yet")));
        button(QStringLiteral("Create key"))->click();
        QVERIFY(settle(m_stage->session));
        QCOMPARE(m_stage->backend->lastRequest<CreateKey>().agents.front(), std::string("refunds"));
        QCOMPARE(m_stage->backend->lastRequest<CreateKey>().team, Name("payments"));
        QVERIFY(named<CodeView>(QStringLiteral("Lines for the client"))
                ->toPlainText()
                .contains(QStringLiteral("ek_secret")));
        FirstRequest::Response seen;
        seen.seen = true;
        seen.caller = "Portal";
        seen.messages = 2;
        seen.carriedPerson = true;
        seen.run = "8f3a21c0-77aa";
        seen.at = ago(0);
        m_stage->backend->give<FirstRequest>(seen);
        m_screen->refresh({Topic::Runs});
        QVERIFY(settle(m_stage->session));
        QVERIFY(says(QStringLiteral("Portal")));
        QVERIFY(says(QStringLiteral("no conversation")));
        show("agents?add=existing&agent=refunds");
        QVERIFY(!named<CodeView>(QStringLiteral("Lines for the client"))
                ->toPlainText()
                .contains(QStringLiteral("ek_secret")));
    }

    void everythingHasAName()
    {
        for (const char* route : {"agents", "agents/refunds", "agents/refunds?tab=behaviour",
                 "agents/refunds?tab=tools", "agents/refunds?tab=versions", "agents/refunds?tab=cost",
                 "agents?add=choose", "agents?add=build", "agents?add=existing", "agents?compare=refunds,hr-helper"}) {
            show(route);
            const QStringList faults = accessibilityFaults(m_screen.get());
            QVERIFY2(faults.isEmpty(), qPrintable(QString::fromLatin1(route) + u' ' + faults.join(u'\n')));
        }
    }

    void snapshots()
    {
        const QString folder = qEnvironmentVariable("EPHOR_SNAPSHOTS");
        if (folder.isEmpty())
            QSKIP("Set EPHOR_SNAPSHOTS to a folder.");
        QDir().mkpath(folder);
        for (const auto& [look, word] :
            {std::pair{Theme::Appearance::light, "light"}, std::pair{Theme::Appearance::dark, "dark"}}) {
            Theme::instance().setAppearance(look);
            for (const QSize size : {QSize(1110, 740), QSize(1750, 990)}) {
                for (const char* route : {"agents", "agents/refunds", "agents/refunds?tab=behaviour",
                         "agents/refunds?tab=tools", "agents/refunds?tab=versions", "agents/refunds?tab=cost",
                         "agents?add=choose", "agents?add=build", "agents?add=existing&agent=refunds",
                         "agents?compare=refunds,expense-audit"}) {
                    show(route, size);
                    const QString name = QString::fromLatin1(route).replace(
                        QRegularExpression(QStringLiteral("[^a-z]+")), QStringLiteral("-"));
                    // Layouts settle from the inside out, one turn of the loop each.
                    for (int turn = 0; turn < 8; ++turn)
                        QCoreApplication::processEvents();
                    m_screen->grab().save(QStringLiteral("%1/%2-%3-%4.png")
                            .arg(folder, name, QString::fromLatin1(word))
                            .arg(size.width()));
                }
                m_screen.reset();
            }
        }
        Theme::instance().setAppearance(Theme::Appearance::light);
    }
};

QTEST_MAIN(AgentsScreenTest)
#include "agents_screen_test.moc"
