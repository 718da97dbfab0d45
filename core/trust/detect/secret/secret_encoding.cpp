#include "core/trust/detect/secret/secret_encoding.h"

#include "core/base/hex_digit.h"
#include "core/trust/detect/secret/base64_mask.h"
#include "core/trust/detect/secret/base64_run.h"
#include "core/trust/detect/secret/secret_alphabet.h"

#include <algorithm>
#include <bit>
#include <string>
#include <vector>

namespace ephor::detect {

namespace {

constexpr std::size_t shortestRun = 24; ///< 18 bytes: hardly a password with its name; see startsOf24()
constexpr std::size_t tasted = 12; ///< characters that show whether a run decodes to text
constexpr std::size_t tastedFirst = 4; ///< that show it of most

std::size_t runEnd(std::string_view text, std::size_t end)
{
    for (; end < text.size(); end += base64Masked) {
        if (const std::uint64_t mask = base64MaskAt(text, end); mask != ~std::uint64_t(0))
            return end + std::size_t(std::countr_one(mask));
    }
    return end;
}

// Of bits that stand for the bytes from `from` on, those of the bytes from `first` on.
std::uint64_t bitsFrom(std::uint64_t bits, std::size_t from, std::size_t first)
{
    if (first <= from)
        return bits;
    return first - from < base64Masked ? bits >> (first - from) << (first - from) : 0;
}

void visitBase64(std::string_view text, Span run, const EncodedVisit& visit)
{
    if (!isPrintable(decodedBase64(text.substr(run.start, tastedFirst)))
        || !isPrintable(decodedBase64(text.substr(run.start, tasted))))
        return;
    for (std::size_t start = run.start; start < run.end; start += longestEncodedRun) {
        const Span piece{start, std::min(start + longestEncodedRun, run.end)};
        std::string inner = decodedBase64(piece.of(text));
        // What follows the text in a run of its own alphabet is bytes again.
        while (!inner.empty() && !isPrintable(std::string_view(inner).substr(inner.size() - 1)))
            inner.pop_back();
        if (!isPrintable(inner))
            return;
        const std::size_t length = piece.end - piece.start;
        visit(piece, inner,
            [length](Span span) { return Span{span.start / 3 * 4, std::min((span.end + 2) / 3 * 4, length)}; });
    }
}

bool isHexAt(std::string_view text, std::size_t at)
{
    return at < text.size() && contains(Alphabet::Hex, text[at]);
}

bool endsWord(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '"' || c == '<' || c == '>';
}

void visitPercent(std::string_view text, Span word, const EncodedVisit& visit)
{
    std::string inner;
    std::vector<std::size_t> origin;
    for (std::size_t at = word.start; at < word.end;) {
        origin.push_back(at - word.start);
        const auto byte = text[at] == '%' ? hexByte(text.substr(0, word.end), at + 1) : std::nullopt;
        if (byte) {
            inner += char(*byte);
            at += 3;
        } else {
            inner += text[at++];
        }
    }
    origin.push_back(word.end - word.start);
    visit(word, inner, [&origin](Span span) { return Span{origin[span.start], origin[span.end]}; });
}

}

void eachBase64Text(std::string_view text, const EncodedVisit& visit)
{
    std::size_t done = 0;
    std::uint64_t next = base64MaskAt(text, 0);
    for (std::size_t from = 0; from < text.size(); from += base64Masked) {
        const std::uint64_t mask = next;
        next = base64MaskAt(text, from + base64Masked);
        // A run holds eight bytes in line, here or in the next 64.
        if (!hasWholeByte(mask) && !hasWholeByte(next))
            continue;
        const std::uint64_t starts = startsOf24(mask, next);
        for (std::uint64_t left = bitsFrom(starts, from, done); left != 0; left = bitsFrom(starts, from, done)) {
            const std::size_t start = from + std::size_t(std::countr_zero(left));
            done = runEnd(text, start + shortestRun);
            visitBase64(text, {start, done}, visit);
        }
    }
}

void eachPercentText(std::string_view text, const EncodedVisit& visit)
{
    std::size_t done = 0;
    for (std::size_t sign = text.find('%'); sign != std::string_view::npos; sign = text.find('%', done)) {
        done = std::max(done, sign + 1);
        if (!isHexAt(text, sign + 1) || !isHexAt(text, sign + 2))
            continue;
        // The word round the sign; what an earlier word ended with is not read twice.
        std::size_t start = sign;
        const std::size_t first = sign - std::min(sign, longestEncodedRun);
        while (start > first && !endsWord(text[start - 1]))
            --start;
        std::size_t end = sign;
        const std::size_t last = std::min(text.size(), sign + longestEncodedRun);
        while (end < last && !endsWord(text[end]))
            ++end;
        visitPercent(text, {start, end}, visit);
        done = end;
    }
}

}
