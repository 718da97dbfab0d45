#pragma once

#include "core/api/runs.h"
#include "core/base/json.h"
#include "core/run/runtime/run_store.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ephor::runtime {

/// What happened in a run, in one plain sentence without content.
std::string sentenceOf(const RunSummary& run);

/// What was learned of the run's texts, from the open part of its entries.
struct RecordedTexts {
    struct Step {
        std::optional<std::uint64_t> firstMessage; ///< which message of the run its own begin with, where it says so
        bool holdsMessages = false;
        bool cites = false; ///< its last message is the answer that was measured
    };
    std::vector<Step> steps; ///< one for each entry that was added
    std::optional<Label> label; ///< of all the run has read; nothing: not recorded
    std::vector<Inspected> inspected;
    std::vector<Citation> citations; ///< of the answer
};
/// Adds what one entry says; `body` is the entry's. Entries are added in their order.
Result<void> addTexts(std::string_view body, RecordedTexts& texts);

/// Gives the parts of a run's entries the places that they have among all its messages, whichever of them are erased.
class StoryPlaces {
public:
    /// The first message of the next entry; nothing where erased entries before it do not say how many they held.
    std::optional<std::uint64_t> begin(const RecordedTexts::Step& step);
    /// So many messages of it were opened.
    void opened(std::size_t messages);
    void erased(const RecordedTexts::Step& step);

private:
    std::optional<std::uint64_t> m_next = 0;
};

/// A message and which of the run's it is, from 0.
struct PlacedPart {
    TranscriptPart part;
    std::optional<std::uint64_t> message; ///< nothing: not known
};
/// What is known of it. Of a message without a place no more than its source tells.
void labelPart(PlacedPart& placed, const RecordedTexts& texts);
/// Of the parts of the entry that measured the answer: it is the last message of the model there.
void citeAnswer(std::span<PlacedPart> parts, const RecordedTexts& texts);

/// A stored message (core/run/runtime/conversation.h) of one step of a run as people read it.
TranscriptPart partOf(const Json& stored, const RunSummary& run, JournalKind step);

}
