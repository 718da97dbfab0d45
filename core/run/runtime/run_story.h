#pragma once

#include "core/api/runs.h"
#include "core/base/json.h"
#include "core/run/runtime/run_store.h"

#include <string>

namespace ephor::runtime {

/// What happened in a run, in one plain sentence without content.
std::string sentenceOf(const RunSummary& run);

/// What was learned of the run's texts, from the open part of its entries.
struct RecordedTexts {
    Label label; ///< of all the run has read
    std::vector<Inspected> inspected;
    std::vector<Citation> citations; ///< of the answer
};
/// Adds what one entry says; `body` is the entry's.
Result<void> addTexts(std::string_view body, RecordedTexts& texts);
/// Of a run that is done: its answer is the last message of the model.
void citeAnswer(std::vector<TranscriptPart>& parts, const RecordedTexts& texts);
/// What is known of the message at this place of the run.
void labelPart(TranscriptPart& part, std::uint64_t message, const RecordedTexts& texts);

/// A stored message (core/run/runtime/conversation.h) of one step of a run as people read it.
TranscriptPart partOf(const Json& stored, const RunSummary& run, JournalKind step);

}
