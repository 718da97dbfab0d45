#pragma once

namespace ephor::ui {

class Screen;
struct ScreenContext;
}

class QWidget;

namespace ephor::ui {

/// Agents: the list, one agent's page (agents/<name>?tab=…), and adding one (agents?add=choose|build|existing).
Screen* makeAgentsScreen(ScreenContext& context, QWidget* parent);

}
