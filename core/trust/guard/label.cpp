#include "core/trust/guard/label.h"

#include "core/base/text.h"
#include "core/domain/reflect.h"

#include <algorithm>
#include <array>

namespace ephor::guard {

namespace {

constexpr std::array<std::string_view, 4> levels{"public", "internal", "confidential", "secret"};

std::string_view levelWord(Confidentiality level)
{
    return levels[std::size_t(level)];
}

}

Label joined(const Label& left, const Label& right)
{
    return {std::max(left.integrity, right.integrity), std::max(left.confidentiality, right.confidentiality)};
}

Label resultLabel(const ToolBody& tool)
{
    Label label;
    label.integrity = tool.resultIntegrity.value_or(Integrity::Untrusted);
    const std::string word = lowerAscii(tool.classification);
    const auto found = std::ranges::find(levels, word);
    if (found != levels.end())
        label.confidentiality = Confidentiality(found - levels.begin());
    return label;
}

std::vector<std::string> labelWords(const Label& label)
{
    return {
        label.integrity == Integrity::Trusted ? "trusted" : "untrusted", std::string(levelWord(label.confidentiality))};
}

void join(Label& carried, const Inspected& text, std::vector<LabelOrigin>& origins)
{
    const Label after = joined(carried, text.label);
    const std::vector<std::string> before = labelWords(carried);
    for (const std::string& word : labelWords(after)) {
        if (std::ranges::find(before, word) == before.end())
            origins.push_back({word, text.surface, text.tool, text.message});
    }
    carried = after;
}

std::string sentenceOf(const LabelOrigin& origin)
{
    const bool result = origin.surface == TextSurface::Result;
    return "The run is " + origin.word + " since " + (result ? "the result of " + origin.tool : "what the caller sent")
        + ", message " + std::to_string(origin.message + 1) + ".";
}

std::string originOf(std::string_view word, const std::vector<LabelOrigin>& origins)
{
    const auto found = std::ranges::find(origins, word, &LabelOrigin::word);
    return found == origins.end() ? std::string() : " " + sentenceOf(*found);
}

Confidentiality clearanceOf(const ToolBody& tool)
{
    if (tool.clearance)
        return *tool.clearance;
    return tool.effect == SideEffect::Egress ? Confidentiality::Public : Confidentiality::Secret;
}

std::optional<std::string> exceedsClearance(const std::string& tool, const ToolBody& body, const Label& carried)
{
    const Confidentiality cleared = clearanceOf(body);
    if (carried.confidentiality <= cleared)
        return std::nullopt;
    return "The run has read " + std::string(levelWord(carried.confidentiality)) + " data, and " + tool
        + (body.clearance ? " is cleared for " : " sends things out and nobody cleared it for more than ")
        + std::string(levelWord(cleared)) + " data.";
}

std::optional<std::string> actsOnUntrusted(const std::string& tool, const ToolBody& body, const Label& carried)
{
    if (carried.integrity == Integrity::Trusted || body.effect == SideEffect::Read)
        return std::nullopt;
    return "The run has read text that anybody may have written, and " + tool
        + (body.effect == SideEffect::Egress ? " sends something out." : " changes something.");
}

}
