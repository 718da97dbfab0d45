#include "core/definition/version_diff.h"

#include "core/base/diff.h"
#include "core/base/json.h"
#include "core/definition/definitions.h"
#include "core/domain/reflect.h"

#include <nlohmann/json.hpp>

namespace ephor::definition {

namespace {

std::string indented(const Json& json)
{
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

// Empty where `there` is nothing to show.
void appendSection(std::string& text, const std::string& heading, const std::string& content)
{
    if (content.empty())
        return;
    if (!text.empty() && !text.ends_with('\n'))
        text += '\n';
    text += "--- " + heading + " ---\n" + content;
}

void appendWhereDifferent(std::string& before, std::string& after, const std::string& heading, const std::string& left,
    const std::string& right)
{
    if (left == right)
        return;
    appendSection(before, heading, left);
    appendSection(after, heading, right);
}

struct TextPair {
    std::string before;
    std::string after;
};

Result<TextPair> promptTexts(std::string_view before, std::string_view after)
{
    EPHOR_TRY(const PromptBody left, before.empty() ? Result<PromptBody>(PromptBody()) : promptFrom(before));
    EPHOR_TRY(const PromptBody right, after.empty() ? Result<PromptBody>(PromptBody()) : promptFrom(after));
    TextPair pair{left.text, right.text};
    appendWhereDifferent(pair.before, pair.after, "title", left.title, right.title);
    const auto schemaText = [](const Document& schema) {
        const Json json = jsonOf(schema);
        return json.is_null() ? std::string() : indented(json);
    };
    appendWhereDifferent(pair.before, pair.after, "variables", schemaText(left.variables), schemaText(right.variables));
    std::map<std::string, TextPair> partials;
    for (const auto& [name, source] : left.partials)
        partials[name].before = source;
    for (const auto& [name, source] : right.partials)
        partials[name].after = source;
    for (const auto& [name, sources] : partials)
        appendWhereDifferent(pair.before, pair.after, "partial " + name, sources.before, sources.after);
    return pair;
}

Result<TextPair> policyTexts(std::string_view before, std::string_view after)
{
    EPHOR_TRY(const PolicyBody left, before.empty() ? Result<PolicyBody>(PolicyBody()) : policyFrom(before));
    EPHOR_TRY(const PolicyBody right, after.empty() ? Result<PolicyBody>(PolicyBody()) : policyFrom(after));
    TextPair pair{left.text, right.text};
    appendWhereDifferent(pair.before, pair.after, "title", left.title, right.title);
    appendWhereDifferent(pair.before, pair.after, "mode", wordOf(left.mode), wordOf(right.mode));
    const auto casesText
        = [](const PolicyBody& body) { return body.cases.empty() ? std::string() : indented(toJson(body.cases)); };
    appendWhereDifferent(pair.before, pair.after, "cases", casesText(left), casesText(right));
    return pair;
}

DiffVersions::Response responseOf(const TextPair& pair)
{
    const TextDiff diff = diffText(pair.before, pair.after);
    DiffVersions::Response response;
    response.added = diff.added;
    response.removed = diff.removed;
    response.lines.reserve(diff.lines.size());
    for (const DiffedLine& line : diff.lines) {
        DiffLine& shown = response.lines.emplace_back();
        shown.kind = line.kind == DiffKind::Same ? "same" : line.kind == DiffKind::Removed ? "removed" : "added";
        shown.before = line.before;
        shown.after = line.after;
        shown.text = std::string(line.text);
        for (const DiffMark& mark : line.marks) {
            shown.marks.push_back(mark.begin);
            shown.marks.push_back(mark.end);
        }
    }
    return response;
}

}

Result<std::string> readableBody(DefinitionKind kind, std::string_view canonical)
{
    if (canonical.empty())
        return std::string();
    if (kind == DefinitionKind::Prompt) {
        EPHOR_TRY(const PromptBody body, promptFrom(canonical));
        return std::string(body.text);
    }
    if (kind == DefinitionKind::Policy) {
        EPHOR_TRY(const PolicyBody body, policyFrom(canonical));
        return std::string(body.text);
    }
    EPHOR_TRY(const Json json, parseJson(canonical));
    return indented(json);
}

Result<DiffVersions::Response> diffBodies(DefinitionKind kind, std::string_view before, std::string_view after)
{
    if (kind == DefinitionKind::Prompt) {
        EPHOR_TRY(const TextPair pair, promptTexts(before, after));
        return responseOf(pair);
    }
    if (kind == DefinitionKind::Policy) {
        EPHOR_TRY(const TextPair pair, policyTexts(before, after));
        return responseOf(pair);
    }
    TextPair pair;
    EPHOR_TRY(pair.before, readableBody(kind, before));
    EPHOR_TRY(pair.after, readableBody(kind, after));
    return responseOf(pair);
}

Result<DiffVersions::Response> diffVersions(
    const store::Snapshot& snapshot, DefinitionKind kind, const std::string& name, std::uint64_t from, std::uint64_t to)
{
    VersionBytes before;
    if (from != 0) {
        EPHOR_TRY(before, verifiedBytes(snapshot, kind, name, from));
    }
    EPHOR_TRY(const VersionBytes after, verifiedBytes(snapshot, kind, name, to));
    return diffBodies(kind, before.body, after.body);
}

}
