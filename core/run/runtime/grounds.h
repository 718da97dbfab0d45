#pragma once

#include "core/domain/definition.h"
#include "core/domain/protection.h"
#include "core/run/runtime/conversation.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ephor::runtime {

/// What an answer rests on. Made from words and numbers first (core/trust/guard/groundedness.h); a judge, where the
/// protection names one, may find more.
struct Grounds {
    std::vector<Citation> citations; ///< of the sentences that say something, in their order
    std::string unjudged; ///< why the judge was of no use; empty where none was needed
};

/// Measures the answer against what the tools returned; nothing where none returned anything.
std::optional<Grounds> groundsOf(const std::string& answer, const Messages& messages);

/// How many sentences nothing bears out.
std::size_t doubtedIn(const Grounds& grounds);

/// A judge reads at most so many sentences in one question: longer lists are answered carelessly.
inline constexpr std::size_t mostJudged = 40;
/// And so many bytes of each result: what a model holds in mind is bounded.
inline constexpr std::size_t longestPassage = 24 * 1024;

/// Asks a judge about the sentences in doubt. Both they and the results stand in it as data, in JSON: nothing in them
/// is an instruction to it.
provider::ChatRequest judgeRequest(
    const ModelBody& judge, const std::string& answer, const Grounds& grounds, const Messages& messages);

/// Takes the judge's word: {"supported":[{"sentence":1,"result":2}]}, counted from 1, of the sentences that were asked
/// about. Code judge.unreadable for anything else; then nothing is taken.
Result<void> takeJudgement(std::string_view reply, const Messages& messages, Grounds& grounds);

}
