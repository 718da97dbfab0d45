#include "core/trust/sanitize/base_decoding.h"
#include "core/trust/sanitize/hidden_bits.h"
#include "core/trust/sanitize/hidden_text_search.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace ephor::sanitize {

namespace {

// Twelve bytes of Base64: shorter ones could be told from words by chance only, and say little.
constexpr std::size_t shortestRun = 16;
constexpr std::size_t shortestBase85 = 20;
constexpr std::size_t shortestHexadecimal = 16;
// Lines of wrapped Base64 are 64 or 76 long; a shorter one ends it.
constexpr std::size_t shortestWrappedLine = 60;

constexpr std::uint8_t base64Class = 1;
constexpr std::uint8_t hexadecimalClass = 2;
constexpr std::uint8_t base32Class = 4;
constexpr std::uint8_t printableClass = 8;
constexpr std::uint8_t separatorClass = 16;

constexpr std::array<std::uint8_t, 256> codeClasses = [] {
    std::array<std::uint8_t, 256> table{};
    for (int c = '!'; c <= '~'; ++c)
        table[std::size_t(c)] |= printableClass;
    for (int c = '0'; c <= '9'; ++c)
        table[std::size_t(c)] |= base64Class | hexadecimalClass;
    for (int c = 'A'; c <= 'Z'; ++c) {
        table[std::size_t(c)] |= base64Class | base32Class;
        table[std::size_t(c + 0x20)] |= base64Class;
    }
    for (int c = 'A'; c <= 'F'; ++c) {
        table[std::size_t(c)] |= hexadecimalClass;
        table[std::size_t(c + 0x20)] |= hexadecimalClass;
    }
    for (int c = '2'; c <= '7'; ++c)
        table[std::size_t(c)] |= base32Class;
    for (const char c : {'+', '/', '-', '_'})
        table[std::size_t(c)] |= base64Class;
    for (const char c : {' ', ':', ',', '-'})
        table[std::size_t(c)] |= separatorClass;
    return table;
}();

bool isOf(const char c, const std::uint8_t kind)
{
    return (codeClasses[std::uint8_t(c)] & kind) != 0;
}

bool isAll(const std::string_view text, const std::uint8_t kind)
{
    return std::ranges::all_of(text, [kind](const char c) { return isOf(c, kind); });
}

/// Text of UTF-16 with characters below U+0100, as PowerShell takes its commands.
std::string withoutNuls(const std::string& bytes)
{
    std::string out;
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
        if (bytes[i + 1] != '\0' || std::uint8_t(bytes[i]) >= 0x80)
            return {};
        out += bytes[i];
    }
    return out;
}

/// The last character of a piece that was cut may be half.
std::string readableBeginning(std::string bytes)
{
    for (int i = 0; i < 4 && !bytes.empty(); ++i) {
        if (std::string text = asReadableText(bytes); !text.empty())
            return text;
        bytes.pop_back();
    }
    return {};
}

class RunFinder {
public:
    RunFinder(std::string_view text, const HiddenTextSink& found)
        : m_text(text)
        , m_found(found)
    {
    }

    void run()
    {
        for (std::size_t at = 0; at < m_text.size() && m_going;) {
            if (!isOf(m_text[at], printableClass)) {
                ++at;
                continue;
            }
            std::size_t end = at;
            while (end < m_text.size() && isOf(m_text[end], printableClass))
                ++end;
            at = word(at, end);
        }
    }

private:
    /// [start, end): between blanks. Returns where to look on.
    std::size_t word(const std::size_t start, const std::size_t end)
    {
        if (const std::size_t stop = spacedPairs(start, end); stop != 0)
            return stop;
        if (end - start < shortestRun)
            return end;
        bool any = false;
        for (std::size_t at = start; at < end && m_going;) {
            if (!isOf(m_text[at], base64Class)) {
                ++at;
                continue;
            }
            std::size_t stop = at;
            while (stop < end && isOf(m_text[stop], base64Class))
                ++stop;
            if (stop - at >= shortestRun) {
                const std::size_t last = stop == end ? wrappedEnd(at, stop) : stop;
                any |= digits(at, last) || (last == stop && parts(at, stop));
                if (last > end)
                    return last;
            }
            at = stop;
        }
        if (!any && end - start >= shortestBase85)
            base85(start, end);
        return end;
    }

    /// The end of a run that goes on over line breaks.
    std::size_t wrappedEnd(const std::size_t start, std::size_t end) const
    {
        std::size_t line = end - start;
        while (line >= shortestWrappedLine && end - start < longestHiddenPiece) {
            std::size_t next = end;
            while (next < m_text.size() && (m_text[next] == '\r' || m_text[next] == '\n') && next - end < 2)
                ++next;
            std::size_t stop = next;
            while (stop < m_text.size() && isOf(m_text[stop], base64Class))
                ++stop;
            if (next == end || stop == next)
                break;
            line = stop - next;
            end = stop;
        }
        return end;
    }

    bool digits(const std::size_t start, const std::size_t end)
    {
        const std::string_view run = m_text.substr(start, std::min(end - start, longestHiddenPiece));
        if (isAll(run, hexadecimalClass) && run.size() >= shortestHexadecimal && run.size() % 2 == 0
            && tell(start, end, HiddenEncoding::Hexadecimal, decodedHexadecimal(run)))
            return true;
        if (isAll(run, base32Class) && tell(start, end, HiddenEncoding::Base32, decodedBase32(run)))
            return true;
        const std::string bytes = decodedBase64(run);
        return tell(start, end, HiddenEncoding::Base64, bytes)
            || tell(start, end, HiddenEncoding::Base64, withoutNuls(bytes));
    }

    /// A path's parts and the like, where the whole is no code.
    bool parts(const std::size_t start, const std::size_t end)
    {
        bool any = false;
        for (std::size_t at = start; at < end && m_going;) {
            const std::size_t sign = m_text.find_first_of("/-_+", at);
            const std::size_t stop = std::min(sign, end);
            if (stop - at >= shortestRun && stop - at < end - start)
                any |= digits(at, stop);
            at = stop + 1;
        }
        return any;
    }

    void base85(std::size_t start, std::size_t end)
    {
        const std::string_view whole = m_text.substr(start, end - start);
        const std::size_t framed = whole.find("<~");
        if (framed != std::string_view::npos) {
            start += framed + 2;
            const std::size_t close = m_text.substr(start, end - start).find("~>");
            end = close == std::string_view::npos ? end : start + close;
        }
        const std::string_view run = m_text.substr(start, std::min(end - start, longestHiddenPiece));
        if (!tell(start, end, HiddenEncoding::Base85, decodedAscii85(run)))
            tell(start, end, HiddenEncoding::Base85, decodedBase85(run));
    }

    /// "69 67 6e", "69:67:6e": pairs with one and the same sign between them. 0 where there are too few.
    std::size_t spacedPairs(const std::size_t start, const std::size_t end)
    {
        const auto pairAt = [&](const std::size_t at) {
            return at + 2 <= m_text.size() && isOf(m_text[at], hexadecimalClass)
                && isOf(m_text[at + 1], hexadecimalClass);
        };
        if (!pairAt(start) || start + 2 >= m_text.size() || end == start + 1)
            return 0;
        const char separator = m_text[start + 2];
        if (!isOf(separator, separatorClass))
            return 0;
        std::size_t at = start + 2;
        std::size_t pairs = 1;
        while (at < m_text.size() && m_text[at] == separator && pairAt(at + 1) && at - start < longestHiddenPiece) {
            at += 3;
            ++pairs;
        }
        if (pairs * 2 < shortestHexadecimal)
            return 0;
        tell(start, at, HiddenEncoding::Hexadecimal, decodedHexadecimal(m_text.substr(start, at - start)));
        return at;
    }

    bool tell(const std::size_t start, const std::size_t end, const HiddenEncoding encoding, const std::string& bytes)
    {
        std::string text = readableBeginning(bytes);
        if (text.size() < shortestRun / 2)
            return false;
        m_going = m_found({start, end, encoding, std::move(text), 1});
        return true;
    }

    std::string_view m_text;
    const HiddenTextSink& m_found;
    bool m_going = true;
};

}

void findEncodedRuns(const std::string_view text, const HiddenTextSink& found)
{
    RunFinder(text, found).run();
}

}
