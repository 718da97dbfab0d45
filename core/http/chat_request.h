#pragma once

#include "core/api/backend.h"
#include "core/http/http_message.h"

namespace ephor::http {

/// A Chat Completions request, reduced to what an agent takes of it.
struct ChatRequest {
    StartRun::Request run; ///< messages normalised to a list of {role, content}, the content one text
    bool stream = false;
    bool includeUsage = false; ///< stream_options.include_usage
};

/// Reads the body of POST /v1/chat/completions. The agent's name stands as `model`. `user` is a claim that keeps a
/// person at one variant, and so are the headers x-ephor-person (which goes before `user`), x-ephor-conversation and
/// x-ephor-reference. `variables`, an extension, fills the prompt's template. Unknown members are ignored, as the
/// original does; what would change the answer and cannot be kept is refused instead: the caller's own tools (the
/// agent's are governed), more than one choice, a response format (the agent has its own contract).
/// Every error is of the caller's making; its field "param" names the member.
/// Codes: those of parseJson, chat.type, chat.missing, chat.unsupported, chat.too-long.
Result<ChatRequest> readChatRequest(const HttpRequestView& request);

}
