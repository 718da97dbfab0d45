#include "core/trust/detect/secret/secret_scan.h"

#include "core/base/text.h"
#include "core/trust/detect/secret/secret_assignment.h"
#include "core/trust/detect/secret/secret_checksum.h"
#include "core/trust/detect/secret/secret_randomness.h"

#include <algorithm>

namespace ephor::detect {

namespace {

// How sure a finding is. A right checksum and a build of several parts cannot be chance; and an address with a password
// outranks the e-mail address that its end looks like.
constexpr double scoreCertain = 1.0;
constexpr double scoreForm = 0.95;
constexpr double scoreWrongChecksum = 0.5; ///< mistyped, cut, or of a format younger than this program
constexpr double scoreNear = 0.8;
constexpr double scorePassword = 0.7;
constexpr double scoreGeneric = 0.6;

// Names that speak about a password or a key without being one.
constexpr std::string_view harmlessRests[] = {"hash", "length", "len", "min", "max", "field", "file", "path", "url",
    "uri", "policy", "regex", "pattern", "expir", "age", "count", "limit", "hint", "label", "type", "version", "reset",
    "title", "name", "prompt", "message", "error", "help", "class", "index", "column", "budget", "usage", "price"};

bool isHarmlessRest(std::string_view name, std::string_view rest)
{
    // "_pass" and "_pw" are passwords at the end of a name alone: RENDER_PASS_BEGIN is none.
    if (name.front() == '_' && !rest.empty())
        return true;
    const std::string lower = lowerAscii(rest);
    return std::ranges::any_of(harmlessRests, [&](std::string_view word) { return lower.contains(word); });
}

// The part of a token that its form leaves open, which must not be xxxx nor EXAMPLE.
bool isPlausible(std::string_view token, const SecretPattern& pattern)
{
    const std::string_view open = token.substr(std::min(pattern.parts().front().literal.size(), token.size()));
    if (isPlaceholder(open))
        return false;
    const bool hexadecimal = std::ranges::all_of(open, [](char c) { return contains(Alphabet::Hex, c); });
    return entropyOf(open) >= (hexadecimal || open.size() < 20 ? 2.3 : 3.0);
}

bool isValue(const Assigned& assigned, SecretEntity entity, std::string_view text)
{
    const std::string_view value = assigned.value.of(text);
    if (entity != SecretEntity::Password)
        return looksRandom(value);
    return assigned.listed ? isMixedPassword(value) : looksLikePassword(value);
}

}

SecretScan::SecretScan()
    : m_patterns([] {
        std::vector<SecretPattern> patterns;
        for (const SecretRule& rule : secretRules())
            patterns.emplace_back(rule.form);
        return patterns;
    }())
    , m_index(keywords(m_triggers, m_patterns))
{
}

std::vector<std::string> SecretScan::keywords(
    std::vector<Trigger>& triggers, const std::vector<SecretPattern>& patterns)
{
    std::vector<std::string> words;
    const auto add = [&](Kind kind, std::size_t place, std::string_view word) {
        triggers.push_back({kind, std::uint32_t(place), word.size()});
        words.emplace_back(word);
    };
    for (std::size_t i = 0; i < patterns.size(); ++i) {
        const SecretRule& rule = secretRules()[i];
        if (rule.near.empty())
            add(Kind::Rule, i, patterns[i].keyword());
        else
            add(Kind::Near, i, rule.near);
    }
    for (std::size_t i = 0; i < secretWords().size(); ++i)
        add(Kind::Word, i, secretWords()[i].word);
    add(Kind::KeyBlock, 0, keyBlockMark);
    add(Kind::Putty, 0, puttyMark);
    add(Kind::SignedToken, 0, signedTokenMark);
    add(Kind::Address, 0, addressMark);
    add(Kind::Basic, 0, basicMark);
    add(Kind::Bearer, 0, bearerMark);
    return words;
}

void SecretScan::find(std::string_view text, const Report& report) const
{
    m_index.each(
        text, [&](std::uint32_t keyword, std::size_t start) { look(m_triggers[keyword], text, start, report); });
}

void SecretScan::look(const Trigger& trigger, std::string_view text, std::size_t start, const Report& report) const
{
    const auto reportIf = [&](std::optional<Span> span, SecretEntity entity, double score) {
        if (span)
            report(entity, *span, score, score >= scoreForm);
    };
    switch (trigger.kind) {
    case Kind::Rule:
        return lookByRule(trigger, text, start, report);
    case Kind::Near:
        return lookNear(trigger, text, start, report);
    case Kind::Word:
        return lookByWord(trigger, text, start, report);
    case Kind::KeyBlock:
        return reportIf(keyBlockAt(text, start), SecretEntity::PrivateKey, scoreCertain);
    case Kind::Putty:
        return reportIf(puttyLinesAt(text, start), SecretEntity::PrivateKey, scoreForm);
    case Kind::SignedToken:
        return reportIf(signedTokenAt(text, start), SecretEntity::Jwt, scoreCertain);
    case Kind::Address:
        return reportIf(addressWithPasswordAt(text, start), SecretEntity::DatabaseUrl, scoreCertain);
    case Kind::Basic:
        return reportIf(basicCredentialsAt(text, start), SecretEntity::AuthorizationHeader, scoreForm);
    case Kind::Bearer:
        return reportIf(bearerTokenAt(text, start), SecretEntity::AuthorizationHeader, scoreNear);
    }
}

void SecretScan::lookByRule(
    const Trigger& trigger, std::string_view text, std::size_t start, const Report& report) const
{
    const SecretRule& rule = secretRules()[trigger.place];
    const SecretPattern& pattern = m_patterns[trigger.place];
    // The index compares without case; forms do not.
    if (text.substr(start, trigger.length) != pattern.keyword())
        return;
    const auto span = pattern.matchAround(text, start);
    if (!span || !isPlausible(span->of(text), pattern))
        return;
    if (rule.check == SecretCheck::None) {
        report(rule.entity, *span, scoreForm, true);
        if (rule.entity == SecretEntity::AwsAccessKey) {
            if (const auto secret = secretKeyBehind(text, span->end))
                report(SecretEntity::AwsSecretKey, *secret, scoreNear, false);
        }
        return;
    }
    const bool right = holdsChecksum(rule.check, span->of(text));
    report(rule.entity, *span, right ? scoreCertain : scoreWrongChecksum, right);
}

void SecretScan::lookNear(const Trigger& trigger, std::string_view text, std::size_t start, const Report& report) const
{
    const SecretRule& rule = secretRules()[trigger.place];
    const SecretPattern& pattern = m_patterns[trigger.place];
    const auto assigned = assignedNear(text, start + trigger.length);
    if (!assigned)
        return;
    const std::string_view value = assigned->value.of(text);
    if (pattern.matches(value) && !isPlaceholder(value) && looksRandom(value))
        report(rule.entity, assigned->value, scoreNear, false);
}

void SecretScan::lookByWord(const Trigger& trigger, std::string_view text, std::size_t start, const Report& report)
{
    const auto& [entity, word] = secretWords()[trigger.place];
    const auto assigned = assignedAfter(text, start + trigger.length);
    if (!assigned || isHarmlessRest(word, assigned->rest) || !isValue(*assigned, entity, text))
        return;
    report(entity, assigned->value, entity == SecretEntity::Password ? scorePassword : scoreGeneric, false);
}

}
