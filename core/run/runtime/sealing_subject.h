#pragma once

#include "core/domain/run.h"

#include <string>

namespace ephor::guard {
class Protection;
}

namespace ephor::runtime {

/// Names the key that seals what a run holds: of the person it is for, the same whether the run has the name or its
/// hash; else of the run itself. The names of keys stay in the record when the keys are destroyed, so that a person's
/// is a keyed digest: nobody outside of the workspace can try names on it.
std::string sealingSubject(const guard::Protection& protection, const RunSummary& run);

/// The same of a person alone, by the name or its hash. Not empty.
std::string personsSubject(const guard::Protection& protection, const std::string& person);

/// What it was called in workspaces from before, by a digest without a key. Erasing looks for it too.
std::string formerPersonsSubject(const std::string& person);

}
