#pragma once

#include "ui/kit/icons.h"

#include <QString>
#include <vector>

namespace ephor::ui::settings {

/// A page of Settings as the list at the left shows it.
struct PageEntry {
    QString key; ///< the segment of the route: "people"
    QString title;
    Icon icon = Icon::none;
    enum class Group { workspace, me } group = Group::workspace;
    QString shortTitle = {}; ///< over the page, where the title is long
};
const std::vector<PageEntry>& pageEntries();

/// A single setting that can be found by words.
struct SettingEntry {
    QString page;
    QString title;
    QString words; ///< what else people call it
    QString anchor = {}; ///< row on the page, the fragment of the route
};
const std::vector<SettingEntry>& settingEntries();

/// The settings that fit every word typed, those by title first. Nothing typed finds nothing.
std::vector<SettingEntry> foundSettings(const QString& typed);

}
