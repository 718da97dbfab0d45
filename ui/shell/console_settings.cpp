#include "ui/shell/console_settings.h"

#include <QSettings>

namespace ephor::ui {

namespace {

/// Places offered again at the sign-in page.
constexpr int largestRecent = 6;

QString appearanceWord(Theme::Appearance appearance)
{
    switch (appearance) {
    case Theme::Appearance::light:
        return QStringLiteral("light");
    case Theme::Appearance::dark:
        return QStringLiteral("dark");
    case Theme::Appearance::highContrast:
        return QStringLiteral("high-contrast");
    case Theme::Appearance::system:
        break;
    }
    return QStringLiteral("system");
}

QVariant stored(const char* key)
{
    return QSettings().value(QLatin1String(key));
}

void store(const char* key, const QVariant& value)
{
    QSettings().setValue(QLatin1String(key), value);
}

}

Theme::Appearance ConsoleSettings::appearance() const
{
    const QString word = stored("appearance").toString();
    for (const auto appearance : {Theme::Appearance::light, Theme::Appearance::dark, Theme::Appearance::highContrast}) {
        if (word == appearanceWord(appearance))
            return appearance;
    }
    return Theme::Appearance::system;
}

void ConsoleSettings::setAppearance(Theme::Appearance appearance)
{
    store("appearance", appearanceWord(appearance));
}

Theme::Motion ConsoleSettings::motion() const
{
    return stored("reduced-motion").toBool() ? Theme::Motion::reduced : Theme::Motion::full;
}

void ConsoleSettings::setMotion(Theme::Motion motion)
{
    store("reduced-motion", motion == Theme::Motion::reduced);
}

QByteArray ConsoleSettings::geometry() const
{
    return stored("geometry").toByteArray();
}

void ConsoleSettings::setGeometry(const QByteArray& geometry)
{
    store("geometry", geometry);
}

QStringList ConsoleSettings::recentPlaces() const
{
    return stored("recent-places").toStringList().mid(0, largestRecent);
}

void ConsoleSettings::addRecentPlace(const QString& place)
{
    QStringList recent = recentPlaces();
    recent.removeAll(place);
    recent.prepend(place);
    store("recent-places", recent.mid(0, largestRecent));
}

QString ConsoleSettings::lastLogin() const
{
    return stored("last-login").toString();
}

void ConsoleSettings::setLastLogin(const QString& login)
{
    store("last-login", login);
}

Route ConsoleSettings::lastRoute() const
{
    return Route::parse(stored("last-route").toString());
}

void ConsoleSettings::setLastRoute(const Route& route)
{
    store("last-route", route.format());
}

}
