#include "core/definition/body.h"

#include "core/base/hash.h"
#include "core/base/json.h"
#include "core/base/text.h"
#include "core/domain/reflect.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ephor::definition {

namespace {

template <class Body> Result<StoredBody> stored(DefinitionKind kind, const Body& body, std::string detail)
{
    StoredBody result;
    result.kind = kind;
    EPHOR_TRY(result.canonical, canonicalJson(toJson(body)));
    result.digest = digestOf(result.canonical);
    result.title = body.title;
    result.detail = std::move(detail);
    return result;
}

template <class Body> Result<Body> bodyFrom(std::string_view canonical)
{
    auto json = parseJson(canonical);
    auto body = json ? fromJson<Body>(*json, UnknownMembers::Ignore) : fail(json.error());
    if (body)
        return body;
    return fail(Error(ErrorKind::Internal, "definition.damaged", "A stored definition cannot be read.",
        "Verify the workspace with \"ephor audit verify\".")
            .with("cause", describe(body.error())));
}

void addUse(std::vector<DefinitionRef>& uses, DefinitionKind kind, const std::string& name)
{
    DefinitionRef reference{kind, name, 0};
    if (!name.empty() && name != "-" && std::ranges::find(uses, reference) == uses.end())
        uses.push_back(std::move(reference));
}

}

std::string digestOf(std::string_view bytes)
{
    return "sha256:" + toHex(sha256(bytes));
}

Result<StoredBody> storedBody(const AgentBody& body)
{
    EPHOR_TRY(StoredBody result, stored(DefinitionKind::Agent, body, {}));
    addUse(result.uses, DefinitionKind::Prompt, body.prompt);
    addUse(result.uses, DefinitionKind::Model, body.model);
    for (const std::string& tool : body.tools)
        addUse(result.uses, DefinitionKind::Tool, tool);
    for (const std::string& policy : body.policies)
        addUse(result.uses, DefinitionKind::Policy, policy);
    addUse(result.uses, DefinitionKind::Protection, body.protection);
    return result;
}

Result<StoredBody> storedBody(const PromptBody& body)
{
    return stored(DefinitionKind::Prompt, body, {});
}

Result<StoredBody> storedBody(const ModelBody& body)
{
    return stored(DefinitionKind::Model, body, wordOf(body.provider));
}

Result<StoredBody> storedBody(const ToolBody& body)
{
    return stored(DefinitionKind::Tool, body, wordOf(body.effect));
}

Result<StoredBody> storedBody(const PolicyBody& body)
{
    return stored(DefinitionKind::Policy, body, wordOf(body.mode));
}

Result<StoredBody> storedBody(const ProtectionBody& body)
{
    const std::size_t rules = body.rules.size();
    EPHOR_TRY(StoredBody result, stored(DefinitionKind::Protection, body, countWords(rules, "rule")));
    addUse(result.uses, DefinitionKind::Model, body.judge);
    return result;
}

Result<AgentBody> agentFrom(std::string_view canonical)
{
    return bodyFrom<AgentBody>(canonical);
}

Result<PromptBody> promptFrom(std::string_view canonical)
{
    return bodyFrom<PromptBody>(canonical);
}

Result<ModelBody> modelFrom(std::string_view canonical)
{
    return bodyFrom<ModelBody>(canonical);
}

Result<ToolBody> toolFrom(std::string_view canonical)
{
    return bodyFrom<ToolBody>(canonical);
}

Result<PolicyBody> policyFrom(std::string_view canonical)
{
    return bodyFrom<PolicyBody>(canonical);
}

Result<ProtectionBody> protectionFrom(std::string_view canonical)
{
    return bodyFrom<ProtectionBody>(canonical);
}

}
