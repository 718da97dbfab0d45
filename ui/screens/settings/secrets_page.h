#pragma once

#include "core/api/people.h"
#include "ui/kit/dialogs.h"
#include "ui/screens/settings/settings_page.h"

namespace ephor::ui {
class Banner;
class Card;
class CellsModel;
class DataTable;
class FormRow;
class LoadView;
class SearchField;
class TextField;
}

namespace ephor::ui::settings {

/// Asks for a secret's name and value. The value is never shown, here or anywhere.
class SecretDialog : public Dialog {
    Q_OBJECT

public:
    /// With a name the secret gets another value.
    SecretDialog(const QString& name, QWidget* parent);

    SetSecret::Request request() const;
    void showError(const Error& error);

Q_SIGNALS:
    void setRequested();

private:
    TextField* m_name;
    TextField* m_value;
    Banner* m_failed;
    Button* m_set;
};

/// Secrets by name. Their values go into the key store and never come back.
class SecretsPage : public SettingsPage {
    Q_OBJECT

public:
    SecretsPage(ScreenContext& context, QWidget* parent);

    void open(const Route& route) override;

private:
    void load();
    void fill();
    QString chosen() const;
    void followChoice();
    void set(const QString& name);
    void remove();
    void tell(const Result<Empty>& answer, const QString& done, const QString& failed);

    std::vector<std::string> m_names;
    Latest m_asked;
    Card* m_card;
    SearchField* m_search;
    Button* m_replace;
    Button* m_remove;
    Banner* m_told;
    CellsModel* m_model;
    DataTable* m_table;
    LoadView* m_view;
};

}
