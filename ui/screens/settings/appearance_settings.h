#pragma once

#include "ui/kit/data_table.h"
#include "ui/kit/theme.h"

#include <QString>

namespace ephor::ui::settings {

/// How the console looks on this machine, and where each value comes from. Kept in the user's configuration under the
/// keys the console reads at its start.
struct AppearanceSettings {
    Theme::Appearance appearance = Theme::Appearance::system;
    DataTable::Density density = DataTable::Density::standard;
    double typeScale = 1.0;
    Theme::Motion motion = Theme::Motion::full;

    /// What is kept; defaults where nothing is.
    static AppearanceSettings load();
    /// Makes the theme and every table follow.
    void apply() const;
    bool operator==(const AppearanceSettings&) const = default;
};

/// A row of the page, by the key it is kept under.
enum class AppearanceRow { appearance, density, typeScale, motion };
/// Whether the person chose something else than the default on this machine.
bool isChosen(AppearanceRow row);
void keep(AppearanceRow row, const AppearanceSettings& settings);
/// Back to the default.
void forget(AppearanceRow row);

/// The steps of the type scale that are offered, ascending.
const QVector<double>& typeScales();
/// The offered step next to a scale.
int typeScaleStep(double scale);

}
