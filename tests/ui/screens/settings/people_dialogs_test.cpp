#include "tests/ui/screens/settings/settings_stage.h"

#include "ui/bridge/explanation_view.h"
#include "ui/kit/button.h"
#include "ui/kit/field.h"
#include "ui/screens/settings/access_dialog.h"
#include "ui/screens/settings/erasure_dialog.h"
#include "ui/screens/settings/person_form.h"

#include <QRadioButton>
#include <QSignalSpy>

using namespace ephor;
using namespace ephor::ui;
using namespace ephor::ui::settings;
using namespace ephor::ui::test;

/// What is asked about people beside the form: what they may do, and that they are erased.
class PeopleDialogsTest : public QObject, private SettingsStage {
    Q_OBJECT

private:
    QTemporaryDir m_configuration;

    /// Opens the dialog and names somebody, of whom `preview` is told.
    ErasureDialog* eraseSomebody(const PreviewErasure::Response& preview)
    {
        backend().give<PreviewErasure>(preview);
        button(QStringLiteral("Erase somebody…"))->click();
        auto* dialog = m_screen->findChild<ErasureDialog*>();
        if (dialog == nullptr)
            return nullptr;
        auto* person = named<TextField>(QStringLiteral("Person"), dialog);
        person->setText(QStringLiteral("c-4711"));
        const bool told = QTest::qWaitFor([&] { return backend().calls<PreviewErasure>() > 0; });
        return told && settle(m_stage->session) ? dialog : nullptr;
    }

    static PreviewErasure::Response threeRuns()
    {
        PreviewErasure::Response preview;
        preview.reach.runs = 3;
        preview.reach.sealed = true;
        preview.sentence = "It takes what was said in 3 runs.";
        return preview;
    }

private Q_SLOTS:
    void initTestCase() { prepare(m_configuration); }

    void init() { stage(adminSession()); }

    void cleanup()
    {
        m_screen.reset();
        m_stage.reset();
    }

    void aLinkLeadsToWhoIsErased()
    {
        make(QStringLiteral("settings/people"));
        QSignalSpy moved(m_screen.get(), &Screen::routeChanged);
        m_screen->open(Route::parse(QStringLiteral("settings/people?erase=yes")));
        QVERIFY(settle(m_stage->session));
        const auto* dialog = m_screen->findChild<ErasureDialog*>();
        QVERIFY(dialog && dialog->isVisible());
        // Going back to where one was does not ask again.
        QVERIFY(!moved.isEmpty());
        QCOMPARE(moved.last()[0].value<Route>().format(), QStringLiteral("settings/people"));
    }

    void whatAPersonMayDoIsExplained()
    {
        make(QStringLiteral("settings/people?person=person:priya"));
        backend().answer<ExplainAccess>([](const ExplainAccess::Request& ask) -> ExplainAccess::Response {
            AccessLine line;
            line.permission = Permission::OperateRollouts;
            line.rule = "house:freeze/0";
            line.reason = "Priya may not operate-rollouts: the rule house:freeze/0 forbids it.";
            if (!ask.operation.empty())
                line.why = Document{accessExplanation()};
            return {ask.principal, "Priya", {line}};
        });
        button(QStringLiteral("What they may do"), m_screen->findChild<PersonForm*>())->click();
        QVERIFY(settle(m_stage->session));
        auto* dialog = m_screen->findChild<AccessDialog*>();
        QVERIFY(dialog);
        QCOMPARE(backend().lastRequest<ExplainAccess>().principal, Text<96>("person:priya"));
        // The first line is chosen, and explained.
        QCOMPARE(backend().lastRequest<ExplainAccess>().operation, Text<64>("operate-rollouts"));
        auto* reasons = dialog->findChild<ExplanationView*>();
        QVERIFY(!reasons->findChildren<LinkLabel*>().isEmpty());
        auto* operation = named<TextField>(QStringLiteral("An operation"), dialog);
        operation->setText(QStringLiteral("rollouts.promote"));
        QTest::keyClick(operation, Qt::Key_Return);
        QVERIFY(settle(m_stage->session));
        QCOMPARE(backend().lastRequest<ExplainAccess>().operation, Text<64>("rollouts.promote"));
        QVERIFY(dialog->isVisible());
        if (const QString folder = qEnvironmentVariable("EPHOR_SNAPSHOTS"); !folder.isEmpty())
            QVERIFY(dialog->grab().save(folder + QStringLiteral("/settings-access.png")));
        QSignalSpy moved(m_screen.get(), &Screen::navigate);
        reasons->findChildren<LinkLabel*>().last()->click();
        QCOMPARE(moved.size(), 1);
    }

    void erasingIsAskedForByOne()
    {
        make(QStringLiteral("settings/people"));
        ErasureDialog* dialog = eraseSomebody(threeRuns());
        QVERIFY(dialog);
        QCOMPARE(backend().lastRequest<PreviewErasure>().person, (SecretText<256, 1>("c-4711")));
        Button* act = button(QStringLiteral("Ask for it"), dialog);
        QVERIFY(!act->isEnabled());
        dialog->findChildren<QRadioButton*>().first()->click();
        QVERIFY2(act->isEnabled(), qPrintable(act->toolTip()));
        if (const QString folder = qEnvironmentVariable("EPHOR_SNAPSHOTS"); !folder.isEmpty())
            QVERIFY(dialog->grab().save(folder + QStringLiteral("/settings-erasure.png")));
        backend().give<AskErasure>({{}, "A second person has to confirm it within 14 days."});
        QSignalSpy told(m_screen.get(), &Screen::notify);
        act->click();
        QVERIFY(settle(m_stage->session));
        QCOMPARE(backend().lastRequest<AskErasure>().reason, Reason("The person asked for it"));
        QCOMPARE(told.size(), 1);
    }

    void erasingIsConfirmedBySomebodyElse()
    {
        stage(officerSession());
        make(QStringLiteral("settings/people"));
        PreviewErasure::Response preview = threeRuns();
        preview.wish = ErasureWish{"person:somebody", "Jonas Weber", Instant(std::chrono::days(20'000)), "a letter"};
        ErasureDialog* dialog = eraseSomebody(preview);
        QVERIFY(dialog);
        QVERIFY(says(QStringLiteral("Asked by Jonas Weber"), dialog));
        Button* act = button(QStringLiteral("Erase for good"), dialog);
        QVERIFY(act);
        dialog->findChildren<QRadioButton*>().first()->click();
        backend().failWith<ConfirmErasure>(
            Error(ErrorKind::Conflict, "erasure.runs-under-way", "One run is under way."));
        act->click();
        QVERIFY(settle(m_stage->session));
        QVERIFY(says(QStringLiteral("One run is under way."), dialog));
        QCOMPARE(backend().calls<AskErasure>(), 0);
    }

    void whoeverAskedDoesNotConfirm()
    {
        make(QStringLiteral("settings/people"));
        PreviewErasure::Response preview = threeRuns();
        preview.wish = ErasureWish{adminSession().principal.id, "Me", Instant(std::chrono::days(20'000)), "a letter"};
        ErasureDialog* dialog = eraseSomebody(preview);
        QVERIFY(dialog);
        dialog->findChildren<QRadioButton*>().first()->click();
        Button* act = button(QStringLiteral("Ask for it"), dialog);
        QVERIFY(!act->isEnabled());
        QVERIFY(act->toolTip().contains(QStringLiteral("somebody else")));
    }
};

QTEST_MAIN(PeopleDialogsTest)
#include "people_dialogs_test.moc"
