#include "app/ephor/verbs.h"
#include "core/demo/demo.h"
#include "core/trust/keys/password.h"
#include "core/workspace/workspace.h"

#include <algorithm>
#include <charconv>
#include <iostream>
#include <nlohmann/json.hpp>
#include <termios.h>
#include <unistd.h>

namespace ephor::cli {

namespace {

constexpr std::size_t shortestPassword = 10; // as people.change-password asks for

Result<std::uint64_t> numberOption(const Command& command, std::string_view name, std::uint64_t otherwise)
{
    const std::string* const text = command.find(name);
    if (text == nullptr)
        return otherwise;
    std::uint64_t value = 0;
    const auto [end, problem] = std::from_chars(text->data(), text->data() + text->size(), value);
    if (problem != std::errc() || end != text->data() + text->size())
        return fail(ErrorKind::Invalid, "usage.number", "The option --" + std::string(name) + " is a whole number.",
            "Write --" + std::string(name) + " 42.");
    return value;
}

// Typed at the terminal without being shown, twice; or one line of standard input for scripts.
Result<std::string> askPassword(const Command& command, const Streams& streams)
{
    std::string password;
    if (command.has("password-stdin")) {
        std::getline(streams.in, password);
    } else if (isatty(STDIN_FILENO) == 1) {
        termios shown{};
        tcgetattr(STDIN_FILENO, &shown);
        termios hidden = shown;
        hidden.c_lflag &= ~tcflag_t(ECHO);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
        std::string again;
        streams.err << "Password for the first administrator: " << std::flush;
        std::getline(streams.in, password);
        streams.err << "\nThe same again: " << std::flush;
        std::getline(streams.in, again);
        streams.err << "\n";
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
        if (again != password)
            return fail(ErrorKind::Invalid, "init.password-differs", "The two passwords differ.", "Try again.");
    } else {
        return fail(ErrorKind::Invalid, "init.no-password", "A workspace needs a first administrator with a password.",
            "Add --admin NAME --password-stdin, or run init in a terminal.");
    }
    if (password.size() < shortestPassword)
        return fail(ErrorKind::Invalid, "init.password-short",
            "The password is shorter than " + std::to_string(shortestPassword) + " characters.",
            "Choose a longer one.");
    return password;
}

Result<std::string> askName(const Command& command, const Streams& streams)
{
    if (const std::string* const name = command.find("admin"))
        return *name;
    if (isatty(STDIN_FILENO) != 1)
        return fail(ErrorKind::Invalid, "init.no-admin", "A workspace needs a first administrator.",
            "Add --admin NAME --password-stdin.");
    std::string name;
    streams.err << "Name of the first administrator: " << std::flush;
    std::getline(streams.in, name);
    return name;
}

// "Ines Marchetti" signs in as ines.marchetti, unless --login says otherwise.
std::string loginFor(const Command& command, const std::string& name)
{
    if (const std::string* const login = command.find("login"))
        return *login;
    std::string login;
    for (const char c : name) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            login.push_back(c);
        else if (c >= 'A' && c <= 'Z')
            login.push_back(char(c - 'A' + 'a'));
        else if (c == ' ' && !login.empty() && login.back() != '.')
            login.push_back('.');
    }
    return login.empty() ? "admin" : login;
}

Result<Json> initPlain(const Command& command, const Streams& streams, const std::string& folder)
{
    EPHOR_TRY(const std::string name, askName(command, streams));
    EPHOR_TRY(const std::string password, askPassword(command, streams));
    EPHOR_TRY(const std::string hash, keys::hashPassword(password));
    workspace::CreateOptions options;
    options.folder = folder;
    if (const std::string* const title = command.find("name"))
        options.name = *title;
    if (const std::string* const environment = command.find("environment"))
        options.environment = *environment;
    const std::string login = loginFor(command, name);
    EPHOR_TRY(const workspace::WorkspaceFile made, workspace::Workspace::make(options, {name, login, hash}));
    return Json{{"workspace", folder}, {"id", made.id}, {"admin", name}, {"login", login}};
}

Result<Json> initDemo(const Command& command, const Streams& streams, const std::string& folder)
{
    demo::CreateDemoOptions options;
    options.folder = folder;
    EPHOR_TRY(options.seed, numberOption(command, "seed", options.seed));
    EPHOR_TRY(options.runs, numberOption(command, "runs", options.runs));
    const bool shows = command.common.format == Format::Text && isatty(STDERR_FILENO) == 1;
    options.progress = [&streams, shows](const std::string& stage, double fraction) {
        if (shows)
            streams.err << "\r" << stage << " " << int(fraction * 100) << " %   " << std::flush;
        return true;
    };
    EPHOR_TRY_VOID(demo::createDemo(options));
    if (shows)
        streams.err << "\r                                                  \r";
    return Json{
        {"workspace", folder}, {"demo", true}, {"key", workspace::WorkspacePaths(folder).demoKey}, {"simulated", true}};
}

}

Exit runInit(const Command& command, const Streams& streams)
{
    const auto known
        = command.allowOnly({"name", "environment", "admin", "login", "password-stdin", "demo", "runs", "seed"});
    Result<Json> made = fail(ErrorKind::Invalid, "usage.folder", "init needs one folder.", "Write: ephor init DIR");
    if (!known)
        made = fail(known.error());
    else if (command.words.size() == 2)
        made = command.has("demo") ? initDemo(command, streams, command.words[1])
                                   : initPlain(command, streams, command.words[1]);
    if (!made) {
        printError(streams.out, streams.err, made.error(), command.common.format);
        return exitFor(made.error());
    }
    printAnswer(streams.out, *made, command.common.format);
    return Exit::Done;
}

}
