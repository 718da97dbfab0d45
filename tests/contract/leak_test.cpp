#include "tests/contract/desk.h"
#include "tests/contract/http_ask.h"
#include "tests/contract/planted.h"

#include "core/api/audit.h"
#include "core/api/changes.h"
#include "core/api/insight.h"
#include "core/api/protection.h"
#include "core/api/runs.h"
#include "core/api/workspace.h"
#include "core/domain/reflect.h"

#include <QFile>
#include <QTest>
#include <algorithm>
#include <condition_variable>
#include <fcntl.h>
#include <filesystem>
#include <mutex>
#include <nlohmann/json.hpp>
#include <sqlite3.h>
#include <unistd.h>

using namespace ephor;
using namespace ephor::contract_tests;

namespace {

// One for each way into a run.
const std::vector<Planted> inMessage = plantedFor("message", 1);
const std::vector<Planted> inVariable = plantedFor("variable", 2);
const std::vector<Planted> inVariableName = plantedFor("name of a variable", 3);
const std::vector<Planted> inPerson = plantedFor("person", 4);
const std::vector<Planted> inConversation = plantedFor("conversation", 5);
const std::vector<Planted> inReference = plantedFor("reference", 6);
const std::vector<Planted> inResult = plantedFor("result of a tool", 7);
const std::vector<Planted> inEarlierTurn = plantedFor("earlier turn", 8);
const std::vector<Planted> inHiddenText = plantedFor("hidden text", 9);

const std::vector<const std::vector<Planted>*> everything{&inMessage, &inVariable, &inVariableName, &inPerson,
    &inConversation, &inReference, &inResult, &inEarlierTurn, &inHiddenText};

std::string inTagCharacters(std::string_view text)
{
    std::string hidden;
    for (const char c : text)
        hidden += std::string("\xF3\xA0") + char(0x80 | (std::uint8_t(c) >> 6)) + char(0x80 | (c & 0x3F));
    return hidden;
}

// Says what it was told, and puts it into a call; tells what it has read: whatever reaches the model comes back on
// every way out.
constexpr const char* echo
    = "{\"name\":\"echo\",\"model\":\"sim-small\",\"latency\":{\"p50_ms\":1,\"p95_ms\":2},\"rules\":["
      "{\"id\":\"call\",\"when\":{\"user_matches\":\"say (?P<all>.+)\",\"tool_results\":0},"
      "\"tool_calls\":[{\"name\":\"stock.look\",\"arguments\":{\"item\":\"{{all}}\"}}]},"
      "{\"id\":\"said\",\"when\":{\"user_matches\":\"say (?P<all>.+)\"},\"reply\":\"You said {{all}}.\"},"
      "{\"id\":\"read\",\"when\":{\"user_contains\":[\"read\"],\"tool_results\":0},"
      "\"tool_calls\":[{\"name\":\"stock.look\",\"arguments\":{\"item\":\"ledger\"}}]},"
      "{\"id\":\"told\",\"when\":{\"user_contains\":[\"read\"]},\"reply\":\"It says {{tool.rows.0.note}}.\"}],"
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

/// All that the program writes to its standard streams goes to a file as long as this lives.
class CaughtOutput {
public:
    explicit CaughtOutput(const std::string& path)
        : m_out(::dup(STDOUT_FILENO))
        , m_err(::dup(STDERR_FILENO))
    {
        const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        ::dup2(file, STDOUT_FILENO);
        ::dup2(file, STDERR_FILENO);
        ::close(file);
    }
    ~CaughtOutput()
    {
        ::dup2(m_out, STDOUT_FILENO);
        ::dup2(m_err, STDERR_FILENO);
        ::close(m_out);
        ::close(m_err);
    }
    CaughtOutput(const CaughtOutput&) = delete;
    CaughtOutput& operator=(const CaughtOutput&) = delete;

private:
    int m_out;
    int m_err;
};

template <class T> T take(Result<T> result)
{
    if (!result)
        throw std::runtime_error(describe(result.error()));
    return std::move(*result);
}

void fillStock(const std::string& base)
{
    sqlite3* handle = nullptr;
    sqlite3_open((base + "/w/stock.db").c_str(), &handle);
    const std::string sql
        = "ALTER TABLE stock ADD COLUMN note TEXT; INSERT INTO stock VALUES('ledger', 1, '" + lineOf(inResult) + "');";
    sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr);
    sqlite3_close(handle);
}

ProtectionBody bodyOf(ProtectAction action, std::vector<TextSurface> surfaces)
{
    ProtectionBody body;
    ProtectionRule rule;
    rule.what = {"personal", "financial", "secret"};
    rule.action = action;
    rule.surfaces.assign(surfaces.begin(), surfaces.end());
    body.rules.push_back(rule);
    return body;
}

void release(Desk& desk, const CallContext& admin)
{
    CreateChange::Request change;
    change.agent = "clerk";
    change.title = "Protect the clerk";
    change.items = {{DefinitionKind::Agent, "clerk", 0, 2}, {DefinitionKind::Model, "small", 0, 2},
        {DefinitionKind::Tool, "stock.look", 0, 2}, {DefinitionKind::Prompt, "clerk-prompt", 0, 2}};
    const std::string id = take(desk.backend().call<CreateChange>(change, admin)).change.id;
    take(desk.backend().call<SubmitChange>({id}, admin));
    const auto shown = take(desk.backend().call<GetChange>({id}, admin));
    take(desk.backend().call<ApproveChange>({id, shown.change.digest, "It protects"}, desk.officer()));
    const auto started = take(desk.backend().call<StartRollout>({id, "go"}, admin));
    for (std::string rollout = started.rollout.id; !rollout.empty();) {
        const auto promoted = take(desk.backend().call<PromoteRollout>({rollout, "further"}, admin));
        rollout = promoted.rollout.state == RolloutState::Running ? promoted.rollout.id : std::string();
    }
    if (const auto refreshed = desk.workspace().refreshRoutes(); !refreshed)
        throw std::runtime_error(describe(refreshed.error()));
}

// Releases the clerk with a protection.
void protectClerk(Desk& desk, const ProtectionBody& body)
{
    const CallContext admin = desk.admin();
    SaveProtection::Request protection;
    protection.name = "house";
    protection.team = "desk";
    protection.body = body;
    take(desk.backend().call<SaveProtection>(protection, admin));
    SaveModel::Request model;
    model.name = "small";
    model.body.model = "sim-small";
    model.body.scenario.text = echo;
    model.expectedVersion = 1;
    take(desk.backend().call<SaveModel>(model, admin));
    SavePrompt::Request prompt;
    prompt.name = "clerk-prompt";
    prompt.body.text = "You keep the stock of the desk. {{note}}";
    prompt.expectedVersion = 1;
    take(desk.backend().call<SavePrompt>(prompt, admin));
    SaveTool::Request tool;
    tool.name = "stock.look";
    tool.body.title = "stock.look";
    tool.body.description = "Stock of the desk.";
    tool.body.kind = ToolKind::Sql;
    tool.body.effect = SideEffect::Read;
    tool.body.input.text
        = "{\"type\":\"object\",\"properties\":{\"item\":{\"type\":\"string\"}},\"additionalProperties\":false}";
    tool.body.sql.database = "stock.db";
    tool.body.sql.statement = "SELECT count, note FROM stock WHERE item = :item";
    tool.expectedVersion = 1;
    take(desk.backend().call<SaveTool>(tool, admin));
    SaveAgent::Request agent;
    agent.name = "clerk";
    agent.body.title = "Clerk";
    agent.body.prompt = "clerk-prompt";
    agent.body.model = "small";
    agent.body.tools = {"stock.look", "stock.take"};
    agent.body.protection = "house";
    agent.body.inputSchema.text = "{\"type\":\"object\",\"properties\":{\"note\":{\"type\":\"string\"}}}";
    agent.expectedVersion = 1;
    take(desk.backend().call<SaveAgent>(agent, admin));
    release(desk, admin);
}

StartRun::Request requestOf(const std::string& text)
{
    StartRun::Request start;
    start.agent = "clerk";
    start.messages = documentOf(Json::array({Json{{"role", "user"}, {"content", text}}}));
    start.variables = documentOf(Json{{"note", "today"}});
    return start;
}

// What is started, by the way in which it carries something. Each is started alone, so that a refusal of one does not
// keep the others from being tried.
std::vector<StartRun::Request> requests()
{
    std::vector<StartRun::Request> all{requestOf("say card " + lineOf(inMessage)), requestOf("read it"),
        requestOf("say this" + inTagCharacters("the card " + lineOf(inHiddenText)))};
    StartRun::Request start = requestOf("say hello");
    start.messages = documentOf(Json::array({Json{{"role", "assistant"}, {"content", lineOf(inEarlierTurn)}},
        Json{{"role", "user"}, {"content", "say hello"}}}));
    all.push_back(start);
    start = requestOf("say hello");
    Json names{{"note", "the card " + lineOf(inVariable)}};
    for (const Planted& each : inVariableName)
        names[each.text] = 1;
    start.variables = documentOf(names);
    all.push_back(start);
    for (std::size_t i = 0; i < inPerson.size(); ++i) {
        start = requestOf("say hello");
        start.person = inPerson[i].text;
        start.conversation = inConversation[i].text;
        start.reference = inReference[i].text;
        all.push_back(start);
    }
    return all;
}

// Everything that anybody hears or reads of one run.
std::string runOnce(Desk& desk, const CallContext& officer, const StartRun::Request& start)
{
    Listener listener;
    const auto handle = take(desk.backend().start(start, desk.key(), listener.hear()));
    if (!listener.ended())
        throw std::runtime_error("the run did not end");
    std::string seen = listener.everything();
    seen += compactJson(toJson(take(desk.backend().call<GetRun>({handle->id()}, officer))));
    const auto opened = take(desk.backend().call<OpenRun>({handle->id()}, officer));
    if (opened.parts.empty())
        throw std::runtime_error("nothing was kept");
    return seen + compactJson(toJson(opened));
}

// The same as programs ask: claims in headers, the answer whole and in pieces, and the counters.
std::string askOverHttp(Desk& desk)
{
    const std::string key = "Authorization: Bearer " + desk.key().credential + "\r\n";
    std::string seen;
    for (const bool streamed : {false, true}) {
        Json body{{"model", "clerk"}, {"stream", streamed}, {"user", inPerson[1].text},
            {"variables", {{"note", "today"}}},
            {"messages", Json::array({Json{{"role", "user"}, {"content", "say card " + lineOf(inMessage)}}})}};
        const std::string claims = "X-Ephor-Conversation: " + inConversation[0].text
            + "\r\nX-Ephor-Reference: " + inReference[2].text + "\r\n";
        seen += askPort(desk.port(), postOf("/v1/chat/completions", key + claims, compactJson(body)));
    }
    if (seen.find("HTTP/1.1 ") == seen.npos)
        throw std::runtime_error("the server said nothing");
    return seen
        + askPort(desk.port(), "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n" + key + "\r\n");
}

// What viewers and officers read beside single runs.
std::string screensOf(Desk& desk, const CallContext& officer)
{
    Backend& backend = desk.backend();
    std::string seen = compactJson(toJson(take(backend.call<CountFindings>({}, officer))));
    seen += compactJson(toJson(take(backend.call<ReadMetrics>({}, officer))));
    seen += compactJson(toJson(take(backend.call<ListRuns>({}, officer))));
    seen += compactJson(toJson(take(backend.call<ListOutages>({}, officer))));
    seen += compactJson(toJson(take(backend.call<ReadInbox>({}, officer))));
    const auto entries = take(backend.call<QueryRecord>({}, officer));
    seen += compactJson(toJson(entries));
    for (const RecordRow& row : entries.rows) {
        GetEntry::Request entry;
        entry.index = row.index;
        seen += compactJson(toJson(take(backend.call<GetEntry>(entry, officer))));
    }
    return seen;
}

std::string filesUnder(const std::string& folder)
{
    std::string all;
    for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
        // What a tool reads is the company's own.
        if (!file.is_regular_file() || file.path().filename() == "stock.db")
            continue;
        QFile stream(QString::fromStdString(file.path().string()));
        if (!stream.open(QIODevice::ReadOnly))
            throw std::runtime_error("cannot read " + file.path().string());
        all += stream.readAll().toStdString();
    }
    return all;
}

// Runs everything in a new desk and returns all that is told, and all that lies in files.
std::string livedThrough(Way way, const std::string& base, const ProtectionBody& body)
{
    const CaughtOutput output(base + "/output");
    std::string seen;
    Desk desk(way, base);
    fillStock(base);
    protectClerk(desk, body);
    const CallContext officer = desk.officer();
    bool streamed = false;
    for (StartRun::Request start : requests()) {
        start.stream = streamed = !streamed;
        seen += runOnce(desk, officer, start);
    }
    StartRun::Request again = requests().front();
    again.stream = false;
    seen += runOnce(desk, officer, again);
    if (way == Way::Http)
        seen += askOverHttp(desk);
    seen += screensOf(desk, officer);
    take(desk.backend().call<ExportRecord>({base + "/export"}, officer));
    return seen;
}

}

/// What policy forbids is found in no file, record, trace, event, answer or export, whichever way it came in and in
/// whichever of the usual encodings.
class LeakTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theSearchFindsWhatIsThere();
    void plantedValuesAreFoundNowhere_data();
    void plantedValuesAreFoundNowhere();
    void whatMayBeReadLiesInNoFile();
};

void LeakTest::theSearchFindsWhatIsThere()
{
    const Planted& planted = inMessage.front();
    const QByteArray marker = QByteArray::fromStdString(planted.markers.front());
    for (const QByteArray& before : {QByteArray(""), QByteArray("a"), QByteArray("ab")})
        QVERIFY(!foundIn((before + marker + "xyz").toBase64().toStdString(), planted).empty());
    QVERIFY(!foundIn(marker.toHex().toStdString(), planted).empty());
    QVERIFY(!foundIn(("so " + marker).toPercentEncoding().toStdString(), planted).empty());
    QVERIFY(!foundIn(planted.text, planted).empty());
    QVERIFY(foundIn(lineOf(inResult), planted).empty());
}

void LeakTest::plantedValuesAreFoundNowhere_data()
{
    QTest::addColumn<int>("way");
    QTest::addColumn<int>("action");
    QTest::newRow("redacted") << int(Way::Local) << int(ProtectAction::Redact);
    QTest::newRow("redacted, over HTTP") << int(Way::Http) << int(ProtectAction::Redact);
    QTest::newRow("behind stand-ins") << int(Way::Local) << int(ProtectAction::Tokenise);
    QTest::newRow("refused, over HTTP") << int(Way::Http) << int(ProtectAction::Deny);
}

void LeakTest::plantedValuesAreFoundNowhere()
{
    QFETCH(int, way);
    QFETCH(int, action);
    QTemporaryDir folder;
    const std::string base = folder.path().toStdString();
    std::string seen = livedThrough(Way(way), base, bodyOf(ProtectAction(action), {}));
    seen += filesUnder(base);
    for (const std::vector<Planted>* const entrance : everything) {
        for (const Planted& each : *entrance) {
            const std::string found = foundIn(seen, each);
            QVERIFY2(found.empty(), found.c_str());
        }
    }
    // The looking itself works: what is meant to be there is found.
    QVERIFY(seen.find("CREDIT_CARD") != std::string::npos);
    QVERIFY(seen.find("hidden:") != std::string::npos);
    QVERIFY(seen.find("removed:tag-characters") != std::string::npos);
    QVERIFY(action == int(ProtectAction::Deny) || seen.find("[HIDDEN TEXT]") != std::string::npos);
    QVERIFY(action == int(ProtectAction::Deny) || seen.find("You said card") != std::string::npos);
}

// Where rules let it pass the model and people who may open runs read it: sealed, and nowhere else.
void LeakTest::whatMayBeReadLiesInNoFile()
{
    QTemporaryDir folder;
    const std::string base = folder.path().toStdString();
    const std::string seen
        = livedThrough(Way::Local, base, bodyOf(ProtectAction::Redact, {TextSurface::Answer, TextSurface::Arguments}));
    QVERIFY2(!foundIn(seen, inMessage.front()).empty(), "an officer opens what the caller said");
    QVERIFY2(!foundIn(seen, inHiddenText.front()).empty(), "and what was hidden in it");
    const std::string files = filesUnder(base);
    for (const auto* const entrance : {&inMessage, &inVariable, &inResult, &inEarlierTurn, &inHiddenText}) {
        for (const Planted& each : *entrance) {
            const std::string found = foundIn(files, each);
            QVERIFY2(found.empty(), found.c_str());
        }
    }
}

QTEST_GUILESS_MAIN(LeakTest)
#include "leak_test.moc"
