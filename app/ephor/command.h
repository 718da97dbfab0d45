#pragma once

#include "app/ephor/output.h"

#include <string>
#include <vector>

namespace ephor::cli {

/// Options that every verb takes, before or after its name.
struct CommonOptions {
    std::string workspace; ///< --workspace DIR, or $EPHOR_WORKSPACE
    std::string server; ///< --server URL, or $EPHOR_SERVER
    std::string caFile; ///< --ca FILE
    std::string token; ///< --token TOKEN, or $EPHOR_TOKEN; "@file" reads it
    std::string persona; ///< --as LOGIN, in a demo workspace
    std::string idempotencyKey; ///< --once KEY
    Format format = Format::Text; ///< --json
};

/// A command line split once: common options, the words of the verb, its own options in order.
struct Command {
    CommonOptions common;
    std::vector<std::string> words; ///< "prompts", "save"
    struct Option {
        std::string name; ///< without dashes
        std::string value; ///< empty for a switch
        bool given = false; ///< a value was given
    };
    std::vector<Option> options;

    const std::string* find(std::string_view name) const;
    bool has(std::string_view name) const;
    /// Code usage.unknown-option for the first option that is not in `known`.
    Result<void> allowOnly(const std::vector<std::string_view>& known) const;
};

/// `--name value`, `--name=value` and `--switch`; a value may begin with "-" only after "=". Code usage.option.
Result<Command> readCommand(int argc, const char* const* argv);

/// What a value stands for: "@path" the file's text, "-" standard input, else itself. Code usage.file.
Result<std::string> valueOf(const std::string& value);

}
