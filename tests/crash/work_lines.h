#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <istream>
#include <string>

namespace ephor::crash_tests {

/// What the worker heard acknowledged, read back from its lines.
struct Acknowledged {
    std::uint64_t entries = 0; ///< of the record
    std::uint64_t promptVersion = 1;
    std::string answeredRun; ///< used a tool that reads
    std::string askingRun; ///< asked a person
    std::string approval;
    bool decided = false;
    bool taken = false; ///< the asking run has ended with its answer
    bool tightened = false;
    std::string change;
};
Acknowledged readLines(std::istream& lines);

/// Opens what a kill left in `base`, closes it, which waits for what was taken up again, and opens it once more: the
/// record must verify whole, and everything acknowledged must be there. A request that still waits is then approved,
/// and its call must happen once. The error's message says what is wrong.
Result<void> checkWhatIsLeft(const std::string& base, const Acknowledged& acknowledged);

}
