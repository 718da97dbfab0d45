#include "core/run/runtime/sealing_subject.h"

#include "core/base/hash.h"
#include "core/trust/guard/protection.h"

namespace ephor::runtime {

std::string sealingSubject(const guard::Protection& protection, const RunSummary& run)
{
    return run.person.empty() ? "run:" + run.id : personsSubject(protection, run.person);
}

std::string personsSubject(const guard::Protection& protection, const std::string& person)
{
    const std::string hidden = guard::Protection::isHiddenName(person) ? person : protection.hiddenName(person);
    // Not the hash that lists show: this name outlives an erasure.
    return "person:" + protection.hiddenName("seals\n" + hidden);
}

std::string formerPersonsSubject(const std::string& person)
{
    return "person:" + toHex(sha256(person)).substr(0, 32);
}

}
