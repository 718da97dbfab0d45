#include "ui/screens/agents/agent_tab.h"

#include "ui/bridge/values.h"

namespace ephor::ui::agents {

AgentTab::AgentTab(ScreenContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
{
}

void AgentTab::setAgent(const QString& name)
{
    if (name == m_agent)
        return;
    m_agent = name;
    m_isLoaded = false;
    begin();
}

void AgentTab::seen()
{
    if (m_isLoaded)
        return;
    m_isLoaded = true;
    load();
}

Name AgentTab::name() const
{
    return utf8(m_agent);
}

Route AgentTab::runs(const QString& key, const QString& value) const
{
    Route route{QStringLiteral("activity"), {QStringLiteral("runs")}};
    route = route.with(QStringLiteral("agent"), m_agent);
    return key.isEmpty() ? route : route.with(key, value);
}

}
