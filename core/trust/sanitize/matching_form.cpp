#include "core/trust/sanitize/matching_form.h"

#include "core/trust/sanitize/character_form.h"
#include "core/trust/sanitize/code_point.h"

#include <algorithm>
#include <iterator>

namespace ephor::sanitize {

namespace {

// More characters on one base are no language: UAX #15 allows 30 in a stream. Bounds the work of reordering them.
constexpr std::size_t longestCombination = 32;

/// Reads combinations (a character and what combines with it), and copies what is unchanged only where something has
/// changed, as long a piece as there is.
class FormWriter {
public:
    explicit FormWriter(std::string_view text)
        : m_text(text)
    {
    }

    std::optional<MatchingForm> run()
    {
        for (std::size_t at = 0; at < m_text.size();) {
            if (const std::size_t end = asciiEnd(m_text, at); end > at) {
                takeAscii(end);
                at = end;
                continue;
            }
            const CodePoint next = codePointAt(m_text, at);
            if (next.valid)
                takeCharacter(next.value, at, next.length);
            else
                flush();
            at += next.length;
        }
        flush();
        if (!m_form)
            return std::nullopt;
        copyUpTo(m_text.size());
        addStretch(m_text.size(), true);
        return std::move(m_form);
    }

private:
    void takeAscii(const std::size_t end)
    {
        flush();
        m_pending.assign(1, char32_t(m_text[end - 1]));
        m_start = end - 1;
        m_end = end;
    }

    void takeCharacter(const char32_t value, const std::size_t at, const std::size_t length)
    {
        const CharacterForm& form = characterForm(value);
        const bool alone = at + length == m_text.size() || std::uint8_t(m_text[at + length]) < 0x80;
        if (form.own && form.begins && alone)
            return flush();
        const bool tooMany = !form.begins && m_pending.size() >= longestCombination;
        if (form.invisible || tooMany)
            return takeUnseen(at, length);
        if (form.begins || m_pending.empty()) {
            flush();
            m_start = at;
        }
        m_pending += value;
        m_end = at + length;
    }

    // What waits is written later, so only what stands before it can be copied now.
    void takeUnseen(const std::size_t at, const std::size_t length)
    {
        beginForm();
        if (m_pending.empty()) {
            copyUpTo(at);
            m_done = at + length;
        } else {
            m_unseenEnd = at + length;
        }
    }

    void flush()
    {
        if (m_pending.empty())
            return;
        const char32_t first = m_pending.front();
        if (m_pending.size() > 1)
            writeCombination();
        else if (const CharacterForm* const form = first < 0x80 ? nullptr : &characterForm(first);
            form != nullptr && !form->own)
            write(form->isLong() ? formOf(m_pending) : std::string(form->text()));
        else if (m_unseenEnd != 0)
            copyUpTo(m_end);
        m_done = std::max(m_done, m_unseenEnd);
        m_unseenEnd = 0;
        m_pending.clear();
    }

    void writeCombination()
    {
        const std::string form = formOf(m_pending);
        // Invisible characters among these have begun the form already, so that equal bytes here are the same bytes.
        if (!m_form && form == m_text.substr(m_start, m_end - m_start))
            return;
        write(form);
    }

    void beginForm()
    {
        if (m_form)
            return;
        m_form.emplace();
        m_form->text.reserve(m_text.size());
    }

    void addStretch(const std::size_t origin, const bool unchanged)
    {
        m_form->stretches.push_back(
            {std::uint32_t(m_form->text.size()), unchanged ? 1U : 0U, std::uint32_t(origin) & 0x7FFFFFFFU});
    }

    // Of the text that is not in the form yet.
    void copyUpTo(const std::size_t end)
    {
        if (end <= m_done)
            return;
        addStretch(m_done, true);
        m_form->text.append(m_text.substr(m_done, end - m_done));
        m_done = end;
    }

    // Instead of what waits.
    void write(const std::string_view form)
    {
        beginForm();
        copyUpTo(m_start);
        if (!form.empty()) {
            addStretch(m_start, false);
            m_form->text.append(form);
        }
        m_done = m_end;
    }

    std::string_view m_text;
    std::u32string m_pending; ///< characters that combine, of [m_start, m_end)
    std::size_t m_start = 0;
    std::size_t m_end = 0;
    std::size_t m_unseenEnd = 0; ///< where invisible characters among them or behind them end; 0: there are none
    std::size_t m_done = 0; ///< what stands before is in the form, once there is one
    std::optional<MatchingForm> m_form; ///< only once something differs
};

// The stretch that the byte is part of; the last one for the place behind all bytes.
std::vector<MatchingForm::Stretch>::const_iterator stretchOf(
    const std::vector<MatchingForm::Stretch>& stretches, std::size_t at)
{
    const auto after = std::upper_bound(stretches.begin(), stretches.end(), at,
        [](std::size_t place, const MatchingForm::Stretch& stretch) { return place < stretch.at; });
    return std::prev(after);
}

}

std::size_t MatchingForm::originOf(const std::size_t at) const
{
    const auto stretch = stretchOf(stretches, at);
    return stretch->origin + (stretch->unchanged != 0 ? at - stretch->at : 0);
}

std::pair<std::size_t, std::size_t> MatchingForm::originalRange(const std::size_t start, const std::size_t end) const
{
    if (start >= end)
        return {originOf(start), originOf(start)};
    const auto last = stretchOf(stretches, end - 1);
    const auto next = std::next(last);
    const bool within = last->unchanged != 0 && end < next->at;
    return {originOf(start), within ? last->origin + (end - last->at) : next->origin};
}

std::optional<MatchingForm> matchingForm(const std::string_view text)
{
    return FormWriter(text).run();
}

}
