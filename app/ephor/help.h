#pragma once

#include "app/ephor/command.h"

#include <iosfwd>

namespace ephor::cli {

/// Every verb in a few lines.
void printUsage(std::ostream& out);

/// What `words` name, such as {"serve"} or {"changes", "submit"}: its options, else every verb and operation.
void printHelp(std::ostream& out, const std::vector<std::string>& words);

}
