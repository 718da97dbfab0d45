#include "tests/ui/support/ui_support.h"
#include "ui/bridge/request.h"

#include "core/api/runs.h"

#include <QSignalSpy>
#include <QTest>
#include <QThread>

using namespace ephor;
using namespace ephor::ui;
using namespace ephor::ui::test;

class RequestTest : public QObject {
    Q_OBJECT

private:
    std::shared_ptr<ScriptedBackend> m_backend;
    std::unique_ptr<Session> m_session;

    static ListStops::Response stopsBy(const std::string& who)
    {
        StopOrder stop;
        stop.by = who;
        return {{stop}};
    }

private Q_SLOTS:
    void init()
    {
        m_backend = std::make_shared<ScriptedBackend>();
        m_session = std::make_unique<Session>(m_backend, "token", officerSession());
    }

    void answersOnTheUiThread()
    {
        std::atomic<QThread*> calledOn = nullptr;
        m_backend->answer<ListStops>([&](const Empty&, const CallContext& context) -> Result<ListStops::Response> {
            calledOn = QThread::currentThread();
            return stopsBy(context.credential);
        });
        QThread* answeredOn = nullptr;
        std::string by;
        const RequestHandle handle = request<ListStops>(this, *m_session, {}, [&](auto answer) {
            answeredOn = QThread::currentThread();
            by = answer->stops.front().by;
        });
        QVERIFY(handle.isPending());
        QCOMPARE(m_session->pending(), 1);
        QVERIFY(settle(*m_session));
        QCOMPARE(answeredOn, thread());
        QVERIFY(calledOn != thread());
        QCOMPARE(by, std::string("token"));
        QVERIFY(!handle.isPending());
    }

    void dropsWhenTheOwnerIsGone()
    {
        m_backend->give<ListStops>(stopsBy("a"));
        m_backend->hold<ListStops>();
        bool called = false;
        auto owner = std::make_unique<QObject>();
        request<ListStops>(owner.get(), *m_session, {}, [&](auto) { called = true; });
        m_backend->waitForHeld<ListStops>();
        owner.reset();
        m_backend->release<ListStops>();
        QVERIFY(settle(*m_session));
        QVERIFY(!called);
    }

    void dropsWhenCancelled()
    {
        m_backend->give<ListStops>(stopsBy("a"));
        bool called = false;
        RequestHandle handle = request<ListStops>(this, *m_session, {}, [&](auto) { called = true; });
        handle.cancel();
        QVERIFY(!handle.isPending());
        QVERIFY(settle(*m_session));
        QVERIFY(!called);
        QCOMPARE(m_session->pending(), 0);
    }

    void survivesTheEndOfItsSession()
    {
        m_backend->give<ListStops>(stopsBy("a"));
        m_backend->hold<ListStops>();
        bool called = false;
        request<ListStops>(this, *m_session, {}, [&](auto) { called = true; });
        m_backend->waitForHeld<ListStops>();
        m_session.reset();
        m_backend->release<ListStops>();
        QTRY_VERIFY(called);
    }

    void newestAnswerWins()
    {
        std::atomic<int> asked = 0;
        m_backend->answer<ListStops>(
            [&](const Empty&) -> Result<ListStops::Response> { return stopsBy(std::to_string(++asked)); });
        m_backend->hold<ListStops>();
        Latest latest;
        int answers = 0;
        for (int turn = 0; turn < 3; ++turn)
            latest.request<ListStops>(this, *m_session, {}, [&, turn](auto) {
                ++answers;
                QCOMPARE(turn, 2);
            });
        m_backend->release<ListStops>();
        QVERIFY(settle(*m_session));
        QCOMPARE(answers, 1);
        QCOMPARE(asked.load(), 3);
        QVERIFY(!latest.isPending());
    }

    void tellsTheEndOfTheSessionOnce()
    {
        m_backend->failWith<ListStops>({ErrorKind::Unauthenticated, "session.expired", "This session has expired."});
        QSignalSpy ended(m_session.get(), &Session::ended);
        for (int turn = 0; turn < 3; ++turn)
            request<ListStops>(this, *m_session, {}, [](auto) { });
        QVERIFY(settle(*m_session));
        QCOMPARE(ended.count(), 1);
    }

    void aWrongPasswordIsNotTheEnd()
    {
        m_backend->failWith<ListStops>({ErrorKind::Unauthenticated, "session.refused", "Not right."});
        QSignalSpy ended(m_session.get(), &Session::ended);
        request<ListStops>(this, *m_session, {}, [](auto) { });
        QVERIFY(settle(*m_session));
        QCOMPARE(ended.count(), 0);
    }

    void tellsWhenTheBackendIsOutOfReach()
    {
        QSignalSpy reachable(m_session.get(), &Session::reachableChanged);
        m_backend->give<ListStops>(stopsBy("a"));
        m_backend->setUnreachable(true);
        request<ListStops>(this, *m_session, {}, [](auto) { });
        QVERIFY(settle(*m_session));
        m_backend->setUnreachable(false);
        request<ListStops>(this, *m_session, {}, [](auto) { });
        QVERIFY(settle(*m_session));
        QCOMPARE(reachable.count(), 2);
        QCOMPARE(reachable[0][0].toBool(), false);
        QCOMPARE(reachable[1][0].toBool(), true);
    }

    void permissionsOfTheSession()
    {
        QVERIFY(m_session->may(Permission::ApproveChanges));
        QVERIFY(!m_session->may(Permission::ManagePeople));
        QVERIFY(m_session->may(Permission::None));
        QVERIFY(!Session(m_backend).may(Permission::View));
    }

    void jobsTellHowTheyEnded()
    {
        JobCentre jobs;
        QSignalSpy finished(&jobs, &JobCentre::finished);
        const QString id = jobs.run(
            this, *m_session, QStringLiteral("Export"), [](Backend&, const CallContext&, JobControl& control) {
                control.setFraction(0.5);
                while (!control.stopToken().stop_requested())
                    std::this_thread::yield();
                return Result<QString>(fail(ErrorKind::Cancelled, "job.cancelled", "Cancelled."));
            });
        QCOMPARE(jobs.jobs().size(), std::size_t(1));
        QTRY_COMPARE(jobs.jobs().front().fraction, 0.5);
        QCOMPARE(m_session->pending(), 0);
        jobs.cancel(id);
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(finished[0][0].value<Notice>().state, State::paused);
        QVERIFY(jobs.jobs().empty());
    }
};

QTEST_GUILESS_MAIN(RequestTest)
#include "request_test.moc"
