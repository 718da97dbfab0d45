#include "app/ephor/operation_verb.h"
#include "app/ephor/verbs.h"

#include <algorithm>
#include <ostream>

namespace ephor::cli {

// The shortest way to the one verb somebody types in a hurry: `ephor stop --reason "…"` stops everything now.
Exit runStop(const Command& command, const Streams& streams)
{
    Command inner = command;
    inner.words = {"stops", "set"};
    if (command.has("list"))
        inner.words[1] = "list";
    else if (command.has("lift"))
        inner.words[1] = "lift";
    std::erase_if(
        inner.options, [](const Command::Option& option) { return option.name == "list" || option.name == "lift"; });
    if (inner.words[1] == "lift" && command.words.size() > 1)
        inner.words.push_back(command.words[1]);
    return runOperation(*operationFor(inner.words), inner, streams.out, streams.err);
}

}
