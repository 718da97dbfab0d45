#pragma once

#include "app/ephor/command.h"
#include "core/api/operation.h"

#include <iosfwd>

namespace ephor::cli {

/// The operation that the words of a verb name: `prompts save` is prompts.save. Null when there is none.
const OperationType* operationFor(const std::vector<std::string>& words);

/// The request of a verb: `--input JSON` (or @file, or -) first, then one option for each member, in kebab-case. Lists
/// and objects are given as JSON. Words after the verb fill the first members that are text. Codes usage.*, value.*.
Result<Json> requestFrom(const OperationType& type, const Command& command);

/// Calls the operation and prints its answer.
Exit runOperation(const OperationType& type, const Command& command, std::ostream& out, std::ostream& err);

/// One line for each operation, or the options of one.
void printOperations(std::ostream& out);
void printOperationHelp(std::ostream& out, const OperationType& type);

}
