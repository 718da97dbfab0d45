#include "core/workspace/parts.h"

#include "core/domain/reflect.h"
#include "core/run/connector/http_connector.h"
#include "core/run/provider/openai_chat_client.h"
#include "core/run/provider/simulated_model.h"

#include <nlohmann/json.hpp>

namespace ephor::workspace {

Result<std::shared_ptr<provider::ModelClient>> Parts::client(const std::string& name, const ModelBody& body)
{
    if (body.provider == ProviderKind::Simulated) {
        auto scenario = provider::readScenario(jsonOf(body.scenario));
        if (!scenario)
            return fail(std::move(scenario.error()).with("model", name));
        auto model = std::make_shared<provider::SimulatedModel>(
            std::make_shared<const provider::Scenario>(std::move(*scenario)), m_sources.seed, m_sources.timer,
            m_sources.clock);
        const std::lock_guard lock(m_mutex);
        m_simulated[name] = model;
        return model;
    }
    provider::OpenAiChatOptions options;
    options.baseUrl = body.baseUrl;
    if (!body.secret.empty()) {
        EPHOR_TRY(options.apiKey, m_sources.secrets(body.secret));
    }
    options.addressRules.allowLoopback = body.allowLoopback;
    options.totalTimeout = std::chrono::seconds(body.timeoutSeconds);
    return std::make_shared<provider::OpenAiChatClient>(
        m_sources.http, m_sources.timer, m_sources.clock, std::move(options));
}

Result<std::shared_ptr<connector::Connector>> Parts::connector(const std::string&, const ToolBody& body)
{
    if (body.kind == ToolKind::Sql)
        return connector::makeSqlConnector(body, m_sources.folder, m_sources.pool, m_sources.clock);
    return connector::makeHttpConnector(body, m_sources.http, m_sources.clock, m_sources.secrets);
}

std::shared_ptr<provider::SimulatedModel> Parts::simulated(const std::string& name) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_simulated.find(name);
    return found == m_simulated.end() ? nullptr : found->second.lock();
}

}
