#include "tests/contract/desk.h"

#include "core/api/changes.h"
#include "core/api/definitions.h"
#include "core/api/people.h"
#include "core/api/session.h"
#include "core/trust/identity/setup.h"
#include "core/trust/keys/password.h"

#include <cstdlib>
#include <fstream>
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

workspace::KeyPlace keysOf(const std::string& base)
{
    return {base + "/keys", base + "/unlock", {}};
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
    : Desk(way, {})
{
}

Desk::Desk(Way way, const std::string& base)
    : m_base(base.empty() ? m_folder.path().toStdString() : base)
    , m_way(way)
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
    workspace::CreateOptions creation;
    creation.folder = m_base + "/w";
    creation.keyPlace = keysOf(m_base);
    take(workspace::Workspace::create(creation));
    makeStock(creation.folder + "/stock.db");
    m_workspace = take(openDesk(m_base));
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
    options.service.halted = [this] { return m_workspace->halted(); };
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

void prepareDesk(const std::string& base)
{
    Desk desk(Way::Local, base);
    std::ofstream tokens(base + "/tokens");
    for (const CallContext& context : {desk.admin(), desk.officer(), desk.key()})
        tokens << context.credential << "\n";
}

Result<DeskTokens> readTokens(const std::string& base)
{
    DeskTokens tokens;
    std::ifstream file(base + "/tokens");
    for (CallContext* const context : {&tokens.admin, &tokens.officer, &tokens.key}) {
        context->localPeer = true;
        if (!std::getline(file, context->credential))
            return fail(ErrorKind::NotFound, "test.tokens", "The desk was not prepared.");
    }
    return tokens;
}

Result<std::unique_ptr<workspace::Workspace>> openDesk(const std::string& base)
{
    workspace::OpenOptions opening;
    opening.folder = base + "/w";
    opening.keyPlace = keysOf(base);
    return workspace::Workspace::open(opening);
}

Result<int> stockOf(const std::string& base)
{
    sqlite3* handle = nullptr;
    int count = -1;
    const auto keep = [](void* out, int, char** values, char**) {
        *static_cast<int*>(out) = std::atoi(values[0]);
        return 0;
    };
    const bool read = sqlite3_open((base + "/w/stock.db").c_str(), &handle) == SQLITE_OK
        && sqlite3_exec(handle, "SELECT count FROM stock", keep, &count, nullptr) == SQLITE_OK;
    sqlite3_close(handle);
    return read ? Result<int>(count) : fail(ErrorKind::Internal, "test.stock", "The stock cannot be read.");
}

}
