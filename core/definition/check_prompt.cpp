#include "core/definition/check_parts.h"
#include "core/contract/template.h"
#include "core/domain/reflect.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <set>

namespace ephor::definition {

namespace {

// Of all partials together: what a render may print, several times over.
constexpr std::size_t largestPartials = 1 << 20;

std::uint64_t fieldNumber(const Error& error, std::string_view name)
{
    std::uint64_t number = 0;
    for (const auto& [field, value] : error.fields) {
        if (field == name)
            std::from_chars(value.data(), value.data() + value.size(), number);
    }
    return number;
}

Problem templateProblem(const Error& error, const std::string& at)
{
    Problem problem = problemAt(at, error.code, error.message, error.hint);
    problem.line = fieldNumber(error, "line");
    problem.column = fieldNumber(error, "column");
    problem.length = problem.line == 0 ? 0 : 1;
    return problem;
}

// What the names of a template are looked up in, innermost last. Empty pointers stand for data of unknown shape.
using Shapes = std::vector<const Json*>;

const Json* memberShape(const Json& schema, const std::string& path)
{
    const Json* node = &schema;
    for (std::size_t begin = 0; begin <= path.size();) {
        const std::size_t end = std::min(path.find('.', begin), path.size());
        const auto properties = node->find("properties");
        if (properties == node->end() || !properties->is_object())
            return nullptr;
        const auto member = properties->find(path.substr(begin, end - begin));
        if (member == properties->end() || !member->is_object())
            return nullptr;
        node = &*member;
        begin = end + 1;
    }
    return node;
}

bool isOpen(const Shapes& shapes)
{
    return std::ranges::find(shapes, nullptr) != shapes.end();
}

// The shape of an item inside the section of that name, put on top; a section over a plain value adds none.
void enterSection(Shapes& shapes, const std::string& name)
{
    for (auto shape = shapes.rbegin(); shape != shapes.rend(); ++shape) {
        if (*shape == nullptr)
            return;
        const Json* member = name == "." ? *shape : memberShape(**shape, name);
        if (member == nullptr)
            continue;
        if (member->contains("items") && member->at("items").is_object())
            shapes.push_back(&member->at("items"));
        else if (member->contains("properties"))
            shapes.push_back(member);
        else if (!member->contains("type") || member->at("type") == "object" || member->at("type") == "array")
            shapes.push_back(nullptr);
        return;
    }
    shapes.push_back(nullptr);
}

bool isDeclared(const Json& schema, const contract::TemplateVariable& variable)
{
    if (variable.name == ".")
        return true;
    Shapes shapes{&schema};
    for (const std::string& section : variable.within)
        enterSection(shapes, section);
    return isOpen(shapes)
        || std::ranges::any_of(shapes, [&](const Json* shape) { return declares(*shape, variable.name); });
}

Problem variableProblem(
    const contract::TemplateVariable& variable, std::string code, std::string message, std::string hint)
{
    Problem problem = problemAt(variable.name, std::move(code), std::move(message), std::move(hint));
    problem.line = variable.line;
    problem.column = variable.column;
    problem.length = variable.name.size();
    return problem;
}

bool isRequired(const Json& schema, const std::string& name)
{
    const std::string first = name.substr(0, name.find('.'));
    const auto required = schema.find("required");
    return required == schema.end() ? false
                                    : std::ranges::any_of(*required, [&](const Json& word) { return word == first; });
}

// The prompt with everything it includes, parsed.
struct ParsedPrompt {
    std::optional<contract::Template> text;
    std::map<std::string, contract::Template> partials;
};

ParsedPrompt parsePrompt(const PromptBody& body, std::vector<Problem>& problems)
{
    ParsedPrompt parsed;
    auto text = contract::Template::parse(body.text);
    if (text)
        parsed.text = std::move(*text);
    else
        problems.push_back(templateProblem(text.error(), "/text"));
    std::size_t size = 0;
    for (const auto& [name, source] : body.partials) {
        size += source.size();
        auto partial = contract::Template::parse(source);
        if (partial)
            parsed.partials.emplace(name, std::move(*partial));
        else
            problems.push_back(templateProblem(partial.error(), "/partials/" + name));
    }
    if (size > largestPartials)
        problems.push_back(problemAt("/partials", "prompt.partials-too-large",
            "The partials are larger than 1 MiB together.", "Keep only what the prompt includes."));
    return parsed;
}

void checkPartials(const PromptBody& body, const ParsedPrompt& parsed, std::vector<Problem>& problems)
{
    std::set<std::string> included;
    const auto look = [&](const contract::Template& source, const std::string& where) {
        for (const contract::TemplatePartial& partial : source.partials()) {
            included.insert(partial.name);
            if (body.partials.contains(partial.name))
                continue;
            Problem problem = problemAt(partial.name, "prompt.unknown-partial",
                where + " includes the partial \"" + partial.name + "\", which the prompt does not have.",
                "Add the partial, or correct its name.");
            problem.line = partial.line;
            problem.column = partial.column;
            problem.length = partial.name.size();
            problems.push_back(std::move(problem));
        }
    };
    if (parsed.text)
        look(*parsed.text, "The text");
    for (const auto& [name, partial] : parsed.partials)
        look(partial, "The partial \"" + name + "\"");
    for (const auto& [name, source] : body.partials) {
        if (included.contains(name) || !parsed.text)
            continue;
        problems.push_back(problemAt("/partials/" + name, "prompt.unused-partial",
            "Nothing includes the partial \"" + name + "\".", "Remove it, or include it with {{> " + name + "}}."));
        problems.back().warning = true;
    }
}

void checkVariables(const Json& schema, const ParsedPrompt& parsed, std::vector<Problem>& problems)
{
    const bool hasSections = parsed.text && std::ranges::any_of(parsed.text->variables(), [](const auto& variable) {
        return variable.use == contract::TemplateUse::Section;
    });
    const auto look = [&](const contract::Template& source, bool insidePartial) {
        for (const contract::TemplateVariable& variable : source.variables()) {
            if (!isDeclared(schema, variable)) {
                problems.push_back(variableProblem(variable, "prompt.unknown-variable",
                    "The variable \"" + variable.name + "\" is not declared.",
                    "Declare it in the schema of the variables, or correct its name."));
                // A partial may be included inside a section, where the name is one of an item.
                problems.back().warning = insidePartial && hasSections;
            } else if (variable.within.empty() && schema.contains("properties") && !isRequired(schema, variable.name)) {
                problems.push_back(variableProblem(variable, "prompt.optional-variable",
                    "The variable \"" + variable.name + "\" may be missing, and then the run is refused.",
                    "Add it to \"required\" in the schema of the variables."));
                problems.back().warning = true;
            }
        }
    };
    if (parsed.text)
        look(*parsed.text, false);
    for (const auto& [name, partial] : parsed.partials)
        look(partial, true);
}

}

std::vector<Problem> problemsOf(const PromptBody& body)
{
    std::vector<Problem> problems;
    const ParsedPrompt parsed = parsePrompt(body, problems);
    if (body.text.empty())
        problems.push_back(problemAt("/text", "prompt.empty", "The prompt has no text.", "Write one."));
    checkPartials(body, parsed, problems);
    checkSchema(body.variables, "/variables", problems);
    const auto schema = parseJson(body.variables.text.empty() ? "null" : body.variables.text);
    if (schema && schema->is_object())
        checkVariables(*schema, parsed, problems);
    std::ranges::stable_sort(problems, {}, &Problem::warning);
    return problems;
}

std::vector<std::string> variablesOf(const PromptBody& body)
{
    std::vector<Problem> ignored;
    const ParsedPrompt parsed = parsePrompt(body, ignored);
    std::set<std::string> names;
    const auto look = [&](const contract::Template& source) {
        for (const contract::TemplateVariable& variable : source.variables()) {
            if (variable.name != ".")
                names.insert(variable.name);
        }
    };
    if (parsed.text)
        look(*parsed.text);
    for (const auto& [name, partial] : parsed.partials)
        look(partial);
    return {names.begin(), names.end()};
}

std::vector<Problem> undeclaredBy(const PromptBody& body, const std::string& agent, const AgentBody& agentBody)
{
    std::vector<Problem> problems;
    Json schema = jsonOf(agentBody.inputSchema);
    // Without a contract of the agent's own the prompt's is what callers can read.
    if (!schema.is_object())
        schema = jsonOf(body.variables);
    if (!schema.is_object())
        schema = Json{{"properties", Json::object()}};
    std::vector<Problem> ignored;
    const ParsedPrompt parsed = parsePrompt(body, ignored);
    if (!parsed.text)
        return problems;
    for (const contract::TemplateVariable& variable : parsed.text->variables()) {
        if (isDeclared(schema, variable))
            continue;
        problems.push_back(variableProblem(variable, "prompt.not-in-agent",
            "The agent " + agent + " does not declare the variable \"" + variable.name + "\".",
            "Declare it in the agent's input schema before releasing both."));
        problems.back().warning = true;
    }
    return problems;
}

}
