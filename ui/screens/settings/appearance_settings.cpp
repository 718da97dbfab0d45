#include "ui/screens/settings/appearance_settings.h"

#include <QSettings>
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace ephor::ui::settings {

namespace {

constexpr std::array<std::pair<Theme::Appearance, const char*>, 4> appearanceWords{{
    {Theme::Appearance::system, "system"},
    {Theme::Appearance::light, "light"},
    {Theme::Appearance::dark, "dark"},
    {Theme::Appearance::highContrast, "high-contrast"},
}};
constexpr std::array<std::pair<DataTable::Density, const char*>, 3> densityWords{{
    {DataTable::Density::compact, "compact"},
    {DataTable::Density::standard, "standard"},
    {DataTable::Density::relaxed, "relaxed"},
}};

template <class Words, class Value> QString wordIn(const Words& words, Value value)
{
    for (const auto& [one, word] : words) {
        if (one == value)
            return QLatin1String(word);
    }
    return {};
}

template <class Value, class Words> Value valueIn(const Words& words, const QString& word, Value otherwise)
{
    for (const auto& [value, name] : words) {
        if (word == QLatin1String(name))
            return value;
    }
    return otherwise;
}

QString keptKey(AppearanceRow row)
{
    switch (row) {
    case AppearanceRow::appearance:
        return QStringLiteral("appearance");
    case AppearanceRow::density:
        return QStringLiteral("density");
    case AppearanceRow::typeScale:
        return QStringLiteral("type-scale");
    case AppearanceRow::motion:
        return QStringLiteral("reduced-motion");
    }
    return {};
}

QVariant keptValue(AppearanceRow row)
{
    return QSettings().value(keptKey(row));
}

}

AppearanceSettings AppearanceSettings::load()
{
    AppearanceSettings settings;
    settings.appearance
        = valueIn(appearanceWords, keptValue(AppearanceRow::appearance).toString(), Theme::Appearance::system);
    settings.density
        = valueIn(densityWords, keptValue(AppearanceRow::density).toString(), DataTable::Density::standard);
    settings.motion = keptValue(AppearanceRow::motion).toBool() ? Theme::Motion::reduced : Theme::Motion::full;
    bool isNumber = false;
    const double scale = keptValue(AppearanceRow::typeScale).toDouble(&isNumber);
    // Only what is offered: a hand-written 40 would leave nothing readable to mend it with.
    settings.typeScale = isNumber ? typeScales()[typeScaleStep(scale)] : 1.0;
    return settings;
}

void AppearanceSettings::apply() const
{
    Theme& theme = Theme::instance();
    DataTable::setStandardDensity(density);
    theme.setAppearance(appearance);
    theme.setMotion(motion);
    theme.setTypeScale(typeScale);
}

bool isChosen(AppearanceRow row)
{
    const AppearanceSettings kept = AppearanceSettings::load();
    const AppearanceSettings defaults;
    switch (row) {
    case AppearanceRow::appearance:
        return kept.appearance != defaults.appearance;
    case AppearanceRow::density:
        return kept.density != defaults.density;
    case AppearanceRow::typeScale:
        return kept.typeScale != defaults.typeScale;
    case AppearanceRow::motion:
        return kept.motion != defaults.motion;
    }
    return false;
}

void keep(AppearanceRow row, const AppearanceSettings& settings)
{
    QSettings kept;
    switch (row) {
    case AppearanceRow::appearance:
        kept.setValue(keptKey(row), wordIn(appearanceWords, settings.appearance));
        break;
    case AppearanceRow::density:
        kept.setValue(keptKey(row), wordIn(densityWords, settings.density));
        break;
    case AppearanceRow::typeScale:
        kept.setValue(keptKey(row), settings.typeScale);
        break;
    case AppearanceRow::motion:
        kept.setValue(keptKey(row), settings.motion == Theme::Motion::reduced);
        break;
    }
}

void forget(AppearanceRow row)
{
    QSettings().remove(keptKey(row));
}

const QVector<double>& typeScales()
{
    static const QVector<double> scales{0.9, 1.0, 1.15, 1.3, 1.5};
    return scales;
}

int typeScaleStep(double scale)
{
    const QVector<double>& scales = typeScales();
    const auto nearest = std::min_element(scales.begin(), scales.end(),
        [scale](double one, double other) { return std::abs(one - scale) < std::abs(other - scale); });
    return static_cast<int>(nearest - scales.begin());
}

}
