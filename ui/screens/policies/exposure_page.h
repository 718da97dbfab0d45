#pragma once

#include "core/api/protection.h"
#include "ui/bridge/request.h"
#include "ui/bridge/screen.h"

class QVBoxLayout;

namespace ephor::ui {
class Banner;
class Label;
class LoadView;
}

namespace ephor::ui::policies {

/// Each agent in production with the rule of two: which of the three that are dangerous together it has.
class ExposurePage : public QWidget {
    Q_OBJECT

public:
    ExposurePage(Screen& screen, QWidget* parent);

    void load();

Q_SIGNALS:
    void navigate(const ephor::ui::Route& route);

private:
    void show();
    QWidget* makeAgent(const AgentExposure& agent);

    Screen& m_screen;
    std::vector<AgentExposure> m_agents;
    Latest m_read;
    QWidget* m_list = nullptr;
    QVBoxLayout* m_rows = nullptr;
    Label* m_summary = nullptr;
    Banner* m_warning = nullptr;
    LoadView* m_view = nullptr;
};

}
