#include "core/api/audit.h"
#include "core/api/definitions.h"
#include "core/api/people.h"
#include "core/api/runs.h"
#include "core/api/session.h"
#include "core/base/hash.h"
#include "core/trust/identity/setup.h"
#include "core/trust/keys/password.h"
#include "core/workspace/offline_record.h"
#include "core/workspace/workspace.h"

#include <QTemporaryDir>
#include <QTest>
#include <sqlite3.h>

using namespace ephor;
using workspace::Workspace;

namespace {

constexpr std::string_view adminPassword = "a long enough password";

struct Folder {
    QTemporaryDir directory;
    std::string path(const char* name) const { return (directory.path() + "/" + name).toStdString(); }
    workspace::KeyPlace keys() const { return {path("w.keys"), path("w.unlock"), {}}; }

    Result<std::unique_ptr<Workspace>> open(
        workspace::OpenOptions::Owner owner = workspace::OpenOptions::Owner::Desk) const
    {
        workspace::OpenOptions options;
        options.owner = owner;
        options.folder = path("w");
        options.keyPlace = keys();
        return Workspace::open(options);
    }

    Result<std::unique_ptr<Workspace>> make() const
    {
        workspace::CreateOptions options;
        options.folder = path("w");
        options.keyPlace = keys();
        EPHOR_TRY_VOID(Workspace::create(options));
        EPHOR_TRY(auto opened, open());
        EPHOR_TRY(const std::string hash, keys::hashPassword(adminPassword));
        EPHOR_TRY_VOID(opened->asSystem("workspace.init", "made", [&](store::Transaction& transaction) -> Result<void> {
            EPHOR_TRY([[maybe_unused]] const auto id,
                identity::addFirstAdmin(transaction, "Jonas Weber", "jonas", hash, systemClock()));
            return {};
        }));
        return opened;
    }
};

CallContext signedIn(Workspace& workspace)
{
    CallContext context;
    context.localPeer = true;
    SignIn::Request request;
    request.login = "jonas";
    request.password = std::string(adminPassword);
    const auto answer = workspace.backend().call<SignIn>(request, context);
    if (answer)
        context.credential = answer->token;
    return context;
}

SavePrompt::Request promptRequest(const char* name, const char* text, std::uint64_t expected)
{
    SavePrompt::Request request;
    request.name = name;
    request.team = "desk";
    request.body.text = text;
    request.expectedVersion = expected;
    return request;
}

}

class WorkspaceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void opensWithEveryOperationHandled();
    void refusesASecondOwner();
    void refusesAFolderThatIsAWorkspaceAlready();
    void savesAPromptAndItsEntryTogether();
    void refusesWhoIsNotSignedIn();
    void recordsARefusal();
    void answersARepeatedWriteOnce();
    void answersARepeatedActOutsideTheDatabaseOnce();
    void keepsEverythingOverAReopening();
    void tellsWhoHoldsTheFolder();
    void copiesItselfWhileItRuns();
    void verifiesACopyThatIsOlder();
    void aRecordWithoutSignedHeadsIsNotVerified();
    void aRevokedKeyFailsAtOnce();
};

void WorkspaceTest::opensWithEveryOperationHandled()
{
    const Folder folder;
    const auto workspace = folder.make();
    QVERIFY2(workspace.has_value(), workspace ? "" : describe(workspace.error()).c_str());
}

void WorkspaceTest::refusesASecondOwner()
{
    const Folder folder;
    const auto first = folder.make();
    const auto second = folder.open();
    QVERIFY(!second);
    QCOMPARE(second.error().code, std::string("store.locked"));
}

void WorkspaceTest::refusesAFolderThatIsAWorkspaceAlready()
{
    const Folder folder;
    QVERIFY(folder.make());
    workspace::CreateOptions options;
    options.folder = folder.path("w");
    options.keyPlace = folder.keys();
    const auto again = Workspace::create(options);
    QVERIFY(!again);
    QCOMPARE(again.error().code, std::string("workspace.exists"));
}

void WorkspaceTest::savesAPromptAndItsEntryTogether()
{
    const Folder folder;
    const auto workspace = folder.make();
    Backend& backend = (*workspace)->backend();
    const CallContext context = signedIn(**workspace);
    QVERIFY(backend.call<SaveTeam>({"desk", "Desk"}, context));
    const auto before = backend.call<RecordState>({}, context);
    const auto saved = backend.call<SavePrompt>(promptRequest("greeting", "Say hello to {{name}}.", 0), context);
    QVERIFY2(saved.has_value(), saved ? "" : describe(saved.error()).c_str());
    const auto after = backend.call<RecordState>({}, context);
    QCOMPARE(after->size, before->size + 1);
    const auto entries = backend.call<QueryRecord>({}, context);
    QVERIFY(entries);
    QCOMPARE(entries->rows.front().operation, std::string("prompts.save"));
    QCOMPARE(entries->rows.front().actorName, std::string("Jonas Weber"));
    const auto stale = backend.call<SavePrompt>(promptRequest("greeting", "Say goodbye to {{name}}.", 0), context);
    QVERIFY(!stale);
    QVERIFY(stale.error().kind == ErrorKind::Conflict);
}

void WorkspaceTest::refusesWhoIsNotSignedIn()
{
    const Folder folder;
    const auto workspace = folder.make();
    const auto listed = (*workspace)->backend().call<ListPeople>({}, {});
    QVERIFY(!listed);
    QVERIFY(listed.error().kind == ErrorKind::Unauthenticated);
}

void WorkspaceTest::recordsARefusal()
{
    const Folder folder;
    const auto workspace = folder.make();
    Backend& backend = (*workspace)->backend();
    const CallContext context = signedIn(**workspace);
    const auto decided = backend.call<DecideApproval>({}, context);
    QVERIFY(!decided);
    DecideApproval::Request request;
    request.id = "ap-1";
    request.digest = "sha256:00";
    request.reason = "because";
    const auto refused = backend.call<DecideApproval>(request, context);
    QVERIFY(!refused);
    QVERIFY(refused.error().kind == ErrorKind::Forbidden);
    const auto entries = backend.call<QueryRecord>({}, context);
    QCOMPARE(entries->rows.front().operation, std::string("approvals.decide"));
    QCOMPARE(entries->rows.front().outcome, std::string("denied"));
}

void WorkspaceTest::answersARepeatedWriteOnce()
{
    const Folder folder;
    const auto workspace = folder.make();
    Backend& backend = (*workspace)->backend();
    CallContext context = signedIn(**workspace);
    context.idempotencyKey = "k1";
    const auto first = backend.call<SaveTeam>({"desk", "Desk"}, context);
    const auto size = backend.call<RecordState>({}, context)->size;
    const auto second = backend.call<SaveTeam>({"desk", "Desk"}, context);
    QVERIFY(first && second);
    QCOMPARE(second->team.name, first->team.name);
    QCOMPARE(backend.call<RecordState>({}, context)->size, size);
    const auto other = backend.call<SaveTeam>({"other", "Other"}, context);
    QVERIFY(!other);
    QCOMPARE(other.error().code, std::string("idempotency.mismatch"));
}

void WorkspaceTest::answersARepeatedActOutsideTheDatabaseOnce()
{
    const Folder folder;
    const auto workspace = folder.make();
    Backend& backend = (*workspace)->backend();
    CallContext context = signedIn(**workspace);
    context.idempotencyKey = "head-1";
    const auto first = backend.call<SignHead>({}, context);
    QVERIFY(first.has_value());
    const auto size = backend.call<RecordState>({}, context)->size;
    const auto second = backend.call<SignHead>({}, context);
    QVERIFY(second.has_value());
    QCOMPARE(second->note, first->note);
    QCOMPARE(backend.call<RecordState>({}, context)->size, size);
    context.idempotencyKey = "secret-1";
    QVERIFY(backend.call<SetSecret>({"mail", "one"}, context));
    const auto other = backend.call<SetSecret>({"mail", "two"}, context);
    QVERIFY(!other);
    QCOMPARE(other.error().code, std::string("idempotency.mismatch"));
}

void WorkspaceTest::keepsEverythingOverAReopening()
{
    const Folder folder;
    std::uint64_t size = 0;
    {
        const auto workspace = folder.make();
        const CallContext context = signedIn(**workspace);
        QVERIFY((*workspace)->backend().call<SaveTeam>({"desk", "Desk"}, context));
        size = (*workspace)->backend().call<RecordState>({}, context)->size;
    }
    const auto workspace = folder.open();
    QVERIFY2(workspace.has_value(), workspace ? "" : describe(workspace.error()).c_str());
    const CallContext context = signedIn(**workspace);
    const auto verified = (*workspace)->backend().call<VerifyRecord>({}, context);
    QVERIFY2(verified.has_value(), verified ? "" : describe(verified.error()).c_str());
    QVERIFY(verified->size >= size);
    QCOMPARE((*workspace)->backend().call<ListTeams>({}, context)->teams.size(), std::size_t(1));
}

void WorkspaceTest::tellsWhoHoldsTheFolder()
{
    const Folder folder;
    {
        const auto desk = folder.make();
        QVERIFY((*desk)->backend().call<CurrentSession>({}, signedIn(**desk))->embedded);
    }
    const auto service = folder.open(workspace::OpenOptions::Owner::Service);
    QVERIFY2(service.has_value(), service ? "" : describe(service.error()).c_str());
    QVERIFY(!(*service)->backend().call<CurrentSession>({}, signedIn(**service))->embedded);
}

void WorkspaceTest::copiesItselfWhileItRuns()
{
    const Folder folder;
    const auto workspace = folder.make();
    QVERIFY((*workspace)->backUp(folder.path("copy")));
    workspace::OpenOptions options;
    options.folder = folder.path("copy");
    options.keyPlace = folder.keys();
    const auto copy = Workspace::open(options);
    QVERIFY2(copy.has_value(), copy ? "" : describe(copy.error()).c_str());
}

void WorkspaceTest::verifiesACopyThatIsOlder()
{
    const Folder folder;
    {
        const auto workspace = folder.make();
        QVERIFY((*workspace)->backUp(folder.path("copy")));
        QVERIFY((*workspace)->backend().call<SaveTeam>({"desk", "Desk"}, signedIn(**workspace)));
    }
    const auto copy = workspace::OfflineRecord::open(folder.path("copy"), folder.keys(), {});
    QVERIFY2(copy, copy ? "" : describe(copy.error()).c_str());
    const auto verified = (*copy)->verify({});
    QVERIFY2(verified, verified ? "" : describe(verified.error()).c_str());
}

void WorkspaceTest::aRecordWithoutSignedHeadsIsNotVerified()
{
    const Folder folder;
    QVERIFY(folder.make());
    sqlite3* connection = nullptr;
    QCOMPARE(sqlite3_open((folder.path("w") + "/ephor.db").c_str(), &connection), SQLITE_OK);
    QCOMPARE(sqlite3_exec(connection, "DELETE FROM head", nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(connection);
    const auto record = workspace::OfflineRecord::open(folder.path("w"), folder.keys(), {});
    QVERIFY2(record, record ? "" : describe(record.error()).c_str());
    const auto verified = (*record)->verify({});
    QVERIFY(!verified);
    QCOMPARE(verified.error().code, std::string("ledger.head.missing"));
}

void WorkspaceTest::aRevokedKeyFailsAtOnce()
{
    const Folder folder;
    const auto workspace = folder.make();
    QVERIFY(workspace);
    Backend& backend = (*workspace)->backend();
    const CallContext admin = signedIn(**workspace);
    QVERIFY(backend.call<SaveTeam>({"desk", "Desk"}, admin));
    CreateKey::Request wanted;
    wanted.name = "load";
    wanted.team = "desk";
    const auto made = backend.call<CreateKey>(wanted, admin);
    QVERIFY2(made, made ? "" : describe(made.error()).c_str());
    CallContext agent;
    agent.credential = made->token;
    const auto refusal = [&] {
        StartRun::Request request;
        request.agent = "nobody";
        const auto run = backend.start(request, agent, [](const RunEvent&) { });
        return run ? std::string() : run.error().code;
    };
    // Let in by the key, so that there is only the agent to miss; the second time without a look at the database.
    for (int i = 0; i < 2; ++i)
        QCOMPARE(refusal(), std::string("agent.unknown"));
    QVERIFY(backend.call<RevokeKey>({made->key.id, "It leaked."}, admin));
    QCOMPARE(refusal(), std::string("key.revoked"));
}

QTEST_GUILESS_MAIN(WorkspaceTest)
#include "workspace_test.moc"
