#include "core/trust/sanitize/draft.h"

#include "core/trust/sanitize/character_kind.h"
#include "core/trust/sanitize/code_point.h"

#include <algorithm>

namespace ephor::sanitize {

namespace {

constexpr std::size_t longestRevealed = 256;
// A screen of removals nobody reads to the end; a text of nothing but attacks must not cost its size in records.
constexpr std::size_t mostRemovals = 100'000;

}

std::string readable(const std::string_view text)
{
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint next = codePointAt(text, at);
        const bool blank = next.value == '\t' || next.value == '\n' || next.value == '\r';
        if (out.size() + next.length > longestRevealed)
            break;
        if (blank)
            out += ' ';
        else if (next.valid && kindOf(next.value) == CharacterKind::Plain)
            out.append(text.substr(at, next.length));
        at += next.length;
    }
    return out;
}

Draft::Draft(const std::string_view raw)
    : m_raw(raw)
    , m_anchors(1)
{
}

Sanitized Draft::finish() &&
{
    std::ranges::stable_sort(m_removals, {}, &Removal::start);
    return {m_text ? std::move(*m_text) : std::string(m_raw), std::move(m_removals)};
}

void Draft::record(Removal removal)
{
    if (!m_removals.empty()) {
        Removal& last = m_removals.back();
        if (last.kind == removal.kind && last.end == removal.start) {
            last.end = removal.end;
            if (last.revealed.size() + removal.revealed.size() <= longestRevealed)
                last.revealed += removal.revealed;
            return;
        }
    }
    if (m_removals.size() < mostRemovals) {
        m_removals.push_back(std::move(removal));
        return;
    }
    std::optional<std::size_t>& kept = m_last[std::size_t(removal.kind)];
    if (!kept) {
        kept = m_removals.size();
        m_removals.push_back(std::move(removal));
        return;
    }
    Removal& all = m_removals[*kept];
    all.start = std::min(all.start, removal.start);
    all.end = std::max(all.end, removal.end);
}

DraftEditor::DraftEditor(Draft& draft)
    : m_draft(draft)
    , m_text(draft.text())
{
}

std::size_t DraftEditor::rawStart(const std::size_t at)
{
    const auto& anchors = m_draft.m_anchors;
    if (at >= m_text.size())
        return m_draft.m_raw.size();
    while (m_piece + 1 < anchors.size() && anchors[m_piece + 1].at <= at)
        ++m_piece;
    const Draft::Anchor& piece = anchors[m_piece];
    return piece.copied != 0 ? piece.raw + (at - piece.at) : piece.raw;
}

std::size_t DraftEditor::rawEnd(const std::size_t at)
{
    const std::size_t start = rawStart(at - 1);
    const auto& anchors = m_draft.m_anchors;
    if (anchors[m_piece].copied != 0)
        return start + 1;
    return m_piece + 1 < anchors.size() ? std::size_t(anchors[m_piece + 1].raw) : m_draft.m_raw.size();
}

void DraftEditor::copyTo(const std::size_t end)
{
    if (end <= m_done)
        return;
    const auto& old = m_draft.m_anchors;
    while (m_copied + 1 < old.size() && old[m_copied + 1].at <= m_done)
        ++m_copied;
    Draft::Anchor first = old[m_copied];
    if (first.copied != 0)
        first.raw = first.raw + (m_done - first.at);
    first.at = m_out.size();
    m_anchors.push_back(first);
    for (; m_copied + 1 < old.size() && old[m_copied + 1].at < end; ++m_copied) {
        Draft::Anchor next = old[m_copied + 1];
        next.at = m_out.size() + (next.at - m_done);
        m_anchors.push_back(next);
    }
    m_out.append(m_text.substr(m_done, end - m_done));
    m_done = end;
}

void DraftEditor::replace(const std::size_t start, const std::size_t end, const std::string_view with,
    const RemovalKind kind, const std::string_view revealed)
{
    if (!m_changed)
        m_out.reserve(m_text.size());
    m_changed = true;
    copyTo(start);
    const std::size_t from = rawStart(start);
    const std::size_t to = std::max(from, rawEnd(end));
    if (!with.empty()) {
        Draft::Anchor anchor;
        anchor.at = m_out.size();
        anchor.raw = from;
        anchor.copied = 0;
        m_anchors.push_back(anchor);
        m_out.append(with);
    }
    m_done = end;
    m_draft.record({kind, from, to, readable(revealed)});
}

char DraftEditor::before(const std::size_t at) const
{
    if (at > m_done)
        return m_text[at - 1];
    return m_out.empty() ? '\0' : m_out.back();
}

bool DraftEditor::finish()
{
    if (!m_changed)
        return false;
    copyTo(m_text.size());
    if (m_anchors.empty())
        m_anchors.emplace_back();
    m_draft.m_text = std::move(m_out);
    m_draft.m_anchors = std::move(m_anchors);
    return true;
}

}
