#include "tests/contract/desk.h"

#include "core/api/changes.h"
#include "core/api/definitions.h"
#include "core/api/people.h"
#include "core/api/session.h"
#include "core/trust/identity/setup.h"
#include "core/trust/keys/password.h"

#include <sqlite3.h>
#include <stdexcept>

namespace ephor::contract_tests {

namespace {

constexpr std::string_view password = "a long enough password";

constexpr const char* scenario
    = "{\"name\":\"desk\",\"model\":\"sim-small\",\"latency\":{\"p50_ms\":1,\"p95_ms\":2},"
      "\"rules\":["
      "{\"id\":\"look\",\"when\":{\"user_contains\":[\"stock\"],\"tool_results\":0},"
      "\"tool_calls\":[{\"name\":\"stock.look\",\"arguments\":{\"item\":\"pens\"}}]},"
      "{\"id\":\"take\",\"when\":{\"user_contains\":[\"take\"],\"tool_results\":0},"
      "\"tool_calls\":[{\"name\":\"stock.take\",\"arguments\":{\"item\":\"pens\",\"count\":2}}]},"
      "{\"id\":\"said\",\"when\":{\"tool_results\":1},\"reply\":\"That is done.\"}],"
      "\"fallback\":{\"reply\":\"Good morning.\"}}";

template <class T> T take(Result<T> result)
{
    if (!result)
        throw std::runtime_error(describe(result.error()));
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

void makeStock(const std::string& path)
{
    sqlite3* handle = nullptr;
    sqlite3_open(path.c_str(), &handle);
    sqlite3_exec(handle,
        "CREATE TABLE stock(item TEXT PRIMARY KEY, count INTEGER); INSERT INTO stock VALUES('pens', 12);", nullptr,
        nullptr, nullptr);
    sqlite3_close(handle);
}

SaveTool::Request sqlTool(const char* name, SideEffect effect, const char* statement)
{
    SaveTool::Request request;
    request.name = name;
    request.team = "desk";
    request.body.title = name;
    request.body.description = "Stock of the desk.";
    request.body.kind = ToolKind::Sql;
    request.body.effect = effect;
    request.body.input.text
        = "{\"type\":\"object\",\"properties\":{\"item\":{\"type\":\"string\"},\"count\":{\"type\":\"integer\"}},"
          "\"required\":[\"item\"],\"additionalProperties\":false}";
    request.body.sql.database = "stock.db";
    request.body.sql.statement = statement;
    return request;
}

}

Desk::Desk(Way way)
    : m_way(way)
{
    makeWorkspace();
    makePeople();
    makeAgent();
}

Desk::~Desk()
{
    m_remote.reset();
    m_server.reset();
    m_workspace.reset();
}

Backend& Desk::backend()
{
    return m_remote ? *m_remote : m_workspace->backend();
}

void Desk::makeWorkspace()
{
    const std::string base = m_folder.path().toStdString();
    const workspace::KeyPlace keys{base + "/keys", base + "/unlock", {}};
    workspace::CreateOptions creation;
    creation.folder = base + "/w";
    creation.keyPlace = keys;
    take(workspace::Workspace::create(creation));
    makeStock(creation.folder + "/stock.db");
    workspace::OpenOptions opening;
    opening.folder = creation.folder;
    opening.keyPlace = keys;
    m_workspace = take(workspace::Workspace::open(opening));
    const std::string hash = take(keys::hashPassword(password));
    take(m_workspace->asSystem("workspace.init", "made", [&](store::Transaction& transaction) -> Result<void> {
        EPHOR_TRY([[maybe_unused]] const auto id,
            identity::addFirstAdmin(transaction, "Jonas Weber", "jonas", hash, systemClock()));
        return {};
    }));
    if (m_way == Way::Local)
        return;
    http::ServerOptions options;
    options.unixSocket = m_workspace->paths().socket;
    m_server = take(http::Server::start(m_workspace->backend(), options));
    http::RemoteOptions remote;
    if (m_way == Way::Socket)
        remote.unixSocket = options.unixSocket;
    else
        remote.url = "http://127.0.0.1:" + std::to_string(m_server->port());
    m_remote = take(http::RemoteBackend::connect(remote));
}

CallContext Desk::signIn(const char* login)
{
    CallContext context;
    context.localPeer = true;
    SignIn::Request request;
    request.login = login;
    request.password = std::string(password);
    context.credential = take(backend().call<SignIn>(request, context)).token;
    return context;
}

CallContext Desk::admin()
{
    return signIn("jonas");
}

CallContext Desk::officer()
{
    return signIn("ines");
}

CallContext Desk::key()
{
    CallContext context;
    context.credential = m_key;
    return context;
}

void Desk::makePeople()
{
    const CallContext context = admin();
    take(backend().call<SaveTeam>({"desk", "Desk"}, context));
    CreateKey::Request request;
    request.name = "tests";
    request.team = "desk";
    m_key = take(backend().call<CreateKey>(request, context)).token;
}

void Desk::makeAgent()
{
    const CallContext context = admin();
    SavePrompt::Request prompt;
    prompt.name = "clerk-prompt";
    prompt.team = "desk";
    prompt.body.text = "You keep the stock of the desk.";
    take(backend().call<SavePrompt>(prompt, context));
    SaveModel::Request model;
    model.name = "small";
    model.team = "desk";
    model.body.model = "sim-small";
    model.body.scenario.text = scenario;
    take(backend().call<SaveModel>(model, context));
    take(backend().call<SaveTool>(
        sqlTool("stock.look", SideEffect::Read, "SELECT count FROM stock WHERE item = :item"), context));
    take(backend().call<SaveTool>(
        sqlTool("stock.take", SideEffect::Write, "UPDATE stock SET count = count - :count WHERE item = :item"),
        context));
    SaveAgent::Request agent;
    agent.name = "clerk";
    agent.team = "desk";
    agent.body.title = "Clerk";
    agent.body.prompt = "clerk-prompt";
    agent.body.model = "small";
    agent.body.tools = {"stock.look", "stock.take"};
    take(backend().call<SaveAgent>(agent, context));
    CreateChange::Request change;
    change.agent = "clerk";
    change.title = "First release";
    change.items = {{DefinitionKind::Agent, "clerk", 0, 1}};
    change.grants = {{.agent = "clerk", .tool = "stock.look", .access = Access::Allow},
        {.agent = "clerk", .tool = "stock.take", .access = Access::Ask}};
    const std::string id = take(backend().call<CreateChange>(change, context)).change.id;
    take(backend().call<SubmitChange>({id}, context));
    take(backend().call<StartRollout>({id, "first"}, context));
    // Until now one person alone has set the desk up; from here on there is somebody else to approve.
    SavePerson::Request officer;
    officer.login = "ines";
    officer.name = "Ines Marchetti";
    officer.roles = {{"*", "*", Role::Officer}};
    officer.password = std::string(password);
    take(backend().call<SavePerson>(officer, context));
    take(m_workspace->refreshRoutes());
}

}
