#pragma once

#include "core/api/changes.h"
#include "ui/screens/agents/agent_tab.h"

namespace ephor::ui {
class Card;
class CellsModel;
class DataTable;
class Label;
class LoadView;
class PipelineStrip;
}

namespace ephor::ui::agents {

/// Releases with what they pin, the rollout under way, and the changes of this agent.
class VersionsTab : public AgentTab {
    Q_OBJECT

public:
    VersionsTab(ScreenContext& context, QWidget* parent);

    void refresh(const TopicSet& topics) override;
    void showNumbers(const ReadAgent::Response& numbers) override;

protected:
    void begin() override;
    void load() override;

private:
    QWidget* makeRollout();
    QWidget* makeReleases();
    QWidget* makeChanges();
    void loadReleases();
    void loadChanges();
    void loadRollout(const std::string& change);
    void fillReleases();

    Card* m_rolloutCard;
    Label* m_rolloutWords;
    PipelineStrip* m_strip;
    QString m_rollingChange;
    CellsModel* m_releases;
    LoadView* m_releasesView;
    CellsModel* m_changes;
    LoadView* m_changesView;
    Latest m_askReleases;
    Latest m_askChanges;
    Latest m_askRollout;
    std::vector<Release> m_released;
    bool m_hasReleases = false;
    AgentRow m_row;
};

}
