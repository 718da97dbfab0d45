#include "core/run/runtime/raw_texts.h"

#include <iterator>

namespace ephor::runtime {

void addRawTexts(const std::vector<KeptText>& kept, std::vector<TranscriptPart>& parts)
{
    for (const KeptText& each : kept) {
        if (each.message >= parts.size())
            continue;
        TranscriptPart& part = parts[each.message];
        // An answer may have asked for several calls.
        const bool isCall = part.role == "assistant" && !each.tool.empty();
        part.raw += (part.raw.empty() ? "" : "\n") + (isCall ? each.tool + " " : std::string()) + each.text;
        part.revealed.insert(part.revealed.end(), each.revealed.begin(), each.revealed.end());
    }
}

}
