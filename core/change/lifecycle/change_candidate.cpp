#include "core/change/lifecycle/change_candidate.h"

#include "core/change/lifecycle/basis.h"
#include "core/change/lifecycle/change_store.h"

namespace ephor::lifecycle {

Result<Release> candidateOfChange(const store::Snapshot& snapshot, const std::string& id)
{
    EPHOR_TRY(const StoredChange stored, findChange(snapshot, id));
    const Change& change = stored.change;
    EPHOR_TRY(const Basis basis, readBasis(snapshot, change.summary.agent, change.summary.environment, change.items));
    return candidateRelease(basis.parts, change.items, change.grants);
}

}
