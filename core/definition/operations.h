#pragma once

#include "core/api/handlers.h"

namespace ephor {
class Clock;
}

namespace ephor::definition {

/// Handlers for definitions.*, prompts.save, prompts.check, agents.save, models.save and tools.save. The clock
/// outlives the table. models.test and prompts.try belong to what can call a model.
void addHandlers(HandlerTable& table, const Clock& clock);

}
