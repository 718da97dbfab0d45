#pragma once

#include "core/api/people.h"
#include "ui/screens/settings/settings_page.h"

namespace ephor::ui {
class Card;
class CellsModel;
class DataTable;
class LoadView;
class SearchField;
}

namespace ephor::ui::settings {

class PersonForm;

/// People and their roles. Route: settings/people?person=<id>; person=new adds one.
class PeoplePage : public SettingsPage {
    Q_OBJECT

public:
    PeoplePage(ScreenContext& context, QWidget* parent);

    void open(const Route& route) override;
    void refresh(const TopicSet& topics) override;
    bool hasUnsavedWork() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeList();
    void fitColumns();
    void load();
    void fill();
    void showPerson();
    void select(const QString& id);
    void save();
    void erase();
    void tellErased(const QString& sentence);
    QString refusal() const;

    std::vector<Person> m_people;
    QString m_person; ///< id, "new", or empty
    bool m_filling = false;
    Latest m_asked;
    Card* m_card = nullptr;
    SearchField* m_search = nullptr;
    CellsModel* m_model = nullptr;
    DataTable* m_table = nullptr;
    LoadView* m_view = nullptr;
    PersonForm* m_form = nullptr;
};

}
