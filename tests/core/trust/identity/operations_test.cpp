#include <QtTest>

#include "core/api/people.h"
#include "core/api/session.h"
#include "core/trust/identity/migrations.h"
#include "core/trust/identity/operations.h"
#include "core/trust/identity/people.h"
#include "core/trust/identity/sessions.h"
#include "core/trust/identity/setup.h"
#include "core/trust/keys/key_store.h"
#include "core/trust/keys/password.h"
#include "tests/core/trust/identity/fake_door.h"

#include <algorithm>

using namespace ephor;
using namespace ephor::identity;
using namespace std::chrono_literals;

namespace {

const std::string rightPassword = "correct horse battery";

template <class T> std::string outcome(const Result<T>& result)
{
    return result ? "ok" : result.error().code;
}

}

class IdentityOperationsTest : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<keys::KeyStore> m_keyStore;
    ManualClock m_clock{Instant(std::chrono::days(20'000))};
    access::Authority m_authority{m_clock, "production"};
    std::unique_ptr<test::FakeDoor> m_door;
    std::string m_hash; ///< of rightPassword, made once: it is slow by design
    Principal m_admin;

    void open(bool demo)
    {
        m_door.reset();
        auto database = store::Database::open({}, migrations());
        QVERIFY2(database, database ? "" : describe(database.error()).c_str());
        m_database = std::move(*database);
        m_door = std::make_unique<test::FakeDoor>(*m_database);
        Services services{*m_database, m_clock, m_authority, {}, m_keyStore.get(), {}};
        services.facts.id = "w1";
        services.facts.name = "Acme";
        services.facts.demo = demo;
        services.agentsByTeam = [](const store::Snapshot&) -> Result<std::map<std::string, std::uint64_t>> {
            return std::map<std::string, std::uint64_t>{{"hr", 3}};
        };
        addHandlers(*m_door, services);
        std::string id;
        QVERIFY(m_database->write([&](store::Transaction& transaction) -> Result<void> {
            EPHOR_TRY(id, addFirstAdmin(transaction, "Ada Byron", "ada", m_hash, m_clock));
            EPHOR_TRY_VOID(addTeam(transaction, "hr", "People", m_clock));
            return addTeam(transaction, "it", "IT", m_clock);
        }));
        m_admin = principal(id, {{"*", "*", Role::Admin}});
    }

    static Principal principal(const std::string& id, std::vector<RoleGrant> roles)
    {
        Principal who;
        who.kind = PrincipalKind::Person;
        who.id = id;
        who.roles = std::move(roles);
        return who;
    }

    Result<Person> save(const Principal& by, const SavePerson::Request& request)
    {
        EPHOR_TRY(auto response, m_door->call<SavePerson>(by, request));
        return response.person;
    }

    static SavePerson::Request newPerson(const std::string& login, const std::vector<RoleGrant>& roles)
    {
        SavePerson::Request request;
        request.login = login;
        request.name = login;
        for (const RoleGrant& grant : roles)
            request.roles.push_back(grant);
        return request;
    }

    static SavePerson::Request edit(const Person& person)
    {
        SavePerson::Request request = newPerson(person.login, person.roles);
        request.id = person.id;
        request.name = person.name;
        request.title = person.title;
        request.active = person.active;
        return request;
    }

    Person personOf(const std::string& login)
    {
        Person found;
        const auto people = m_door->call<ListPeople>(m_admin);
        for (const Person& person : people ? people->people : std::vector<Person>()) {
            if (person.login == login)
                found = person;
        }
        return found;
    }

    Result<Principal> who(const std::string& token)
    {
        Principal found;
        EPHOR_TRY_VOID(m_database->read([&](const store::Snapshot& snapshot) -> Result<void> {
            EPHOR_TRY(found, authenticate(snapshot, token, m_clock));
            return {};
        }));
        return found;
    }

    Result<SignIn::Response> signIn(const std::string& login, const std::string& password)
    {
        SignIn::Request request;
        request.login = login;
        request.password = password;
        return m_door->call<SignIn>(Principal{}, request);
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto hash = keys::hashPassword(rightPassword);
        QVERIFY(hash);
        m_hash = *hash;
        auto keyStore = keys::KeyStore::inMemory("w1");
        QVERIFY(keyStore);
        m_keyStore = std::move(*keyStore);
    }
    void init() { open(false); }

    void everyOperationHasAHandler()
    {
        for (const OperationType& type : operationCatalogue()) {
            const std::string name(type.operation->name);
            const std::string place = name.substr(0, name.find('.'));
            // What callers said of people is erased where runs are kept.
            const bool isErasure = name.starts_with("people.erase");
            const bool mine = !isErasure
                && (place == "session" || place == "people" || place == "teams" || place == "keys"
                    || place == "secrets");
            const auto names = m_door->names();
            QCOMPARE(std::ranges::find(names, name) != names.end(), mine);
        }
    }

    void signInGivesASession()
    {
        const auto first = signIn("Ada", rightPassword);
        QVERIFY2(first, outcome(first).c_str());
        QCOMPARE(first->session.workspaceName, std::string("Acme"));
        QCOMPARE(first->session.lastVisit, Instant());
        QVERIFY(!first->session.fourEyes);
        QCOMPARE(m_door->note.subject, m_admin.id);
        const Instant visit = m_clock.now();
        m_clock.advance(1h);
        const auto second = signIn("ada", rightPassword);
        QVERIFY(second);
        QCOMPARE(second->session.lastVisit, visit);
        const auto principal = who(second->token);
        QVERIFY(principal);
        const auto current = m_door->call<CurrentSession>(*principal);
        QVERIFY(current);
        QCOMPARE(*current, second->session);
        QVERIFY(m_door->call<SignOut>(*principal));
        QCOMPARE(outcome(who(second->token)), std::string("session.ended"));
        QVERIFY(who(first->token));
    }

    void signInRefuses_data()
    {
        QTest::addColumn<QString>("login");
        QTest::addColumn<QString>("password");
        QTest::newRow("wrong password") << "ada" << "wrong";
        QTest::newRow("unknown login") << "bob" << "wrong";
        QTest::newRow("not a login") << "Robert'); DROP TABLE" << "wrong";
        QTest::newRow("no password set") << "nopass" << "wrong";
    }
    void signInRefuses()
    {
        QFETCH(QString, login);
        QFETCH(QString, password);
        QVERIFY(save(m_admin, newPerson("nopass", {})));
        const auto refused = signIn(login.toStdString(), password.toStdString());
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, std::string("session.refused"));
        QVERIFY(refused.error().kind == ErrorKind::Unauthenticated);
        QVERIFY(refused.error().fields.empty());
    }

    void guessingIsSlowed()
    {
        for (int i = 0; i < 5; ++i)
            QCOMPARE(outcome(signIn("ada", "guess")), std::string("session.refused"));
        QCOMPARE(outcome(signIn("ada", rightPassword)), std::string("session.too-many-failures"));
        m_clock.advance(1min);
        QCOMPARE(outcome(signIn("ada", rightPassword)), std::string("ok"));
    }

    void personasOnlyInADemo()
    {
        SignInAs::Request request;
        request.login = "ines";
        QCOMPARE(outcome(m_door->call<SignInAs>(Principal{}, request)), std::string("session.not-a-demo"));
        QVERIFY(m_door->call<ListPersonas>(Principal{})->personas.empty());
        open(true);
        QVERIFY(m_database->write([&](store::Transaction& transaction) -> Result<void> {
            EPHOR_TRY_VOID(
                addPersona(transaction, "Ines Duarte", "ines", "Officer", {{"*", "*", Role::Officer}}, m_clock));
            return {};
        }));
        const auto personas = m_door->call<ListPersonas>(Principal{});
        QVERIFY(personas);
        QCOMPARE(personas->personas.size(), std::size_t(1));
        QVERIFY(personas->personas.front().role == Role::Officer);
        const auto signedIn = m_door->call<SignInAs>(Principal{}, request);
        QVERIFY2(signedIn, outcome(signedIn).c_str());
        QVERIFY(who(signedIn->token));
        QVERIFY(signedIn->session.fourEyes);
        SignInAs::Request admin;
        admin.login = "ada";
        QCOMPARE(outcome(m_door->call<SignInAs>(Principal{}, admin)), std::string("session.unknown-persona"));
        m_door->localPeer = false;
        QCOMPARE(outcome(m_door->call<SignInAs>(Principal{}, request)), std::string("session.not-local"));
    }

    void fourEyesNeedsAnotherWhoApproves()
    {
        const auto fourEyesNow = [&] { return m_door->call<CurrentSession>(m_admin)->fourEyes; };
        QVERIFY(!fourEyesNow());
        const auto both = save(m_admin, newPerson("both", {{"*", "*", Role::Officer}, {"*", "*", Role::Owner}}));
        QVERIFY(both);
        QVERIFY(!fourEyesNow()); // the only approver may be the author
        const auto hrOnly = save(m_admin, newPerson("hronly", {{"hr", "production", Role::Officer}}));
        QVERIFY(hrOnly);
        QVERIFY(!fourEyesNow()); // team it still has one
        const auto second = save(m_admin, newPerson("second", {{"*", "production", Role::Officer}}));
        QVERIFY(second);
        QVERIFY(fourEyesNow());
        SavePerson::Request leave = edit(*second);
        leave.active = false;
        QVERIFY(save(m_admin, leave));
        QVERIFY(!fourEyesNow());
    }

    void peopleAreAddedAndChanged()
    {
        const auto added = save(m_admin, newPerson("Bob", {{"hr", "production", Role::Viewer}}));
        QVERIFY2(added, outcome(added).c_str());
        QCOMPARE(added->login, std::string("bob"));
        QCOMPARE(m_door->note.subject, added->id);
        QVERIFY(m_door->note.data.text.find("viewer") != std::string::npos);
        QCOMPARE(personOf("bob"), *added);
        QCOMPARE(outcome(save(m_admin, newPerson("BOB", {}))), std::string("people.login-taken"));
        QCOMPARE(outcome(save(m_admin, newPerson("has space", {}))), std::string("people.login-format"));
        QCOMPARE(
            outcome(save(m_admin, newPerson("x", {{"nowhere", "*", Role::Viewer}}))), std::string("teams.unknown"));
        SavePerson::Request unknown = newPerson("y", {});
        unknown.id = "person:none";
        QCOMPARE(outcome(save(m_admin, unknown)), std::string("people.unknown"));
        SavePerson::Request weak = newPerson("z", {});
        weak.password = "short";
        QCOMPARE(outcome(save(m_admin, weak)), std::string("people.weak-password"));
    }

    void rolesAreGivenOnlyWhereHeld()
    {
        const Principal hrAdmin = principal("person:hr", {{"hr", "*", Role::Admin}});
        QVERIFY(save(hrAdmin, newPerson("one", {{"hr", "production", Role::Owner}})));
        QCOMPARE(
            outcome(save(hrAdmin, newPerson("two", {{"it", "production", Role::Owner}}))), std::string("forbidden"));
        QCOMPARE(outcome(save(hrAdmin, newPerson("three", {{"*", "*", Role::Viewer}}))), std::string("forbidden"));
        const Principal viewer = principal("person:v", {{"*", "*", Role::Viewer}});
        QCOMPARE(outcome(save(viewer, newPerson("four", {}))), std::string("forbidden"));
        const auto officer = save(m_admin, newPerson("off", {{"*", "*", Role::Officer}}));
        QVERIFY(officer);
        SavePerson::Request takeOver = edit(*officer);
        takeOver.password = "another password";
        QCOMPARE(outcome(save(hrAdmin, takeOver)), std::string("forbidden"));
        SavePerson::Request remove = edit(*officer);
        remove.roles.clear();
        QCOMPARE(outcome(save(hrAdmin, remove)), std::string("forbidden"));
    }

    void nobodyChangesTheirOwnRoles()
    {
        const Person ada = personOf("ada");
        SavePerson::Request alone = edit(ada);
        alone.roles.push_back({"hr", "*", Role::Owner});
        QVERIFY(save(m_admin, alone)); // nobody else could
        SavePerson::Request approve = alone;
        approve.roles.push_back({"*", "*", Role::Officer});
        QCOMPARE(outcome(save(m_admin, approve)), std::string("identity.own-roles"));
        QVERIFY(save(m_admin, newPerson("second", {{"*", "*", Role::Admin}})));
        SavePerson::Request back = edit(ada);
        QCOMPARE(outcome(save(m_admin, back)), std::string("identity.own-roles"));
        SavePerson::Request rename = alone;
        rename.name = "Ada Lovelace";
        QVERIFY(save(m_admin, rename));
        SavePerson::Request ownPassword = rename;
        ownPassword.password = "a new password";
        QCOMPARE(outcome(save(m_admin, ownPassword)), std::string("people.own-password"));
    }

    void theLastAdministratorStays()
    {
        SavePerson::Request leave = edit(personOf("ada"));
        leave.active = false;
        QCOMPARE(outcome(save(m_admin, leave)), std::string("identity.last-admin"));
        SavePerson::Request noRoles = edit(personOf("ada"));
        noRoles.roles.clear();
        QCOMPARE(outcome(save(m_admin, noRoles)), std::string("identity.last-admin"));
        QVERIFY(personOf("ada").active);
        const auto second = save(m_admin, newPerson("second", {{"*", "*", Role::Admin}}));
        QVERIFY(second);
        const Principal other = principal(second->id, second->roles);
        QVERIFY(save(other, leave));
        SavePerson::Request last = edit(*second);
        last.active = false;
        QCOMPARE(outcome(save(other, last)), std::string("identity.last-admin"));
    }

    void deactivationEndsSessions()
    {
        SavePerson::Request request = newPerson("bob", {});
        request.password = "bobs own password";
        const auto bob = save(m_admin, request);
        QVERIFY(bob);
        const auto session = signIn("bob", "bobs own password");
        QVERIFY(session);
        SavePerson::Request leave = edit(*bob);
        leave.active = false;
        QVERIFY(save(m_admin, leave));
        QCOMPARE(outcome(who(session->token)), std::string("session.ended"));
        QCOMPARE(outcome(signIn("bob", "bobs own password")), std::string("session.refused"));
    }

    void passwordsChangeWithTheCurrentOne()
    {
        const auto here = signIn("ada", rightPassword);
        const auto elsewhere = signIn("ada", rightPassword);
        QVERIFY(here && elsewhere);
        const auto principal = who(here->token);
        QVERIFY(principal);
        ChangePassword::Request request;
        request.current = "wrong";
        request.replacement = "an even better one";
        QCOMPARE(outcome(m_door->call<ChangePassword>(*principal, request)), std::string("session.refused"));
        request.current = rightPassword;
        QCOMPARE(outcome(m_door->call<ChangePassword>(*principal, request)), std::string("ok"));
        QVERIFY(m_door->note.data.text.find("better") == std::string::npos);
        QVERIFY(who(here->token));
        QCOMPARE(outcome(who(elsewhere->token)), std::string("session.ended"));
        QCOMPARE(outcome(signIn("ada", rightPassword)), std::string("session.refused"));
        QVERIFY(signIn("ada", "an even better one"));
        QCOMPARE(outcome(m_door->call<ChangePassword>(Principal{}, request)), std::string("identity.people-only"));
    }

    void teamsAreAddedAndCounted()
    {
        SaveTeam::Request request;
        request.name = "legal";
        request.title = "Legal";
        QVERIFY(m_door->call<SaveTeam>(m_admin, request));
        const Principal hrAdmin = principal("person:hr", {{"hr", "*", Role::Admin}});
        request.name = "mine";
        QCOMPARE(outcome(m_door->call<SaveTeam>(hrAdmin, request)), std::string("forbidden"));
        request.name = "hr";
        request.title = "Human Resources";
        QVERIFY(m_door->call<SaveTeam>(hrAdmin, request));
        request.name = "*";
        QCOMPARE(outcome(m_door->call<SaveTeam>(m_admin, request)), std::string("teams.name-format"));
        QVERIFY(save(m_admin, newPerson("one", {{"hr", "*", Role::Viewer}, {"hr", "production", Role::Owner}})));
        const auto teams = m_door->call<ListTeams>(m_admin);
        QVERIFY(teams);
        QCOMPARE(teams->teams,
            (std::vector<Team>{{"hr", "Human Resources", 1, 3}, {"it", "IT", 0, 0}, {"legal", "Legal", 0, 0}}));
    }

    void keysAreScopedAndRevoked()
    {
        CreateKey::Request request;
        request.name = "checkout";
        request.team = "hr";
        const auto created = m_door->call<CreateKey>(m_admin, request);
        QVERIFY2(created, outcome(created).c_str());
        QCOMPARE(created->key.ownerName, std::string("Ada Byron"));
        QCOMPARE(created->key.expiresAt, m_clock.now() + std::chrono::days(90));
        QVERIFY(created->token.starts_with(created->key.prefix));
        QVERIFY(m_door->note.data.text.find(created->token) == std::string::npos);
        QVERIFY(who(created->token));
        const Principal itAdmin = principal("person:it", {{"it", "*", Role::Admin}});
        QVERIFY(m_door->call<ListKeys>(itAdmin)->keys.empty());
        QCOMPARE(m_door->call<ListKeys>(m_admin)->keys, std::vector{created->key});
        RevokeKey::Request revoke;
        revoke.id = created->key.id;
        revoke.reason = "left the company";
        QCOMPARE(outcome(m_door->call<RevokeKey>(itAdmin, revoke)), std::string("forbidden"));
        QVERIFY(m_door->call<RevokeKey>(m_admin, revoke));
        QCOMPARE(outcome(who(created->token)), std::string("key.revoked"));
        revoke.id = "key:none";
        QCOMPARE(outcome(m_door->call<RevokeKey>(m_admin, revoke)), std::string("keys.unknown"));
    }

    void keysNeverExceedTheirMaker_data()
    {
        QTest::addColumn<int>("permission");
        QTest::addColumn<QString>("code");
        QTest::newRow("run") << int(Permission::InvokeAgents) << "ok";
        QTest::newRow("edit") << int(Permission::EditDefinitions) << "ok";
        QTest::newRow("approve") << int(Permission::ApproveChanges) << "keys.permission";
        QTest::newRow("decide") << int(Permission::DecideActions) << "keys.permission";
        QTest::newRow("people") << int(Permission::ManagePeople) << "keys.permission";
        QTest::newRow("keys") << int(Permission::ManageKeys) << "keys.permission";
        QTest::newRow("sealed") << int(Permission::OpenSealed) << "keys.permission";
    }
    void keysNeverExceedTheirMaker()
    {
        QFETCH(int, permission);
        QFETCH(QString, code);
        CreateKey::Request request;
        request.name = "ci";
        request.team = "hr";
        request.permissions.push_back(Permission(permission));
        QCOMPARE(outcome(m_door->call<CreateKey>(m_admin, request)), code.toStdString());
        request.team = "it";
        const Principal hrAdmin = principal("person:hr", {{"hr", "*", Role::Admin}});
        QCOMPARE(outcome(m_door->call<CreateKey>(hrAdmin, request)), std::string("forbidden"));
        request.team = "hr";
        request.days = 367;
        QCOMPARE(outcome(m_door->call<CreateKey>(m_admin, request)), std::string("keys.days"));
    }

    void secretsStayInTheKeyStore()
    {
        SetSecret::Request request;
        request.name = "openai";
        request.value = "sk-very-secret";
        QVERIFY(m_door->call<SetSecret>(m_admin, request));
        QCOMPARE(m_door->note.subject, std::string("secret:openai"));
        QCOMPARE(m_door->call<ListSecrets>(m_admin)->names, std::vector<std::string>{"openai"});
        QCOMPARE(*m_keyStore->secret("openai"), std::string("sk-very-secret"));
        const Principal hrAdmin = principal("person:hr", {{"hr", "*", Role::Admin}});
        QCOMPARE(outcome(m_door->call<SetSecret>(hrAdmin, request)), std::string("forbidden"));
        RemoveSecret::Request remove;
        remove.name = "openai";
        QVERIFY(m_door->call<RemoveSecret>(m_admin, remove));
        QVERIFY(m_door->call<ListSecrets>(m_admin)->names.empty());
    }

    void theFirstAdminIsFirst()
    {
        const auto again = m_database->write([&](store::Transaction& transaction) -> Result<void> {
            EPHOR_TRY_VOID(addFirstAdmin(transaction, "Eve", "eve", m_hash, m_clock));
            return {};
        });
        QCOMPARE(outcome(again), std::string("identity.not-first"));
    }
};

QTEST_GUILESS_MAIN(IdentityOperationsTest)
#include "operations_test.moc"
