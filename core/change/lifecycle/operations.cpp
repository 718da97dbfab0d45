#include "core/change/lifecycle/operations.h"

#include "core/change/lifecycle/operation_parts.h"

namespace ephor::lifecycle {

void addHandlers(HandlerTable& table, const Services& services)
{
    const auto shared = std::make_shared<const Services>(services);
    addDraftHandlers(table, shared);
    addSubmitHandler(table, shared);
    addReviewHandlers(table, shared);
    addChangeReads(table);
    addStartHandler(table, shared);
    addMoveHandlers(table, shared);
    addRolloutReads(table, shared);
    addGrantReads(table, shared);
    addPreviewHandler(table, shared);
    addResolveHandler(table, shared);
}

}
