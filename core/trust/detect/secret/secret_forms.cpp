#include "core/trust/detect/secret/secret_forms.h"

#include "core/base/json.h"
#include "core/trust/detect/secret/base64_run.h"
#include "core/trust/detect/secret/secret_randomness.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ephor::detect {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool endsAddress(char c)
{
    return isBlank(c) || c == '"' || c == '\'' || c == '`' || c == '<' || c == '>' || c == '\\' || c == 0;
}

constexpr std::string_view dashes = "-----";
constexpr std::string_view closeMark = "-----END";
constexpr std::size_t longestLabel = 60;

// What stands between "-----BEGIN RSA PRIVATE KEY-----"'s word and its last dashes.
std::optional<std::string_view> blockLabelAt(std::string_view text, std::size_t mark)
{
    const std::size_t start = mark + keyBlockMark.size();
    const std::size_t end = text.substr(start, longestLabel).find("-----");
    if (end == std::string_view::npos)
        return std::nullopt;
    return text.substr(start, end);
}

std::size_t runOf(std::string_view text, std::size_t at, Alphabet alphabet, std::size_t most)
{
    const std::size_t last = std::min(text.size(), at + most);
    std::size_t end = at;
    while (end < last && contains(alphabet, text[end]))
        ++end;
    return end - at;
}

// How far the lines between the first and the last reach.
struct BlockBody {
    std::size_t end = 0; ///< of the last line of base64
    std::size_t letters = 0; ///< of such lines
    std::size_t stop = 0; ///< where reading stopped
    bool atDashes = false; ///< since dashes stand there
};

bool isBlockBlank(std::string_view text, std::size_t at)
{
    const bool spelt = at + 1 < text.size() && text[at] == '\\' && (text[at + 1] == 'n' || text[at + 1] == 'r');
    return isBlank(text[at]) || spelt || (at > 0 && text[at - 1] == '\\' && (text[at] == 'n' || text[at] == 'r'));
}

// Headers ("Proc-Type: 4,ENCRYPTED") have a few short words; more of them in a row are prose.
BlockBody readBlock(std::string_view text, std::size_t body)
{
    constexpr std::size_t shortestLine = 16;
    constexpr std::size_t mostShortWords = 12;
    BlockBody read{body, 0, body, false};
    std::size_t shortWords = 0;
    while (read.stop < text.size() && shortWords < mostShortWords) {
        if (isBlockBlank(text, read.stop)) {
            ++read.stop;
            continue;
        }
        read.atDashes = text.substr(read.stop, dashes.size()) == dashes;
        if (read.atDashes)
            return read;
        const std::size_t start = read.stop;
        std::size_t letters = 0;
        while (read.stop < text.size() && !isBlockBlank(text, read.stop) && text.substr(read.stop, 5) != dashes) {
            letters += contains(Alphabet::Base64, text[read.stop]) || text[read.stop] == '=' ? 1 : 0;
            ++read.stop;
        }
        const bool line = letters >= shortestLine && letters == read.stop - start;
        shortWords = line ? 0 : shortWords + 1;
        read.letters += line ? letters : 0;
        read.end = line ? read.stop : read.end;
    }
    return read;
}

// Behind the closing dashes, if they are there.
std::optional<std::size_t> blockEnd(std::string_view text, const BlockBody& read, std::size_t labelLength)
{
    if (text.substr(read.stop, closeMark.size()) != closeMark)
        return std::nullopt;
    const std::size_t start = read.stop + closeMark.size();
    const std::size_t closing = text.substr(start, labelLength + dashes.size() + 2).find(dashes);
    return closing == std::string_view::npos ? std::nullopt : std::optional(start + closing + dashes.size());
}

bool namesAlgorithm(std::string_view part)
{
    constexpr std::size_t longestHeader = 4 * 1024; // with certificates in it
    if (part.size() > longestHeader)
        return false;
    const auto header = parseJson(decodedBase64(part), {.bytes = longestHeader, .depth = 8, .values = 1000});
    return header && header->is_object() && (header->contains("alg") || header->contains("enc"));
}

}

std::optional<Span> keyBlockAt(std::string_view text, std::size_t mark)
{
    const auto label = blockLabelAt(text, mark);
    if (!label || label->find("PRIVATE KEY") == std::string_view::npos)
        return std::nullopt;
    constexpr std::size_t shortestBody = 16;
    const std::size_t body = mark + keyBlockMark.size() + label->size() + dashes.size();
    const std::size_t last = std::min(text.size(), mark + longestKeyBlock);
    const BlockBody read = readBlock(text.substr(0, last), body);
    if (read.letters < shortestBody || isPlaceholder(text.substr(body, std::min<std::size_t>(read.end - body, 64))))
        return std::nullopt;
    if (const auto end = blockEnd(text, read, label->size()))
        return Span{mark, std::min(*end, last)};
    return Span{mark, read.end};
}

bool keyBlockOpenAt(std::string_view text, std::size_t mark)
{
    const auto label = blockLabelAt(text, mark);
    if (!label)
        return text.size() - mark < keyBlockMark.size() + longestLabel;
    if (label->find("PRIVATE KEY") == std::string_view::npos || text.size() - mark >= longestKeyBlock)
        return false;
    const BlockBody read = readBlock(text, mark + keyBlockMark.size() + label->size() + dashes.size());
    if (read.stop == text.size())
        return true;
    return read.atDashes && !blockEnd(text, read, label->size())
        && text.size() - read.stop < closeMark.size() + label->size() + dashes.size();
}

std::optional<Span> puttyLinesAt(std::string_view text, std::size_t mark)
{
    constexpr std::size_t shortest = 64;
    std::size_t at = mark + puttyMark.size();
    while (at < text.size() && (text[at] == ' ' || contains(Alphabet::Digits, text[at])) && at - mark < 32)
        ++at;
    while (at < text.size() && isBlank(text[at]) && at - mark < 40)
        ++at;
    const std::size_t start = at;
    const std::size_t last = std::min(text.size(), start + longestKeyBlock);
    while (
        at < last && (contains(Alphabet::Base64, text[at]) || text[at] == '=' || text[at] == '\n' || text[at] == '\r'))
        ++at;
    // The next line of the file, "Private-MAC", begins with letters as well.
    const std::size_t lineEnd = text.substr(start, at - start).rfind('\n');
    const std::size_t end = at < last && lineEnd != std::string_view::npos ? start + lineEnd : at;
    return end - start >= shortest ? std::optional(Span{start, end}) : std::nullopt;
}

std::optional<Span> signedTokenAt(std::string_view text, std::size_t mark)
{
    if (!startsWord(text, mark) || (mark > 0 && (text[mark - 1] == '-' || text[mark - 1] == '_')))
        return std::nullopt;
    constexpr std::size_t shortestPart = 8;
    const std::size_t header = runOf(text, mark, Alphabet::Base64Url, longestSignedToken);
    const std::size_t payload = mark + header + 1;
    if (header < shortestPart || payload >= text.size() || text[payload - 1] != '.')
        return std::nullopt;
    const std::size_t payloadLength = runOf(text, payload, Alphabet::Base64Url, longestSignedToken - header);
    const std::size_t signature = payload + payloadLength + 1;
    if (payloadLength < shortestPart || signature > text.size() || text[signature - 1] != '.')
        return std::nullopt;
    if (!namesAlgorithm(text.substr(mark, header)))
        return std::nullopt;
    std::size_t end
        = signature + runOf(text, signature, Alphabet::Base64Url, longestSignedToken - header - payloadLength);
    // An encrypted token (RFC 7516) has five parts.
    for (int part = 0; part < 2 && end < text.size() && text[end] == '.'; ++part) {
        const std::size_t more = runOf(text, end + 1, Alphabet::Base64Url, longestSignedToken - (end - mark));
        if (more < shortestPart)
            break;
        end += more + 1;
    }
    return Span{mark, end};
}

std::optional<Span> addressWithPasswordAt(std::string_view text, std::size_t mark)
{
    constexpr std::size_t longestScheme = 24;
    constexpr std::size_t longestUser = 256;
    constexpr std::size_t shortestPassword = 3; // manuals write a:b
    std::size_t start = mark;
    while (start > 0 && mark - start < longestScheme
        && (contains(Alphabet::Alphanumeric, text[start - 1]) || text[start - 1] == '+' || text[start - 1] == '-'))
        --start;
    if (mark - start < 2)
        return std::nullopt;
    const std::size_t user = mark + addressMark.size();
    const std::size_t last = std::min(text.size(), user + longestUser);
    std::size_t at = user;
    std::size_t colon = std::string_view::npos;
    while (at < last && !endsAddress(text[at])
        && std::string_view("@/?#[]{}()|").find(text[at]) == std::string_view::npos) {
        if (text[at] == ':' && colon == std::string_view::npos)
            colon = at;
        ++at;
    }
    if (at >= last || text[at] != '@' || colon == std::string_view::npos || at - colon <= shortestPassword)
        return std::nullopt;
    const std::string_view password = text.substr(colon + 1, at - colon - 1);
    if ((password.size() > 1 && isPlaceholder(password)) || password == "pass"
        || password == text.substr(user, colon - user))
        return std::nullopt;
    const std::size_t host = at + 1;
    const std::size_t limit = std::min(text.size(), start + longestAddress);
    std::size_t end = host;
    while (end < limit && !endsAddress(text[end]))
        ++end;
    while (end > host && std::string_view(".,;:!?)]}").find(text[end - 1]) != std::string_view::npos)
        --end;
    return end > host ? std::optional(Span{start, end}) : std::nullopt;
}

std::optional<Span> basicCredentialsAt(std::string_view text, std::size_t mark)
{
    constexpr std::size_t most = 512;
    constexpr std::size_t shortest = 6; // of name, colon and password
    const std::size_t start = mark + basicMark.size();
    if (!startsWord(text, mark))
        return std::nullopt;
    std::size_t end = start + runOf(text, start, Alphabet::Base64, most);
    const std::string decoded = decodedBase64(text.substr(start, end - start));
    const std::size_t colon = decoded.find(':');
    if (colon == std::string::npos || decoded.size() < shortest || !isPrintable(decoded))
        return std::nullopt;
    while (end < text.size() && text[end] == '=')
        ++end;
    return Span{start, std::min(end, start + most)};
}

std::optional<Span> bearerTokenAt(std::string_view text, std::size_t mark)
{
    constexpr std::size_t least = 16;
    const std::size_t start = mark + bearerMark.size();
    if (!startsWord(text, mark))
        return std::nullopt;
    const std::size_t length = runOf(text, start, Alphabet::Opaque, longestSignedToken);
    return length >= least && looksRandom(text.substr(start, length)) ? std::optional(Span{start, start + length})
                                                                      : std::nullopt;
}

std::optional<Span> secretKeyBehind(std::string_view text, std::size_t accessKeyEnd)
{
    constexpr std::size_t secretKeyLength = 40;
    const std::size_t last = std::min(text.size(), accessKeyEnd + secretKeyDistance);
    for (std::size_t at = accessKeyEnd; at < last;) {
        const std::size_t length = runOf(text, at, Alphabet::Base64, secretKeyLength + 1);
        const std::string_view value = text.substr(at, length);
        // 40 random characters of base64 reach 4.6 bits; a path or a hash in hexadecimal stays below 4.
        if (length == secretKeyLength && entropyOf(value) >= 4.0 && looksRandom(value))
            return Span{at, at + length};
        at += std::max<std::size_t>(length, 1);
        while (length > secretKeyLength && at < last && contains(Alphabet::Base64, text[at]))
            ++at;
    }
    return std::nullopt;
}

}
