#include "core/trust/detect/secret/secret_encoding.h"

#include "core/trust/detect/secret/base64_mask.h"

#include <QTest>
#include <bit>
#include <random>
#include <string>
#include <utility>
#include <vector>

using namespace ephor::detect;

namespace {

using Ranges = std::vector<std::pair<std::size_t, std::size_t>>;

constexpr std::size_t shortestRun = 24;

/// Runs of the alphabets of Base64, read byte by byte.
Ranges runsOf(std::string_view text)
{
    Ranges runs;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && isBase64Any(text[end]))
            ++end;
        if (end - at >= shortestRun)
            runs.emplace_back(at, end);
        at = end + 1;
    }
    return runs;
}

Ranges visitedIn(std::string_view text)
{
    Ranges visited;
    eachBase64Text(
        text, [&](Span outer, std::string_view, const OuterOf&) { visited.emplace_back(outer.start, outer.end); });
    return visited;
}

}

class SecretEncodingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theMaskTellsEveryByteOfTheAlphabets()
    {
        for (unsigned byte = 0; byte < 256; ++byte) {
            const std::string text(base64Masked, char(byte));
            const bool belongs = std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_")
                                     .contains(char(byte))
                && byte < 0x80;
            QCOMPARE(base64MaskAt(text, 0), belongs ? ~std::uint64_t(0) : std::uint64_t(0));
        }
    }

    void bytesBehindTheEndAreOfNoAlphabet()
    {
        QCOMPARE(base64MaskAt("abc", 0), std::uint64_t(7));
        QCOMPARE(base64MaskAt("abc", 2), std::uint64_t(1));
        QCOMPARE(base64MaskAt("abc", 3), std::uint64_t(0));
        QCOMPARE(base64MaskAt("abc", 67), std::uint64_t(0));
    }

    void startsAreThoseOf24InARow()
    {
        std::mt19937_64 random(1);
        std::size_t starts = 0;
        for (int round = 0; round < 2000; ++round) {
            const std::uint64_t low = random() | random() | random() | random() | random();
            const std::uint64_t high = random() | random() | random() | random() | random();
            std::uint64_t expected = 0;
            for (unsigned from = 0; from < 64; ++from) {
                bool all = true;
                for (unsigned at = from; at < from + shortestRun; ++at)
                    all = all && ((at < 64 ? low >> at : high >> (at - 64)) & 1) != 0;
                expected |= std::uint64_t(all) << from;
            }
            QCOMPARE(startsOf24(low, high), expected);
            starts += std::size_t(std::popcount(expected));
        }
        QVERIFY(starts > 1000);
    }

    void everyRunThatDecodesToTextIsVisitedWherever()
    {
        // The letters decode to letters, whatever place a run begins at; short runs and their ends lie everywhere in
        // the blocks that are looked at together.
        constexpr std::string_view quantum = "YWJj";
        constexpr std::string_view breaks = " \n=.,:\x80";
        std::mt19937 random(2);
        std::size_t visited = 0;
        for (int round = 0; round < 3000; ++round) {
            std::string text(random() % 70, ' ');
            for (std::size_t parts = random() % 8; parts > 0; --parts) {
                for (std::size_t quanta = random() % 40; quanta > 0; --quanta)
                    text += quantum;
                text.append(1 + random() % 3, breaks[random() % breaks.size()]);
            }
            const Ranges expected = runsOf(text);
            visited += expected.size();
            QVERIFY2(visitedIn(text) == expected, text.c_str());
        }
        QVERIFY(visited > 1000);
    }

    void runsOfBytesArePassedOver()
    {
        QVERIFY(visitedIn(std::string(80, 'A')).empty());
        QVERIFY(visitedIn("YWJj//////////////////////////").empty());
    }
};

QTEST_GUILESS_MAIN(SecretEncodingTest)
#include "secret_encoding_test.moc"
