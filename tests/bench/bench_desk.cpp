#include "tests/bench/bench_desk.h"

#include "core/api/changes.h"
#include "core/api/definitions.h"
#include "core/api/people.h"
#include "core/api/session.h"
#include "core/store/database.h"
#include "core/trust/identity/setup.h"
#include "core/trust/keys/password.h"

namespace ephor::bench {

namespace {

constexpr const char* password = "a password of the benchmark";

constexpr const char* promptText
    = "You answer customers of {{shop}} about their parcels.\nThe customer is {{customer.name}}, since "
      "{{customer.since}}.\n{{#orders}}Order {{id}}: {{state}}, {{items}} items.\n{{/orders}}"
      "Be short, be polite, and never promise a date that the carrier has not named.";

constexpr const char* inputSchema
    = R"({"type":"object","required":["shop","customer","orders"],"additionalProperties":false,"properties":{)"
      R"("shop":{"type":"string","minLength":1,"maxLength":80},)"
      R"("customer":{"type":"object","required":["name","since"],"properties":{)"
      R"("name":{"type":"string","maxLength":120},"since":{"type":"integer","minimum":1990}}},)"
      R"("orders":{"type":"array","maxItems":20,"items":{"type":"object","required":["id","state","items"],"properties":{)"
      R"("id":{"type":"string","pattern":"^[A-Z]-[0-9]{4,8}$"},"state":{"enum":["packed","sent","delivered"]},)"
      R"("items":{"type":"integer","minimum":1}}}}}})";

SaveTool::Request carrierTool()
{
    SaveTool::Request request;
    request.name = "carrier.look";
    request.team = "desk";
    request.body.title = "Look up a parcel";
    request.body.description = "Where a parcel is.";
    request.body.kind = ToolKind::Sql;
    request.body.effect = SideEffect::Read;
    request.body.input.text = R"({"type":"object","properties":{"parcel":{"type":"string"}},"required":["parcel"],)"
                              R"("additionalProperties":false})";
    request.body.sql.database = "parcels.db";
    request.body.sql.statement = "SELECT place FROM parcel WHERE id = :parcel";
    return request;
}

}

BenchDesk::BenchDesk(std::uint16_t modelPort)
{
    const workspace::KeyPlace keys{m_folder.path() + "/keys", m_folder.path() + "/unlock", {}};
    workspace::CreateOptions creation;
    creation.folder = m_folder.path() + "/w";
    creation.keyPlace = keys;
    take(workspace::Workspace::create(creation));
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
    makeAgent(modelPort);
    take(m_workspace->refreshRoutes());
    http::ServerOptions options;
    m_server = take(http::Server::start(m_workspace->backend(), options));
}

BenchDesk::~BenchDesk()
{
    m_server.reset();
    m_workspace.reset();
}

CallContext BenchDesk::signIn()
{
    CallContext context;
    context.localPeer = true;
    SignIn::Request request;
    request.login = "jonas";
    request.password = std::string(password);
    context.credential = take(m_workspace->backend().call<SignIn>(request, context)).token;
    return context;
}

void BenchDesk::makeAgent(std::uint16_t modelPort)
{
    Backend& backend = m_workspace->backend();
    const CallContext context = signIn();
    take(backend.call<SaveTeam>({"desk", "Desk"}, context));
    CreateKey::Request key;
    key.name = "load";
    key.team = "desk";
    m_key = take(backend.call<CreateKey>(key, context)).token;
    SavePrompt::Request prompt;
    prompt.name = "parcels-prompt";
    prompt.team = "desk";
    prompt.body.text = promptText;
    prompt.body.variables.text = inputSchema;
    take(backend.call<SavePrompt>(prompt, context));
    SaveModel::Request model;
    model.name = "mock";
    model.team = "desk";
    model.body.provider = ProviderKind::OpenAi;
    model.body.baseUrl = "http://127.0.0.1:" + std::to_string(modelPort) + "/v1";
    model.body.model = "mock";
    model.body.allowLoopback = true;
    take(backend.call<SaveModel>(model, context));
    take(backend.call<SaveTool>(carrierTool(), context));
    SaveAgent::Request agent;
    agent.name = "parcels";
    agent.team = "desk";
    agent.body.title = "Parcels";
    agent.body.prompt = "parcels-prompt";
    agent.body.model = "mock";
    agent.body.tools = {"carrier.look"};
    agent.body.inputSchema.text = inputSchema;
    take(backend.call<SaveAgent>(agent, context));
    CreateChange::Request change;
    change.agent = "parcels";
    change.title = "First release";
    change.items = {{DefinitionKind::Agent, "parcels", 0, 1}};
    change.grants = {{.agent = "parcels", .tool = "carrier.look", .access = Access::Allow}};
    const std::string id = take(backend.call<CreateChange>(change, context)).change.id;
    take(backend.call<SubmitChange>({id}, context));
    take(backend.call<StartRollout>({id, "first"}, context));
}

}
