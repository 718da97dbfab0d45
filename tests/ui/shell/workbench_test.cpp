#include "core/api/audit.h"
#include "core/api/definitions.h"
#include "core/api/insight.h"
#include "core/api/workspace.h"
#include "tests/ui/support/snapshots.h"
#include "tests/ui/support/ui_support.h"
#include "ui/bridge/values.h"
#include "ui/kit/button.h"
#include "ui/kit/command_palette.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/field.h"
#include "ui/kit/header_bar.h"
#include "ui/kit/shell_parts.h"
#include "ui/kit/theme.h"
#include "ui/kit/time_range_picker.h"
#include "ui/shell/command_registry.h"
#include "ui/shell/notice_centre.h"
#include "ui/shell/presenter_panel.h"
#include "ui/shell/presenter_strip.h"
#include "ui/shell/status_feed.h"
#include "ui/shell/workbench.h"

#include <QClipboard>
#include <QDialog>
#include <QGuiApplication>
#include <QListView>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace ephor;
using namespace ephor::ui;
using namespace ephor::ui::test;

namespace {

/// Tells what the shell asked of it.
class ProbeScreen : public Screen {
public:
    ProbeScreen(ScreenContext& screenContext, QWidget* parent, QString place)
        : Screen(screenContext, parent)
        , m_place(std::move(place))
        , m_field(new TextField(QStringLiteral("Probe field"), this))
    {
        auto* column = new QVBoxLayout(this);
        column->addWidget(m_field);
    }

    void open(const Route& route) override { opened.append(route); }
    void refresh(const TopicSet& topics) override { refreshed.push_back(topics); }
    QString title() const override { return m_place; }
    QList<Crumb> crumbs() const override
    {
        if (opened.isEmpty() || opened.last().path.isEmpty())
            return {};
        return {{QStringLiteral("List"), Route{m_place, {}, {}, {}}}};
    }
    QList<Command> commands() override
    {
        Command act{QStringLiteral("probe.act"), QStringLiteral("Probe"), QStringLiteral("Act"), [this] { ++acted; }};
        act.keys = QKeySequence(QStringLiteral("Ctrl+J"));
        return {act};
    }
    bool usesTimeRange() const override { return true; }
    void focusSearch() override { m_field->setFocus(); }
    TextField* field() const { return m_field; }

    QList<Route> opened;
    std::vector<TopicSet> refreshed;
    int acted = 0;
    int ranges = 0;

protected:
    void timeRangeChanged() override { ++ranges; }

private:
    QString m_place;
    TextField* m_field;
};

struct Bench {
    explicit Bench(SessionInfo info = officerSession())
        : backend(std::make_shared<ScriptedBackend>())
    {
        RecordStatus status;
        status.size = status.verified = 1'284'022;
        backend->give<RecordState>(status);
        InboxItem item;
        item.kind = "action";
        item.id = "ap-1";
        item.title = "Refund of order 7731-118";
        backend->give<ReadInbox>({{item}, {}});
        backend->give<ListDefinitions>({});
        backend->give<FindAnything>({});
        backend->give<ListStops>({});
        Workbench::Settings settings;
        settings.where = QStringLiteral("local workspace");
        settings.now = [] { return fixedNow(); };
        for (const char* place : {"home", "inbox", "agents", "changes"})
            settings.screens[QLatin1String(place)] = [place](ScreenContext& context, QWidget* parent) {
                return new ProbeScreen(context, parent, QLatin1String(place));
            };
        bench = std::make_unique<Workbench>(backend, "token", std::move(info), std::move(settings), nullptr);
        bench->resize(1'280, 800);
        bench->navigate(routes::home());
        bench->show();
        bench->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(bench.get()));
        QVERIFY(settle(bench->session()));
    }

    ProbeScreen* probe() const { return dynamic_cast<ProbeScreen*>(bench->screen()); }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const
    {
        QTest::keyClick(bench.get(), key, modifiers);
        QCoreApplication::processEvents();
    }

    std::shared_ptr<ScriptedBackend> backend;
    std::unique_ptr<Workbench> bench;
};

}

class WorkbenchTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Theme::instance().install(); }

    void goesToPlacesByKey()
    {
        Bench stage;
        QCOMPARE(stage.bench->route(), routes::home());
        stage.key(Qt::Key_3, Qt::ControlModifier);
        QCOMPARE(stage.bench->route().place, QStringLiteral("agents"));
        stage.key(Qt::Key_0, Qt::ControlModifier);
        QCOMPARE(stage.bench->route().place, QStringLiteral("settings"));
        stage.key(Qt::Key_G);
        stage.key(Qt::Key_C);
        QCOMPARE(stage.bench->route().place, QStringLiteral("changes"));
        QCOMPARE(stage.probe()->opened.size(), 1);
    }

    void goesBackAndForward()
    {
        Bench stage;
        stage.bench->navigate(routes::change(QStringLiteral("CH-12")));
        stage.bench->navigate(routes::agent(QStringLiteral("refunds")));
        stage.key(Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(stage.bench->route(), routes::change(QStringLiteral("CH-12")));
        stage.key(Qt::Key_Backspace);
        QCOMPARE(stage.bench->route(), routes::home());
        stage.key(Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(stage.bench->route(), routes::change(QStringLiteral("CH-12")));
    }

    void lettersBelongToTheFieldThatHasThem()
    {
        Bench stage;
        stage.key(Qt::Key_Slash);
        QVERIFY(stage.probe()->field()->hasFocus());
        QTest::keyClicks(stage.probe()->field(), QStringLiteral("g?/["));
        QTest::keyClick(stage.probe()->field(), Qt::Key_Backspace);
        QCOMPARE(stage.probe()->field()->text(), QStringLiteral("g?/"));
        QCOMPARE(stage.bench->route(), routes::home());
    }

    void movesOfAScreenReplaceTheStep()
    {
        Bench stage;
        stage.bench->navigate(routes::agent(QStringLiteral("refunds")));
        Q_EMIT stage.bench->screen()->routeChanged(routes::agent(QStringLiteral("refunds"), QStringLiteral("cost")));
        QCOMPARE(stage.bench->route().query.value(QStringLiteral("tab")), QStringLiteral("cost"));
        stage.key(Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(stage.bench->route(), routes::home());
    }

    void onlyTheVisibleScreenRefreshes()
    {
        Bench stage;
        ProbeScreen* home = stage.probe();
        stage.bench->navigate(routes::agent(QStringLiteral("refunds")));
        ProbeScreen* agents = stage.probe();
        stage.backend->push(Topic::Runs);
        stage.backend->push(Topic::Runs);
        QTRY_COMPARE(agents->refreshed.size(), std::size_t(1));
        QVERIFY(home->refreshed.empty());
        stage.bench->navigate(routes::home());
        QCOMPARE(home->refreshed.size(), std::size_t(1));
        QCOMPARE(home->refreshed.front(), TopicSet({Topic::Runs}));
    }

    void whatIsNotLiveWaits()
    {
        Bench stage;
        stage.key(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(!stage.bench->header().isLive());
        QSignalSpy inbox(stage.bench.get(), &Workbench::routeMoved);
        stage.backend->push(Topic::Runs);
        const int asked = stage.backend->calls<ReadInbox>();
        stage.backend->push(Topic::Approvals);
        QTRY_COMPARE(stage.backend->calls<ReadInbox>(), asked + 1);
        QVERIFY(stage.probe()->refreshed.empty());
        stage.key(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(stage.probe()->refreshed.size(), std::size_t(1));
        stage.key(Qt::Key_F5);
        QCOMPARE(stage.probe()->refreshed.back(), allTopics());
    }

    void sharesTheTimeRange()
    {
        Bench stage;
        ProbeScreen* home = stage.probe();
        Q_EMIT home->timeRangeWanted(ui::TimeRange::last(3'600));
        QCOMPARE(home->ranges, 1);
        stage.bench->navigate(Route::parse(QStringLiteral("agents")));
        QCOMPARE(stage.probe()->timeRange(), ui::TimeRange::last(3'600));
        QCOMPARE(stage.bench->header().timeRange()->range(), ui::TimeRange::last(3'600));
        stage.bench->navigate(Route::parse(QStringLiteral("home?range=7d")));
        QCOMPARE(home->timeRange(), ui::TimeRange::last(7 * 24 * 3'600));
        stage.key(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("home?range=7d"));
    }

    void commandsOfTheScreenComeAndGo()
    {
        Bench stage;
        ProbeScreen* home = stage.probe();
        stage.key(Qt::Key_J, Qt::ControlModifier);
        QCOMPARE(home->acted, 1);
        stage.bench->navigate(Route::parse(QStringLiteral("quality")));
        stage.key(Qt::Key_J, Qt::ControlModifier);
        QCOMPARE(home->acted, 1);
    }

    void noTwoCommandsShareKeys()
    {
        Bench stage;
        QStringList keys;
        QStringList ids;
        for (const Command& command : stage.bench->commands().global()) {
            QVERIFY2(!ids.contains(command.id), qPrintable(command.id));
            ids.append(command.id);
            const QString text = CommandRegistry::keyText(command.keys);
            QVERIFY2(text.isEmpty() || !keys.contains(text), qPrintable(text));
            keys.append(text);
        }
    }

    void aPlaceWithoutAScreenSaysWhatWillLiveThere()
    {
        Bench stage;
        stage.bench->navigate(Route::parse(QStringLiteral("quality")));
        QVERIFY(stage.bench->screen()->findChild<EmptyState*>());
        stage.bench->navigate(Route::parse(QStringLiteral("nowhere/at/all")));
        QCOMPARE(stage.bench->route(), routes::home());
    }

    void stripTellsWhatIsStopped()
    {
        Bench stage;
        auto* strip = stage.bench->findChild<EnvironmentStrip*>();
        QCOMPARE(strip->stop(), QString());
        StopOrder order;
        order.mode = StopMode::NoNewRuns;
        order.agent = "refunds";
        stage.backend->give<ListStops>({{order, order}});
        stage.key(Qt::Key_F5);
        QVERIFY(settle(stage.bench->session()));
        QCOMPARE(strip->stop(), QStringLiteral("No new runs, refunds, and 1 more"));
        stage.backend->give<ListStops>({});
        stage.key(Qt::Key_F5);
        QVERIFY(settle(stage.bench->session()));
        QCOMPARE(strip->stop(), QString());
    }

    void paletteFindsPlacesDefinitionsAndIds()
    {
        Bench stage;
        DefinitionSummary agent;
        agent.kind = DefinitionKind::Agent;
        agent.name = "refunds";
        agent.title = "Customer refunds";
        stage.backend->answer<ListDefinitions>(
            [agent](const ListDefinitions::Request& ask) -> Result<ListDefinitions::Response> {
                if (ask.kind != DefinitionKind::Agent)
                    return ListDefinitions::Response{};
                return ListDefinitions::Response{{agent}};
            });
        ChangedItem hit;
        hit.kind = "run";
        hit.title = "Run 8f3a21";
        hit.route = "activity/runs/8f3a21";
        stage.backend->give<FindAnything>({{hit}});
        stage.key(Qt::Key_K, Qt::ControlModifier);
        auto* palette = stage.bench->findChild<CommandPalette*>();
        QVERIFY(palette->isVisible());
        auto* field = palette->findChild<QLineEdit*>();
        auto* list = palette->findChild<QListView*>();
        QVERIFY(settle(stage.bench->session()));
        QTest::keyClicks(field, QStringLiteral("refunds"));
        QTRY_VERIFY(stage.backend->calls<FindAnything>() > 0);
        QVERIFY(settle(stage.bench->session()));
        QTRY_VERIFY(list->model()->rowCount() >= 4);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(stage.bench->route(), routes::agent(QStringLiteral("refunds")));

        stage.key(Qt::Key_K, Qt::ControlModifier);
        field->setText(QStringLiteral("8f3a21"));
        QVERIFY(settle(stage.bench->session()));
        QTRY_COMPARE(list->model()->rowCount(), 2);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(stage.bench->route(), routes::run(QStringLiteral("8f3a21")));
    }

    void stripSaysWhatCannotBePromised()
    {
        SessionInfo info = officerSession();
        info.fourEyes = false;
        Bench stage(info);
        const QString words = stage.bench->findChild<EnvironmentStrip*>()->accessibleName();
        for (const char* part : {"PRODUCTION", "Northwind Bank", "Embedded workspace", "Four eyes not yet possible",
                 "Demo models and traffic", "Simulated"})
            QVERIFY2(words.contains(QLatin1String(part)), part);
    }

    void newInboxItemsAreTold()
    {
        Bench stage;
        QVERIFY(stage.bench->notices().notices().empty());
        InboxItem first;
        first.id = "ap-1";
        InboxItem second;
        second.id = "ap-2";
        second.title = "Ledger write";
        second.route = "inbox/ap-2";
        stage.backend->give<ReadInbox>({{first, second}, {}});
        stage.backend->push(Topic::Approvals);
        QTRY_COMPARE(stage.bench->notices().unread(), 1);
        QCOMPARE(stage.bench->notices().notices().front().route, QStringLiteral("inbox/ap-2"));
        stage.bench->notices().markAllRead();
        QCOMPARE(stage.bench->notices().unread(), 0);
    }

    void recordStatusIsShownAndFaultsAreTold()
    {
        Bench stage;
        QCOMPARE(stage.bench->status().record()->verified, 1'284'022ULL);
        RecordStatus broken;
        broken.size = 10;
        broken.verified = 6;
        broken.fault = "Entry 7 does not lead to the signed head.";
        broken.faultIndex = 7;
        stage.backend->give<RecordState>(broken);
        QSignalSpy faulty(&stage.bench->status(), &StatusFeed::recordFaulty);
        stage.bench->status().ask();
        QVERIFY(settle(stage.bench->session()));
        QCOMPARE(faulty.count(), 1);
        QCOMPARE(stage.bench->notices().notices().front().state, State::failed);
    }

    void whatWasAppendedIsVerified()
    {
        Bench stage;
        RecordStatus status;
        status.size = 1'284'040;
        status.verified = 1'284'022;
        stage.backend->give<RecordState>(status);
        status.verified = status.size;
        stage.backend->give<VerifyRecord>(status);
        stage.bench->status().ask();
        QVERIFY(settle(stage.bench->session()));
        stage.bench->status().verifyFurther();
        QTRY_COMPARE(stage.bench->status().record()->verified, status.size);
        QCOMPARE(stage.backend->lastRequest<VerifyRecord>().from, 1'284'022ULL);
    }

    void theEndOfTheSessionIsTold()
    {
        Bench stage;
        QSignalSpy ended(stage.bench.get(), &Workbench::ended);
        stage.backend->failWith<ReadInbox>({ErrorKind::Unauthenticated, "session.expired", "Expired."});
        stage.backend->push(Topic::Approvals);
        QVERIFY(ended.wait());
        QCOMPARE(ended[0][0].value<Error>().code, std::string("session.expired"));
    }

    void presenterPlaysStories()
    {
        Bench stage;
        Story story;
        story.id = "canary";
        story.title = "A canary goes bad";
        story.steps = {"Start", "Make it go bad"};
        story.route = "changes";
        stage.backend->give<ListStories>({{story}});
        stage.backend->answer<RunStory>([](const RunStory::Request& ask) -> Result<RunStory::Response> {
            return RunStory::Response{ask.reset ? "Reset." : "Done.", "changes/CH-1", ask.step == 0 ? 1ULL : 0ULL};
        });
        stage.bench->resize(1'600, 900);
        stage.bench->setPresenting(true);
        QVERIFY(settle(stage.bench->session()));
        auto* panel = stage.bench->findChild<PresenterPanel*>();
        QVERIFY(panel->isVisible());
        QCOMPARE(panel->shape(), PresenterPanel::Shape::panel);
        QVERIFY(Theme::instance().typeScale() > 1.0);
        QVERIFY2(accessibilityFaults(panel).isEmpty(), qPrintable(accessibilityFaults(panel).join(u'\n')));
        QList<Button*> buttons = panel->findChildren<Button*>();
        buttons.removeIf([](const Button* one) { return !one->isVisible(); });
        QCOMPARE(buttons.size(), 2);
        buttons[0]->click();
        QVERIFY(settle(stage.bench->session()));
        QCOMPARE(stage.bench->route(), routes::change(QStringLiteral("CH-1")));
        QCOMPARE(stage.backend->lastRequest<RunStory>().step, 0ULL);
        buttons[0]->click();
        QVERIFY(settle(stage.bench->session()));
        QCOMPARE(stage.backend->lastRequest<RunStory>().step, 1ULL);
        QVERIFY(!buttons[0]->isEnabled());
        buttons[1]->click();
        QVERIFY(settle(stage.bench->session()));
        QVERIFY(stage.backend->lastRequest<RunStory>().reset);
        QVERIFY(buttons[0]->isEnabled());
        QVERIFY(!buttons[0]->isEnabled() || buttons[0]->toolTip().isEmpty());
        stage.bench->setPresenting(false);
        QCOMPARE(Theme::instance().typeScale(), 1.0);
    }

    void aNarrowWindowPresentsFromAStrip()
    {
        Bench stage;
        Story first;
        first.id = "canary";
        first.title = "A canary goes bad";
        first.steps = {"Start", "Make it go bad"};
        Story second = first;
        second.id = "refund";
        second.title = "One approval & one refund";
        stage.backend->give<ListStories>({{first, second}});
        stage.backend->give<RunStory>({"Done.", "changes/CH-1", 1});
        stage.bench->setPresenting(true);
        QVERIFY(settle(stage.bench->session()));
        auto* panel = stage.bench->findChild<PresenterPanel*>();
        QCOMPARE(panel->shape(), PresenterPanel::Shape::strip);
        QCOMPARE(panel->width(), stage.bench->width());
        QVERIFY(panel->height() < 64);
        QVERIFY2(accessibilityFaults(panel).isEmpty(), qPrintable(accessibilityFaults(panel).join(u'\n')));
        auto* strip = panel->findChild<PresenterStrip*>();
        Q_EMIT strip->storyChosen(QStringLiteral("refund"));
        const auto named = [strip](const QString& name) {
            for (Button* button : strip->findChildren<Button*>()) {
                if (button->accessibleName() == name)
                    return button;
            }
            return static_cast<Button*>(nullptr);
        };
        Button* next = named(QStringLiteral("Next step of One approval & one refund"));
        QVERIFY(next);
        next->click();
        QVERIFY(settle(stage.bench->session()));
        QCOMPARE(stage.backend->lastRequest<RunStory>().story, std::string("refund"));
        QCOMPARE(stage.bench->route(), routes::change(QStringLiteral("CH-1")));
        stage.bench->resize(1'600, 900);
        QCOMPARE(panel->shape(), PresenterPanel::Shape::panel);
        stage.bench->setPresenting(false);
    }

    void liveTellsWhenNothingCanCome()
    {
        Bench stage;
        const auto live = [&stage] {
            for (Button* button : stage.bench->header().findChildren<Button*>()) {
                if (button->isCheckable())
                    return button;
            }
            return static_cast<Button*>(nullptr);
        };
        QCOMPARE(live()->text(), QStringLiteral("Live"));
        stage.backend->setUnreachable(true);
        stage.key(Qt::Key_F5);
        QVERIFY(settle(stage.bench->session()));
        QCOMPARE(live()->text(), QStringLiteral("Not live"));
        QVERIFY(live()->toolTip().contains(QStringLiteral("No answer")));
        QVERIFY(live()->isChecked());
        stage.backend->setUnreachable(false);
        stage.key(Qt::Key_F5);
        QVERIFY(settle(stage.bench->session()));
        QCOMPARE(live()->text(), QStringLiteral("Live"));
    }

    void thePaletteSaysWhenNothingFits()
    {
        Bench stage;
        stage.bench->openPalette(QStringLiteral("zzqqzz"));
        QVERIFY(settle(stage.bench->session()));
        auto* palette = stage.bench->findChild<CommandPalette*>();
        auto* nothing = palette->findChild<EmptyState*>();
        QVERIFY(nothing->isVisible());
        Q_EMIT nothing->actionTriggered();
        QVERIFY(!nothing->isVisible());
        QVERIFY(palette->findChild<QListView*>()->isVisible());
    }

    void presentingGivesTheOwnTypeScaleBack()
    {
        Bench stage;
        for (const double own : {1.15, 1.5}) {
            Theme::instance().setTypeScale(own);
            stage.bench->setPresenting(true);
            QVERIFY(Theme::instance().typeScale() >= 1.2);
            stage.bench->setPresenting(false);
            QCOMPARE(Theme::instance().typeScale(), own);
        }
        Theme::instance().setTypeScale(1.0);
    }

    void thePageHasTheFocus()
    {
        Bench stage;
        QCOMPARE(stage.bench->focusWidget(), static_cast<QWidget*>(stage.probe()));
        stage.key(Qt::Key_Tab);
        QVERIFY(stage.probe()->field()->hasFocus());
        stage.bench->navigate(Route::parse(QStringLiteral("agents")));
        QCOMPARE(stage.bench->focusWidget(), static_cast<QWidget*>(stage.probe()));
    }

    void personMenuOffersTheOthers()
    {
        Bench stage;
        Persona jonas;
        jonas.name = "Jonas Weber";
        jonas.login = "jonas";
        jonas.role = Role::Admin;
        stage.backend->give<ListPersonas>({{jonas}});
        QSignalSpy wanted(stage.bench.get(), &Workbench::personaWanted);
        stage.bench->offerPersonas(QPoint(10, 600));
        QVERIFY(settle(stage.bench->session()));
        auto* menu = stage.bench->findChild<QMenu*>();
        QVERIFY(menu->isVisible());
        QVERIFY(writeSnapshots(menu, QStringLiteral("shell-menu"), [menu] { menu->resize(menu->sizeHint()); }));
        for (QAction* action : menu->actions()) {
            if (action->text().startsWith(QStringLiteral("Jonas")))
                action->trigger();
        }
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted[0][0].toString(), QStringLiteral("jonas"));
    }

    void pictures()
    {
        Bench stage;
        stage.key(Qt::Key_K, Qt::ControlModifier);
        QVERIFY(settle(stage.bench->session()));
        QVERIFY(writeSnapshots(stage.bench.get(), QStringLiteral("shell-palette")));
        QTest::keyClick(stage.bench->findChild<CommandPalette*>()->findChild<QLineEdit*>(), Qt::Key_Escape);
        stage.backend->give<ListStories>({{{"canary", "A bad prompt caught in canary",
            "A change looks fine on paper; five percent of traffic says otherwise.",
            {"Release the change to 5 %", "Let traffic come"}, "changes"}}});
        stage.bench->setPresenting(true);
        QVERIFY(settle(stage.bench->session()));
        QVERIFY(writeSnapshots(stage.bench.get(), QStringLiteral("shell-presenter")));
        stage.bench->setPresenting(false);
        stage.key(Qt::Key_Question);
        for (QDialog* dialog : stage.bench->findChildren<QDialog*>())
            QVERIFY(writeSnapshots(dialog, QStringLiteral("shell-keys")));
    }

    void everythingIsNamedAndReachedByTab()
    {
        Bench stage;
        const QStringList faults = accessibilityFaults(stage.bench.get());
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    }
};

QTEST_MAIN(WorkbenchTest)
#include "workbench_test.moc"
