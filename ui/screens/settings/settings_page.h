#pragma once

#include "ui/bridge/request.h"
#include "ui/bridge/screen.h"

namespace ephor::ui::settings {

/// One page of Settings. Made when first visited.
class SettingsPage : public QWidget {
    Q_OBJECT

public:
    SettingsPage(ScreenContext& context, QWidget* parent)
        : QWidget(parent)
        , m_context(context)
    {
    }

    /// Brings the page to its part of the route; called with every navigation.
    virtual void open(const Route& route) = 0;
    virtual void refresh(const TopicSet&) { }
    virtual bool hasUnsavedWork() const { return false; }

Q_SIGNALS:
    void navigate(const ephor::ui::Route& route);
    void routeChanged(const ephor::ui::Route& route);
    void notify(const ephor::ui::Notice& notice);

protected:
    Session& session() const { return m_context.session; }
    QDateTime now() const { return m_context.now(); }

private:
    ScreenContext& m_context;
};

/// "settings/<page>?key=value".
Route settingsRoute(const QString& page, const QString& key = {}, const QString& value = {});

}
