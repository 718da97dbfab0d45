#include "core/trust/detect/own/custom_matcher.h"

#include "core/trust/detect/detector_set.h"

#include <QTest>
#include <algorithm>

using namespace ephor;
using namespace ephor::detect;

namespace {

CustomDetector byPattern(std::string pattern)
{
    CustomDetector detector;
    detector.entity = "PROJECT_CODE";
    detector.title = "Project code";
    detector.pattern = std::move(pattern);
    return detector;
}

CustomDetector byWords(std::vector<std::string> words)
{
    CustomDetector detector = byPattern({});
    detector.words = std::move(words);
    return detector;
}

std::string found(const std::vector<CustomDetector>& detectors, std::string_view text)
{
    const auto matcher = makeCustomMatcher(detectors);
    if (!matcher)
        return "error " + matcher.error().code;
    CandidateCollection found;
    (*matcher)->match(text, found);
    std::vector<Candidate>& candidates = found.candidates;
    std::ranges::sort(candidates, {}, &Candidate::start);
    std::string all;
    for (const Candidate& candidate : candidates) {
        all += all.empty() ? "" : "|";
        all += text.substr(candidate.start, candidate.end - candidate.start);
    }
    return all;
}

std::string errorOf(const CustomDetector& detector)
{
    const auto made = makeCustomMatcher(std::span(&detector, 1));
    return made ? std::string("none") : made.error().code;
}

float scoreOf(const CustomDetector& detector, std::string_view text)
{
    const auto matcher = makeCustomMatcher(std::span(&detector, 1));
    CandidateCollection found;
    (*matcher)->match(text, found);
    return found.candidates.size() == 1 ? found.candidates[0].score : -1;
}

}

class CustomMatcherTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsPatterns()
    {
        const auto code = byPattern("PRJ-[0-9]{4}");
        QCOMPARE(found({code}, "PRJ-1234 and PRJ-5678, not prj-9999"), std::string("PRJ-1234|PRJ-5678"));
        QCOMPARE(found({byPattern("(?i)prj-\\d+")}, "a Prj-1"), std::string("Prj-1"));
        QCOMPARE(found({byPattern("^total: \\d+$")}, "x\ntotal: 12\nsubtotal: 3\n"), std::string("total: 12"));
        QCOMPARE(found({byPattern("\\bM\xC3\xBCller\\b")}, "Herr M\xC3\xBCller geht"), std::string("M\xC3\xBCller"));
        QCOMPARE(found({code}, ""), std::string());
    }

    void findsPatternsWhereverTheWindowEnds()
    {
        const auto code = byPattern("PRJ-[0-9]{400}");
        for (std::size_t before = 600; before < 1100; before += 7) {
            const std::string token = "PRJ-" + std::string(400, '7');
            QCOMPARE(found({code}, std::string(before, '.') + token + "."), token);
        }
    }

    void triesManyPatternsTogether()
    {
        std::vector<CustomDetector> detectors;
        for (int i = 0; i < 40; ++i) {
            detectors.push_back(byPattern("K" + std::to_string(i) + "-[a-z]+"));
            detectors.back().entity = "KIND_" + std::to_string(i);
        }
        QCOMPARE(found(detectors, "K7-abc K39-x K40-y"), std::string("K7-abc|K39-x"));
        QCOMPARE(found(detectors, "nothing here"), std::string());
    }

    void reportsLongMatchesInPieces()
    {
        const auto matcher = makeCustomMatcher(std::vector{byPattern("a+")});
        const std::string text(700, 'a');
        CandidateCollection found;
        (*matcher)->match(text, found);
        std::size_t covered = 0;
        for (const Candidate& candidate : found.candidates) {
            QCOMPARE(std::size_t(candidate.start), covered);
            QVERIFY(candidate.end - candidate.start <= (*matcher)->longest());
            covered = candidate.end;
        }
        QCOMPARE(covered, text.size());
    }

    void refusesWhatItCannotPromise()
    {
        QCOMPARE(errorOf(byPattern("(?<=id )\\d+")), std::string("detector.pattern-lookaround"));
        QCOMPARE(errorOf(byPattern("a(?!b)")), std::string("detector.pattern-lookaround"));
        QCOMPARE(errorOf(byPattern("(a)\\1")), std::string("detector.pattern-backreference"));
        QCOMPARE(errorOf(byPattern("(?P<x>a)(?P=x)")), std::string("detector.pattern-backreference"));
        QCOMPARE(errorOf(byPattern("a(b")), std::string("detector.pattern-syntax"));
        QCOMPARE(errorOf(byPattern("(?>a)")), std::string("detector.pattern-syntax"));
        QCOMPARE(errorOf(byPattern("a*")), std::string("detector.pattern-empty"));
        QCOMPARE(errorOf(byPattern("\\b")), std::string("detector.pattern-empty"));
        QCOMPARE(errorOf(byPattern("^")), std::string("detector.pattern-empty"));
        QCOMPARE(errorOf(byPattern("((a{100}){100}){100}")), std::string("detector.pattern-too-large"));
        QCOMPARE(errorOf(byPattern("(\\pL{500}b){2}")), std::string("detector.pattern-too-large"));
        QCOMPARE(errorOf(byPattern(std::string(2000, 'a'))), std::string("detector.pattern-too-long"));
        QCOMPARE(errorOf(byPattern("\xFF")), std::string("detector.pattern-syntax"));
        QCOMPARE(errorOf(byPattern({})), std::string("detector.nothing"));
        QCOMPARE(errorOf(byWords({"a", " "})), std::string("detector.word"));
        CustomDetector both = byWords({"a"});
        both.pattern = "a";
        QCOMPARE(errorOf(both), std::string("detector.nothing"));
        CustomDetector named = byWords({"a"});
        named.entity = "project code";
        QCOMPARE(errorOf(named), std::string("detector.entity"));
        CustomDetector scored = byWords({"a"});
        scored.score = 1.5;
        QCOMPARE(errorOf(scored), std::string("detector.score"));
        CustomDetector near = byWords({"a"});
        near.hotwords = {{{"x"}, 501, 0.1}};
        QCOMPARE(errorOf(near), std::string("detector.hotwords"));
        near.hotwords = {{{}, 50, 0.1}};
        QCOMPARE(errorOf(near), std::string("detector.hotwords"));
    }

    void namesTheDetectorThatIsWrong()
    {
        const auto made = makeCustomMatcher(std::vector{byPattern("a(b")});
        QVERIFY(!made);
        QCOMPARE(made.error().fields.back(), (std::pair<std::string, std::string>{"entity", "PROJECT_CODE"}));
        QVERIFY(!made.error().hint.empty());
    }

    void hidesNoOtherEntity()
    {
        CustomDetector card = byWords({"a"});
        card.entity = "CREDIT_CARD";
        const auto set = DetectorSet::compile(Profile::Ephor, std::span(&card, 1));
        QVERIFY(!set);
        QCOMPARE(set.error().code, std::string("detector.entity-taken"));
        QVERIFY(!makeCustomMatcher(std::vector{byWords({"a"}), byWords({"b"})}));
    }

    void findsWholeWords()
    {
        const auto falcon = byWords({"falcon", "Blue Moon", "M\xC3\xBCnchen", "x-ray"});
        QCOMPARE(found({falcon}, "Falcon, FALCON; falcons falcony"), std::string("Falcon|FALCON"));
        QCOMPARE(
            found({falcon}, "the blue   moon and the blue\nmoon, bluemoon"), std::string("blue   moon|blue\nmoon"));
        QCOMPARE(found({falcon}, "M\xC3\x9CNCHEN m\xC3\xBCnchen m\xC3\xBCnchens"),
            std::string("M\xC3\x9CNCHEN|m\xC3\xBCnchen"));
        QCOMPARE(found({falcon}, "falcon"), std::string("falcon"));
        QCOMPARE(found({falcon}, "falcon_1 1falcon (falcon)"), std::string("falcon"));
        QCOMPARE(found({falcon}, "an X-Ray, x-rays"), std::string("X-Ray"));
        QCOMPARE(found({falcon}, "falco"), std::string());
    }

    void findsWordsInsideOthers()
    {
        QCOMPARE(found({byWords({"he", "she", "hers", "his"})}, "ushers she hers he"), std::string("she|hers|he"));
        QCOMPARE(found({byWords({"new york city", "york", "city hall"})}, "new york city hall"),
            std::string("new york city|york|city hall"));
    }

    void findsWordsOfScriptsWithoutSpaces()
    {
        const std::string tokyo = "\xE6\x9D\xB1\xE4\xBA\xAC";
        QCOMPARE(found({byWords({tokyo})}, "\xE7\xA7\x81\xE3\x81\xAF" + tokyo + "\xE3\x81\xA7"), tokyo);
    }

    void weighsWordsNearby()
    {
        CustomDetector code = byPattern("[0-9]{6}");
        code.score = 0.25;
        code.hotwords = {{{"project", "case number"}, 20, 0.5}, {{"invoice"}, 10, -0.25}};
        QCOMPARE(scoreOf(code, "123456"), 0.25F);
        QCOMPARE(scoreOf(code, "Project 123456"), 0.75F);
        QCOMPARE(scoreOf(code, "case  number 123456"), 0.75F);
        QCOMPARE(scoreOf(code, "projects 123456"), 0.25F);
        QCOMPARE(scoreOf(code, "project, that is to say something far away: 123456"), 0.25F);
        QCOMPARE(scoreOf(code, "123456 project"), 0.25F);
        // A score of nothing is no finding.
        QCOMPARE(scoreOf(code, "invoice 123456"), -1.0F);
        // 15 characters of two bytes each are within 20.
        QCOMPARE(
            scoreOf(code, "project \xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4 123456"), 0.75F);
    }

    void plugsIntoTheSet()
    {
        const std::vector<CustomDetector> custom{byPattern("PRJ-[0-9]{4}")};
        const auto set = DetectorSet::compile(Profile::Ephor, custom);
        QVERIFY(set.has_value());
        const auto findings = (*set)->scan("see \xEF\xBC\xB0RJ-1\xE2\x80\x8B"
                                           "234 now");
        QVERIFY(findings.has_value());
        QCOMPARE(findings->size(), 1U);
        QCOMPARE(findings->front().entity->name, std::string("PROJECT_CODE"));
    }

    // A pattern that must read to the end of the text at each place, over a text where it never ends.
    void staysLinear()
    {
        const std::string text(300'000, 'a');
        QVERIFY(!found({byPattern("a[^b]*b|ac")}, text).starts_with("error"));
    }
};

QTEST_GUILESS_MAIN(CustomMatcherTest)
#include "custom_matcher_test.moc"
