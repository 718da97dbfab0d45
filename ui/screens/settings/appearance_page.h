#pragma once

#include "ui/screens/settings/appearance_settings.h"
#include "ui/screens/settings/settings_page.h"

#include <QMap>

namespace ephor::ui {
class Card;
class Segmented;
class Switch;
}

namespace ephor::ui::settings {

class SettingRow;

/// Theme, density, type size and motion of this console: applied at once, kept on this machine.
class AppearancePage : public SettingsPage {
    Q_OBJECT

public:
    AppearancePage(ScreenContext& context, QWidget* parent);

    void open(const Route& route) override;

private:
    SettingRow* addRow(
        AppearanceRow row, const QString& anchor, const QString& title, const QString& description, QWidget* control);
    void change(AppearanceRow row);
    void reset(AppearanceRow row);
    void show();

    AppearanceSettings m_settings;
    bool m_showing = false;
    Card* m_card;
    QMap<QString, SettingRow*> m_rows; ///< by anchor
    Segmented* m_theme;
    Segmented* m_density;
    Segmented* m_type;
    Switch* m_motion;
};

}
