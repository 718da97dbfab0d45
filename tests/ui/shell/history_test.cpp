#include "ui/shell/history.h"

#include <QTest>

using namespace ephor::ui;

class HistoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void backAndForward()
    {
        History history;
        QCOMPARE(history.current(), routes::home());
        QVERIFY(!history.canGoBack());
        history.visit(routes::home());
        history.visit(routes::change(QStringLiteral("CH-1")));
        history.visit(routes::change(QStringLiteral("CH-1")));
        history.visit(routes::run(QStringLiteral("8f3a")));
        QCOMPARE(history.back(), routes::change(QStringLiteral("CH-1")));
        QCOMPARE(history.back(), routes::home());
        QCOMPARE(history.back(), routes::home());
        QCOMPARE(history.forward(), routes::change(QStringLiteral("CH-1")));
        QVERIFY(history.canGoForward());
        history.visit(routes::entry(7));
        QVERIFY(!history.canGoForward());
        QCOMPARE(history.back(), routes::change(QStringLiteral("CH-1")));
    }

    void replacingKeepsThePlace()
    {
        History history;
        history.visit(routes::home());
        history.visit(routes::agent(QStringLiteral("refunds")));
        history.replace(routes::agent(QStringLiteral("refunds"), QStringLiteral("cost")));
        QCOMPARE(history.back(), routes::home());
        QCOMPARE(history.forward(), routes::agent(QStringLiteral("refunds"), QStringLiteral("cost")));
    }

    void forgetsTheOldest()
    {
        History history;
        for (quint64 step = 0; step < 2 * largestHistory; ++step)
            history.visit(routes::entry(step));
        int steps = 0;
        while (history.canGoBack()) {
            history.back();
            ++steps;
        }
        QCOMPARE(steps, int(largestHistory) - 1);
        QCOMPARE(history.current(), routes::entry(largestHistory));
    }
};

QTEST_GUILESS_MAIN(HistoryTest)
#include "history_test.moc"
