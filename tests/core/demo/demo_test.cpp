#include "core/demo/demo.h"

#include "core/api/audit.h"
#include "core/api/grants.h"
#include "core/api/insight.h"
#include "core/api/people.h"
#include "core/api/protection.h"
#include "core/api/runs.h"
#include "core/api/session.h"
#include "core/api/workspace.h"
#include "core/demo/cast.h"
#include "core/demo/requests.h"
#include "core/demo/run_watch.h"
#include "core/domain/reflect.h"

#include <QTemporaryDir>
#include <QtTest>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

using namespace ephor;

namespace {

constexpr std::uint64_t runs = 150;

std::string problemOf(const Error& error)
{
    return describe(error);
}

}

class DemoTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_place;
    workspace::KeyPlace m_keys;
    std::string m_folder;
    std::unique_ptr<demo::DemoHost> m_host;
    std::unique_ptr<workspace::Workspace> m_workspace;
    std::unique_ptr<demo::Cast> m_cast;

    template <class Op> typename Op::Response call(const char* login, const typename Op::Request& request)
    {
        auto answer = m_cast->call<Op>(login, request);
        if (!answer) {
            QTest::qFail(problemOf(answer.error()).c_str(), __FILE__, __LINE__);
            return {};
        }
        return std::move(*answer);
    }

    RunStory::Response play(const char* story, std::uint64_t step)
    {
        RunStory::Request request;
        request.story = story;
        request.step = step;
        return call<RunStory>("jonas", request);
    }

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void promises();
    void everyPersonaSignsIn();
    void recordHolds();
    void matrixHasATightening();
    void oneCanaryOneApprovalOneDenialAtTheEnd();
    void waitsForTwoOfficers();
    void trafficHasARate();
    void poisonedInvoiceIsRefused();
    void travellingContractStays();
    void standardTermsAreShared();
    void findingsAreCounted();
    void oneApprovalPaysOnce();
    void badCanaryIsRolledBack();
    void changedByteIsFound();
    void storiesCanBeToldAgain();
    void refusesAFolderInUse();
    void cancelLeavesNothing();
};

void DemoTest::initTestCase()
{
    QVERIFY(m_place.isValid());
    m_folder = (m_place.path() + "/bank").toStdString();
    m_keys.keys = (m_place.path() + "/keys/keys").toStdString();
    m_keys.unlock = (m_place.path() + "/keys/unlock").toStdString();
    demo::CreateDemoOptions options;
    options.folder = m_folder;
    options.keyPlace = m_keys;
    options.runs = runs;
    double told = -1;
    options.progress = [&](const std::string& stage, double fraction) {
        if (stage.empty() || fraction < told)
            return false;
        told = fraction;
        return true;
    };
    const auto made = demo::createDemo(options);
    QVERIFY2(made.has_value(), made ? "" : problemOf(made.error()).c_str());
    QCOMPARE(told, 1.0);
    QVERIFY(demo::isDemo(m_folder));

    auto host = demo::DemoHost::start(m_folder);
    QVERIFY2(host.has_value(), host ? "" : problemOf(host.error()).c_str());
    m_host = std::move(*host);
    workspace::OpenOptions open;
    open.folder = m_folder;
    open.keyPlace = m_keys;
    open.demoHandlers = [this](HandlerTable& table) { m_host->handlers(table); };
    auto opened = workspace::Workspace::open(open);
    QVERIFY2(opened.has_value(), opened ? "" : problemOf(opened.error()).c_str());
    m_workspace = std::move(*opened);
    m_cast = std::make_unique<demo::Cast>(*m_workspace, systemClock());
}

void DemoTest::cleanupTestCase()
{
    m_host->detach();
    m_cast.reset();
    m_workspace.reset();
    m_host.reset();
}

void DemoTest::promises()
{
    const SessionInfo session = call<CurrentSession>("grace", {});
    QCOMPARE(session.workspaceName, std::string("Northwind Bank"));
    QVERIFY(session.demo);
    QVERIFY(session.fourEyes);
    QCOMPARE(call<ListTeams>("grace", {}).teams.size(), 5u);
    ListDefinitions::Request list;
    list.kind = DefinitionKind::Agent;
    QCOMPARE(call<ListDefinitions>("grace", list).definitions.size(), 6u);
    list.kind = DefinitionKind::Tool;
    QCOMPARE(call<ListDefinitions>("grace", list).definitions.size(), 16u);
    ReadOverview::Request overview;
    overview.range = {systemClock().now() - std::chrono::days(91), systemClock().now()};
    const auto seen = call<ReadOverview>("grace", overview);
    QVERIFY(seen.totals.runs >= runs);
    QVERIFY(seen.totals.done > runs / 2);
    QVERIFY(seen.totals.cost && seen.totals.cost->nanos > 0);
}

void DemoTest::everyPersonaSignsIn()
{
    const auto personas = call<ListPersonas>("grace", {}).personas;
    QCOMPARE(personas.size(), 6u);
    for (const Persona& persona : personas)
        QVERIFY(m_cast->as(persona.login).has_value());
}

void DemoTest::recordHolds()
{
    const auto verified = m_workspace->verifyRecord([](std::uint64_t, std::uint64_t) { return true; });
    QVERIFY2(verified.has_value(), verified ? "" : problemOf(verified.error()).c_str());
    const RecordStatus status = call<RecordState>("tom", {});
    QVERIFY(status.size > runs * 3);
    QVERIFY(status.fault.empty());
}

void DemoTest::matrixHasATightening()
{
    const auto matrix = call<ReadMatrix>("grace", {});
    QCOMPARE(matrix.rows.size(), 6u);
    std::size_t tightened = 0;
    for (const MatrixRow& row : matrix.rows) {
        for (const MatrixCell& cell : row.cells)
            tightened += cell.tightened ? 1 : 0;
    }
    QCOMPARE(tightened, 1u);
}

void DemoTest::oneCanaryOneApprovalOneDenialAtTheEnd()
{
    std::map<ChangeState, std::size_t> states;
    for (const ChangeSummary& change : call<ListChanges>("grace", {}).changes)
        ++states[change.state];
    QCOMPARE(states[ChangeState::RollingOut], 1u);
    QCOMPARE(states[ChangeState::Approval], 1u);
    QCOMPARE(states[ChangeState::Draft], 1u);
    QCOMPARE(states[ChangeState::Rejected], 1u);
    QCOMPARE(states[ChangeState::RolledBack], 1u);
    QVERIFY(states[ChangeState::Live] >= 12);
    RunFilter denied;
    denied.denied = true;
    ListRuns::Request list;
    list.filter = denied;
    const auto refusals = call<ListRuns>("grace", list);
    QVERIFY(!refusals.runs.empty());
    QCOMPARE(refusals.runs.front().agent, std::string("expense-audit"));
}

void DemoTest::waitsForTwoOfficers()
{
    const auto waiting = call<ListApprovals>("ines", {});
    QCOMPARE(waiting.requests.size(), 1u);
    QCOMPARE(waiting.requests.front().tool, std::string("directory.grant"));
    QCOMPARE(waiting.requests.front().needed, std::uint64_t(2));
    QCOMPARE(waiting.requests.front().decisions.size(), 1u);
}

void DemoTest::trafficHasARate()
{
    SetTraffic::Request none;
    none.perMinute = 0;
    const auto refused = m_cast->call<SetTraffic>("jonas", none);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, std::string("demo.not-serving"));
    const auto attached = m_host->attach(*m_workspace);
    QVERIFY2(attached.has_value(), attached ? "" : problemOf(attached.error()).c_str());
    SetTraffic::Request tooMuch;
    tooMuch.perMinute = 1'000'000;
    QVERIFY(!m_cast->call<SetTraffic>("jonas", tooMuch));
    QCOMPARE(call<SetTraffic>("jonas", none).perMinute, std::uint64_t(0));
    QCOMPARE(call<ListStories>("grace", {}).stories.size(), 5u);
}

void DemoTest::poisonedInvoiceIsRefused()
{
    const auto sent = play("poisoned-invoice", 0);
    QCOMPARE(sent.next, std::uint64_t(1));
    QVERIFY2(sent.happened.find("Held back") != std::string::npos, sent.happened.c_str());
    QVERIFY2(sent.happened.find("DE89") == std::string::npos, sent.happened.c_str());
    QVERIFY2(sent.happened.find("** **30 00") != std::string::npos, sent.happened.c_str());
    const auto why = play("poisoned-invoice", 1);
    QVERIFY2(why.happened.find("never pays") != std::string::npos, why.happened.c_str());
    const auto nothing = play("poisoned-invoice", 2);
    QVERIFY2(nothing.happened.find("no payment") != std::string::npos, nothing.happened.c_str());
    QCOMPARE(nothing.next, std::uint64_t(0));
}

void DemoTest::travellingContractStays()
{
    const auto read = play("travelling-contract", 0);
    QCOMPARE(read.next, std::uint64_t(1));
    QVERIFY2(
        read.happened.find("Text hidden in tag characters was removed.") != std::string::npos, read.happened.c_str());
    QVERIFY2(
        read.happened.find("link to pixel.contract-desk.example removed") != std::string::npos, read.happened.c_str());
    QVERIFY2(read.happened.find("https://") == std::string::npos, read.happened.c_str());
    QVERIFY2(read.happened.find("186400") == std::string::npos, read.happened.c_str());
    const auto why = play("travelling-contract", 1);
    QVERIFY2(why.happened.find("has read confidential data, and documents.share is cleared for internal data")
            != std::string::npos,
        why.happened.c_str());
    QVERIFY2(why.happened.find("protection:house-protection/flow") != std::string::npos, why.happened.c_str());
    const auto nothing = play("travelling-contract", 2);
    QVERIFY2(nothing.happened.find("no share of CTR-9001") != std::string::npos, nothing.happened.c_str());
    QVERIFY2(nothing.happened.find("A link to a host that is not allowed was removed.") != std::string::npos,
        nothing.happened.c_str());
    GetRun::Request get;
    get.id = read.route.substr(read.route.rfind('/') + 1);
    const GetRun::Response seen = call<GetRun>("ines", get);
    // Had the model seen the hidden words too, it would have asked to send a mail.
    QCOMPARE(seen.run.denied, std::uint64_t(1));
    QCOMPARE(seen.run.asked, std::uint64_t(0));
    QCOMPARE(seen.run.state, RunState::Done);
}

void DemoTest::standardTermsAreShared()
{
    StartRun::Request request;
    request.agent = "contract-review";
    request.messages = documentOf(Json::array({{{"role", "user"},
        {"content", "Please share our standard terms, POL-160, with the counsel of Kestrel Cleaning."}}}));
    CallContext context;
    std::ifstream(m_folder + "/demo.key") >> context.credential;
    context.surface = Surface::Http;
    demo::RunWatch watch;
    const auto started = watch.start(m_workspace->backend(), request, context);
    QVERIFY2(started.has_value(), started ? "" : problemOf(started.error()).c_str());
    const auto ended = watch.wait(std::chrono::seconds(30));
    QVERIFY2(ended.has_value(), ended ? "" : problemOf(ended.error()).c_str());
    QVERIFY2(ended->answer.find("I shared our standard terms") != std::string::npos, ended->answer.c_str());
    QVERIFY(ended->verdicts.empty());
}

void DemoTest::findingsAreCounted()
{
    QVERIFY(m_workspace->flushTelemetry().has_value());
    CountFindings::Request count;
    count.days = 365;
    std::map<std::string, std::set<ProtectAction>> actions;
    std::map<std::string, std::string> titles;
    for (const FindingCount& each : call<CountFindings>("tom", count).counts) {
        actions[each.what].insert(each.action);
        titles[each.what] = each.title;
    }
    QVERIFY(!titles["IBAN_CODE"].empty() && !titles["EMPLOYEE_NUMBER"].empty());
    QVERIFY(actions["removed:tag-characters"].contains(ProtectAction::Redact));
    QVERIFY(actions["IBAN_CODE"].contains(ProtectAction::Mask));
    QVERIFY(actions["EMPLOYEE_NUMBER"].contains(ProtectAction::Observe));
    for (const AgentExposure& each : call<ReadExposure>("tom", {}).agents)
        QCOMPARE(each.protection, std::string("house-protection"));
}

void DemoTest::oneApprovalPaysOnce()
{
    const auto asked = play("one-approval", 0);
    QVERIFY2(asked.route.starts_with("inbox/"), asked.happened.c_str());
    const auto approved = play("one-approval", 1);
    QVERIFY2(approved.happened.find("PAY-") != std::string::npos, approved.happened.c_str());
    QVERIFY(play("one-approval", 2).happened.find("is told: ") != std::string::npos);
    const auto once = play("one-approval", 3);
    QVERIFY2(once.happened.find("holds 1 payment for") != std::string::npos, once.happened.c_str());
}

void DemoTest::badCanaryIsRolledBack()
{
    QVERIFY(play("bad-canary", 0).route.starts_with("changes/CH-"));
    QVERIFY(play("bad-canary", 1).next == 2);
    const auto compared = play("bad-canary", 2);
    QVERIFY2(compared.happened.find("Canary v") != std::string::npos, compared.happened.c_str());
    QVERIFY2(compared.happened.find("Canary v5: success nothing") == std::string::npos, compared.happened.c_str());
    QVERIFY(play("bad-canary", 3).happened.find("rolled it back") != std::string::npos);
    QCOMPARE(call<ListChanges>("grace", {}).changes.front().state, ChangeState::RolledBack);
}

void DemoTest::changedByteIsFound()
{
    QVERIFY(play("one-byte", 0).happened.find("it holds") != std::string::npos);
    const auto changed = play("one-byte", 1);
    QVERIFY2(changed.happened.find("it holds") == std::string::npos, changed.happened.c_str());
    QVERIFY2(changed.happened.find("(proof.") != std::string::npos, changed.happened.c_str());
    QVERIFY(play("one-byte", 2).happened.find("it holds") != std::string::npos);
}

void DemoTest::storiesCanBeToldAgain()
{
    for (const char* const story :
        {"poisoned-invoice", "travelling-contract", "one-approval", "bad-canary", "one-byte"}) {
        RunStory::Request reset;
        reset.story = story;
        reset.reset = true;
        QVERIFY(!call<RunStory>("jonas", reset).route.empty());
    }
    QVERIFY(play("bad-canary", 0).route.starts_with("changes/CH-"));
    QVERIFY(play("bad-canary", 3).next == 0);
    RunStory::Request early;
    early.story = "one-byte";
    early.step = 1;
    const auto refused = m_cast->call<RunStory>("jonas", early);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, std::string("demo.step-order"));
    early.story = "no-such-story";
    QCOMPARE(m_cast->call<RunStory>("jonas", early).error().code, std::string("demo.unknown-story"));
    QVERIFY(!m_cast->call<RunStory>("grace", early));
}

void DemoTest::refusesAFolderInUse()
{
    demo::CreateDemoOptions options;
    options.folder = m_folder;
    options.keyPlace = m_keys;
    const auto made = demo::createDemo(options);
    QVERIFY(!made);
    QCOMPARE(made.error().code, std::string("workspace.exists"));
    QVERIFY(demo::isDemo(m_folder));
}

void DemoTest::cancelLeavesNothing()
{
    demo::CreateDemoOptions options;
    options.folder = (m_place.path() + "/cancelled").toStdString();
    options.keyPlace.keys = (m_place.path() + "/cancelled-keys/keys").toStdString();
    options.keyPlace.unlock = (m_place.path() + "/cancelled-keys/unlock").toStdString();
    options.progress = [](const std::string&, double fraction) { return fraction < 0.03; };
    const auto made = demo::createDemo(options);
    QVERIFY(!made);
    QCOMPARE(made.error().code, std::string("demo.cancelled"));
    QVERIFY(!std::filesystem::exists(options.folder));
    QVERIFY(!std::filesystem::exists(options.keyPlace.keys));
}

QTEST_GUILESS_MAIN(DemoTest)
#include "demo_test.moc"
