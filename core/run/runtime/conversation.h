#pragma once

#include "core/api/backend.h"
#include "core/domain/limits.h"
#include "core/run/provider/wire.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ephor::runtime {

using Messages = std::vector<provider::ChatMessage>;

/// What a caller sent, read: the roles a caller may use are user and assistant. A system or developer message becomes a
/// user message, since an agent has one governed prompt; `demoted` says that it happened.
struct CallerMessages {
    Messages messages;
    bool demoted = false;
};
/// Reads a Chat Completions `messages` list: content is text, a list of text parts, or null. Codes: messages.shape,
/// messages.role, messages.part, messages.empty, messages.too-many; the field "at" is a JSON pointer.
Result<CallerMessages> readCallerMessages(const Document& messages);

/// The stored form of messages (docs/formats/entry.md, "messages"), and back.
std::string storedText(std::span<const provider::ChatMessage> messages);
Result<Messages> fromStored(const Json& stored);

/// The first call of the last assistant message that no tool message answers yet; null when there is none.
const provider::ToolCall* nextUnanswered(const Messages& messages);

/// The answer to a call, as a message.
provider::ChatMessage answerTo(const provider::ToolCall& call, std::string text);

}
