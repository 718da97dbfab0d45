#include "app/ephor/operation_verb.h"

#include "app/ephor/connection.h"
#include "core/domain/any_value.h"
#include "core/domain/reflect.h"

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

namespace ephor::cli {

namespace {

// "expectedVersion" as "expected-version".
std::string optionOf(std::string_view member)
{
    return kebabCase(member);
}

const Type& bare(const Type& type)
{
    return type.kind == TypeKind::Optional ? bare(type.element()) : type;
}

// A value as its member's type wants it: words stay text, numbers and structures are read as JSON.
Result<Json> memberValue(const Type& declared, const std::string& text)
{
    const Type& type = bare(declared);
    switch (type.kind) {
    case TypeKind::Text:
    case TypeKind::Enumeration:
    case TypeKind::Instant:
    case TypeKind::Money:
        return Json(text);
    case TypeKind::Boolean:
        if (text == "true" || text == "yes" || text.empty())
            return Json(true);
        return text == "false" || text == "no" ? Result<Json>(Json(false)) : parseJson(text);
    case TypeKind::List: {
        auto json = parseJson(text);
        // One word is a list of one: `--tools orders.lookup`.
        const TypeKind element = bare(type.element()).kind;
        if (!json && (element == TypeKind::Text || element == TypeKind::Enumeration))
            return Json::array({text});
        return json;
    }
    default:
        return parseJson(text);
    }
}

}

const OperationType* operationFor(const std::vector<std::string>& words)
{
    if (words.size() < 2)
        return nullptr;
    // The pure verbs say `policy`, and nobody should have to remember which of them need a workspace.
    const std::string noun = words[0] == "policy" ? "policies" : words[0];
    return findOperation(noun + "." + words[1]);
}

Result<Json> requestFrom(const OperationType& type, const Command& command)
{
    Json request = Json::object();
    const auto members = type.request().members;
    if (const std::string* const input = command.find("input")) {
        EPHOR_TRY(const std::string text, valueOf(*input));
        EPHOR_TRY(request, parseJson(text));
        if (!request.is_object())
            return fail(
                ErrorKind::Invalid, "usage.input", "The input of a verb is a JSON object.", "Write --input '{…}'.");
    }
    for (const Command::Option& option : command.options) {
        if (option.name == "input")
            continue;
        const auto member
            = std::ranges::find_if(members, [&](const Member& each) { return optionOf(each.name) == option.name; });
        if (member == members.end()) {
            std::string names = "--input";
            for (const Member& each : members)
                names += ", --" + optionOf(each.name);
            return fail(ErrorKind::Invalid, "usage.unknown-option", "There is no option --" + option.name + " here.",
                "Known are: " + names + ".");
        }
        EPHOR_TRY(const std::string text, valueOf(option.value));
        auto value = memberValue(member->type(), text);
        if (!value)
            return fail(std::move(value.error()).with("option", "--" + option.name));
        request[std::string(member->name)] = std::move(*value);
    }
    std::size_t word = 2;
    for (const Member& member : members) {
        const TypeKind kind = bare(member.type()).kind;
        const bool takesWord = kind == TypeKind::Text || kind == TypeKind::Unsigned || kind == TypeKind::Enumeration;
        if (word < command.words.size() && takesWord && !request.contains(member.name)) {
            EPHOR_TRY(request[std::string(member.name)], memberValue(member.type(), command.words[word++]));
        }
    }
    if (word < command.words.size())
        return fail(ErrorKind::Invalid, "usage.word", "The word \"" + command.words[word] + "\" has no meaning here.",
            "See: ephor help " + command.words[0] + " " + command.words[1]);
    return request;
}

Exit runOperation(const OperationType& type, const Command& command, std::ostream& out, std::ostream& err)
{
    const auto failed = [&](const Error& error) {
        printError(out, err, error, command.common.format);
        return exitFor(error);
    };
    const auto json = requestFrom(type, command);
    if (!json)
        return failed(json.error());
    AnyValue request(type.request());
    if (auto read = fromJson(type.request(), request.get(), *json, UnknownMembers::Refuse); !read)
        return failed(read.error());
    auto connection = connect(command.common);
    if (!connection)
        return failed(connection.error());
    AnyValue response(type.response());
    if (auto done = connection->backend().invoke(type, request.get(), response.get(), connection->context); !done)
        return failed(done.error());
    printAnswer(out, toJson(type.response(), response.get(), Secrets::Show), command.common.format);
    return Exit::Done;
}

void printOperations(std::ostream& out)
{
    std::string noun;
    for (const OperationType& type : operationCatalogue()) {
        const std::string_view name = type.operation->name;
        const std::size_t dot = name.find('.');
        if (noun != name.substr(0, dot)) {
            noun = name.substr(0, dot);
            out << "\n";
        }
        std::string verb = "  " + noun + " " + std::string(name.substr(dot + 1));
        verb.resize(std::max<std::size_t>(verb.size() + 2, 28), ' ');
        out << verb << type.operation->summary << "\n";
    }
}

namespace {

// What a person types for a member: one of its words, text, a number, or JSON where it is a structure.
std::string valueWords(const Type& declared)
{
    const Type& type = bare(declared);
    switch (type.kind) {
    case TypeKind::Enumeration: {
        const Json schema = schemaOf(type);
        std::string words;
        for (const Json& word : schema.value("enum", Json::array())) {
            if (word.is_string())
                words += (words.empty() ? "" : " | ") + word.get<std::string>();
        }
        return words;
    }
    case TypeKind::Boolean:
        return "true | false";
    case TypeKind::Text:
        return "TEXT";
    case TypeKind::Instant:
        return "TIME, such as 2026-11-22T09:00:00Z";
    case TypeKind::Money:
        return "AMOUNT, such as 0.05";
    case TypeKind::Integer:
    case TypeKind::Unsigned:
        return "NUMBER";
    case TypeKind::List: {
        const TypeKind element = bare(type.element()).kind;
        const bool isFlat = element == TypeKind::Text || element == TypeKind::Enumeration;
        return isFlat ? "[" + valueWords(type.element()) + ", ...], or one of them"
                      : "JSON " + compactJson(schemaOf(type));
    }
    default:
        return "JSON " + compactJson(schemaOf(type));
    }
}

}

void printOperationHelp(std::ostream& out, const OperationType& type)
{
    const std::string_view name = type.operation->name;
    out << "ephor " << name.substr(0, name.find('.')) << " " << name.substr(name.find('.') + 1) << "\n  "
        << type.operation->summary << ".\n  Needs the permission to " << wordOf(type.operation->permission)
        << ".\n\n  --input JSON|@FILE|-   the whole request\n";
    for (const Member& member : type.request().members)
        out << "  --" << optionOf(member.name) << "   " << valueWords(member.type()) << "\n";
}

}
