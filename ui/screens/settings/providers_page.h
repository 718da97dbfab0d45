#pragma once

#include "core/api/definitions.h"
#include "ui/screens/settings/settings_page.h"

#include <map>

class QVBoxLayout;

namespace ephor::ui {
class Card;
class LoadView;
class SearchField;
}

namespace ephor::ui::settings {

class ProviderRow;

/// What leaves the house: every model with its provider, address and secret, and a test of each.
class ProvidersPage : public SettingsPage {
    Q_OBJECT

public:
    ProvidersPage(ScreenContext& context, QWidget* parent);

    void open(const Route& route) override;
    void refresh(const TopicSet& topics) override;

private:
    void load();
    void fill(const std::vector<DefinitionSummary>& models);
    void loadBody(ProviderRow* row, const std::string& name);
    void test(ProviderRow* row);
    void filter();

    Latest m_asked;
    Card* m_card;
    SearchField* m_search;
    QVBoxLayout* m_rows;
    LoadView* m_view;
    std::map<std::string, ProviderRow*> m_models;
};

}
