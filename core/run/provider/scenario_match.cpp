#include "core/run/provider/scenario_match.h"

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/run/provider/scenario_template.h"

#include <algorithm>
#include <re2/re2.h>

namespace ephor::provider {

namespace {

std::uint64_t firstEightBytes(const Digest& digest)
{
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < 8; ++i)
        value = (value << 8) | digest[i];
    return value;
}

bool containsText(std::string_view text, std::string_view part)
{
    return lowerAscii(text).find(lowerAscii(part)) != std::string::npos;
}

bool resultMatches(const ToolResultCondition& condition, const ConversationView& view)
{
    if (!view.newestResult)
        return false;
    if (!condition.tool.empty() && view.toolOf(*view.newestResult) != condition.tool)
        return false;
    if (!condition.contains.empty() && !containsText(view.newestResult->content, condition.contains))
        return false;
    if (!condition.equals && !condition.above && !condition.below)
        return true;
    const auto json = parseJson(view.newestResult->content);
    const auto value = json ? valueAt(*json, condition.path) : std::nullopt;
    if (!value || (condition.equals && *value != *condition.equals))
        return false;
    if (condition.above && !(value->is_number() && value->get<double>() > *condition.above))
        return false;
    return !condition.below || (value->is_number() && value->get<double>() < *condition.below);
}

bool userTextMatches(const ScenarioCondition& condition, const ConversationView& view)
{
    const auto holds = [&](const std::string& part) { return containsText(view.user, part); };
    if (!condition.userContains.empty() && std::ranges::none_of(condition.userContains, holds))
        return false;
    return !condition.userMatches || re2::RE2::PartialMatch(view.user, *condition.userMatches);
}

}

Draws::Draws(std::uint64_t seed, const Digest& requestDigest, int attempt)
{
    m_root = sha256(std::to_string(seed) + "/" + toHex(BytesView(requestDigest)) + "/" + std::to_string(attempt));
}

double Draws::unit(std::string_view name) const
{
    Sha256 hash;
    hash.add(BytesView(m_root)).add(name);
    // 53 bits fill a double's fraction exactly.
    return double(firstEightBytes(hash.finish()) >> 11) * 0x1.0p-53;
}

std::size_t Draws::below(std::size_t count, std::string_view name) const
{
    return std::min(std::size_t(unit(name) * double(count)), count - 1);
}

std::string Draws::digestText() const
{
    return toHex(BytesView(m_root).first(6));
}

ConversationView::ConversationView(const ChatRequest& request)
    : model(request.model)
    , m_request(request)
{
    for (const ChatMessage& message : request.messages) {
        if (message.role == "system" || message.role == "developer") {
            system += message.content;
            system += '\n';
        } else if (message.role == "user") {
            user = message.content;
            ++turn;
            toolResults = 0;
            newestResult = nullptr;
        } else if (message.role == "tool") {
            ++toolResults;
            newestResult = &message;
        }
    }
}

std::string_view ConversationView::toolOf(const ChatMessage& message) const
{
    for (const ChatMessage& candidate : m_request.messages) {
        for (const ToolCall& call : candidate.toolCalls) {
            if (!call.id.empty() && call.id == message.toolCallId)
                return call.name;
        }
    }
    return message.name;
}

const ChatMessage* ConversationView::newestResultOf(std::string_view tool) const
{
    const ChatMessage* newest = nullptr;
    for (const ChatMessage& message : m_request.messages) {
        if (message.role == "tool" && toolOf(message) == tool)
            newest = &message;
    }
    return newest;
}

bool matches(const ScenarioCondition& condition, const ConversationView& view, Instant now, const Draws& draws,
    std::string_view id)
{
    if ((condition.after && now < *condition.after) || (condition.before && now >= *condition.before))
        return false;
    if (!condition.model.empty() && condition.model != view.model)
        return false;
    if ((condition.turn && *condition.turn != view.turn)
        || (condition.toolResults && *condition.toolResults != view.toolResults))
        return false;
    if (!condition.systemContains.empty() && !containsText(view.system, condition.systemContains))
        return false;
    if (!condition.systemLacks.empty() && containsText(view.system, condition.systemLacks))
        return false;
    if (!userTextMatches(condition, view) || (condition.toolResult && !resultMatches(*condition.toolResult, view)))
        return false;
    return condition.chance >= 1 || draws.unit("chance/" + std::string(id)) < condition.chance;
}

std::map<std::string, std::string, std::less<>> groupsOf(
    const ScenarioCondition& condition, const ConversationView& view)
{
    std::map<std::string, std::string, std::less<>> groups;
    if (!condition.userMatches)
        return groups;
    std::vector<re2::StringPiece> found(std::size_t(condition.userMatches->NumberOfCapturingGroups()) + 1);
    const re2::StringPiece text(view.user.data(), view.user.size());
    if (!condition.userMatches->Match(text, 0, text.size(), re2::RE2::UNANCHORED, found.data(), int(found.size())))
        return groups;
    for (std::size_t i = 0; i < found.size(); ++i)
        groups[std::to_string(i)] = std::string(found[i]);
    for (const auto& [name, number] : condition.userMatches->NamedCapturingGroups())
        groups[name] = std::string(found[std::size_t(number)]);
    return groups;
}

}
