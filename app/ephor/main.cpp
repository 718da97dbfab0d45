#include "app/ephor/operation_verb.h"
#include "app/ephor/verbs.h"

#include <iostream>

namespace ephor::cli {

namespace {

void printUsage(std::ostream& out)
{
    out << "ephor " EPHOR_VERSION ": govern AI agents from the command line\n\n"
           "  ephor init DIR [--demo]                make a workspace\n"
           "  ephor serve --workspace DIR            own it: run API, operations, events\n"
           "  ephor login | logout                   keep or end a session\n"
           "  ephor stop --reason R                  stop agents now; --list, --lift ID\n"
           "  ephor backup --directory DIR           copy a workspace while it runs\n"
           "  ephor audit verify | prove INDEX       check the record; no sign-in while nobody owns it\n"
           "  ephor NOUN VERB [--member VALUE ...]   every operation; ephor help lists them\n"
           "  ephor schema check | template render | json canonicalize | assign | wire parse [--batch]\n\n"
           "Common options: --workspace DIR or --server URL, --token TOKEN or --as PERSONA, --json\n"
           "Exit: 0 done, 1 failed, 2 wrong usage, 3 a check did not hold\n";
}

Exit help(const Command& command)
{
    if (command.words.size() > 2) {
        if (const OperationType* const type = operationFor({command.words[1], command.words[2]})) {
            printOperationHelp(std::cout, *type);
            return Exit::Done;
        }
    }
    printUsage(std::cout);
    std::cout << "\nOperations:";
    printOperations(std::cout);
    return Exit::Done;
}

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
    if (const OperationType* const type = operationFor(renamed.words))
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
    if (command->words.empty()) {
        printUsage(command->has("help") ? std::cout : std::cerr);
        return command->has("help") ? Exit::Done : Exit::Usage;
    }
    if (command->words.front() == "help" || command->has("help"))
        return help(*command);
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
