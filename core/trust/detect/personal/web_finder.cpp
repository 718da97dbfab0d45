#include "core/trust/detect/personal/web_finder.h"

#include "core/trust/detect/candidate/byte_class.h"
#include "core/trust/detect/candidate/candidate_list.h"
#include "core/trust/detect/candidate/digits.h"
#include "core/trust/detect/personal/top_level_domains.h"

#include <string>

namespace ephor::detect {

namespace {

constexpr std::size_t localPartLimit = 64; // RFC 5321
constexpr std::size_t domainLimit = 253; // RFC 1035, without the root

// RFC 5322 allows more signs than people have in their addresses; what stands before one ("to=", "/u/") has them more
// often.
bool isLocalPart(char c, Profile profile)
{
    constexpr std::string_view usual = ".+-_'";
    constexpr std::string_view allowed = "!#$%&'*+-/=?^_`{|}~.";
    return isNameByte(c) || (profile == Profile::Ephor ? usual : allowed).find(c) != std::string_view::npos;
}

bool isHostByte(char c)
{
    return isNameByte(c) || c == '-';
}

// Ends a link: what RFC 3986 does not allow in one, quotes that usually surround it, and blanks.
bool endsLink(char c)
{
    constexpr std::string_view marks = "\"'<>\\^`{|}";
    return std::uint8_t(c) <= ' ' || c == '\x7F' || marks.find(c) != std::string_view::npos;
}

/// The end of the labels and points that begin at `at`; the last character is no point and no dash.
std::size_t hostEnd(std::string_view text, std::size_t at)
{
    std::size_t end = at;
    while (end < text.size() && end - at < domainLimit
        && (isHostByte(text[end]) || (text[end] == '.' && end > at && text[end - 1] != '.')))
        ++end;
    while (end > at && (text[end - 1] == '.' || text[end - 1] == '-'))
        --end;
    return end;
}

std::string_view lastLabel(std::string_view host)
{
    const std::size_t point = host.rfind('.');
    return point == std::string_view::npos ? std::string_view() : host.substr(point + 1);
}

bool isLabelOfLetters(std::string_view label)
{
    return label.size() >= 2 && (label.starts_with("xn--") || std::ranges::none_of(label, [](char c) {
        return isAsciiDigit(c) || c == '-';
    }));
}

// Where a name ends and an unrelated word begins, as in "mail a@b.com.Then", the word is left out.
std::size_t mailHostEnd(std::string_view text, std::size_t at)
{
    std::size_t end = hostEnd(text, at);
    while (end > at) {
        const std::string_view label = lastLabel(text.substr(at, end - at));
        if (label.empty())
            return at;
        if (isLabelOfLetters(label) && topLevelDomain(label) != DomainKind::Unknown)
            return end;
        const std::size_t shorter = end - label.size() - 1;
        const std::string_view before = lastLabel(text.substr(at, shorter - at));
        if (before.empty() || topLevelDomain(before) == DomainKind::Unknown)
            return isLabelOfLetters(label) ? end : at;
        end = shorter;
    }
    return at;
}

/// Without the marks that end the sentence around a link, and closing brackets that were not opened in it.
std::size_t withoutClosing(std::string_view text, std::size_t start, std::size_t end)
{
    constexpr std::string_view marks = ".,;:!?*_~";
    while (end > start) {
        const char last = text[end - 1];
        const char opening = last == ')' ? '(' : last == ']' ? '[' : '\0';
        const std::string_view link = text.substr(start, end - start);
        if (opening != '\0' && std::ranges::count(link, last) > std::ranges::count(link, opening))
            --end;
        else if (marks.find(last) != std::string_view::npos)
            --end;
        else
            break;
    }
    return end;
}

std::size_t linkEnd(std::string_view text, std::size_t start, std::size_t at)
{
    std::size_t end = at;
    while (end < text.size() && end - start < WebFinder::longest && !endsLink(text[end]))
        ++end;
    while (end > at && end < text.size() && isContinuation(text[end]))
        --end;
    return withoutClosing(text, start, end);
}

bool isKnownScheme(std::string_view word)
{
    constexpr std::string_view schemes = " http https ftp ftps sftp ssh ws wss file git ldap ldaps jdbc postgres "
                                         "postgresql mysql mariadb mongodb redis rediss "
                                         "amqp amqps mqtt s3 gs smb nfs rtsp rtmp telnet tcp udp imap imaps smtp smtps "
                                         "pop3 irc nats kafka jms svn hxxp hxxps "
                                         "chrome about magnet slack vscode zoommtg msteams ";
    std::string padded = " ";
    for (const char c : word)
        padded += small(c);
    padded += ' ';
    return word.size() <= 12 && schemes.find(padded) != std::string_view::npos;
}

}

WebFinder::WebFinder(Profile profile)
    : m_profile(profile)
    , m_mail(personalEntity("EMAIL_ADDRESS"))
    , m_link(personalEntity("URL"))
{
}

std::size_t WebFinder::scanMail(std::string_view text, std::size_t at, CandidateSink& found) const
{
    std::size_t start = at;
    while (start > 0 && at - start < localPartLimit && isLocalPart(text[start - 1], m_profile)
        && !(text[start - 1] == '.' && start < at && text[start] == '.'))
        --start;
    while (start < at && ((classOf(text[start]) == 0 && text[start] != '_') || isContinuation(text[start])))
        ++start;
    if (start == at || text[at - 1] == '.')
        return at + 1;
    const std::size_t end = mailHostEnd(text, at + 1);
    if (end == at + 1)
        return at + 1;
    const bool registered = topLevelDomain(lastLabel(text.substr(at + 1, end - at - 1))) != DomainKind::Unknown;
    if (registered)
        found.take(validatedAt(m_mail, start, end, m_profile == Profile::Presidio ? 1.0F : 0.95F));
    else if (m_profile == Profile::Ephor)
        found.take(candidateAt(m_mail, start, end, 0.6F));
    return end;
}

std::size_t WebFinder::scanLink(std::string_view text, std::size_t start, std::size_t at, CandidateSink& found) const
{
    const std::size_t host = at + 3;
    if (!isKnownScheme(text.substr(start, at - start)) || host >= text.size() || endsLink(text[host]))
        return host;
    const std::size_t end = linkEnd(text, start, host);
    if (end <= host)
        return host;
    found.take(candidateAt(m_link, start, end, 0.6F));
    return host;
}

std::size_t WebFinder::scanDomain(std::string_view text, std::size_t start, std::size_t end, CandidateSink& found) const
{
    std::size_t begin = start;
    while (begin > 0 && (isHostByte(text[begin - 1])) && start - begin < domainLimit)
        --begin;
    while (begin < start && (isContinuation(text[begin]) || text[begin] == '-'))
        ++begin;
    const std::size_t last = hostEnd(text, begin);
    const std::string_view host = text.substr(begin, last - begin);
    const std::size_t after = std::max(last, end);
    const char before = begin > 0 ? text[begin - 1] : ' ';
    const char next = charAt(text, last);
    if (before == '@' || before == '.' || before == '_' || before == '/' || before == '\\' || before == '$'
        || next == '@' || next == '_' || next == '(' || next == '=')
        return after;
    const std::string_view label = lastLabel(host);
    const DomainKind kind = isLabelOfLetters(label) ? topLevelDomain(label) : DomainKind::Unknown;
    const bool www = host.size() > 4 && (host.starts_with("www.") || host.starts_with("WWW."));
    const bool path = next == '/' && (classAt(text, last + 1) & WordByte) != 0;
    if (kind == DomainKind::Unknown || (kind == DomainKind::Ambiguous && !www && !path))
        return after;
    const std::string_view name = host.substr(0, host.size() - label.size() - 1);
    const bool letters = std::ranges::any_of(name, [](char c) { return (classOf(c) & ~DigitByte) != 0; });
    // "the end.It was": a sentence begins without a blank.
    const bool sentence = (classOf(label[0]) & CapitalByte) != 0 && (classOf(label[1]) & SmallByte) != 0 && !www;
    if (!letters || name.size() < 2 || sentence)
        return after;
    std::size_t whole = last;
    if (next == '/' || next == '?' || next == ':' || next == '#')
        whole = linkEnd(text, begin, last);
    found.take(candidateAt(m_link, begin, whole, 0.5F));
    return after;
}

}
