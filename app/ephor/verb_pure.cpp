#include "app/ephor/pure_verbs.h"
#include "app/ephor/verbs.h"
#include "core/contract/batch.h"
#include "core/run/provider/batch.h"
#include "core/run/route/assignment.h"
#include "core/trust/detect/batch.h"
#include "core/trust/sanitize/batch.h"
#include "core/trust/temporal/batch.h"

#include <nlohmann/json.hpp>

namespace ephor::cli {

namespace {

struct Named {
    std::string_view noun;
    std::string_view verb; ///< empty: the noun alone
    PureVerb run;
};

std::vector<Named> pureVerbs(const std::string& dialect)
{
    return {
        {"schema", "check", contract::checkSchemaItem},
        {"template", "render", contract::renderTemplateItem},
        {"json", "canonicalize", canonicalizeItem},
        {"assign", "", route::assignItem},
        {"policy", "check", temporal::checkPolicyItem},
        {"policy", "explain", temporal::explainPolicyItem},
        {"policy", "diff", temporal::diffPolicyItem},
        {"policy", "trace", temporal::tracePolicyItem},
        {"scan", "", detect::scanItem},
        {"sanitize", "", sanitize::sanitizeItem},
        {"wire", "parse", [dialect](const Json& item) { return provider::parseWireItem(item, dialect); }},
    };
}

// What no line of a batch could mend is wrong once, before the first.
Result<void> checkUsage(const Command& command, std::size_t words)
{
    if (command.words.size() > words)
        return fail(ErrorKind::Invalid, "usage.word", "\"" + command.words[words] + "\" means nothing here.",
            "Items come by standard input, with --input or with an option for each member; see --help.");
    const std::string* const dialect = command.find("dialect");
    if (dialect != nullptr && *dialect != "openai-chat")
        return fail(ErrorKind::Invalid, "usage.dialect", "The dialect \"" + *dialect + "\" is not known.",
            "Write --dialect openai-chat.");
    if (!command.has("batch"))
        return {};
    for (const Command::Option& option : command.options) {
        if (option.name != "batch" && option.name != "dialect")
            return fail(ErrorKind::Invalid, "usage.option", "--" + option.name + " is for one item, not for a batch.",
                "Put it into each line, or leave --batch out.");
    }
    return {};
}

// Without --batch one item comes from --input, or from options of the verb's own members: --seed S --unit U.
Result<std::string> itemText(const Command& command)
{
    if (const std::string* const input = command.find("input"))
        return valueOf(*input);
    Json item = Json::object();
    for (const Command::Option& option : command.options) {
        if (option.name == "dialect" || option.name == "batch")
            continue;
        EPHOR_TRY(const std::string text, valueOf(option.value));
        const bool isText = option.name == "seed" || option.name == "unit" || option.name == "template"
            || option.name == "body" || option.name == "escape" || option.name == "policies" || option.name == "before"
            || option.name == "after" || option.name == "mode" || option.name == "text" || option.name == "profile"
            || option.name == "sink";
        if (isText) {
            item[option.name] = text;
        } else {
            auto value = parseJson(text);
            if (!value)
                return fail(std::move(value.error()).with("option", "--" + option.name));
            item[option.name] = std::move(*value);
        }
    }
    if (item.empty())
        return valueOf("-");
    return compactJson(item);
}

}

bool runPure(const Command& command, const Streams& streams, Exit& exit)
{
    if (command.words.empty())
        return false;
    const std::string* const dialect = command.find("dialect");
    for (const Named& named : pureVerbs(dialect != nullptr ? *dialect : "openai-chat")) {
        const bool match = command.words[0] == named.noun
            && (named.verb.empty() || (command.words.size() > 1 && command.words[1] == named.verb));
        if (!match)
            continue;
        if (auto usable = checkUsage(command, named.verb.empty() ? 1 : 2); !usable) {
            printError(streams.out, streams.err, usable.error(), command.common.format);
            exit = Exit::Usage;
            return true;
        }
        if (command.has("batch")) {
            exit = runBatch(streams.in, streams.out, named.run);
            return true;
        }
        const auto text = itemText(command);
        if (!text) {
            printError(streams.out, streams.err, text.error(), command.common.format);
            exit = exitFor(text.error());
            return true;
        }
        exit = runOnce(*text, streams.out, streams.err, named.run);
        return true;
    }
    return false;
}

}
