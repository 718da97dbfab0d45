#pragma once

class QWidget;

namespace ephor::ui {

class Screen;
struct ScreenContext;

/// Library: prompts, tools, and models & providers. Routes: library/prompts, library/prompts/<name>?version=&tab=,
/// and the same for tools and models; ?new=1 begins a new one.
Screen* makeLibraryScreen(ScreenContext& context, QWidget* parent);

}
