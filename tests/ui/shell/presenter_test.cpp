#include "tests/ui/shell/workbench_bench.h"
#include "tests/ui/support/finding.h"
#include "tests/ui/support/snapshots.h"
#include "ui/kit/command_palette.h"
#include "ui/kit/theme.h"
#include "ui/shell/presenter_panel.h"
#include "ui/shell/presenter_strip.h"

#include <QDialog>

using namespace ephor;
using namespace ephor::ui;
using namespace ephor::ui::test;

class PresenterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Theme::instance().install(); }

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
        QVERIFY(panel->height() < 96);
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
};

QTEST_MAIN(PresenterTest)
#include "presenter_test.moc"
