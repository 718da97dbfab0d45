#pragma once

#include "core/base/bytes.h"
#include "core/run/provider/scenario.h"

namespace ephor::provider {

/// Random draws that depend on seed, request, attempt and the draw's own name only: adding one draw changes no other.
class Draws {
public:
    Draws(std::uint64_t seed, const Digest& requestDigest, int attempt);
    /// From 0 up to but without 1.
    double unit(std::string_view name) const;
    /// From 0 up to but without `count`, which must not be 0.
    std::size_t below(std::size_t count, std::string_view name) const;
    /// Twelve hexadecimal digits that stand for this call.
    std::string digestText() const;

private:
    Digest m_root{};
};

/// What rules look at in a request. Holds views into it.
class ConversationView {
public:
    explicit ConversationView(const ChatRequest& request);
    /// The newest result of a tool of that name.
    const ChatMessage* newestResultOf(std::string_view tool) const;
    /// The name of the tool that a tool message answers for.
    std::string_view toolOf(const ChatMessage& message) const;

    std::string_view model;
    std::string_view user; ///< the newest user message
    std::string system; ///< system and developer messages, joined
    std::int64_t turn = 0;
    std::int64_t toolResults = 0; ///< since the newest user message
    const ChatMessage* newestResult = nullptr; ///< the newest of those

private:
    const ChatRequest& m_request;
};

/// Whether a condition holds; `id` names its own random draw.
bool matches(const ScenarioCondition& condition, const ConversationView& view, Instant now, const Draws& draws,
    std::string_view id);

/// The groups that the condition's pattern captured, by name and by number.
std::map<std::string, std::string, std::less<>> groupsOf(
    const ScenarioCondition& condition, const ConversationView& view);

}
