#pragma once

#include "core/api/people.h"
#include "ui/screens/settings/settings_page.h"

namespace ephor::ui {
class Banner;
class Button;
class Card;
class CellsModel;
class DataTable;
class FormRow;
class LoadView;
class SearchField;
class TextField;
}

namespace ephor::ui::settings {

/// Teams: whom definitions, keys and budgets belong to. Route: settings/teams?team=<name>; team=new adds one.
class TeamsPage : public SettingsPage {
    Q_OBJECT

public:
    TeamsPage(ScreenContext& context, QWidget* parent);

    void open(const Route& route) override;
    void refresh(const TopicSet& topics) override;
    bool hasUnsavedWork() const override;

private:
    void makeList();
    void makeForm();
    void load();
    void fill();
    void select(const QString& name);
    void showTeam();
    void edited();
    void save();
    const Team* team() const;

    std::vector<Team> m_teams;
    QString m_team;
    bool m_filling = false;
    Latest m_asked;
    Card* m_card = nullptr;
    SearchField* m_search = nullptr;
    CellsModel* m_model = nullptr;
    DataTable* m_table = nullptr;
    LoadView* m_view = nullptr;
    Card* m_form = nullptr;
    TextField* m_name = nullptr;
    TextField* m_title = nullptr;
    FormRow* m_nameRow = nullptr;
    FormRow* m_titleRow = nullptr;
    Banner* m_told = nullptr;
    Button* m_save = nullptr;
};

}
