#pragma once

#include "core/api/definitions.h"
#include "core/api/insight.h"
#include "ui/bridge/request.h"
#include "ui/bridge/screen.h"

namespace ephor::ui::agents {

/// One tab of an agent's page. The page asks for numbers and definition once for all of them; what only one tab shows
/// it asks for itself, when it is first seen.
class AgentTab : public QWidget {
    Q_OBJECT

public:
    AgentTab(ScreenContext& context, QWidget* parent);

    /// Forgets the agent before.
    void setAgent(const QString& name);
    const QString& agent() const { return m_agent; }
    /// The tab is seen: asks what it has not asked yet.
    void seen();
    /// Something of these topics changed while the tab is seen.
    virtual void refresh(const TopicSet& topics) = 0;
    virtual void showNumbers(const ReadAgent::Response&) { }
    virtual void showDefinition(const DefinitionVersion&, const AgentBody&) { }
    virtual bool hasUnsavedWork() const { return false; }

Q_SIGNALS:
    void navigate(const ephor::ui::Route& route);
    void notify(const ephor::ui::Notice& notice);
    /// A new version was saved, or another write changed what the page shows.
    void changed();
    void rangeBrushed(qint64 fromMsecs, qint64 toMsecs);

protected:
    /// Another agent: empty what is shown.
    virtual void begin() = 0;
    /// Ask for what only this tab shows.
    virtual void load() = 0;

    Session& session() const { return m_context.session; }
    ScreenContext& context() const { return m_context; }
    QDateTime now() const { return m_context.now(); }
    Name name() const;
    /// The list of this agent's runs, narrowed.
    Route runs(const QString& key = {}, const QString& value = {}) const;

private:
    ScreenContext& m_context;
    QString m_agent;
    bool m_isLoaded = false;
};

}
