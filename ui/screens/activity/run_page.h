#pragma once

#include "core/api/audit.h"
#include "core/api/runs.h"
#include "ui/bridge/paced.h"
#include "ui/bridge/request.h"
#include "ui/bridge/screen.h"
#include "ui/screens/activity/span_pane.h"

#include <memory>

class QStackedWidget;

namespace ephor::ui {
class Card;
class LoadView;
class TabStrip;
class Waterfall;
}

namespace ephor::ui::activity {

class RecordTab;
class RunHead;
class StoryTab;

/// The dossier of one run: what happened, the waterfall, what was said, its entries. Follows a run that is under way.
class RunPage : public QWidget {
    Q_OBJECT

public:
    RunPage(ScreenContext& context, QWidget* parent);

    /// Tab and span come from the route: activity/runs/<id>?tab=story#<span>.
    void open(const Route& route);
    void refresh(const TopicSet& topics);
    /// "Run 8f3a21".
    QString title() const;
    QList<Command> commands();

Q_SIGNALS:
    void navigate(const ephor::ui::Route& route);
    void routeChanged(const ephor::ui::Route& route);
    void commandsChanged();

private:
    enum class Tab { waterfall, story, record };
    QWidget* makeLeft();
    QWidget* makeWaterfall();
    void load();
    void loadRecord();
    void show(GetRun::Response answer);
    void follow();
    void setTab(Tab tab);
    void chooseSpan(const QString& key);
    void moveSpan(int by);
    void openWhys();
    void tellRoute();
    QString whyNoCancel() const;
    void cancelRun();
    void exportDossier();
    void writeDossier(const QString& file, const std::optional<QueryRecord::Response>& entries);

    ScreenContext& m_context;
    QString m_id; ///< as the route has it: it may be a prefix
    GetRun::Response m_run;
    bool m_hasRun = false;
    std::optional<RecordStatus> m_record;
    Tab m_tab = Tab::waterfall;
    QString m_span;
    Paced m_paced;
    Latest m_asked;
    Latest m_recordAsked;
    Latest m_whysAsked;
    OpenedWhys m_opened;
    std::unique_ptr<RunFollow> m_follow;
    LoadView* m_view = nullptr;
    RunHead* m_head = nullptr;
    TabStrip* m_tabs = nullptr;
    QStackedWidget* m_stack = nullptr;
    Card* m_waterfallCard = nullptr;
    Waterfall* m_waterfall = nullptr;
    StoryTab* m_story = nullptr;
    RecordTab* m_entries = nullptr;
    SpanPane* m_pane = nullptr;
};

}
