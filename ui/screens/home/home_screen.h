#pragma once

#include "ui/bridge/paced.h"
#include "ui/bridge/request.h"
#include "ui/bridge/screen.h"

#include "core/api/audit.h"
#include "core/api/insight.h"
#include "core/api/people.h"

namespace ephor::ui {

class LoadView;
class OutageBanner;

namespace home {
class AgentsCard;
class ChangedCard;
class ChartGrid;
class TileRow;
class WaitingCard;
}

/// How it goes, what changed since the last visit, what waits for me. Route: home?team=cards.
class HomeScreen : public Screen {
    Q_OBJECT

public:
    HomeScreen(ScreenContext& context, QWidget* parent);

    void open(const Route& route) override;
    void refresh(const TopicSet& topics) override;
    QString title() const override { return tr("Home"); }
    QString helpText() const override;
    bool usesTimeRange() const override { return true; }
    QString scopeText() const override;
    void fillScopeMenu(QMenu& menu) override;

protected:
    void timeRangeChanged() override;

private:
    QWidget* makeContent();
    QWidget* makeSide();
    void load(const TopicSet& topics);
    void loadOverview();
    void loadChanged();
    void loadWaiting();
    void loadRecord(Waiting waiting = Waiting::page);
    void loadTeams();
    void showOverview(const ReadOverview::Response& overview);
    void setTeam(const QString& team);
    void drill(const Route& route);
    QString teamTitle(const QString& name) const;
    void go(const QString& route);

    QString m_team;
    std::vector<Team> m_teams;
    bool m_isOpen = false;
    TopicSet m_due;
    Paced m_paced;
    Latest m_overview;
    Latest m_changed;
    Latest m_inbox;
    Latest m_record;
    OutageBanner* m_outage = nullptr;
    LoadView* m_view = nullptr;
    home::TileRow* m_tiles = nullptr;
    home::ChartGrid* m_charts = nullptr;
    home::AgentsCard* m_agents = nullptr;
    home::ChangedCard* m_changedCard = nullptr;
    home::WaitingCard* m_waitingCard = nullptr;
};

Screen* makeHomeScreen(ScreenContext& context, QWidget* parent);

}
