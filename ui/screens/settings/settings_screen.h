#pragma once

#include "ui/bridge/screen.h"

#include <QMap>

class QStackedWidget;

namespace ephor::ui {

class ItemList;
class SearchField;

namespace settings {
class SettingsPage;
}

/// People, keys and connections of the workspace, and what is mine. Route: settings/<page>.
class SettingsScreen : public Screen {
    Q_OBJECT

public:
    SettingsScreen(ScreenContext& context, QWidget* parent);

    void open(const Route& route) override;
    void refresh(const TopicSet& topics) override;
    QString title() const override;
    QList<Crumb> crumbs() const override;
    QString helpText() const override;
    void focusSearch() override;
    bool hasUnsavedWork() const override;

private:
    QWidget* makeList();
    void fillList();
    void chosen(const QVariant& key);
    settings::SettingsPage* pageOf(const QString& key);
    settings::SettingsPage* current() const { return m_pages.value(m_page); }

    QString m_page;
    bool m_filling = false;
    QMap<QString, settings::SettingsPage*> m_pages;
    SearchField* m_search = nullptr;
    ItemList* m_list = nullptr;
    QStackedWidget* m_stack = nullptr;
};

Screen* makeSettingsScreen(ScreenContext& context, QWidget* parent);

}
