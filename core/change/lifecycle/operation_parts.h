#pragma once

#include "core/api/handlers.h"
#include "core/base/clock.h"
#include "core/change/lifecycle/change_states.h"
#include "core/change/lifecycle/change_store.h"
#include "core/change/lifecycle/operations.h"
#include "core/trust/ledger/ledger.h"
#include "core/trust/policy/tightenings.h"

#include <memory>

namespace ephor::lifecycle {

// What the handlers of this room share; nobody else includes it.

using ServicesPointer = std::shared_ptr<const Services>;

Scope scopeOf(const ChangeSummary& summary);

/// The change, once the caller is known to be allowed the operation in its team.
Result<StoredChange> openChange(const store::Snapshot& snapshot, const Call& call, const std::string& id);

/// Moves the change by the table of states, writes it, and tells the definitions. Code: change.state.
Result<void> moveChange(store::Transaction& transaction, StoredChange& stored, ChangeAct act, Instant at);
/// Writes what changed in it while its state stays.
Result<void> keepChange(store::Transaction& transaction, StoredChange& stored);

/// Fills the note with what every act on a change is about.
void noteChange(Note& note, const StoredChange& stored, const std::string& reason);

/// Changes that moved on in the meantime, in one place.
std::unexpected<Error> movedOn(const std::string& change);

/// The tightenings as this snapshot has them.
Result<policy::TighteningTable> readTightenings(const store::Snapshot& snapshot);

/// Calls routesChanged once the transaction is durable.
void announceRoutes(store::Transaction& transaction, const ServicesPointer& services);

// One for each group of operations.
void addDraftHandlers(HandlerTable& table, const ServicesPointer& services);
void addSubmitHandler(HandlerTable& table, const ServicesPointer& services);
void addReviewHandlers(HandlerTable& table, const ServicesPointer& services);
void addChangeReads(HandlerTable& table);
void addStartHandler(HandlerTable& table, const ServicesPointer& services);
void addMoveHandlers(HandlerTable& table, const ServicesPointer& services);
void addRolloutReads(HandlerTable& table, const ServicesPointer& services);
void addGrantReads(HandlerTable& table, const ServicesPointer& services);
void addPreviewHandler(HandlerTable& table, const ServicesPointer& services);
void addResolveHandler(HandlerTable& table, const ServicesPointer& services);

}
