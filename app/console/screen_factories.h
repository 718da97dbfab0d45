#pragma once

#include "ui/shell/workbench.h"

namespace ephor::console {

/// The screens of this version by the id of their place.
std::map<QString, ui::ScreenFactory> screenFactories();

}
