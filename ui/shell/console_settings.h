#pragma once

#include "ui/bridge/route.h"
#include "ui/kit/theme.h"

#include <QByteArray>
#include <QStringList>

namespace ephor::ui {

/// What the console remembers between starts, typed, in the user's configuration. Never a secret: no credential, no
/// password, no token.
class ConsoleSettings {
public:
    Theme::Appearance appearance() const;
    void setAppearance(Theme::Appearance appearance);
    Theme::Motion motion() const;
    void setMotion(Theme::Motion motion);
    QByteArray geometry() const;
    void setGeometry(const QByteArray& geometry);
    /// Folders and addresses opened before, newest first.
    QStringList recentPlaces() const;
    void addRecentPlace(const QString& place);
    QString lastLogin() const;
    void setLastLogin(const QString& login);
    Route lastRoute() const;
    void setLastRoute(const Route& route);
};

}
