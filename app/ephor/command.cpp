#include "app/ephor/command.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>

namespace ephor::cli {

namespace {

// These never take the next word as their value.
constexpr std::array<std::string_view, 11> switches{
    "json", "batch", "help", "version", "demo", "password-stdin", "dry-run", "all", "lift", "list", "waive-tls"};

std::string fromEnvironment(const char* name)
{
    const char* const value = std::getenv(name);
    return value != nullptr ? value : "";
}

bool isSwitch(std::string_view name)
{
    return std::ranges::find(switches, name) != switches.end();
}

bool takeCommon(CommonOptions& common, const Command::Option& option)
{
    const std::pair<std::string_view, std::string*> known[]
        = {{"workspace", &common.workspace}, {"server", &common.server}, {"ca", &common.caFile},
            {"token", &common.token}, {"as", &common.persona}, {"once", &common.idempotencyKey}};
    for (const auto& [name, target] : known) {
        if (option.name == name) {
            *target = option.value;
            return true;
        }
    }
    if (option.name == "json")
        common.format = Format::Json;
    return option.name == "json";
}

}

const std::string* Command::find(std::string_view name) const
{
    const auto found = std::ranges::find(options, name, &Option::name);
    return found == options.end() ? nullptr : &found->value;
}

bool Command::has(std::string_view name) const
{
    return find(name) != nullptr;
}

Result<void> Command::allowOnly(const std::vector<std::string_view>& known) const
{
    for (const Option& option : options) {
        if (std::ranges::find(known, option.name) != known.end())
            continue;
        std::string names;
        for (const std::string_view name : known)
            names += (names.empty() ? "--" : ", --") + std::string(name);
        return fail(ErrorKind::Invalid, "usage.unknown-option", "There is no option --" + option.name + " here.",
            names.empty() ? "This verb has no options of its own." : "Known are: " + names + ".");
    }
    return {};
}

Result<Command> readCommand(int argc, const char* const* argv)
{
    Command command;
    command.common.workspace = fromEnvironment("EPHOR_WORKSPACE");
    command.common.server = fromEnvironment("EPHOR_SERVER");
    command.common.token = fromEnvironment("EPHOR_TOKEN");
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (!word.starts_with("--") || word == "--") {
            command.words.emplace_back(word);
            continue;
        }
        Command::Option option;
        const std::size_t equals = word.find('=');
        option.name = word.substr(2, equals == std::string_view::npos ? equals : equals - 2);
        if (equals != std::string_view::npos) {
            option.value = word.substr(equals + 1);
            option.given = true;
        } else if (!isSwitch(option.name)) {
            if (i + 1 >= argc || std::string_view(argv[i + 1]).starts_with("--"))
                return fail(ErrorKind::Invalid, "usage.option", "The option --" + option.name + " needs a value.",
                    "Write --" + option.name + " VALUE; --help lists the options of a verb.");
            option.value = argv[++i];
            option.given = true;
        }
        if (!takeCommon(command.common, option))
            command.options.push_back(std::move(option));
    }
    return command;
}

Result<std::string> valueOf(const std::string& value)
{
    if (value == "-")
        return std::string(std::istreambuf_iterator<char>(std::cin), {});
    if (!value.starts_with('@'))
        return value;
    std::ifstream file(value.substr(1), std::ios::binary);
    if (!file)
        return fail(Error(ErrorKind::Invalid, "usage.file", "The file cannot be read.",
            "Check the path after @. A text that begins with @ takes a space before it.")
                .with("path", value.substr(1)));
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

}
