#include "core/trust/temporal/rule_text.h"

namespace ephor::temporal {

std::string actionsText(std::span<const cedar::EntityUid* const> actions)
{
    if (actions.empty())
        return "any";
    if (actions.size() == 1)
        return toText(*actions.front());
    std::string text = "[";
    for (const cedar::EntityUid* action : actions)
        text += (text.size() > 1 ? ", " : "") + toText(*action);
    return text + "]";
}

}
