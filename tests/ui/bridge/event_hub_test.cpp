#include "tests/ui/support/ui_support.h"
#include "ui/bridge/event_hub.h"

#include <QSignalSpy>
#include <QTest>
#include <thread>

using namespace ephor;
using namespace ephor::ui;
using namespace ephor::ui::test;

class EventHubTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void gathersEvents()
    {
        Stage stage;
        QVERIFY(settle(stage.session));
        QVERIFY(stage.events.isConnected());
        QSignalSpy changed(&stage.events, &EventHub::changed);
        std::vector<Event> heard;
        connect(&stage.events, &EventHub::events, this,
            [&](const std::vector<Event>& some) { heard.insert(heard.end(), some.begin(), some.end()); });
        std::thread pusher([&] {
            for (int event = 0; event < 50; ++event)
                stage.backend->push(event % 2 == 0 ? Topic::Runs : Topic::Record);
        });
        pusher.join();
        QVERIFY(changed.wait());
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed[0][0].value<TopicSet>(), TopicSet({Topic::Runs, Topic::Record}));
        QCOMPARE(heard.size(), std::size_t(50));
    }

    void aGapIsEverything()
    {
        Stage stage;
        QVERIFY(settle(stage.session));
        QSignalSpy changed(&stage.events, &EventHub::changed);
        stage.backend->push(Topic::Workspace, "resync");
        QVERIFY(changed.wait());
        QCOMPARE(changed[0][0].value<TopicSet>(), allTopics());
        QVERIFY(touches(allTopics(), {Topic::People}));
        QVERIFY(!touches({}, {Topic::People}));
    }

    void moreThanCanBeToldIsAGap()
    {
        Stage stage;
        QVERIFY(settle(stage.session));
        QSignalSpy changed(&stage.events, &EventHub::changed);
        for (int event = 0; event < 3'000; ++event)
            stage.backend->push(Topic::Runs);
        QVERIFY(changed.wait());
        QCOMPARE(changed[0][0].value<TopicSet>(), allTopics());
    }

    void subscribesAgainAndAsksForEverything()
    {
        auto backend = std::make_shared<ScriptedBackend>();
        backend->setUnreachable(true);
        Session session(backend, "token", officerSession());
        EventHub hub(session);
        QVERIFY(settle(session));
        QVERIFY(!hub.isConnected());
        QSignalSpy connected(&hub, &EventHub::connectedChanged);
        backend->setUnreachable(false);
        QVERIFY(connected.wait());
        QCOMPARE(connected[0][0].toBool(), true);
    }

    void endsItsSubscription()
    {
        auto backend = std::make_shared<ScriptedBackend>();
        Session session(backend, "token", officerSession());
        {
            EventHub hub(session);
            QVERIFY(settle(session));
            QCOMPARE(backend->subscriptions(), 1);
        }
        RequestRunner::drain();
        QCOMPARE(backend->subscriptions(), 0);
        backend->push(Topic::Runs);
    }

    void followsARunInOrder()
    {
        Stage stage;
        RunFollow follow(stage.session, QStringLiteral("r1"), 0);
        QVERIFY(settle(stage.session));
        std::vector<std::uint64_t> seen;
        connect(&follow, &RunFollow::arrived, this, [&](const std::vector<RunEvent>& events) {
            for (const RunEvent& event : events)
                seen.push_back(event.seq);
        });
        for (std::uint64_t seq = 1; seq <= 20; ++seq) {
            RunEvent event;
            event.run = seq % 5 == 0 ? "r2" : "r1";
            event.seq = seq;
            stage.backend->pushRun(event);
        }
        QTRY_COMPARE(seen.size(), std::size_t(16));
        QVERIFY(std::is_sorted(seen.begin(), seen.end()));
    }
};

QTEST_GUILESS_MAIN(EventHubTest)
#include "event_hub_test.moc"
