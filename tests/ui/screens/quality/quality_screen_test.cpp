#include "tests/ui/support/snapshots.h"
#include "tests/ui/support/ui_support.h"

#include "ui/kit/button.h"
#include "ui/kit/theme.h"
#include "ui/screens/quality/quality_screen.h"

#include <QSignalSpy>
#include <QTest>

using namespace ephor;
using namespace ephor::ui;
using namespace ephor::ui::test;

class QualityScreenTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qRegisterMetaType<ephor::ui::Route>();
        Theme::instance().install();
        Theme::instance().setAppearance(Theme::Appearance::light);
    }

    void saysWhatWillBeHereAndLeadsToWhatExists()
    {
        Stage stage;
        const std::unique_ptr<Screen> screen(makeQualityScreen(stage.context, nullptr));
        screen->resize(1110, 740);
        screen->open(Route::parse(QStringLiteral("quality")));
        screen->show();
        QSignalSpy navigate(screen.get(), &Screen::navigate);
        QStringList places;
        for (Button* button : screen->findChildren<Button*>()) {
            button->click();
            places << navigate.last()[0].value<Route>().place;
        }
        QCOMPARE(places,
            QStringList({QStringLiteral("changes"), QStringLiteral("home"), QStringLiteral("activity"),
                QStringLiteral("library")}));
        const QStringList faults = accessibilityFaults(screen.get());
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
        QVERIFY(writeSnapshots(screen.get(), QStringLiteral("quality")));
    }
};

QTEST_MAIN(QualityScreenTest)
#include "quality_screen_test.moc"
