#include "core/trust/detect/secret/secret_encoding.h"

#include "core/trust/detect/secret/base64_run.h"

#include <algorithm>
#include <string>
#include <vector>

namespace ephor::detect {

namespace {

constexpr std::size_t shortestRun = 24; ///< 18 bytes: hardly a password with its name
constexpr std::size_t tasted = 12; ///< characters that show whether a run decodes to text

bool isBase64Any(char c)
{
    return contains(Alphabet::Base64, c) || c == '-' || c == '_';
}

void visitBase64(std::string_view text, Span run, const EncodedVisit& visit)
{
    if (!isPrintable(decodedBase64(text.substr(run.start, tasted))))
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

int hexValue(char c)
{
    return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
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
        if (text[at] == '%' && at + 2 < word.end && isHexAt(text, at + 1) && isHexAt(text, at + 2)) {
            inner += char(hexValue(text[at + 1]) * 16 + hexValue(text[at + 2]));
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
    for (std::size_t at = 0; at + shortestRun <= text.size();) {
        // Read from behind: in prose the first space met rules out all the places before it.
        std::size_t from = at + shortestRun;
        while (from > at && isBase64Any(text[from - 1]))
            --from;
        if (from > at) {
            at = from;
            continue;
        }
        std::size_t end = at + shortestRun;
        while (end < text.size() && isBase64Any(text[end]))
            ++end;
        visitBase64(text, {at, end}, visit);
        at = end;
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
