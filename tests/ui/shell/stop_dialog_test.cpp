#include "core/api/definitions.h"
#include "tests/ui/support/snapshots.h"
#include "tests/ui/support/ui_support.h"
#include "ui/kit/button.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/select.h"
#include "ui/kit/theme.h"
#include "ui/shell/stop_dialog.h"

#include <QPlainTextEdit>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTest>

using namespace ephor;
using namespace ephor::ui;
using namespace ephor::ui::test;

class StopDialogTest : public QObject {
    Q_OBJECT

private:
    static std::shared_ptr<ScriptedBackend> backend()
    {
        auto made = std::make_shared<ScriptedBackend>();
        made->give<ListStops>({});
        made->answer<ListDefinitions>([](const ListDefinitions::Request& ask) -> Result<ListDefinitions::Response> {
            DefinitionSummary one;
            one.kind = ask.kind;
            one.name = ask.kind == DefinitionKind::Agent ? "refunds" : "payments.send";
            one.title = ask.kind == DefinitionKind::Agent ? "Customer refunds" : "";
            return ListDefinitions::Response{{one}};
        });
        return made;
    }

    static Button* button(QWidget& dialog, const QString& words)
    {
        for (Button* one : dialog.findChildren<Button*>()) {
            if (one->text().contains(words))
                return one;
        }
        return nullptr;
    }

    static void choose(QWidget& dialog, const QString& words)
    {
        for (QRadioButton* one : dialog.findChildren<QRadioButton*>()) {
            if (one->text() == words)
                one->click();
        }
    }

private Q_SLOTS:
    void initTestCase() { Theme::instance().install(); }

    void asksForAReasonThenStops()
    {
        auto scripted = backend();
        scripted->give<SetStop>({});
        Session session(scripted, "token", officerSession());
        StopDialog dialog(session, fixedNow(), nullptr);
        dialog.show();
        QVERIFY(settle(session));
        Button* stop = button(dialog, QStringLiteral("Stop writes of"));
        QVERIFY(stop);
        QVERIFY(!stop->isEnabled());
        choose(dialog, QStringLiteral("Other, in words"));
        QVERIFY(!stop->isEnabled());
        dialog.findChild<QPlainTextEdit*>()->setPlainText(QStringLiteral("It pays twice"));
        QVERIFY(stop->isEnabled());
        const QList<Select*> selects = dialog.findChildren<Select*>();
        selects[0]->setCurrentIndex(1);
        QCOMPARE(stop->text(), QStringLiteral("Stop writes of Customer refunds"));
        choose(dialog, QStringLiteral("No new runs"));
        QCOMPARE(stop->text(), QStringLiteral("Stop new runs of Customer refunds"));
        choose(dialog, QStringLiteral("Stop now"));
        QCOMPARE(stop->text(), QStringLiteral("Stop Customer refunds now"));
        choose(dialog, QStringLiteral("No writes"));
        selects[1]->setCurrentIndex(1);
        QCOMPARE(stop->text(), QStringLiteral("Stop payments.send of Customer refunds"));
        QSignalSpy accepted(&dialog, &QDialog::accepted);
        stop->click();
        QVERIFY(settle(session));
        QCOMPARE(accepted.count(), 1);
        const auto asked = scripted->lastRequest<SetStop>();
        QCOMPARE(asked.mode, StopMode::Now);
        QCOMPARE(asked.agent, std::string("refunds"));
        QCOMPARE(asked.tool, std::string("payments.send"));
        QVERIFY(asked.reason.find("It pays twice") != std::string::npos);
    }

    void aFailureStaysInThePlace()
    {
        auto scripted = backend();
        scripted->failWith<SetStop>({ErrorKind::Forbidden, "stops.scope", "Not for this agent."});
        Session session(scripted, "token", officerSession());
        StopDialog dialog(session, fixedNow(), nullptr);
        dialog.show();
        QVERIFY(settle(session));
        choose(dialog, QStringLiteral("Drill"));
        button(dialog, QStringLiteral("Stop writes of"))->click();
        QVERIFY(settle(session));
        QVERIFY(dialog.isVisible());
        QVERIFY(dialog.findChild<InlineError*>()->isVisible());
    }

    void whoMayNotIsTold()
    {
        auto scripted = backend();
        Session session(scripted, "token", auditorSession());
        StopDialog dialog(session, fixedNow(), nullptr);
        dialog.show();
        QVERIFY(settle(session));
        choose(dialog, QStringLiteral("Drill"));
        Button* stop = button(dialog, QStringLiteral("Stop writes of"));
        QVERIFY(!stop->isEnabled());
        QVERIFY(!stop->toolTip().isEmpty());
    }

    void listsStopsAndLiftsThem()
    {
        auto scripted = backend();
        StopOrder order;
        order.id = "stop-1";
        order.mode = StopMode::NoWrites;
        order.agent = "refunds";
        order.by = "Priya Raman";
        order.reason = "Wrong payee";
        scripted->give<ListStops>({{order}});
        scripted->give<LiftStop>({});
        Session session(scripted, "token", officerSession());
        StopDialog dialog(session, fixedNow(), nullptr);
        dialog.show();
        QVERIFY(settle(session));
        Button* lift = button(dialog, QStringLiteral("Lift"));
        QVERIFY(lift);
        lift->click();
        auto* asking = dialog.findChild<ReasonDialog*>();
        QVERIFY(asking);
        choose(*asking, QStringLiteral("Cause mended"));
        scripted->give<ListStops>({});
        button(*asking, QStringLiteral("Lift"))->click();
        QVERIFY(settle(session));
        QCOMPARE(scripted->lastRequest<LiftStop>().id, std::string("stop-1"));
        QCOMPARE(scripted->calls<ListStops>(), 2);
        scripted->give<ListStops>({{order}});
        StopDialog again(session, fixedNow(), nullptr);
        again.show();
        QVERIFY(settle(session));
        QVERIFY(writeSnapshots(&again, QStringLiteral("shell-stop")));
    }

    void everythingIsNamed()
    {
        auto scripted = backend();
        Session session(scripted, "token", officerSession());
        StopDialog dialog(session, fixedNow(), nullptr);
        dialog.show();
        QVERIFY(settle(session));
        const QStringList faults = accessibilityFaults(&dialog);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    }
};

QTEST_MAIN(StopDialogTest)
#include "stop_dialog_test.moc"
