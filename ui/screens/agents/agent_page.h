#pragma once

#include "core/api/definitions.h"
#include "core/api/insight.h"
#include "ui/bridge/request.h"
#include "ui/bridge/screen.h"

class QHBoxLayout;
class QStackedWidget;

namespace ephor::ui {
class Banner;
class Button;
class Chip;
class Label;
class LoadView;
class StatusBadge;
class TabStrip;
}

namespace ephor::ui::agents {

class AgentTab;
class BehaviourTab;

/// One agent: its head, a stop in force for it, and the tabs.
class AgentPage : public QWidget {
    Q_OBJECT

public:
    AgentPage(ScreenContext& context, QWidget* parent);

    void open(const QString& name, const QString& tab);
    void load(const TimeRange& range);
    void refresh(const TopicSet& topics);
    QString name() const { return m_name; }
    /// The title where it is known, else the name.
    QString title() const;
    bool hasUnsavedWork() const;
    void stop();
    void edit();

Q_SIGNALS:
    void navigate(const ephor::ui::Route& route);
    void routeChanged(const ephor::ui::Route& route);
    void titleChanged();
    void notify(const ephor::ui::Notice& notice);
    void rangeBrushed(qint64 fromMsecs, qint64 toMsecs);

private:
    void makeHead(QHBoxLayout* into);
    void makeTabs();
    void loadNumbers();
    void loadDefinition();
    void loadStops();
    void showHead();
    void showStop(const std::vector<StopOrder>& stops);
    void sendStop(StopMode mode, const QString& reason);
    void lift();
    void chooseTab(int index);
    AgentTab* currentTab() const;

    ScreenContext& m_context;
    QString m_name;
    TimeRange m_range = TimeRange::last(24 * 3600);
    StatusBadge* m_health;
    Label* m_version;
    Label* m_facts;
    Button* m_stop;
    Banner* m_stopped;
    TabStrip* m_strip;
    QStackedWidget* m_stack;
    LoadView* m_view;
    BehaviourTab* m_behaviour;
    std::vector<AgentTab*> m_tabs;
    Latest m_askNumbers;
    Latest m_askDefinition;
    Latest m_askStops;
    ReadAgent::Response m_numbers;
    DefinitionVersion m_definition;
    AgentBody m_body;
    bool m_hasNumbers = false;
    bool m_hasDefinition = false;
    std::string m_stopId;
};

}
