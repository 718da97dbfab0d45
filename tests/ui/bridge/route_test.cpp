#include "ui/bridge/route.h"

#include <QTest>

using namespace ephor::ui;

class RouteTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void roundTrips_data()
    {
        QTest::addColumn<QString>("written");
        for (const char* route :
            {"home", "activity/runs/8f3a?tab=story", "changes/CH-12", "assurance/record/123", "agents/refunds?tab=cost",
                "library/prompts/refund-answer", "policies/matrix?agent=refunds&tool=payments.send", "inbox/ap-77",
                "settings/people", "activity/runs?range=24h&status=failed#span=7"})
            QTest::newRow(route) << QString::fromLatin1(route);
    }

    void roundTrips()
    {
        QFETCH(QString, written);
        QCOMPARE(Route::parse(Route::parse(written).format()), Route::parse(written));
    }

    void reads()
    {
        const Route route = Route::parse(QStringLiteral(" activity/runs/8f3a?tab=story&x=#span "));
        QCOMPARE(route.place, QStringLiteral("activity"));
        QCOMPARE(route.path, QStringList({QStringLiteral("runs"), QStringLiteral("8f3a")}));
        QCOMPARE(route.query.value(QStringLiteral("tab")), QStringLiteral("story"));
        QVERIFY(!route.query.contains(QStringLiteral("x")));
        QCOMPARE(route.fragment, QStringLiteral("span"));
        QCOMPARE(route.at(1), QStringLiteral("8f3a"));
        QCOMPARE(route.at(7), QString());
    }

    void hostileNamesSurvive()
    {
        const QString name = QStringLiteral("a/b?c=d&e#f %2F \u00e4\u20ac");
        const Route route = routes::matrix(name, QStringLiteral("100%"));
        QCOMPARE(Route::parse(route.format()), route);
        QCOMPARE(Route::parse(routes::definition(QStringLiteral("prompts"), name).format()).at(1), name);
    }

    void anythingIsARoute()
    {
        QCOMPARE(Route::parse({}), routes::home());
        QCOMPARE(Route::parse(QStringLiteral("///?&=&#")).place, QStringLiteral("home"));
        QCOMPARE(Route::parse(QString(100'000, u'a')).place.size(), 4'096);
    }

    void withChangesOneValue()
    {
        const Route route = routes::agent(QStringLiteral("refunds"), QStringLiteral("cost"));
        QCOMPARE(route.with(QStringLiteral("tab"), {}), routes::agent(QStringLiteral("refunds")));
        QCOMPARE(route.bare(), routes::agent(QStringLiteral("refunds")));
    }
};

QTEST_GUILESS_MAIN(RouteTest)
#include "route_test.moc"
