#include "app/ephor/pure_verbs.h"

#include "core/base/hash.h"

#include <istream>
#include <nlohmann/json.hpp>
#include <ostream>

namespace ephor::cli {

namespace {

// One item may hold a whole schema or a recorded stream; a longer line is a mistake, and answering it keeps the rest
// going.
constexpr std::size_t longestLine = 16 * 1024 * 1024;
// One value per item is wrapped in at most a few members, so items may nest a little deeper than request bodies.
constexpr JsonLimits itemLimits{.bytes = longestLine, .depth = 512, .values = 4'000'000};

Json answerTo(const std::string& line, const PureVerb& verb)
{
    if (line.size() > longestLine)
        return errorJson(Error(ErrorKind::TooLarge, "batch.too-large",
            "An item has more than " + std::to_string(longestLine >> 20) + " MiB.", "Give it in parts.")
                .with("limit", std::to_string(longestLine)));
    auto item = parseJson(line, itemLimits);
    if (!item)
        return errorJson(item.error());
    try {
        return verb(*item);
    } catch (const std::exception& problem) {
        return errorJson(Error(ErrorKind::Internal, "batch.failed", "The item could not be processed.")
                .with("problem", problem.what()));
    }
}

/// False at the end. Of a line that is too long, only enough is kept to tell that it is.
bool readLine(std::istream& in, std::string& line)
{
    constexpr int end = std::char_traits<char>::eof();
    line.clear();
    int c = in.rdbuf()->sbumpc();
    for (; c != end && c != '\n'; c = in.rdbuf()->sbumpc()) {
        if (line.size() <= longestLine)
            line += char(c);
    }
    return c != end || !line.empty();
}

}

Exit runBatch(std::istream& in, std::ostream& out, const PureVerb& verb)
{
    std::string line;
    while (readLine(in, line)) {
        out << compactJson(answerTo(line, verb)) << "\n";
        // A caller that feeds line by line waits for the answer before it sends the next.
        if (in.rdbuf()->in_avail() <= 0)
            out.flush();
    }
    out.flush();
    return in.bad() || !out ? Exit::Failed : Exit::Done;
}

Exit runOnce(const std::string& text, std::ostream& out, std::ostream& err, const PureVerb& verb)
{
    const Json answer = answerTo(text, verb);
    out << compactJson(answer) << "\n";
    if (answer.contains("error")) {
        err << "ephor: " << answer["error"].value("message", "failed") << "\n";
        return Exit::Failed;
    }
    return answer.contains("valid") && answer["valid"] == false ? Exit::CheckFailed : Exit::Done;
}

Json canonicalizeItem(const Json& item)
{
    if (!item.is_object() || !item.contains("value"))
        return errorJson(Error(
            ErrorKind::Invalid, "batch.item", "An item is an object with the member value.", R"(Write {"value": …}.)"));
    const auto canonical = canonicalJson(item["value"]);
    if (!canonical)
        return errorJson(canonical.error());
    return {{"canonical", *canonical}, {"sha256", toHex(sha256(*canonical))}};
}

}
