#pragma once

#include "ui/screens/settings/settings_page.h"

namespace ephor::ui {
class Banner;
class Card;
class KeyValueList;
}

namespace ephor::ui::settings {

/// What this workspace is: facts, nothing to change.
class EnvironmentPage : public SettingsPage {
    Q_OBJECT

public:
    EnvironmentPage(ScreenContext& context, QWidget* parent);

    void open(const Route& route) override;
    void refresh(const TopicSet& topics) override;

private:
    void fill();

    Card* m_card;
    KeyValueList* m_facts;
    Banner* m_embedded;
    Banner* m_fourEyes;
};

}
