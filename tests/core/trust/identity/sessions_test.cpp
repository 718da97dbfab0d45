#include <QtTest>

#include "core/trust/identity/activity.h"
#include "core/trust/identity/migrations.h"
#include "core/trust/identity/people.h"
#include "core/trust/identity/sessions.h"
#include "core/trust/identity/setup.h"

using namespace ephor;
using namespace ephor::identity;
using namespace std::chrono_literals;

class SessionsTest : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<ManualClock> m_clock;
    std::string m_person;

    NewSession begin(Instant before = {})
    {
        NewSession session;
        const auto done = m_database->write([&](store::Transaction& transaction) -> Result<void> {
            EPHOR_TRY(session, beginSession(transaction, m_person, before, *m_clock));
            return {};
        });
        if (!done)
            qWarning("%s", describe(done.error()).c_str());
        return session;
    }

    Result<Principal> who(const std::string& credential)
    {
        Principal principal;
        EPHOR_TRY_VOID(m_database->read([&](const store::Snapshot& snapshot) -> Result<void> {
            EPHOR_TRY(principal, authenticate(snapshot, credential, *m_clock));
            return {};
        }));
        return principal;
    }

    std::string codeOf(const std::string& credential)
    {
        const auto result = who(credential);
        if (result)
            return "ok";
        return result.error().kind == ErrorKind::Unauthenticated ? result.error().code : "another kind";
    }

    Result<void> write(const store::Database::Work& work) { return m_database->write(work); }

private Q_SLOTS:
    void init()
    {
        auto database = store::Database::open({}, migrations());
        QVERIFY2(database, database ? "" : describe(database.error()).c_str());
        m_database = std::move(*database);
        m_clock = std::make_unique<ManualClock>(Instant(std::chrono::days(20'000)));
        QVERIFY(write([&](store::Transaction& transaction) -> Result<void> {
            EPHOR_TRY(m_person, addFirstAdmin(transaction, "Ada Byron", "Ada", "", *m_clock));
            EPHOR_TRY_VOID(addTeam(transaction, "hr", "People", *m_clock));
            return {};
        }));
    }
    void cleanup() { m_database.reset(); }

    void emptyCredentialIsAnonymous()
    {
        const auto nobody = who("");
        QVERIFY(nobody);
        QVERIFY(nobody->kind == PrincipalKind::Anonymous);
    }

    void sessionNamesItsPerson()
    {
        const NewSession session = begin();
        const auto principal = who(session.token);
        QVERIFY(principal);
        QCOMPARE(principal->id, m_person);
        QCOMPARE(principal->name, std::string("Ada Byron"));
        QCOMPARE(principal->session, session.id);
        QCOMPARE(principal->roles.size(), std::size_t(1));
    }

    void tokenIsNotStored()
    {
        const NewSession session = begin();
        QVERIFY(m_database->read([&](const store::Snapshot& snapshot) -> Result<void> {
            return snapshot.query(
                "SELECT id, hash, person FROM session", {}, [&](const store::Row& row) -> Result<void> {
                    if (row.text(0).find(session.token) != std::string_view::npos
                        || textOf(row.blob(1)).find(session.token.substr(4)) != std::string_view::npos)
                        return fail(ErrorKind::Internal, "leak", "The token is stored.");
                    return {};
                });
        }));
    }

    void unknownCredentials_data()
    {
        QTest::addColumn<QString>("credential");
        QTest::newRow("another session") << QString("eps_") + QString(64, 'a');
        QTest::newRow("prefix alone") << "eps_";
        QTest::newRow("not a token") << "hunter2";
        QTest::newRow("a key's prefix alone") << "ephor_";
        QTest::newRow("huge") << QString(100'000, 'x');
        QTest::newRow("SQL") << "' OR 1=1 --";
    }
    void unknownCredentials()
    {
        QFETCH(QString, credential);
        begin();
        QCOMPARE(codeOf(credential.toStdString()), std::string("credential.unknown"));
    }

    void sessionExpires()
    {
        const NewSession session = begin();
        m_clock->advance(sessionLength - 1s);
        QCOMPARE(codeOf(session.token), std::string("ok"));
        m_clock->advance(1s);
        QCOMPARE(codeOf(session.token), std::string("session.expired"));
    }

    void useKeepsASessionAlive()
    {
        const NewSession session = begin();
        Activity activity(*m_database, *m_clock);
        for (int i = 0; i < 5; ++i) {
            m_clock->advance(sessionLength - 2min);
            const auto principal = who(session.token);
            QVERIFY(principal);
            activity.seen(*principal);
            QVERIFY(activity.flush());
        }
        m_clock->advance(sessionLength);
        QCOMPARE(codeOf(session.token), std::string("session.expired"));
    }

    void activityWritesAtMostOnceAMinute()
    {
        const NewSession session = begin();
        Activity activity(*m_database, *m_clock);
        const auto principal = who(session.token);
        QVERIFY(principal);
        const auto seenAt = [&] {
            std::int64_t at = 0;
            const auto drained = m_database->write([&](store::Transaction& transaction) -> Result<void> {
                EPHOR_TRY(const auto value, transaction.integer("SELECT seen_at FROM person", {}));
                at = value.value_or(0);
                return {};
            });
            return drained ? Instant(Duration(at)) : Instant();
        };
        const Instant first = seenAt();
        m_clock->advance(30s);
        activity.seen(*principal);
        QCOMPARE(seenAt(), first);
        m_clock->advance(30s);
        activity.seen(*principal);
        QCOMPARE(seenAt(), m_clock->now());
    }

    void endedSessionsSaySo()
    {
        const NewSession first = begin();
        const NewSession second = begin();
        QVERIFY(
            write([&](store::Transaction& transaction) { return endSession(transaction, first.id, m_clock->now()); }));
        QCOMPARE(codeOf(first.token), std::string("session.ended"));
        QCOMPARE(codeOf(second.token), std::string("ok"));
        const NewSession third = begin();
        QVERIFY(write([&](store::Transaction& transaction) {
            return endSessionsOf(transaction, m_person, third.id, m_clock->now());
        }));
        QCOMPARE(codeOf(second.token), std::string("session.ended"));
        QCOMPARE(codeOf(third.token), std::string("ok"));
    }

    void inactivePeopleAreTurnedAway()
    {
        const NewSession session = begin();
        QVERIFY(write([&](store::Transaction& transaction) -> Result<void> {
            EPHOR_TRY(auto record, findPerson(transaction, m_person));
            record->person.active = false;
            return updatePerson(transaction, *record);
        }));
        QCOMPARE(codeOf(session.token), std::string("identity.inactive"));
    }

    void rolesAreReadAnewEachTime()
    {
        const NewSession session = begin();
        QVERIFY(write([&](store::Transaction& transaction) -> Result<void> {
            EPHOR_TRY(auto record, findPerson(transaction, m_person));
            record->person.roles = {{"hr", "production", Role::Viewer}};
            return updatePerson(transaction, *record);
        }));
        const auto principal = who(session.token);
        QVERIFY(principal);
        QCOMPARE(principal->roles, (std::vector<RoleGrant>{{"hr", "production", Role::Viewer}}));
    }

    void visitBeforeIsTold()
    {
        const Instant before = m_clock->now() - 24h;
        const NewSession session = begin(before);
        QVERIFY(m_database->read([&](const store::Snapshot& snapshot) -> Result<void> {
            EPHOR_TRY(const Instant told, visitBefore(snapshot, session.id));
            if (told != before)
                return fail(ErrorKind::Internal, "visit", "Another moment.");
            return {};
        }));
    }

    void serviceKeys()
    {
        std::string token;
        QVERIFY(write([&](store::Transaction& transaction) -> Result<void> {
            NewServiceKey wanted;
            wanted.name = "checkout";
            wanted.team = "hr";
            wanted.owner = m_person;
            wanted.agents = {"helper"};
            wanted.validFor = std::chrono::days(2);
            EPHOR_TRY(token, addServiceKey(transaction, wanted, *m_clock));
            return {};
        }));
        const auto principal = who(token);
        QVERIFY(principal);
        QVERIFY(principal->kind == PrincipalKind::Service);
        QCOMPARE(principal->agents, std::vector<std::string>{"helper"});
        QCOMPARE(principal->permissions, (std::vector{Permission::View, Permission::InvokeAgents}));
        QCOMPARE(principal->roles, (std::vector<RoleGrant>{{"hr", "production", Role::Viewer}}));
        m_clock->advance(std::chrono::days(2));
        QCOMPARE(codeOf(token), std::string("key.expired"));
        QVERIFY(write([&](store::Transaction& transaction) {
            return revokeServiceKey(transaction, principal->id, m_clock->now());
        }));
        QCOMPARE(codeOf(token), std::string("key.revoked"));
    }
};

QTEST_GUILESS_MAIN(SessionsTest)
#include "sessions_test.moc"
