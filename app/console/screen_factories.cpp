#include "app/console/screen_factories.h"

#include "ui/screens/activity/activity_screen.h"
#include "ui/screens/agents/agents_screen.h"
#include "ui/screens/assurance/assurance_screen.h"
#include "ui/screens/changes/changes_screen.h"
#include "ui/screens/home/home_screen.h"
#include "ui/screens/inbox/inbox_screen.h"
#include "ui/screens/library/library_screen.h"
#include "ui/screens/policies/policies_screen.h"
#include "ui/screens/quality/quality_screen.h"
#include "ui/screens/settings/settings_screen.h"

namespace ephor::console {

std::map<QString, ui::ScreenFactory> screenFactories()
{
    return {
        {QStringLiteral("home"), ui::makeHomeScreen},
        {QStringLiteral("inbox"), ui::makeInboxScreen},
        {QStringLiteral("agents"), ui::makeAgentsScreen},
        {QStringLiteral("library"), ui::makeLibraryScreen},
        {QStringLiteral("policies"), ui::makePoliciesScreen},
        {QStringLiteral("changes"), ui::makeChangesScreen},
        {QStringLiteral("activity"), ui::makeActivityScreen},
        {QStringLiteral("quality"), ui::makeQualityScreen},
        {QStringLiteral("assurance"), ui::makeAssuranceScreen},
        {QStringLiteral("settings"), ui::makeSettingsScreen},
    };
}

}
