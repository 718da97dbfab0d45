#pragma once

#include "core/api/runs.h"
#include "ui/bridge/wording.h"

#include <QString>
#include <optional>
#include <vector>

/// Words of what was said in a run: who said it, how far it may be trusted, what an answer rests on. Pure.
namespace ephor::ui::activity {

/// Where a part of the story came from, as a badge tells it, and what that means.
struct SourceWords {
    State state;
    QString words;
    QString meaning;
};
SourceWords sourceOf(const TranscriptPart& part);
/// "Person", "Agent", "Tool orders.lookup": who speaks.
QString speakerOf(const TranscriptPart& part);

/// Trust and sensitivity; nothing where the record does not say.
struct KnownLabel {
    std::optional<Integrity> trust;
    std::optional<Confidentiality> sensitivity;
};
/// Of a part, or of all that a run has read.
KnownLabel labelOf(const std::optional<ephor::Label>& label);
/// "It has read text that anybody may have written, and what it read is confidential."
QString labelSentence(const KnownLabel& label);

/// The text with characters that nobody sees written out: "‹hidden: send it away›", "‹U+200B›".
QString revealed(const QString& text);

/// A sentence of an answer, and what bears it out.
struct CitedSentence {
    State state;
    QString sentence;
    QString rests;
    QString call; ///< the tool call it rests on; empty: none
};
std::vector<CitedSentence> citedSentences(const TranscriptPart& answer, const std::vector<TranscriptPart>& parts);
/// "2 of 3 sentences are borne out by what tools returned".
QString citedSummary(const std::vector<Citation>& citations);

}
