#pragma once

#include "core/domain/run.h"
#include "ui/bridge/screen.h"
#include "ui/shell/history.h"

#include <QHash>
#include <map>
#include <memory>
#include <set>
#include <vector>

class QHBoxLayout;
class QStackedWidget;

namespace ephor::ui {

class CommandPalette;
class CommandRegistry;
class EnvironmentStrip;
class HeaderBar;
class NavRail;
class NoticeCentre;
class PaletteFeed;
class PresenterPanel;
class StatusBar;
class StatusFeed;

/// Makes the screen of a place, as ui/screens/<place>/<place>_screen.h offers it.
using ScreenFactory = std::function<Screen*(ScreenContext&, QWidget*)>;

/// The console of one signed-in person: strip, rail, header, screens, status. Made at sign-in, gone at sign-out, and
/// everything of the session with it.
class Workbench : public QWidget {
    Q_OBJECT

public:
    struct Settings {
        QString where; ///< how to speak of the backend
        /// By the id of their place; a place without one shows what will live there.
        std::map<QString, ScreenFactory> screens = {};
        std::function<QDateTime()> now = [] { return QDateTime::currentDateTime(); };
    };

    Workbench(
        std::shared_ptr<Backend> backend, std::string credential, SessionInfo info, Settings settings, QWidget* parent);
    ~Workbench() override;

    /// Goes there and remembers the step. Asks first where something typed would be lost.
    void navigate(const Route& route);
    Route route() const { return m_history.current(); }
    Screen* screen() const { return m_screen; }
    Session& session() { return *m_session; }
    CommandRegistry& commands() { return *m_commands; }
    HeaderBar& header() { return *m_header; }
    StatusFeed& status() { return *m_status; }
    NoticeCentre& notices() { return *m_notices; }
    const TimeRange& timeRange() const { return m_range; }

    /// Something typed on the open page would be lost.
    bool hasUnsavedWork() const { return m_screen && m_screen->hasUnsavedWork(); }

    void openPalette(const QString& typed = {});
    void openStop();
    void setPresenting(bool presenting);
    /// Somebody else's session over the same backend: what the persona menu leads to.
    void offerPersonas(const QPoint& globalPosition);

Q_SIGNALS:
    /// The session is over; an empty code means that the person signed out.
    void ended(const ephor::Error& why);
    void personaWanted(const QString& login);
    void routeMoved(const ephor::ui::Route& route);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void build();
    void placePresenter();
    void connectShell();
    void makeCommands();
    QList<Command> placeCommands();
    QList<Command> moveCommands();
    QList<Command> windowCommands();
    void showStrip();
    void showPerson();
    void showRoute(const Route& route);
    Screen* screenOf(const QString& place);
    void adopt(Screen* screen, const QString& place);
    void showHeader();
    void setRange(const TimeRange& range);
    void setLive(bool live);
    void showCutOff();
    void hear(const TopicSet& topics);
    void refreshNow(const TopicSet& topics);
    void back();
    void forward();
    void copyLink();
    void askInbox();
    void askStops();
    void askAgentTitles();
    void showStops();
    void showNotices();
    void showJobs();
    void showScopeMenu();
    void leave(std::function<void()> go);
    void signOut();
    void popUp(QWidget* content, QWidget* anchor);

    struct Kept {
        Screen* screen = nullptr;
        TopicSet missed; ///< while it was hidden or not live
    };

    Settings m_settings;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<EventHub> m_events;
    std::unique_ptr<JobCentre> m_jobs;
    std::unique_ptr<ScreenContext> m_context;
    History m_history;
    TimeRange m_range = TimeRange::last(24 * 3600);
    std::map<QString, Kept> m_screens;
    Screen* m_screen = nullptr;
    QString m_place;

    EnvironmentStrip* m_strip = nullptr;
    NavRail* m_rail = nullptr;
    HeaderBar* m_header = nullptr;
    QStackedWidget* m_stack = nullptr;
    StatusBar* m_bar = nullptr;
    StatusFeed* m_status = nullptr;
    CommandRegistry* m_commands = nullptr;
    CommandPalette* m_palette = nullptr;
    PaletteFeed* m_paletteFeed = nullptr;
    NoticeCentre* m_notices = nullptr;
    PresenterPanel* m_presenter = nullptr;
    double m_ownScale = 1.0; ///< the type scale outside presenter mode
    QHBoxLayout* m_sides = nullptr;
    std::set<std::string> m_inboxSeen;
    bool m_inboxKnown = false;
    bool m_isReachable = true;
    std::vector<StopOrder> m_stopOrders;
    QHash<QString, QString> m_agentTitles; ///< asked for when a stop names an agent
    Latest m_inbox;
    Latest m_stops;
    Latest m_agents;
    Latest m_personas;
    Latest m_signOut;
};

}
