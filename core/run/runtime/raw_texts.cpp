#include "core/run/runtime/raw_texts.h"

#include "core/run/runtime/run_story.h"

#include <algorithm>
#include <iterator>

namespace ephor::runtime {

void addRawTexts(const std::vector<KeptText>& kept, std::vector<PlacedPart>& parts)
{
    for (const KeptText& each : kept) {
        const auto placed = std::ranges::find(parts, std::optional(each.message), &PlacedPart::message);
        if (placed == parts.end())
            continue;
        TranscriptPart& part = placed->part;
        // An answer may have asked for several calls.
        const bool isCall = part.role == "assistant" && !each.tool.empty();
        part.raw += (part.raw.empty() ? "" : "\n") + (isCall ? each.tool + " " : std::string()) + each.text;
        part.revealed.insert(part.revealed.end(), each.revealed.begin(), each.revealed.end());
    }
}

}
