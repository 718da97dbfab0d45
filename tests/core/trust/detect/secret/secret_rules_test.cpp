#include "core/trust/detect/secret/secret_rules.h"

#include "core/trust/detect/secret/keyword_index.h"
#include "core/trust/detect/secret/secret_matcher.h"
#include "core/trust/keys/token.h"
#include "tests/core/trust/detect/secret/secret_samples.h"

#include <QTest>
#include <algorithm>
#include <set>

using namespace ephor;
using namespace ephor::detect;

namespace {

const CandidateMatcher& matcher()
{
    static const auto made = makeSecretMatcher();
    return *made;
}

std::vector<Candidate> found(std::string_view text)
{
    CandidateCollection collected;
    matcher().match(text, collected);
    return collected.candidates;
}

// The rule's token where it would stand in a file, and where in that text.
struct Sample {
    std::string text;
    Span span;
};

Sample sampleOf(const SecretRule& rule, SecretSamples& samples)
{
    std::string token = samples.of(rule.form);
    if (rule.check == SecretCheck::GithubChecksum)
        token = samples.githubToken(rule.form.substr(0, 4));
    if (rule.check == SecretCheck::EphorChecksum)
        token = keys::makeToken().token;
    const std::string before
        = "first line\n" + (rule.near.empty() ? std::string("use ") : std::string(rule.near) + " = \"");
    return {before + token + (rule.near.empty() ? "\nlast line" : "\"\nlast line"),
        {before.size(), before.size() + token.size()}};
}

bool isFound(const SecretRule& rule, const Sample& sample)
{
    return std::ranges::any_of(found(sample.text), [&](const Candidate& candidate) {
        return candidate.entity == std::uint32_t(rule.entity) && candidate.start == sample.span.start
            && candidate.end == sample.span.end;
    });
}

}

class SecretRulesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hasManyRulesAndFewEntities()
    {
        QVERIFY(secretRules().size() >= 250);
        QCOMPARE(secretEntities().size(), std::size_t(SecretEntity::GenericKey) + 1);
        std::set<std::string> names;
        for (const Entity& entity : secretEntities()) {
            QVERIFY(names.insert(entity.name).second);
            QVERIFY(entity.entityClass == EntityClass::Secret);
        }
    }

    void saysEachFormOnce()
    {
        std::set<std::pair<std::string_view, std::string_view>> seen;
        for (const SecretRule& rule : secretRules())
            QVERIFY2(seen.insert({rule.form, rule.near}).second, rule.form.data());
    }

    // A rule without a name before it needs a mark of its own, by which it is searched.
    void searchesEachFormByItsMark()
    {
        for (const SecretRule& rule : secretRules()) {
            const std::string_view mark = rule.near.empty() ? SecretPattern(rule.form).keyword() : rule.near;
            QVERIFY2(mark.size() >= KeywordIndex::shortest, rule.form.data());
            QVERIFY2(SecretPattern(rule.form).longest() <= matcher().longest(), rule.form.data());
        }
    }

    void findsWhatEachRuleDescribes()
    {
        SecretSamples samples;
        for (const SecretRule& rule : secretRules()) {
            constexpr int tries = 40;
            int hits = 0;
            Sample missed;
            for (int i = 0; i < tries; ++i) {
                const Sample sample = sampleOf(rule, samples);
                const bool hit = isFound(rule, sample);
                hits += hit ? 1 : 0;
                missed = hit ? missed : sample;
            }
            // A random value may look as tidy as a name now and then, or hold no digit.
            QVERIFY2(hits >= tries - 4,
                (std::string(rule.form) + " " + std::string(rule.near) + ": " + std::to_string(hits) + " "
                    + missed.text)
                    .c_str());
        }
    }

    void findsNoPartOfALongerWord()
    {
        SecretSamples samples(2);
        for (const SecretRule& rule : secretRules()) {
            if (!rule.near.empty())
                continue;
            const SecretPattern pattern(rule.form);
            const std::string token = samples.of(rule.form);
            const std::size_t mark = token.find(pattern.keyword());
            QVERIFY(pattern.matchAround(token, mark).has_value());
            QVERIFY2(!pattern.matchAround("x" + token, mark + 1), rule.form.data());
            const auto longer = pattern.matchAround(token + "\xC3\xBC", mark);
            QVERIFY2(longer && longer->end == token.size(), rule.form.data());
            if (pattern.parts().back().literal.empty()) {
                const std::string cut = token.substr(0, token.size() - 1);
                QVERIFY2(!pattern.matchAround(cut, std::min(mark, cut.size())), rule.form.data());
            }
        }
    }

    void passesOverExamplesOfManuals()
    {
        SecretSamples samples(3);
        for (const SecretRule& rule : secretRules()) {
            const SecretPattern pattern(rule.form);
            std::string token;
            for (const SecretPattern::Part& part : pattern.parts()) {
                const char filler = contains(part.alphabet, 'x') ? 'x' : contains(part.alphabet, 'A') ? 'A' : 'a';
                token += part.literal.empty() ? std::string(part.least, contains(part.alphabet, filler) ? filler : '0')
                                              : std::string(part.literal);
            }
            const std::string text = std::string(rule.near) + "=" + token + " ";
            QVERIFY2(found(text).empty(), text.c_str());
        }
    }

    void tellsRightChecksumsFromWrong()
    {
        SecretSamples samples(4);
        const std::string right = samples.githubToken("ghp_");
        std::string wrong = right;
        wrong[10] = wrong[10] == 'a' ? 'b' : 'a';
        const auto ofRight = found("token " + right);
        const auto ofWrong = found("token " + wrong);
        QCOMPARE(ofRight.size(), 1U);
        QCOMPARE(ofWrong.size(), 1U);
        QVERIFY(ofRight[0].validated && ofRight[0].score == 1.0F);
        QVERIFY(!ofWrong[0].validated && ofWrong[0].score < 0.6F);
    }

    void computesKnownChecksums()
    {
        QCOMPARE(crc32Of("123456789"), 0xCBF43926U);
        QCOMPARE(crc32Of(""), 0U);
        QCOMPARE(base62Of(0, 6), std::string("000000"));
        QCOMPARE(base62Of(61, 2), std::string("0z"));
        QCOMPARE(base62Of(62, 2), std::string("10"));
        QCOMPARE(base62Of(0xFFFFFFFFU, 6), std::string("4gfFC3"));
    }
};

QTEST_GUILESS_MAIN(SecretRulesTest)
#include "secret_rules_test.moc"
