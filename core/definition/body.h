#pragma once

#include "core/domain/definition.h"

namespace ephor::definition {

/// A body as it is stored: its hash is over these bytes and over nothing derived from them.
struct StoredBody {
    DefinitionKind kind = DefinitionKind::Prompt;
    std::string canonical; ///< RFC 8785
    std::string digest; ///< "sha256:" and 64 hex digits
    std::string title;
    std::string detail; ///< one word for lists: effect of a tool, provider of a model
    std::vector<DefinitionRef> uses; ///< what an agent names; version 0
};

/// Codes: those of canonicalJson. Nothing is checked here: that is checks.h.
Result<StoredBody> storedBody(const AgentBody& body);
Result<StoredBody> storedBody(const PromptBody& body);
Result<StoredBody> storedBody(const ModelBody& body);
Result<StoredBody> storedBody(const ToolBody& body);
Result<StoredBody> storedBody(const PolicyBody& body);
Result<StoredBody> storedBody(const ProtectionBody& body);

/// Reads stored bytes. Members added by a later version of Ephor are read past. Code: definition.damaged.
Result<AgentBody> agentFrom(std::string_view canonical);
Result<PromptBody> promptFrom(std::string_view canonical);
Result<ModelBody> modelFrom(std::string_view canonical);
Result<ToolBody> toolFrom(std::string_view canonical);
Result<PolicyBody> policyFrom(std::string_view canonical);
Result<ProtectionBody> protectionFrom(std::string_view canonical);

/// "sha256:…" of any bytes.
std::string digestOf(std::string_view bytes);

}
