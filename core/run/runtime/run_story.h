#pragma once

#include "core/api/runs.h"
#include "core/base/json.h"

#include <string>

namespace ephor::runtime {

/// What happened in a run, in one plain sentence without content.
std::string sentenceOf(const RunSummary& run);

/// A stored message (core/run/runtime/conversation.h) as people read it. What came from outside is untrusted.
TranscriptPart partOf(const Json& stored);

}
