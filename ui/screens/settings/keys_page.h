#pragma once

#include "core/api/people.h"
#include "ui/screens/settings/settings_page.h"

#include <QPointer>

namespace ephor::ui {
class Banner;
class Button;
class Card;
class CellsModel;
class DataTable;
class LoadView;
class SearchField;
}

namespace ephor::ui::settings {

class KeyDialog;

/// Service keys: what programs call with. Route: settings/keys?key=<id>.
class KeysPage : public SettingsPage {
    Q_OBJECT

public:
    KeysPage(ScreenContext& context, QWidget* parent);

    void open(const Route& route) override;
    void refresh(const TopicSet& topics) override;

private:
    void makeHeader();
    void load();
    void fill();
    void selected();
    const ServiceKey* key() const;
    void create();
    void revoke();
    void sendRevoke(const std::string& id, const QString& reason);

    std::vector<ServiceKey> m_keys;
    QList<std::pair<QString, QString>> m_teams; ///< name and title
    QString m_key;
    bool m_filling = false;
    Latest m_asked;
    Card* m_card;
    SearchField* m_search = nullptr;
    Button* m_create = nullptr;
    Button* m_access = nullptr;
    Button* m_revoke = nullptr;
    Banner* m_told;
    CellsModel* m_model;
    DataTable* m_table;
    LoadView* m_view;
};

}
