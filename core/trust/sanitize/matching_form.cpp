#include "core/trust/sanitize/matching_form.h"

#include "core/trust/sanitize/character_form.h"
#include "core/trust/sanitize/code_point.h"

#include <algorithm>
#include <numeric>

namespace ephor::sanitize {

namespace {

// More characters on one base are no language: UAX #15 allows 30 in a stream. Bounds the work of reordering them.
constexpr std::size_t longestCombination = 32;

/// Reads combinations (a character and what combines with it) and copies the text only from the first that changes.
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
                takeAscii(at, end);
                at = end;
                continue;
            }
            const CodePoint next = codePointAt(m_text, at);
            if (next.valid)
                takeCharacter(next.value, at, next.length);
            else
                takeBroken(at, next.length);
            at += next.length;
        }
        flush();
        if (!m_form)
            return std::nullopt;
        m_form->origin.push_back(std::uint32_t(m_text.size()));
        return std::move(m_form);
    }

private:
    void takeAscii(const std::size_t start, const std::size_t end)
    {
        flush();
        copy(start, end - 1);
        m_pending.assign(1, char32_t(m_text[end - 1]));
        m_start = end - 1;
        m_end = end;
    }

    void takeBroken(const std::size_t at, const std::size_t length)
    {
        flush();
        copy(at, at + length);
    }

    void takeCharacter(const char32_t value, const std::size_t at, const std::size_t length)
    {
        const CharacterForm& form = characterForm(value);
        const bool tooMany = !form.begins && m_pending.size() >= longestCombination;
        if (form.invisible || tooMany) {
            // What waits is written later, so only what stands before it can be copied now.
            beginForm(m_pending.empty() ? at : m_start);
            return;
        }
        if (form.begins || m_pending.empty()) {
            flush();
            m_start = at;
        }
        m_pending += value;
        m_end = at + length;
    }

    void flush()
    {
        if (m_pending.empty())
            return;
        if (m_pending.size() > 1) {
            writeCombination();
        } else if (const char32_t value = m_pending.front(); value < 0x80) {
            copy(m_start, m_start + 1);
        } else {
            const CharacterForm& form = characterForm(value);
            if (form.own)
                copy(m_start, m_end);
            else if (form.isLong())
                write(formOf(m_pending));
            else
                write(form.text());
        }
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

    void beginForm(const std::size_t at)
    {
        if (m_form)
            return;
        m_form.emplace();
        m_form->text.reserve(m_text.size());
        m_form->origin.reserve(m_text.size() + 1);
        copy(0, at);
    }

    void copy(const std::size_t start, const std::size_t end)
    {
        if (!m_form)
            return;
        m_form->text.append(m_text.substr(start, end - start));
        const std::size_t old = m_form->origin.size();
        m_form->origin.resize(old + (end - start));
        std::iota(m_form->origin.begin() + std::ptrdiff_t(old), m_form->origin.end(), std::uint32_t(start));
    }

    void write(const std::string_view form)
    {
        beginForm(m_start);
        m_form->text.append(form);
        m_form->origin.insert(m_form->origin.end(), form.size(), std::uint32_t(m_start));
    }

    std::string_view m_text;
    std::u32string m_pending; ///< characters that combine, of [m_start, m_end)
    std::size_t m_start = 0;
    std::size_t m_end = 0;
    std::optional<MatchingForm> m_form; ///< only once something differs
};

}

std::pair<std::size_t, std::size_t> MatchingForm::originalRange(const std::size_t start, const std::size_t end) const
{
    if (start >= end)
        return {origin[start], origin[start]};
    const std::uint32_t last = origin[end - 1];
    const auto after = std::upper_bound(origin.begin() + std::ptrdiff_t(end), origin.end(), last);
    return {origin[start], after == origin.end() ? origin.back() : *after};
}

std::optional<MatchingForm> matchingForm(const std::string_view text)
{
    return FormWriter(text).run();
}

}
