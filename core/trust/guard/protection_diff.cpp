#include "core/trust/guard/protection_diff.h"

#include "core/base/text.h"
#include "core/domain/reflect.h"
#include "core/trust/guard/inspection_words.h"

#include <algorithm>
#include <set>

namespace ephor::guard {

namespace {

// Tools that a rule of either names, and none: what holds for every other tool.
std::set<std::string> toolsNamed(const Protection& before, const Protection& after)
{
    std::set<std::string> tools{std::string()};
    for (const Protection* const each : {&before, &after}) {
        for (const ProtectionRule& rule : each->body().rules)
            tools.insert(rule.tools.begin(), rule.tools.end());
    }
    return tools;
}

bool isLooser(const Ruling& before, const Ruling& after)
{
    if (before.action == ProtectAction::Observe)
        return false;
    return after.action < before.action || after.atLeast > before.atLeast;
}

std::string lineOf(
    const std::string& what, TextSurface surface, const std::string& tool, const Ruling& before, const Ruling& after)
{
    return what + " in " + std::string(placeWords(surface)) + (tool.empty() ? "" : " of " + tool) + ": "
        + std::string(doneWord(before.action)) + ", now " + std::string(doneWord(after.action))
        + (after.action == before.action ? " only where it is surer" : "");
}

void compareRulings(const Protection& before, const Protection& after, std::vector<std::string>& lines)
{
    const auto tools = toolsNamed(before, after);
    for (std::size_t i = 0; i < before.entities().size(); ++i) {
        const detect::Entity& entity = before.entities()[i];
        const auto same = std::ranges::find(after.entities(), entity.name, &detect::Entity::name);
        for (const std::string& tool : tools) {
            for (std::size_t s = 0; s < surfaceCount; ++s) {
                const auto surface = TextSurface(s);
                const bool ofTools = surface == TextSurface::Arguments || surface == TextSurface::Result;
                if (!tool.empty() && !ofTools)
                    continue;
                const Ruling was = before.actions().of(i, surface, tool);
                const Ruling is = same == after.entities().end()
                    ? Ruling{}
                    : after.actions().of(std::size_t(same - after.entities().begin()), surface, tool);
                if (isLooser(was, is) && (tool.empty() || !isLooser(before.actions().of(i, surface, {}), is)))
                    lines.push_back(lineOf(entity.title, surface, tool, was, is));
            }
        }
    }
    for (std::size_t s = 0; s < surfaceCount; ++s) {
        const Ruling was = before.actions().ofInstructions(TextSurface(s), {});
        const Ruling is = after.actions().ofInstructions(TextSurface(s), {});
        if (isLooser(was, is))
            lines.push_back(lineOf("Orders to the model", TextSurface(s), {}, was, is));
    }
}

}

std::vector<std::string> loosened(const Protection& before, const Protection& after)
{
    std::vector<std::string> lines;
    compareRulings(before, after, lines);
    const ProtectionBody& was = before.body();
    const ProtectionBody& is = after.body();
    const auto added = std::ranges::count_if(is.exceptions, [&](const ProtectionException& exception) {
        return std::ranges::find(was.exceptions, exception.digest, &ProtectionException::digest)
            == was.exceptions.end();
    });
    if (added > 0)
        lines.push_back(countWords(std::size_t(added), "exception") + " more");
    for (const std::string& host : is.allowedHosts) {
        if (std::ranges::find(was.allowedHosts, host) == was.allowedHosts.end())
            lines.push_back("Links of answers may lead to " + host);
    }
    const auto compare = [&](FlowMode left, FlowMode right, const std::string& what) {
        if (right < left)
            lines.push_back(what + ": " + wordOf(left) + ", now " + wordOf(right));
    };
    compare(was.flows, is.flows, "Calls beyond a tool's clearance");
    compare(was.trust, is.trust, "Acts after untrusted text");
    compare(was.marker, is.marker, "What holds the marker of a prompt");
    if (was.grounded > 0)
        compare(
            was.ungrounded, is.grounded < was.grounded ? FlowMode::Off : is.ungrounded, "Answers that rest on nothing");
    if (is.reveal && !was.reveal)
        lines.push_back("Answers show the values behind stand-ins");
    return lines;
}

}
