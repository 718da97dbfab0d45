#include "app/ephor/help.h"
#include "app/ephor/operation_verb.h"
#include "app/ephor/verbs.h"
#include "core/api/policies.h"

#include <iostream>

namespace ephor::cli {

namespace {

Exit runVerb(const Command& command, const Streams& streams)
{
    const std::string& verb = command.words.front();
    if (verb == "init")
        return runInit(command, streams);
    if (verb == "serve")
        return runServe(command, streams);
    if (verb == "login")
        return runLogin(command, streams);
    if (verb == "logout")
        return runLogout(command, streams);
    if (verb == "audit")
        return runAudit(command, streams);
    if (verb == "stop")
        return runStop(command, streams);
    Command renamed = command;
    if (verb == "backup")
        renamed.words = {"workspace", "backup"};
    const OperationType* const type = operationFor(renamed.words);
    if (type != nullptr && type->operation->name == Backtest::operation.name)
        return runBacktest(renamed, streams);
    if (type != nullptr)
        return runOperation(*type, renamed, streams.out, streams.err);
    streams.err << "ephor: there is no verb \"" << verb
                << (command.words.size() > 1 ? " " + command.words[1] : std::string()) << "\". See: ephor help\n";
    return Exit::Usage;
}

Exit run(int argc, const char* const* argv)
{
    const Streams streams{std::cin, std::cout, std::cerr};
    const auto command = readCommand(argc, argv);
    if (!command) {
        printError(std::cout, std::cerr, command.error(), Format::Text);
        return Exit::Usage;
    }
    if (command->has("version")) {
        std::cout << "ephor " EPHOR_VERSION "\n";
        return Exit::Done;
    }
    const bool asksForHelp = command->has("help") || (!command->words.empty() && command->words.front() == "-h");
    if (command->words.empty() && !asksForHelp) {
        printUsage(std::cerr);
        return Exit::Usage;
    }
    if (asksForHelp || command->words.front() == "help") {
        const bool asVerb = !command->words.empty() && command->words.front() == "help";
        printHelp(std::cout, {command->words.begin() + (asVerb ? 1 : 0), command->words.end()});
        return Exit::Done;
    }
    Exit exit = Exit::Done;
    return runPure(*command, streams, exit) ? exit : runVerb(*command, streams);
}

}

}

int main(int argc, char** argv)
{
    std::ios::sync_with_stdio(false);
    try {
        return int(ephor::cli::run(argc, argv));
    } catch (const std::exception& problem) {
        std::cerr << "ephor: an internal fault: " << problem.what() << "\n";
        return int(ephor::cli::Exit::Failed);
    }
}
