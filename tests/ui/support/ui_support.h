#pragma once

#include "tests/ui/support/scripted_backend.h"
#include "ui/bridge/screen.h"

#include <QString>
#include <QStringList>

namespace ephor::ui::test {

/// Sessions of Northwind Bank's demo workspace, production, four eyes possible.
SessionInfo sessionOf(Role role, const std::string& name, std::vector<Permission> permissions);
SessionInfo officerSession(); ///< Ines Marchetti: approves, decides, reads the record, stops, tightens
SessionInfo adminSession(); ///< Jonas Weber: edits, operates rollouts, manages people and keys; approves nothing
SessionInfo auditorSession(); ///< Leila Haddad: reads everything, changes nothing

/// Mon 16 Mar 2026, 14:20:08 UTC: the clock of every screen test.
QDateTime fixedNow();
Instant fixedInstant();

/// A backend, a session and a context, as a screen test needs them.
struct Stage {
    explicit Stage(SessionInfo info = officerSession());
    std::shared_ptr<ScriptedBackend> backend;
    Session session;
    EventHub events;
    JobCentre jobs;
    ScreenContext context;
};

/// Runs the event loop until no request is under way and what they caused has settled too. False after 10 seconds.
bool settle(Session& session);

/// What keeps `widget` from being used by keyboard or screen reader: focusable widgets without an accessible name or
/// with the same name twice, and those the tab key does not reach. Empty when there is nothing to mend.
QStringList accessibilityFaults(QWidget* widget);

}
