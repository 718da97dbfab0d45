#include "app/console/screen_factories.h"

#ifdef EPHOR_SCREEN_HOME
#include "ui/screens/home/home_screen.h"
#endif
#ifdef EPHOR_SCREEN_INBOX
#include "ui/screens/inbox/inbox_screen.h"
#endif
#ifdef EPHOR_SCREEN_AGENTS
#include "ui/screens/agents/agents_screen.h"
#endif
#ifdef EPHOR_SCREEN_LIBRARY
#include "ui/screens/library/library_screen.h"
#endif
#ifdef EPHOR_SCREEN_POLICIES
#include "ui/screens/policies/policies_screen.h"
#endif
#ifdef EPHOR_SCREEN_CHANGES
#include "ui/screens/changes/changes_screen.h"
#endif
#ifdef EPHOR_SCREEN_ACTIVITY
#include "ui/screens/activity/activity_screen.h"
#endif
#ifdef EPHOR_SCREEN_QUALITY
#include "ui/screens/quality/quality_screen.h"
#endif
#ifdef EPHOR_SCREEN_ASSURANCE
#include "ui/screens/assurance/assurance_screen.h"
#endif
#ifdef EPHOR_SCREEN_SETTINGS
#include "ui/screens/settings/settings_screen.h"
#endif

namespace ephor::console {

std::map<QString, ui::ScreenFactory> screenFactories()
{
    std::map<QString, ui::ScreenFactory> factories;
#ifdef EPHOR_SCREEN_HOME
    factories[QStringLiteral("home")] = ui::makeHomeScreen;
#endif
#ifdef EPHOR_SCREEN_INBOX
    factories[QStringLiteral("inbox")] = ui::makeInboxScreen;
#endif
#ifdef EPHOR_SCREEN_AGENTS
    factories[QStringLiteral("agents")] = ui::makeAgentsScreen;
#endif
#ifdef EPHOR_SCREEN_LIBRARY
    factories[QStringLiteral("library")] = ui::makeLibraryScreen;
#endif
#ifdef EPHOR_SCREEN_POLICIES
    factories[QStringLiteral("policies")] = ui::makePoliciesScreen;
#endif
#ifdef EPHOR_SCREEN_CHANGES
    factories[QStringLiteral("changes")] = ui::makeChangesScreen;
#endif
#ifdef EPHOR_SCREEN_ACTIVITY
    factories[QStringLiteral("activity")] = ui::makeActivityScreen;
#endif
#ifdef EPHOR_SCREEN_QUALITY
    factories[QStringLiteral("quality")] = ui::makeQualityScreen;
#endif
#ifdef EPHOR_SCREEN_ASSURANCE
    factories[QStringLiteral("assurance")] = ui::makeAssuranceScreen;
#endif
#ifdef EPHOR_SCREEN_SETTINGS
    factories[QStringLiteral("settings")] = ui::makeSettingsScreen;
#endif
    return factories;
}

}
