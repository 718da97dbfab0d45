#pragma once

#include "core/api/protection.h"
#include "ui/bridge/request.h"
#include "ui/bridge/screen.h"
#include "ui/kit/card.h"

namespace ephor::ui {
class ExposureGauge;
class Label;
class LinkLabel;
class LoadView;
}

namespace ephor::ui::agents {

/// The rule of two of one agent, and the protection that its texts pass through.
class ExposureCard : public Card {
    Q_OBJECT

public:
    ExposureCard(ScreenContext& context, QWidget* parent);

    /// Forgets the agent before.
    void begin(const Name& agent);
    void load();

Q_SIGNALS:
    void navigate(const ephor::ui::Route& route);

private:
    QWidget* makeContent();
    void show(const AgentExposure& agent);

    ScreenContext& m_context;
    Name m_agent;
    std::string m_protection;
    Latest m_ask;
    LoadView* m_view = nullptr;
    ExposureGauge* m_gauge = nullptr;
    Label* m_sentence = nullptr;
    LinkLabel* m_protectionLink = nullptr;
};

}
