#include "core/run/provider/openai_chat.h"
#include "core/run/provider/wire_json.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace {

using namespace ephor;
using namespace ephor::provider;

constexpr AnswerLimits fuzzLimits{.textBytes = 8'192, .toolCalls = 16};

Json read(std::string_view bytes, std::size_t piece)
{
    ChatStreamParser parser(fuzzLimits);
    std::vector<ModelEvent> events;
    ProviderResult<void> pushed;
    while (!bytes.empty() && pushed) {
        pushed = parser.push(bytes.substr(0, piece), events);
        bytes.remove_prefix(std::min(piece, bytes.size()));
    }
    const auto result = parser.finish(events);
    Json answer{{"end", result ? resultJson(*result) : errorJson(result.error())}, {"events", Json::array()}};
    for (const ModelEvent& event : events)
        answer["events"].push_back(eventJson(event));
    return answer;
}

}

/// However a stream is cut, the answer is the same; and any body at all is read to an answer or an error. The first
/// byte chooses the cut.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    if (read(bytes, bytes.size()) != read(bytes, std::size_t(data[0] % 16) + 1))
        std::abort();
    std::vector<ModelEvent> events;
    const int status = data[0] < 128 ? 200 : 400 + data[0];
    const auto whole = parseResponse(status, bytes, events, fuzzLimits);
    if (whole && status != 200)
        std::abort();
    return 0;
}
