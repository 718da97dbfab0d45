#pragma once

#include "ui/screens/settings/settings_page.h"

namespace ephor::ui {
class Banner;
class Button;
class FormRow;
class TextField;
}

namespace ephor::ui::settings {

/// Changes my own password.
class PasswordPage : public SettingsPage {
    Q_OBJECT

public:
    PasswordPage(ScreenContext& context, QWidget* parent);

    void open(const Route& route) override;
    bool hasUnsavedWork() const override;

private:
    void edited();
    void change();
    void clear();

    TextField* m_current;
    TextField* m_replacement;
    TextField* m_again;
    FormRow* m_currentRow;
    FormRow* m_replacementRow;
    FormRow* m_againRow;
    Banner* m_told;
    Button* m_change;
};

}
