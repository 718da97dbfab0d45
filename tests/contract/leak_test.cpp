#include "tests/contract/desk.h"

#include "core/api/audit.h"
#include "core/api/changes.h"
#include "core/api/insight.h"
#include "core/api/protection.h"
#include "core/api/runs.h"
#include "core/api/workspace.h"
#include "core/domain/reflect.h"

#include <QTest>
#include <algorithm>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::contract_tests;

namespace {

/// Values nobody may ever see again, each in a piece that is looked for.
struct Planted {
    std::string text;
    std::string marker;
};

std::vector<Planted> planted()
{
    return {{"4539 1488 0343 6467", "0343 6467"}, {"leak.marker.7731@example.com", "leak.marker.7731"},
        {"GB82 WEST 1234 5698 7654 32", "5698 7654"}, {std::string("AKIA") + "QWERTZUIOPASDFGH", "QWERTZUIOP"}};
}

std::string request()
{
    std::string text = "say card";
    for (const Planted& each : planted())
        text += " " + each.text;
    return text;
}

// Says what it was told, and puts it into a call: whatever reaches the model comes back on every way out.
constexpr const char* echo
    = "{\"name\":\"echo\",\"model\":\"sim-small\",\"latency\":{\"p50_ms\":1,\"p95_ms\":2},\"rules\":["
      "{\"id\":\"call\",\"when\":{\"user_matches\":\"say (?P<all>.+)\",\"tool_results\":0},"
      "\"tool_calls\":[{\"name\":\"stock.look\",\"arguments\":{\"item\":\"{{all}}\"}}]},"
      "{\"id\":\"said\",\"when\":{\"user_matches\":\"say (?P<all>.+)\"},\"reply\":\"You said {{all}}.\"}],"
      "\"fallback\":{\"reply\":\"Good morning.\"}}";

class Listener {
public:
    std::function<void(const RunEvent&)> hear()
    {
        return [state = m_state](const RunEvent& event) {
            const std::lock_guard lock(state->mutex);
            state->events.push_back(event);
            state->came.notify_all();
        };
    }
    bool ended()
    {
        std::unique_lock lock(m_state->mutex);
        return m_state->came.wait_for(lock, std::chrono::minutes(1), [&] {
            return std::ranges::any_of(m_state->events, [](const RunEvent& event) {
                return event.kind == RunEventKind::Finished || event.kind == RunEventKind::Failed;
            });
        });
    }
    std::string everything() const
    {
        const std::lock_guard lock(m_state->mutex);
        std::string all;
        for (const RunEvent& event : m_state->events)
            all += event.text + "\n" + event.data.text + "\n";
        return all;
    }
    std::string text() const
    {
        const std::lock_guard lock(m_state->mutex);
        std::string all;
        for (const RunEvent& event : m_state->events)
            all += event.kind == RunEventKind::Text ? event.text : std::string();
        return all;
    }

private:
    struct State {
        std::mutex mutex;
        std::condition_variable came;
        std::vector<RunEvent> events;
    };
    std::shared_ptr<State> m_state = std::make_shared<State>();
};

template <class T> T take(Result<T> result)
{
    if (!result)
        qFatal("%s", describe(result.error()).c_str());
    return std::move(*result);
}

// Releases the clerk with a protection that does this to everything personal, financial and secret.
void protectClerk(Desk& desk, ProtectAction action)
{
    const CallContext admin = desk.admin();
    SaveProtection::Request protection;
    protection.name = "house";
    protection.team = "desk";
    ProtectionRule rule;
    rule.what = {"personal", "financial", "secret"};
    rule.action = action;
    protection.body.rules.push_back(rule);
    take(desk.backend().call<SaveProtection>(protection, admin));
    SaveModel::Request model;
    model.name = "small";
    model.body.model = "sim-small";
    model.body.scenario.text = echo;
    model.expectedVersion = 1;
    take(desk.backend().call<SaveModel>(model, admin));
    SaveAgent::Request agent;
    agent.name = "clerk";
    agent.body.title = "Clerk";
    agent.body.prompt = "clerk-prompt";
    agent.body.model = "small";
    agent.body.tools = {"stock.look", "stock.take"};
    agent.body.protection = "house";
    agent.expectedVersion = 1;
    take(desk.backend().call<SaveAgent>(agent, admin));
    CreateChange::Request change;
    change.agent = "clerk";
    change.title = "Protect the clerk";
    change.items = {{DefinitionKind::Agent, "clerk", 0, 2}, {DefinitionKind::Model, "small", 0, 2}};
    const std::string id = take(desk.backend().call<CreateChange>(change, admin)).change.id;
    take(desk.backend().call<SubmitChange>({id}, admin));
    const auto shown = take(desk.backend().call<GetChange>({id}, admin));
    take(desk.backend().call<ApproveChange>({id, shown.change.digest, "It protects"}, desk.officer()));
    const auto started = take(desk.backend().call<StartRollout>({id, "go"}, admin));
    for (std::string rollout = started.rollout.id; !rollout.empty();) {
        const auto promoted = take(desk.backend().call<PromoteRollout>({rollout, "further"}, admin));
        rollout = promoted.rollout.state == RolloutState::Running ? promoted.rollout.id : std::string();
    }
    const auto refreshed = desk.workspace().refreshRoutes();
    QVERIFY(refreshed.has_value());
}

// Everything that anybody hears or reads of one run.
std::string runOnce(Desk& desk, const CallContext& officer, bool streamed, ProtectAction action)
{
    StartRun::Request start;
    start.agent = "clerk";
    start.stream = streamed;
    start.messages = documentOf(Json::array({Json{{"role", "user"}, {"content", request()}}}));
    start.variables = documentOf(Json{{"note", request()}});
    start.conversation = "c-1";
    Listener listener;
    const auto handle = take(desk.backend().start(start, desk.key(), listener.hear()));
    if (!listener.ended())
        qFatal("the run did not end");
    if (action != ProtectAction::Deny && !listener.text().starts_with("You said card"))
        qFatal("it said: %s", listener.text().c_str());
    std::string seen = listener.everything();
    seen += compactJson(toJson(take(desk.backend().call<GetRun>({handle->id()}, officer))));
    const auto opened = take(desk.backend().call<OpenRun>({handle->id()}, officer));
    if (opened.parts.empty())
        qFatal("nothing was kept");
    return seen + compactJson(toJson(opened));
}

std::string filesUnder(const std::string& folder)
{
    std::string all;
    for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
        if (!file.is_regular_file())
            continue;
        std::ifstream stream(file.path(), std::ios::binary);
        all.append(std::istreambuf_iterator<char>(stream), {});
    }
    return all;
}

}

/// What policy forbids is found in no file, record, trace, event, answer or export, whichever way it came in.
class LeakTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void plantedValuesAreFoundNowhere_data();
    void plantedValuesAreFoundNowhere();
};

void LeakTest::plantedValuesAreFoundNowhere_data()
{
    QTest::addColumn<int>("action");
    for (const auto action : {ProtectAction::Redact, ProtectAction::Tokenise, ProtectAction::Deny})
        QTest::addRow("action %d", int(action)) << int(action);
}

void LeakTest::plantedValuesAreFoundNowhere()
{
    QFETCH(int, action);
    QTemporaryDir folder;
    const std::string base = folder.path().toStdString();
    std::string seen;
    {
        Desk desk(Way::Local, base);
        protectClerk(desk, ProtectAction(action));
        const CallContext officer = desk.officer();
        for (const bool streamed : {false, true})
            seen += runOnce(desk, officer, streamed, ProtectAction(action));
        seen += compactJson(toJson(take(desk.backend().call<CountFindings>({}, officer))));
        seen += compactJson(toJson(take(desk.backend().call<ReadMetrics>({}, officer))));
        take(desk.backend().call<ExportRecord>({base + "/export"}, officer));
    }
    seen += filesUnder(base);
    for (const Planted& each : planted())
        QVERIFY2(seen.find(each.marker) == std::string::npos, each.marker.c_str());
    // The looking itself works: what is meant to be there is found.
    QVERIFY(seen.find("CREDIT_CARD") != std::string::npos);
}

QTEST_GUILESS_MAIN(LeakTest)
#include "leak_test.moc"
