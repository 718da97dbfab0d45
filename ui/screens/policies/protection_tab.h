#pragma once

#include "ui/bridge/screen.h"

class QStackedLayout;

namespace ephor::ui {
class OutageBanner;
class Segmented;
namespace library {
class DefinitionList;
}
}

namespace ephor::ui::policies {

class ExposurePage;
class FoundPage;
class ProtectionPage;

/// Data protection: the protections there are and one of them, what was found where, and each agent's rule of two.
class ProtectionTab : public QWidget {
    Q_OBJECT

public:
    ProtectionTab(Screen& screen, QWidget* parent);

    /// policies/protection · policies/protection/standard?tab=edit · policies/protection?view=found&days=7 ·
    /// policies/protection?view=exposure
    void open(const Route& route);
    Route route() const;
    void refresh(const TopicSet& topics);
    void focusSearch();
    QList<Command> commands();
    /// The protection that is open; empty where none is.
    QString openTitle() const;
    bool hasUnsavedWork() const;

Q_SIGNALS:
    void navigate(const ephor::ui::Route& route);
    void routeChanged(const ephor::ui::Route& route);
    void titleChanged();
    void commandsChanged();
    void notify(const ephor::ui::Notice& notice);
    void counted(int protections);

private:
    QWidget* makeOverview();
    void join();
    void showStandard();
    void openView(const Route& route);

    Screen& m_screen;
    QStackedLayout* m_pages;
    QStackedLayout* m_views = nullptr;
    OutageBanner* m_outage = nullptr;
    Segmented* m_which = nullptr;
    library::DefinitionList* m_list = nullptr;
    FoundPage* m_found = nullptr;
    ExposurePage* m_exposure = nullptr;
    ProtectionPage* m_page = nullptr;
};

}
