#pragma once

#include "ui/screens/changes/next_act.h"

#include <functional>

class QWidget;

namespace ephor::ui::changes {

/// Shows the preview of an act with what it rests on, and asks for a reason where the act has one. `then` gets the
/// reason when the person goes on; nothing is called when they do not. Does not block.
void askAct(const ActQuestion& question, QWidget* parent, std::function<void(const QString& reason)> then);

}
