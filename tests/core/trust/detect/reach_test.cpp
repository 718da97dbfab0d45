#include "core/trust/detect/reach.h"

#include "core/trust/detect/detector_set.h"
#include "tests/core/trust/detect/secret/secret_samples.h"

#include <QTest>
#include <algorithm>

using namespace ephor;
using namespace ephor::detect;

namespace {

constexpr std::string_view prose = "we met in the morning and talked about what the other side might want from us. ";

const DetectorSet& detectors()
{
    static const auto set = DetectorSet::compile(Profile::Ephor);
    return **set;
}

struct Place {
    std::string entity;
    std::size_t start = 0;
    std::size_t end = 0;
    bool operator==(const Place&) const = default;
};

std::vector<Place> placesIn(std::string_view text, std::size_t settled)
{
    std::vector<Place> places;
    for (const Finding& finding : *detectors().scan(text)) {
        if (finding.start < settled)
            places.push_back({finding.entity->name, finding.start, finding.end});
    }
    return places;
}

}

class ReachTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Whatever a text is cut to, what is settled of it is found as in the whole.
    void settlesNothingTooEarly()
    {
        SecretSamples samples(9);
        const std::string at = "@";
        std::string text(prose);
        for (const std::string& value : {"ann.smith" + at + "example.org", std::string("4111 1111 1111 1111"),
                 std::string("DE89 3704 0044 0532 0130 00"), std::string("+49 30 901820"), samples.githubToken("ghp_"),
                 "password = \"" + samples.of(Alphabet::Alphanumeric, 14) + "7!\"", std::string("12 March 2024"),
                 "-----BEGIN PRIVATE KEY-----\n" + samples.of(Alphabet::Base64, 64) + "\n"
                     + samples.of(Alphabet::Base64, 40) + "\n-----END PRIVATE KEY-----",
                 "https://example.org/a?key=" + samples.of(Alphabet::LowerHex, 32)})
            text += value + " \xC3\xA4h, " + std::string(prose);
        QVERIFY(placesIn(text, text.size()).size() >= 8);
        const Reach reach = reachOf();
        std::size_t before = 0;
        for (std::size_t length = 0; length <= text.size(); ++length) {
            if (length < text.size() && (std::uint8_t(text[length]) & 0xC0) == 0x80)
                continue;
            const std::string_view cut = std::string_view(text).substr(0, length);
            const std::size_t settled = settledLength(cut, reach);
            QVERIFY(settled <= length);
            if (settled == before)
                continue;
            before = settled;
            QVERIFY2(placesIn(cut, settled) == placesIn(text, settled), std::to_string(length).c_str());
        }
        QVERIFY(before + 200 > text.size());
    }

    void settlesProseAtOnce()
    {
        std::string text;
        while (text.size() < 2'000)
            text += prose;
        for (std::size_t length = 500; length < text.size(); ++length) {
            const std::size_t held = length - settledLength(std::string_view(text).substr(0, length), reachOf());
            QVERIFY2(held <= 96, std::to_string(held).c_str());
        }
    }

    void holdsAKeyUntilItEnds()
    {
        const Reach reach = reachOf();
        const std::string begun = std::string(prose) + "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n";
        const std::string line = "MIIEpAIBAAKCAQEAx7Qm2nT5vK8wYb3dLr9sJf6hGz1cPq4tEoWiUyXaBkVjDlMn\n";
        QVERIFY(settledLength(begun, reach) <= prose.size());
        QVERIFY(settledLength(begun + line + line, reach) <= prose.size());
        QVERIFY(settledLength(begun + line + "-----END RSA PRIV", reach) <= prose.size());
        const std::string ended = begun + line + "-----END RSA PRIVATE KEY-----\n";
        QVERIFY(settledLength(ended + std::string(prose) + std::string(prose), reach) >= ended.size());
        // Prose about keys is prose.
        const std::string talk
            = std::string(prose) + "-----BEGIN RSA PRIVATE KEY----- is what such a file begins with, and ";
        QVERIFY(settledLength(talk + std::string(prose) + std::string(prose), reach) >= talk.size());
        // A certificate is no secret.
        const std::string other = std::string(prose) + "-----BEGIN CERTIFICATE-----\n";
        QVERIFY(settledLength(other + std::string(prose) + std::string(prose), reach) >= other.size());
    }

    void settlesMidCharacterNever()
    {
        std::string text;
        for (int i = 0; i < 300; ++i)
            text += "\xE6\x9D\xB1\xF0\x9F\x98\x80\xC3\xA4";
        for (std::size_t length = 0; length <= text.size(); ++length) {
            const std::size_t settled = settledLength(std::string_view(text).substr(0, length), reachOf());
            QVERIFY(settled == text.size() || (std::uint8_t(text[settled]) & 0xC0) != 0x80);
        }
    }

    void reachesAsFarAsTheCompanysOwn()
    {
        CustomDetector words;
        words.words = {"one two three four five"};
        words.hotwords = {{{"near"}, 500, 0.1}};
        const Reach phrase = reachOf(std::span(&words, 1));
        QCOMPARE(phrase.plainWords, 6U);
        QVERIFY(phrase.before >= 2000);
        CustomDetector pattern;
        pattern.pattern = "a.*b";
        const Reach any = reachOf(std::span(&pattern, 1));
        QCOMPARE(any.plainWords, 0U);
        QVERIFY(any.spaced >= 512);
    }
};

QTEST_GUILESS_MAIN(ReachTest)
#include "reach_test.moc"
