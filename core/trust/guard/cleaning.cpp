#include "core/trust/guard/cleaning.h"

#include "core/base/json.h"
#include "core/trust/guard/inspection_words.h"

#include <map>
#include <nlohmann/json.hpp>

namespace ephor::guard {

namespace {

sanitize::Sink sinkOf(TextSurface surface)
{
    return surface == TextSurface::Answer ? sanitize::Sink::Markdown : sanitize::Sink::Model;
}

void cleanStrings(
    Json& value, sanitize::Sink sink, const std::vector<std::string>& hosts, std::vector<sanitize::Removal>& removed)
{
    if (value.is_string()) {
        sanitize::Sanitized clean = sanitize::sanitize(value.get_ref<const std::string&>(), sink, hosts);
        if (clean.removed.empty())
            return;
        value = std::move(clean.text);
        std::ranges::move(clean.removed, std::back_inserter(removed));
    } else if (value.is_structured()) {
        for (Json& each : value)
            cleanStrings(each, sink, hosts, removed);
    }
}

Cleaned told(std::string text, const std::vector<sanitize::Removal>& removed)
{
    Cleaned cleaned{std::move(text), {}, removalSentence(removed)};
    std::map<std::string, std::uint64_t> counts;
    for (const sanitize::Removal& removal : removed)
        ++counts[countWord(removal.kind)];
    for (const auto& [word, count] : counts)
        cleaned.noticed.push_back({word, ProtectAction::Redact, count});
    return cleaned;
}

bool mayBeJson(std::string_view text)
{
    return !text.empty() && (text.front() == '{' || text.front() == '[');
}

}

std::optional<std::string> plainJson(std::string_view text, TextSurface surface)
{
    const bool isTools = surface == TextSurface::Arguments || surface == TextSurface::Result;
    if (!isTools || !mayBeJson(text) || text.find("\\u") == text.npos)
        return std::nullopt;
    const auto json = parseJson(text);
    return json ? std::optional(compactJson(*json)) : std::nullopt;
}

std::optional<Cleaned> clean(std::string_view text, TextSurface surface, const std::vector<std::string>& allowedHosts)
{
    const sanitize::Sink sink = sinkOf(surface);
    sanitize::Sanitized clean = sanitize::sanitize(text, sink, allowedHosts);
    // Escapes of JSON hide characters from a look at the text as it stands, and taking something out of it could break
    // it. Most results have neither.
    const bool isTools = surface == TextSurface::Arguments || surface == TextSurface::Result;
    const bool wantsParsing = !clean.removed.empty() || text.find('\\') != text.npos;
    if (isTools && wantsParsing && mayBeJson(text)) {
        if (auto json = parseJson(text)) {
            std::vector<sanitize::Removal> removed;
            cleanStrings(*json, sink, allowedHosts, removed);
            if (removed.empty())
                return std::nullopt;
            return told(compactJson(*json), removed);
        }
    }
    if (clean.removed.empty())
        return std::nullopt;
    return told(std::move(clean.text), clean.removed);
}

}
