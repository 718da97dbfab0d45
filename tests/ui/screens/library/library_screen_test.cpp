#include "tests/ui/screens/library/library_data.h"
#include "tests/ui/support/finding.h"
#include "ui/bridge/propose_change.h"
#include "ui/kit/button.h"
#include "ui/kit/code_view.h"
#include "ui/kit/data_table.h"
#include "ui/kit/diff_view.h"
#include "ui/kit/field.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/segmented.h"
#include "ui/kit/cell.h"
#include "ui/kit/theme.h"
#include "ui/screens/library/library_screen.h"

#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace ephor;
using namespace ephor::ui;
using namespace ephor::ui::test;

class LibraryScreenTest : public QObject, private Finding {
    Q_OBJECT

private:
    std::unique_ptr<Stage> m_stage;
    std::unique_ptr<Screen> m_screen;

    void stage(SessionInfo info)
    {
        m_screen.reset();
        m_stage = std::make_unique<Stage>(std::move(info));
        answerLibrary(*m_stage->backend);
    }

    void show(const char* route, QSize size = {1110, 740})
    {
        if (!m_screen)
            m_screen.reset(makeLibraryScreen(m_stage->context, nullptr));
        m_screen->resize(size);
        m_screen->show();
        m_screen->open(Route::parse(QString::fromLatin1(route)));
        QVERIFY(settle(m_stage->session));
    }

    CodeEditor* editor() { return named<CodeEditor>(QStringLiteral("Text of the prompt")); }

    /// The check runs when typing pauses: wait for its request, then for its answer.
    void waitForCheck(int before)
    {
        QTRY_VERIFY(m_stage->backend->calls<CheckPrompt>() > before);
        QVERIFY(settle(m_stage->session));
    }

    void type(const QString& words)
    {
        const int before = m_stage->backend->calls<CheckPrompt>();
        editor()->setPlainText(words);
        waitForCheck(before);
    }

    QWidget* searched() const override { return m_screen.get(); }

private Q_SLOTS:
    void initTestCase() { Theme::instance().install(); }
    void init() { stage(adminSession()); }
    void cleanup() { m_screen.reset(); }

    void listsAndCounts()
    {
        show("library/prompts");
        auto* table = named<DataTable>(QStringLiteral("Prompts"));
        QVERIFY(table);
        QCOMPARE(table->model()->rowCount(), 3);
        QSignalSpy moves(m_screen.get(), &Screen::navigate);
        table->setCurrentIndex(table->model()->index(0, 0));
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(moves[0][0].value<Route>().format(), QStringLiteral("library/prompts/refunds.system"));
        show("library/tools?text=irreversible");
        QCOMPARE(named<DataTable>(QStringLiteral("Tools"))->model()->rowCount(), 1);
        // Looking is not typing: nothing new waits to be gone on with.
        QVERIFY(button(QStringLiteral("Add tool")));
    }

    void theDifferenceFromProductionComesFirst()
    {
        show("library/prompts/refunds.system");
        auto* diff = named<DiffView>(QStringLiteral("Difference"));
        QVERIFY(diff);
        QCOMPARE(diff->lines().size(), 4u);
        QCOMPARE(diff->lines()[2].changed[0].start, 21);
        const auto asked = m_stage->backend->lastRequest<DiffVersions>();
        QCOMPARE(asked.from, 8u);
        QCOMPARE(asked.to, 9u);
        QVERIFY(says(QStringLiteral("against v8")));
    }

    void anUnknownVariableIsNamedAtItsLine()
    {
        show("library/prompts/refunds.system?tab=edit");
        QCOMPARE(editor()->problems().size(), 1u);
        QVERIFY(says(QStringLiteral("Line 7: The variable \"order.reference\" is not declared.")));
        const int before = m_stage->backend->calls<CheckPrompt>();
        type(editor()->toPlainText().replace(QStringLiteral("order.reference"), QStringLiteral("order.id")));
        QCOMPARE(editor()->problems().size(), 0u);
        QCOMPARE(m_stage->backend->calls<CheckPrompt>(), before + 1);
        QVERIFY(m_screen->hasUnsavedWork());
    }

    void aTextWithAnErrorIsNotSaved()
    {
        show("library/prompts/refunds.system?tab=edit");
        type(editor()->toPlainText() + QStringLiteral("More.\n"));
        QVERIFY(!button(QStringLiteral("Save"))->isEnabled());
        QVERIFY(button(QStringLiteral("Save"))->toolTip().contains(QStringLiteral("Line 7")));
    }

    void savingSaysOnWhichVersion()
    {
        m_stage->backend->give<SavePrompt>({{DefinitionKind::Prompt, "refunds.system", 10}});
        show("library/prompts/refunds.system?tab=edit");
        type(QStringLiteral("Hello {{customer.name}}"));
        QVERIFY(!button(QStringLiteral("Submit as change"))->isEnabled());
        named<TextField>(QStringLiteral("What changed and why"))->setText(QStringLiteral("shorter"));
        button(QStringLiteral("Save"))->click();
        QVERIFY(settle(m_stage->session));
        const auto sent = m_stage->backend->lastRequest<SavePrompt>();
        QCOMPARE(sent.expectedVersion, 9u);
        QCOMPARE(sent.message, Line("shorter"));
        QVERIFY(sent.body.text == "Hello {{customer.name}}");
        QVERIFY(!sent.body.variables.text.empty());
    }

    void unsavedTextSurvivesGoingElsewhere()
    {
        show("library/prompts/refunds.system?tab=edit");
        type(QStringLiteral("Mine {{customer.name}}"));
        show("library/prompts/hr.system?tab=edit");
        QVERIFY(editor()->toPlainText() != QStringLiteral("Mine {{customer.name}}"));
        show("library/prompts/refunds.system?tab=edit");
        QCOMPARE(editor()->toPlainText(), QStringLiteral("Mine {{customer.name}}"));
        QVERIFY(m_screen->hasUnsavedWork());
        button(QStringLiteral("Discard"))->click();
        QVERIFY(!m_screen->hasUnsavedWork());
        QVERIFY(settle(m_stage->session));
    }

    void unsavedTextIsNotOverwrittenByNews()
    {
        show("library/prompts/refunds.system?tab=edit");
        type(QStringLiteral("Mine {{customer.name}}"));
        m_screen->refresh({Topic::Definitions});
        QVERIFY(settle(m_stage->session));
        QCOMPARE(editor()->toPlainText(), QStringLiteral("Mine {{customer.name}}"));
    }

    void unsavedTextIsComparedToo()
    {
        show("library/prompts/refunds.system?tab=edit");
        type(QStringLiteral("Mine {{customer.name}}\n"));
        show("library/prompts/refunds.system?tab=diff");
        auto* diff = named<DiffView>(QStringLiteral("Difference"));
        QVERIFY(diff);
        QCOMPARE(countDiffLines(diff->lines()).added, 1);
        QVERIFY(says(QStringLiteral("unsaved, +")));
    }

    void aConflictOffersToCompareAndKeepsTheText()
    {
        m_stage->backend->failWith<SavePrompt>(Error(ErrorKind::Conflict, "definition.moved-on", "Moved on."));
        show("library/prompts/refunds.system?tab=edit");
        type(QStringLiteral("Mine {{customer.name}}"));
        m_stage->backend->answer<ListVersions>([](const ListVersions::Request&) {
            auto versions = promptVersions(10);
            versions[0].authorName = "Priya Raman";
            return ListVersions::Response{versions};
        });
        button(QStringLiteral("Save"))->click();
        QVERIFY(settle(m_stage->session));
        QVERIFY(says(QStringLiteral("Priya Raman saved v10 meanwhile.")));
        QCOMPARE(editor()->toPlainText(), QStringLiteral("Mine {{customer.name}}"));
        for (Banner* banner : m_screen->findChildren<Banner*>()) {
            if (banner->isVisible())
                Q_EMIT banner->actionTriggered();
        }
        QVERIFY(settle(m_stage->session));
        QVERIFY(says(QStringLiteral("against v10")));
        m_stage->backend->give<SavePrompt>({{DefinitionKind::Prompt, "refunds.system", 11}});
        button(QStringLiteral("Save"))->click();
        QVERIFY(settle(m_stage->session));
        QCOMPARE(m_stage->backend->lastRequest<SavePrompt>().expectedVersion, 10u);
    }

    void submittingDraftsAndThenChecks()
    {
        CreateChange::Response drafted;
        drafted.change.id = "CH-9";
        m_stage->backend->give<CreateChange>(drafted);
        m_stage->backend->failWith<SubmitChange>(Error(ErrorKind::Unavailable, "x", "Busy."));
        show("library/prompts/refunds.system");
        QSignalSpy moves(m_screen.get(), &Screen::navigate);
        button(QStringLiteral("Submit as change"))->click();
        auto* dialog = m_screen->findChild<ProposeChange*>();
        QVERIFY(dialog);
        Button* send = nullptr;
        for (Button* each : dialog->findChildren<Button*>()) {
            if (each->text().startsWith(QStringLiteral("Run checks")))
                send = each;
        }
        send->click();
        QVERIFY(settle(m_stage->session));
        const auto sent = m_stage->backend->lastRequest<CreateChange>();
        QCOMPARE(sent.agent, Name("refunds"));
        QCOMPARE(sent.items[0].from, 8u);
        QCOMPARE(sent.items[0].to, 9u);
        m_stage->backend->give<SubmitChange>({drafted.change});
        send->click();
        QVERIFY(settle(m_stage->session));
        QCOMPARE(m_stage->backend->calls<CreateChange>(), 1);
        QCOMPARE(moves[0][0].value<Route>().format(), QStringLiteral("changes/CH-9"));
    }

    void thePriceComesBeforeTheTry()
    {
        show("library/prompts/refunds.system?tab=edit");
        // Jonas may not open recorded inputs, so a message is typed.
        auto* message = named<QPlainTextEdit>(QStringLiteral("Message to try it on"));
        QVERIFY(message);
        message->setPlainText(QStringLiteral("Where is my money?"));
        button(QStringLiteral("Show price"))->click();
        QVERIFY(settle(m_stage->session));
        QVERIFY(m_stage->backend->lastRequest<TryPrompt>().dryRun);
        QVERIFY(says(QStringLiteral("1,204 tokens in")));
        button(QStringLiteral("Try"))->click();
        QVERIFY(settle(m_stage->session));
        QVERIFY(!m_stage->backend->lastRequest<TryPrompt>().dryRun);
        QVERIFY(says(QStringLiteral("clause 7.3")));
        QVERIFY(says(QStringLiteral("payments.send")));
        QVERIFY(!says(QStringLiteral("the text has changed since")));
        type(QStringLiteral("Other {{customer.name}}"));
        QVERIFY(says(QStringLiteral("the text has changed since")));
        QVERIFY(button(QStringLiteral("Show price")));
    }

    void aTryAsksForTheVariablesItNeeds()
    {
        m_stage->backend->answer<TryPrompt>([](const TryPrompt::Request& ask) -> Result<TryPrompt::Response> {
            if (ask.variables.text.find("Ada") == std::string::npos)
                return fail(Error(ErrorKind::Invalid, "try.variables-missing", "The prompt needs values.")
                        .with("names", "customer.name, limit"));
            return TryPrompt::Response{};
        });
        show("library/prompts/refunds.system?tab=edit");
        named<QPlainTextEdit>(QStringLiteral("Message to try it on"))->setPlainText(QStringLiteral("Hello"));
        button(QStringLiteral("Show price"))->click();
        QVERIFY(settle(m_stage->session));
        auto* customer = named<TextField>(QStringLiteral("Value of customer.name"));
        auto* limit = named<TextField>(QStringLiteral("Value of limit"));
        QVERIFY(customer && limit);
        QVERIFY(!button(QStringLiteral("Show price"))->isEnabled());
        QVERIFY(button(QStringLiteral("Show price"))->toolTip().contains(QStringLiteral("customer.name, limit")));
        customer->setText(QStringLiteral("Ada"));
        limit->setText(QStringLiteral("250"));
        button(QStringLiteral("Show price"))->click();
        QVERIFY(settle(m_stage->session));
        QCOMPARE(m_stage->backend->lastRequest<TryPrompt>().variables.text,
            std::string(R"({"customer":{"name":"Ada"},"limit":250})"));
        QVERIFY(button(QStringLiteral("Try")));
        show("library/prompts/other.system?tab=edit");
        QVERIFY(!named<TextField>(QStringLiteral("Value of limit")));
    }

    void titleAndPartialsAreSaved()
    {
        m_stage->backend->give<SavePrompt>({{DefinitionKind::Prompt, "refunds.system", 10}});
        show("library/prompts/refunds.system?tab=edit");
        type(editor()->toPlainText().replace(QStringLiteral("order.reference"), QStringLiteral("order.id")));
        named<TextField>(QStringLiteral("Title"))->setText(QStringLiteral("Refunds, new title"));
        QVERIFY(m_screen->hasUnsavedWork());
        named<Segmented>(QStringLiteral("What is shown"))->setCurrent(3);
        auto* newName = named<TextField>(QStringLiteral("Name of a new partial"));
        QVERIFY(newName);
        QVERIFY(!button(QStringLiteral("Add"))->isEnabled());
        newName->setText(QStringLiteral("no spaces"));
        QVERIFY(!button(QStringLiteral("Add"))->isEnabled());
        newName->setText(QStringLiteral("rules"));
        button(QStringLiteral("Add"))->click();
        const int before = m_stage->backend->calls<CheckPrompt>();
        named<CodeEditor>(QStringLiteral("Text of the partial"))->setPlainText(QStringLiteral("Be brief."));
        waitForCheck(before);
        QCOMPARE(m_stage->backend->lastRequest<CheckPrompt>().body.partials.at("rules"), std::string("Be brief."));
        button(QStringLiteral("Save"))->click();
        QVERIFY(settle(m_stage->session));
        const auto sent = m_stage->backend->lastRequest<SavePrompt>();
        QCOMPARE(std::string(sent.body.title), std::string("Refunds, new title"));
        QCOMPARE(sent.body.partials.size(), std::size_t(1));
    }

    void whatIsTypedInAFormIsKept()
    {
        show("library/tools/orders.lookup?tab=edit");
        named<TextField>(QStringLiteral("Timeout, ms"))->setText(QStringLiteral("5,000"));
        named<CodeEditor>(QStringLiteral("Schema of the input"))->setPlainText(QStringLiteral("{ not yet"));
        show("library/tools/other.tool?tab=edit");
        QVERIFY(!m_screen->hasUnsavedWork());
        show("library/tools");
        auto* table = named<DataTable>(QStringLiteral("Tools"));
        QStringList marked;
        for (int row = 0; row < table->model()->rowCount(); ++row) {
            if (table->model()->index(row, 0).data(CellRole::secondary).toString() == QStringLiteral("unsaved"))
                marked << table->model()->index(row, 0).data().toString();
        }
        QCOMPARE(marked, QStringList{QStringLiteral("orders.lookup")});
        show("library/tools/orders.lookup?tab=edit");
        QVERIFY(m_screen->hasUnsavedWork());
        QCOMPARE(named<TextField>(QStringLiteral("Timeout, ms"))->text(), QStringLiteral("5,000"));
        QCOMPARE(named<CodeEditor>(QStringLiteral("Schema of the input"))->toPlainText(), QStringLiteral("{ not yet"));
        button(QStringLiteral("Discard"))->click();
        QVERIFY(!m_screen->hasUnsavedWork());
        show("library/tools");
        QVERIFY(table->model()->index(0, 0).data(CellRole::secondary).toString().isEmpty());
    }

    void aReaderChangesNothing()
    {
        stage(auditorSession());
        show("library/prompts/refunds.system?tab=edit");
        for (const char* words : {"Save", "Submit as change", "Show price"}) {
            QVERIFY(!button(QString::fromLatin1(words))->isEnabled());
            QVERIFY(button(QString::fromLatin1(words))->toolTip().contains(QStringLiteral("Ask")));
        }
    }

    void aToolIsSavedWhole()
    {
        m_stage->backend->give<SaveTool>({{DefinitionKind::Tool, "orders.lookup", 4}});
        show("library/tools/orders.lookup?tab=edit");
        QVERIFY(!m_screen->hasUnsavedWork());
        named<TextField>(QStringLiteral("Timeout, ms"))->setText(QStringLiteral("5,000"));
        QVERIFY(m_screen->hasUnsavedWork());
        button(QStringLiteral("Save"))->click();
        QVERIFY(settle(m_stage->session));
        ToolBody expected = ordersTool();
        expected.timeoutMs = 5'000;
        const auto sent = m_stage->backend->lastRequest<SaveTool>();
        QCOMPARE(sent.expectedVersion, 3u);
        QVERIFY(sent.body.http == expected.http && sent.body.timeoutMs == 5'000u && sent.body.idempotent);
        QVERIFY(sent.body.input.text.find("pattern") != std::string::npos);
    }

    void aSchemaThatIsNoJsonIsNotSaved()
    {
        show("library/tools/orders.lookup?tab=edit");
        auto* schema = named<CodeEditor>(QStringLiteral("Schema of the input"));
        schema->setPlainText(QStringLiteral("{\n  oops\n}"));
        QVERIFY(!schema->problems().empty());
        QVERIFY(!button(QStringLiteral("Save"))->isEnabled());
    }

    void aModelIsTested()
    {
        show("library/models/large?tab=edit");
        button(QStringLiteral("Test now"))->click();
        QVERIFY(settle(m_stage->session));
        QCOMPARE(m_stage->backend->lastRequest<TestModel>().version, 3u);
        QVERIFY(says(QStringLiteral("ready")));
        QVERIFY(says(QStringLiteral("412")));
        named<TextField>(QStringLiteral("Name at the provider"))->setText(QStringLiteral("other"));
        QVERIFY(!button(QStringLiteral("Test now"))->isEnabled());
    }

    void aNewPromptHasNothingOfTheOneBefore()
    {
        show("library/prompts/refunds.system?tab=edit");
        QVERIFY(says(QStringLiteral("order.reference")));
        show("library/prompts?new=1");
        QVERIFY(!says(QStringLiteral("order.reference")));
        QVERIFY(!says(QStringLiteral("against v8")));
        QVERIFY(says(QStringLiteral("New prompt")));
    }

    void aNewPromptNeedsNameAndTeam()
    {
        m_stage->backend->give<SavePrompt>({{DefinitionKind::Prompt, "fresh", 1}});
        show("library/prompts?new=1");
        type(QStringLiteral("Be kind."));
        QVERIFY(!button(QStringLiteral("Save"))->isEnabled());
        named<TextField>(QStringLiteral("Name"))->setText(QStringLiteral("fresh"));
        QVERIFY(button(QStringLiteral("Save"))->isEnabled());
        QSignalSpy moves(m_screen.get(), &Screen::navigate);
        button(QStringLiteral("Save"))->click();
        QVERIFY(settle(m_stage->session));
        const auto sent = m_stage->backend->lastRequest<SavePrompt>();
        QCOMPARE(sent.expectedVersion, 0u);
        QCOMPARE(sent.team, (Text<128>("payments")));
        QCOMPARE(moves[0][0].value<Route>().format(), QStringLiteral("library/prompts/fresh"));
    }

    void whatIsNotThereSaysSo()
    {
        m_stage->backend->failWith<ListVersions>(
            Error(ErrorKind::NotFound, "definition.unknown", "There is no such definition."));
        show("library/prompts/nobody");
        QVERIFY(says(QStringLiteral("There is no such definition.")));
    }

    void everythingHasAName()
    {
        for (const char* route :
            {"library/prompts", "library/prompts/refunds.system", "library/prompts/refunds.system?tab=edit",
                "library/prompts?new=1", "library/tools/orders.lookup?tab=edit", "library/models/large?tab=edit"}) {
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
        SessionInfo info = adminSession();
        info.permissions.push_back(Permission::OpenSealed);
        stage(info);
        for (const auto& [look, word] :
            {std::pair{Theme::Appearance::light, "light"}, std::pair{Theme::Appearance::dark, "dark"}}) {
            Theme::instance().setAppearance(look);
            for (const QSize size : {QSize(1110, 740), QSize(1750, 990)}) {
                for (const char* route : {"library/prompts", "library/prompts/refunds.system",
                         "library/prompts/refunds.system?tab=edit", "library/prompts?new=1",
                         "library/tools/orders.lookup?tab=edit", "library/models/large?tab=edit"}) {
                    show(route, size);
                    if (QString::fromLatin1(route).endsWith(QStringLiteral("system?tab=edit"))) {
                        button(QStringLiteral("Show price"))->click();
                        QVERIFY(settle(m_stage->session));
                        button(QStringLiteral("Try"))->click();
                        QVERIFY(settle(m_stage->session));
                        editor()->goToLine(7);
                        type(editor()->toPlainText() + QStringLiteral("\n"));
                    }
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

QTEST_MAIN(LibraryScreenTest)
#include "library_screen_test.moc"
