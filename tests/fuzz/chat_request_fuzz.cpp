// links: core_http
#include "core/http/chat_request.h"

#include "core/base/json.h"

#include <cstdlib>
#include <nlohmann/json.hpp>

// What is read must be whole: an agent's name within its limits and messages that are a list of role and content.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    ephor::http::HttpRequestView request;
    request.body.assign(reinterpret_cast<const char*>(data), size);
    request.headers = {{"x-ephor-reference", request.body.substr(0, 300)}};
    auto chat = ephor::http::readChatRequest(request);
    if (!chat) {
        request.headers.clear();
        chat = ephor::http::readChatRequest(request);
    }
    if (!chat)
        return 0;
    if (chat->run.agent.empty() || chat->run.agent.size() > 128 || chat->run.person.size() > 256)
        std::abort();
    const auto messages = ephor::parseJson(chat->run.messages.text);
    if (!messages || !messages->is_array() || messages->empty())
        std::abort();
    for (const ephor::Json& message : *messages) {
        if (message.size() != 2 || !message.at("role").is_string() || !message.at("content").is_string())
            std::abort();
    }
    return 0;
}
