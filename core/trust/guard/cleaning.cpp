#include "core/trust/guard/cleaning.h"

#include "core/base/json.h"
#include "core/trust/guard/inspection_words.h"
#include "core/trust/guard/json_view.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

namespace ephor::guard {

namespace {

sanitize::Sink sinkOf(TextSurface surface)
{
    return surface == TextSurface::Answer ? sanitize::Sink::Markdown : sanitize::Sink::Model;
}

/// Cleans the strings of a JSON value.
class StringCleaner {
public:
    StringCleaner(sanitize::Sink sink, const std::vector<std::string>& hosts)
        : m_sink(sink)
        , m_hosts(hosts)
    {
    }

    void clean(Json& value)
    {
        if (value.is_string()) {
            if (auto text = cleaned(value.get_ref<const std::string&>()))
                value = std::move(*text);
        } else if (value.is_array()) {
            for (Json& each : value)
                clean(each);
        } else if (value.is_object()) {
            cleanObject(value);
        }
    }
    const std::vector<sanitize::Removal>& removed() const { return m_removed; }

private:
    std::optional<std::string> cleaned(const std::string& text)
    {
        sanitize::Sanitized clean = sanitize::sanitize(text, m_sink, m_hosts);
        if (clean.removed.empty())
            return std::nullopt;
        std::ranges::move(clean.removed, std::back_inserter(m_removed));
        return std::move(clean.text);
    }

    void cleanObject(Json& object)
    {
        std::vector<std::pair<std::string, Json>> renamed;
        for (auto member = object.begin(); member != object.end();) {
            clean(member.value());
            auto name = cleaned(member.key());
            if (!name) {
                ++member;
                continue;
            }
            renamed.emplace_back(std::move(*name), std::move(member.value()));
            member = object.erase(member);
        }
        // Two names may differ in nothing that is seen.
        std::map<std::string, std::uint64_t> last;
        for (auto& [name, value] : renamed) {
            std::string unique = name;
            for (std::uint64_t& number = last[name]; object.contains(unique);)
                unique = name + ' ' + std::to_string(++number + 1);
            object[unique] = std::move(value);
        }
    }

    sanitize::Sink m_sink;
    const std::vector<std::string>& m_hosts;
    std::vector<sanitize::Removal> m_removed;
};

Cleaned told(std::string text, const std::vector<sanitize::Removal>& removed)
{
    Cleaned cleaned{std::move(text), {}, removalSentence(removed), {}};
    std::map<std::string, std::uint64_t> counts;
    for (const sanitize::Removal& removal : removed) {
        ++counts[countWord(removal.kind)];
        if (!removal.revealed.empty() && cleaned.revealed.size() < mostRevealed)
            cleaned.revealed.push_back(removal.revealed);
    }
    for (const auto& [word, count] : counts)
        cleaned.noticed.push_back({word, ProtectAction::Redact, count});
    return cleaned;
}

}

bool readsJson(TextSurface surface)
{
    return surface != TextSurface::Answer;
}

std::optional<Cleaned> clean(std::string_view text, TextSurface surface, const std::vector<std::string>& allowedHosts)
{
    const sanitize::Sink sink = sinkOf(surface);
    sanitize::Sanitized clean = sanitize::sanitize(text, sink, allowedHosts);
    // Escapes of JSON hide characters from a look at the text as it stands, and taking something out of it could break
    // it. Most texts have neither.
    const bool wantsParsing = !clean.removed.empty() || text.find('\\') != text.npos;
    if (readsJson(surface) && wantsParsing && mayBeJson(text)) {
        if (auto json = parseJson(text)) {
            StringCleaner cleaner(sink, allowedHosts);
            cleaner.clean(*json);
            if (cleaner.removed().empty())
                return std::nullopt;
            return told(compactJson(*json), cleaner.removed());
        }
    }
    if (clean.removed.empty())
        return std::nullopt;
    return told(std::move(clean.text), clean.removed);
}

}
