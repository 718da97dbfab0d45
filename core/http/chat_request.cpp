#include "core/http/chat_request.h"

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/domain/json_text.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace ephor::http {

namespace {

// Of one conversation: far beyond what a model reads, and a bound for everything that walks it.
constexpr std::size_t mostMessages = 2'000;
// What the domain's types hold of a name and of a claim (core/api/backend.h), in bytes.
constexpr std::size_t longestAgentName = 128;
constexpr std::size_t longestClaim = 256;

std::unexpected<Error> chatError(std::string code, std::string message, std::string hint, std::string param)
{
    return fail(Error(ErrorKind::Invalid, std::move(code), std::move(message), std::move(hint))
            .with("param", std::move(param)));
}

std::unexpected<Error> wrongChatType(std::string_view wanted, const Json& json, std::string param)
{
    return chatError("chat.type",
        "\"" + param + "\" must be " + std::string(wanted) + ", not " + std::string(json.type_name()) + ".", "", param);
}

/// The member, or null when it is absent or null: the original treats both alike.
const Json* memberOf(const Json& object, const char* name)
{
    const auto found = object.find(name);
    return found == object.end() || found->is_null() ? nullptr : &*found;
}

Result<bool> booleanMember(const Json& object, const char* name, const std::string& param)
{
    const Json* const member = memberOf(object, name);
    if (!member)
        return false;
    if (!member->is_boolean())
        return wrongChatType("a boolean", *member, param);
    return member->get<bool>();
}

Result<std::optional<std::uint64_t>> countMember(const Json& object, const char* name)
{
    const Json* const member = memberOf(object, name);
    if (!member)
        return std::optional<std::uint64_t>();
    if (!member->is_number_unsigned() || *member == 0u)
        return chatError("chat.type", "\"" + std::string(name) + "\" must be a whole number above zero.",
            "Leave it out for the agent's own limit.", name);
    return std::optional(member->get<std::uint64_t>());
}

Result<std::string> textPart(const Json& part, const std::string& param)
{
    if (!part.is_object())
        return wrongChatType("an object", part, param);
    const Json* const type = memberOf(part, "type");
    if (!type || !type->is_string())
        return chatError(
            "chat.missing", "A part of the content has no type.", "Text has the type \"text\".", param + ".type");
    if (*type != "text")
        return chatError("chat.unsupported",
            "This agent reads text only, not \"" + shorten(type->get_ref<const std::string&>(), 32) + "\".",
            "Send parts of the type \"text\".", param + ".type");
    const Json* const text = memberOf(part, "text");
    if (!text || !text->is_string())
        return chatError("chat.missing", "A text part has no text.", "Write it in \"text\".", param + ".text");
    return text->get<std::string>();
}

Result<std::string> messageContent(const Json& message, const std::string& param)
{
    const Json* const content = memberOf(message, "content");
    if (!content)
        return chatError("chat.missing", "A message has no content.", "Give it a text; it may be empty.", param);
    if (content->is_string())
        return content->get<std::string>();
    if (!content->is_array() || content->empty())
        return wrongChatType("a string or a list of parts", *content, param);
    std::string joined;
    for (std::size_t i = 0; i < content->size(); ++i) {
        EPHOR_TRY(const std::string part, textPart((*content)[i], param + "[" + std::to_string(i) + "]"));
        joined += (i == 0 ? "" : "\n") + part;
    }
    return joined;
}

Result<void> addMessage(std::string& list, const Json& message, const std::string& param)
{
    if (!message.is_object())
        return wrongChatType("an object", message, param);
    const Json* const role = memberOf(message, "role");
    if (!role || !role->is_string())
        return chatError(
            "chat.missing", "A message has no role.", "Use system, developer, user or assistant.", param + ".role");
    std::string word = role->get<std::string>();
    if (word == "developer")
        word = "system";
    if (word == "tool" || word == "function" || memberOf(message, "tool_calls") || memberOf(message, "function_call"))
        return chatError("chat.unsupported", "The agent calls its own tools; messages cannot carry calls or results.",
            "Send the messages of the system, the user and the assistant only.", param);
    constexpr std::array<std::string_view, 3> roles{"system", "user", "assistant"};
    if (std::ranges::find(roles, word) == roles.end())
        return chatError("chat.type", "\"" + shorten(word, 32) + "\" is not a role.",
            "Use system, developer, user or assistant.", param + ".role");
    EPHOR_TRY(std::string content, messageContent(message, param + ".content"));
    ObjectText(list).text("content", content).text("role", word).end();
    return {};
}

Result<Document> messagesOf(const Json& body)
{
    const Json* const messages = memberOf(body, "messages");
    if (!messages)
        return chatError("chat.missing", "\"messages\" is missing.", "Send the conversation in it.", "messages");
    if (!messages->is_array())
        return wrongChatType("a list", *messages, "messages");
    if (messages->empty())
        return chatError("chat.missing", "\"messages\" is empty.", "Send at least one message.", "messages");
    if (messages->size() > mostMessages)
        return chatError("chat.too-long", "There are more than " + std::to_string(mostMessages) + " messages.",
            "Send the newest ones only.", "messages");
    std::string list = "[";
    for (std::size_t i = 0; i < messages->size(); ++i) {
        if (i > 0)
            list += ',';
        EPHOR_TRY_VOID(addMessage(list, (*messages)[i], "messages[" + std::to_string(i) + "]"));
    }
    return Document{std::move(list) + "]"};
}

Result<void> refuseWhatCannotBeKept(const Json& body)
{
    for (const char* name : {"tools", "functions"}) {
        const Json* const tools = memberOf(body, name);
        if (tools && !(tools->is_array() && tools->empty()))
            return chatError("chat.unsupported",
                "The agent has its own tools, which are governed; a caller cannot add any.",
                "Leave \"" + std::string(name) + "\" out.", name);
    }
    if (const Json* const choices = memberOf(body, "n"); choices && *choices != 1)
        return chatError("chat.unsupported", "An agent answers once.", "Leave \"n\" out or set it to 1.", "n");
    if (const Json* const format = memberOf(body, "response_format")) {
        const Json* const type = format->is_object() ? memberOf(*format, "type") : nullptr;
        if (!type || *type != "text")
            return chatError("chat.unsupported", "The agent's own contract says what its answer looks like.",
                "Leave \"response_format\" out.", "response_format");
    }
    return {};
}

Result<std::string> claimOf(const HttpRequestView& request, std::string_view header)
{
    const auto value = findHeader(request.headers, header);
    if (!value)
        return std::string();
    if (value->size() > longestClaim || !isUtf8(*value))
        return chatError("chat.too-long", "The header " + std::string(header) + " takes up to 256 bytes of UTF-8.", "",
            std::string(header));
    return std::string(*value);
}

Result<void> readClaims(const HttpRequestView& request, const Json& body, StartRun::Request& run)
{
    EPHOR_TRY(run.person, claimOf(request, "x-ephor-person"));
    EPHOR_TRY(run.conversation, claimOf(request, "x-ephor-conversation"));
    EPHOR_TRY(run.reference, claimOf(request, "x-ephor-reference"));
    const Json* const user = memberOf(body, "user");
    if (!user)
        return {};
    if (!user->is_string())
        return wrongChatType("a string", *user, "user");
    if (user->get_ref<const std::string&>().size() > longestClaim)
        return chatError("chat.too-long", "\"user\" takes up to 256 bytes.", "", "user");
    if (run.person.empty())
        run.person = user->get<std::string>();
    return {};
}

Result<void> readStreamOptions(const Json& body, ChatRequest& chat)
{
    EPHOR_TRY(chat.stream, booleanMember(body, "stream", "stream"));
    chat.run.stream = chat.stream;
    const Json* const options = memberOf(body, "stream_options");
    if (!options)
        return {};
    if (!options->is_object())
        return wrongChatType("an object", *options, "stream_options");
    if (!chat.stream)
        return chatError("chat.type", "\"stream_options\" goes only with \"stream\": true.", "", "stream_options");
    EPHOR_TRY(chat.includeUsage, booleanMember(*options, "include_usage", "stream_options.include_usage"));
    return {};
}

}

Result<ChatRequest> readChatRequest(const HttpRequestView& request)
{
    EPHOR_TRY(const Json body, parseJson(request.body));
    if (!body.is_object())
        return chatError("chat.type", "The body must be a JSON object.", "", "");
    const Json* const model = memberOf(body, "model");
    if (!model)
        return chatError("chat.missing", "\"model\" is missing.", "Name the agent in it.", "model");
    if (!model->is_string())
        return wrongChatType("a string", *model, "model");
    ChatRequest chat;
    chat.run.agent = model->get<std::string>();
    if (chat.run.agent.empty() || chat.run.agent.size() > longestAgentName)
        return chatError("chat.missing", "\"model\" must be an agent's name of 1 to 128 bytes.",
            "GET /v1/models lists the agents.", "model");
    EPHOR_TRY_VOID(refuseWhatCannotBeKept(body));
    EPHOR_TRY(chat.run.messages, messagesOf(body));
    EPHOR_TRY_VOID(readStreamOptions(body, chat));
    EPHOR_TRY_VOID(readClaims(request, body, chat.run));
    EPHOR_TRY(chat.run.maxOutputTokens, countMember(body, "max_completion_tokens"));
    EPHOR_TRY(const auto olderLimit, countMember(body, "max_tokens"));
    if (!chat.run.maxOutputTokens)
        chat.run.maxOutputTokens = olderLimit;
    if (const Json* const variables = memberOf(body, "variables")) {
        if (!variables->is_object())
            return wrongChatType("an object", *variables, "variables");
        chat.run.variables = Document{compactJson(*variables)};
    }
    return chat;
}

}
