#pragma once

#include "ui/bridge/screen.h"

class QStackedWidget;

namespace ephor::ui {

namespace activity {
class RunPage;
class RunsPage;
}

/// Runs, and the dossier of one. Routes: activity/runs?agent=…, activity/runs/<id>?tab=story#<span>.
class ActivityScreen : public Screen {
    Q_OBJECT

public:
    ActivityScreen(ScreenContext& context, QWidget* parent);

    void open(const Route& route) override;
    void refresh(const TopicSet& topics) override;
    QString title() const override;
    QList<Crumb> crumbs() const override;
    QList<Command> commands() override;
    QString helpText() const override;
    bool usesTimeRange() const override { return !isRun(); }
    void focusSearch() override;

protected:
    void timeRangeChanged() override;

private:
    bool isRun() const;
    Route listRoute() const;

    QStackedWidget* m_pages;
    activity::RunsPage* m_runs;
    activity::RunPage* m_run;
};

Screen* makeActivityScreen(ScreenContext& context, QWidget* parent);

}
