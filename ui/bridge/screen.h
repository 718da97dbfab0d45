#pragma once

#include "ui/bridge/event_hub.h"
#include "ui/bridge/job_centre.h"
#include "ui/bridge/route.h"
#include "ui/bridge/session.h"
#include "ui/kit/icons.h"
#include "ui/kit/notice.h"
#include "ui/kit/time_range.h"

#include <QKeySequence>
#include <QWidget>
#include <functional>

class QMenu;

namespace ephor::ui {

/// What every screen is given. Outlives the screens.
struct ScreenContext {
    Session& session;
    EventHub& events;
    JobCentre& jobs;
    /// The console's clock: ages, deadlines and relative ranges are told by it, never by currentDateTime().
    std::function<QDateTime()> now = [] { return QDateTime::currentDateTime(); };
};

/// An act offered by a menu, the palette, a key and the sheet of keys alike.
struct Command {
    QString id; ///< stable, dotted: "changes.approve"
    QString group; ///< "Change"
    QString action; ///< "Approve"
    std::function<void()> run;
    QKeySequence keys = {};
    Icon icon = Icon::none;
    bool enabled = true;
    QString whyNot = {}; ///< shown where it is not enabled
};

/// A step of the breadcrumb before the title.
struct Crumb {
    QString title;
    Route route;
};

/// One of the ten places. Made once, when first visited; `open` brings it to a route of its place each time.
/// Each place has `Screen* make<Place>Screen(ScreenContext&, QWidget* parent)` in ui/screens/<place>/<place>_screen.h.
///
/// A screen asks the backend only by `request` or `Latest` and never blocks. It tells its own moves (a tab, a chosen
/// row) by `routeChanged`, and moves elsewhere by `navigate`.
class Screen : public QWidget {
    Q_OBJECT

public:
    Screen(ScreenContext& context, QWidget* parent);

    /// Shows this route; called with every navigation, also to another page of the same place.
    virtual void open(const Route& route) = 0;
    /// Something of these topics changed: ask again for what is visible. Only called while the screen is visible and
    /// live; what happened in between comes as one call when it is shown again.
    virtual void refresh(const TopicSet& topics) = 0;
    /// Title of the page now open; a change is told by `titleChanged`.
    virtual QString title() const = 0;
    virtual QList<Crumb> crumbs() const { return {}; }
    /// Acts of the page now open. Asked whenever a menu, the palette or a key needs them; a change of keys is told by
    /// `commandsChanged`.
    virtual QList<Command> commands() { return {}; }
    /// What F1 shows: some sentences about this place.
    virtual QString helpText() const { return {}; }
    /// Whether the header shows the shared range.
    virtual bool usesTimeRange() const { return false; }
    /// "All teams" and its menu; empty hides the button.
    virtual QString scopeText() const { return {}; }
    virtual void fillScopeMenu(QMenu&) { }
    /// The `/` key: to the primary search or filter field.
    virtual void focusSearch() { }
    /// Something typed would be lost by leaving; the shell asks first.
    virtual bool hasUnsavedWork() const { return false; }

    /// The range shared by all screens, kept by the shell.
    const TimeRange& timeRange() const { return m_timeRange; }
    void setTimeRange(const TimeRange& range);

    Session& session() const { return m_context.session; }
    ScreenContext& context() const { return m_context; }
    QDateTime now() const { return m_context.now(); }

Q_SIGNALS:
    void navigate(const ephor::ui::Route& route);
    /// Where the screen is now, after a move of its own: replaces the current step of the history.
    void routeChanged(const ephor::ui::Route& route);
    /// Title, crumbs, scope or the use of the time range changed.
    void titleChanged();
    void commandsChanged();
    void notify(const ephor::ui::Notice& notice);
    /// A range was brushed on a chart.
    void timeRangeWanted(const ephor::ui::TimeRange& range);

protected:
    /// The shared range changed, or is set for the first time; not called when it stays the same.
    virtual void timeRangeChanged() { }

private:
    ScreenContext& m_context;
    TimeRange m_timeRange = TimeRange::last(24 * 3600);
};

}
