#pragma once

#include "core/api/runs.h"
#include "core/base/json.h"
#include "core/run/runtime/run_store.h"

#include <string>

namespace ephor::runtime {

/// What happened in a run, in one plain sentence without content.
std::string sentenceOf(const RunSummary& run);

/// A stored message (core/run/runtime/conversation.h) of one step of a run as people read it.
TranscriptPart partOf(const Json& stored, const RunSummary& run, JournalKind step);

}
