#include "core/trust/guard/raw_text.h"

#include "core/trust/guard/json_view.h"
#include "core/trust/guard/protection.h"
#include "core/trust/sanitize/hidden_text.h"

#include <algorithm>

namespace ephor::guard {

namespace {

constexpr std::string_view leftOut = "[HIDDEN TEXT]";
// sanitize::Removal reveals so much of a place; a value may be cut there.
constexpr std::size_t revealedBytes = 256;
constexpr std::size_t longestCharacter = 4;

bool hides(const Judged& judged)
{
    return judged.action != ProtectAction::Observe && judged.action != ProtectAction::Ask;
}

/// A place of the raw text and what stands there instead.
struct Cover {
    std::size_t start = 0;
    std::size_t end = 0;
    std::string instead;
};

std::string covered(std::string_view text, std::vector<Cover> covers)
{
    std::ranges::sort(covers, [](const Cover& left, const Cover& right) {
        return left.start != right.start ? left.start < right.start : left.end > right.end;
    });
    std::string whole;
    std::size_t done = 0;
    for (const Cover& cover : covers) {
        // What overlaps is covered to its end, so that nothing of the longer one shows.
        if (cover.end <= done)
            continue;
        const std::size_t start = std::max(cover.start, done);
        whole += text.substr(done, start - done);
        whole += cover.instead;
        done = cover.end;
    }
    return whole.append(text.substr(done));
}

std::string beginningOf(std::string text)
{
    if (text.size() <= longestRawText)
        return text;
    std::size_t end = longestRawText;
    while (end > longestRawText - longestCharacter && (std::uint8_t(text[end]) & 0xC0) == 0x80)
        --end;
    text.resize(end);
    return text + "\n[The rest is not kept.]";
}

/// Looks through one raw text as its protection does.
class RawReader {
public:
    RawReader(const Protection& protection, TextSurface surface, std::string_view tool)
        : m_protection(protection)
        , m_surface(surface)
        , m_tool(tool)
    {
    }

    Result<std::vector<Cover>> coversOf(std::string_view text, std::size_t& found) const
    {
        std::vector<Cover> covers;
        EPHOR_TRY(std::vector<Judged> judged, m_protection.judge(text, m_surface, m_tool));
        for (const Judged& each : judged) {
            if (hides(each))
                covers.push_back({each.finding.start, each.finding.end, insteadOf(each)});
        }
        found += covers.size();
        return covers;
    }

    /// With what stands in encodings.
    Result<std::vector<Cover>> deepCoversOf(std::string_view text, std::size_t& found) const
    {
        EPHOR_TRY(std::vector<Cover> covers, coversOf(text, found));
        for (const sanitize::HiddenText& piece : sanitize::hiddenTexts(text)) {
            std::size_t inside = 0;
            EPHOR_TRY_VOID(coversOf(piece.text, inside));
            if (inside > 0)
                covers.push_back({piece.start, piece.end, std::string(leftOut)});
        }
        return covers;
    }

    Result<std::string> shown(const std::string& revealed) const
    {
        std::size_t found = 0;
        EPHOR_TRY(auto covers, deepCoversOf(revealed, found));
        return covers.empty() ? revealed : std::string(leftOut);
    }

private:
    static std::string insteadOf(const Judged& judged)
    {
        std::string title = "[" + judged.finding.entity->title + "]";
        std::ranges::transform(title, title.begin(), [](char c) { return c >= 'a' && c <= 'z' ? char(c - 32) : c; });
        return title;
    }

    const Protection& m_protection;
    TextSurface m_surface;
    std::string_view m_tool;
};

}

Result<RawText> keptRaw(const Protection& protection, std::string_view raw, const Cleaned& cleaned, TextSurface surface,
    std::string_view tool, std::size_t hidden)
{
    const RawReader reader(protection, surface, tool);
    // Escapes of JSON would keep what they spell from being found.
    const auto view = readsJson(surface) ? jsonView(raw) : std::nullopt;
    const std::string_view text = view ? std::string_view(view->text) : raw;
    std::size_t found = 0;
    EPHOR_TRY(auto covers, reader.deepCoversOf(text, found));
    RawText kept;
    kept.text = found < hidden ? "[Not kept: it hides what may not pass in a way that could not be told apart.]"
                               : beginningOf(covered(text, covers));
    const bool anything = hidden > 0 || !covers.empty();
    for (const std::string& revealed : cleaned.revealed) {
        const bool cut = revealed.size() + longestCharacter > revealedBytes;
        EPHOR_TRY(std::string shown, reader.shown(revealed));
        kept.revealed.push_back(cut && anything ? std::string(leftOut) : std::move(shown));
    }
    return kept;
}

}
