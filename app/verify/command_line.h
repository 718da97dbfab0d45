#pragma once

#include "core/proof/report.h"

#include <optional>
#include <variant>

namespace ephor::verify {

/// What the program was asked, with every key and policy already read: wrong input never looks like a failed check.
struct Question {
    std::string path; ///< an export's directory, or a .tlog-proof file
    proof::Trust trust;
    std::optional<std::string> earlierCheckpoint; ///< the file's text
    std::optional<std::string> entry; ///< the entry's canonical JSON, for a proof file
    enum class Output { Text, Json } output = Output::Text;
};

/// The exit codes, part of the program's contract.
enum class ExitCode {
    Verified = 0, ///< every check held
    CouldNotRun = 1, ///< a file or directory could not be read
    Usage = 2, ///< an option, a key or a policy is wrong
    CheckFailed = 3, ///< a check did not hold
};

/// Reads the arguments and the files they name. An exit code means that the program is done: its message is printed.
std::variant<Question, ExitCode> readCommandLine(int argc, const char* const* argv);

}
