#include "core/trust/detect/context_words.h"

#include <QTest>
#include <random>
#include <string>
#include <utility>
#include <vector>

using namespace ephor::detect;

namespace {

const std::vector<std::pair<std::string, std::uint32_t>> words{{"card", 0}, {"tax id", 1}, {"passport", 2}, {"tel", 3},
    {"id", 4}, {"card", 5}, {"own word", mostAskedEntities + 1}};

char lowered(char c)
{
    return c >= 'A' && c <= 'Z' ? char(c + 32) : c;
}

bool isLetterAt(std::string_view text, std::size_t at)
{
    return at < text.size() && lowered(text[at]) >= 'a' && lowered(text[at]) <= 'z';
}

/// Whether a whole word with the label stands in the window around [start, end), looked for at every place.
bool isNearByHand(std::string_view text, std::size_t start, std::size_t end, std::uint32_t label)
{
    const ContextMap::Window window;
    const std::size_t from = start - std::min(start, window.before);
    const std::size_t to = std::min(text.size(), end + window.after);
    for (const auto& [word, wordLabel] : words) {
        for (std::size_t at = from; wordLabel == label && at + word.size() <= to; ++at) {
            const std::size_t last = at + word.size();
            const bool here = std::equal(word.begin(), word.end(), text.begin() + std::ptrdiff_t(at),
                [](char left, char right) { return left == lowered(right); });
            const bool plural = last < text.size() && lowered(text[last]) == 's' && !isLetterAt(text, last + 1);
            const bool whole = (at == 0 || !isLetterAt(text, at - 1)) && (!isLetterAt(text, last) || plural);
            if (here && whole && (last <= start || at >= end))
                return true;
        }
    }
    return false;
}

/// Words of ours, others and long stretches with none, in small letters or capitals throughout.
std::string someText(std::mt19937& random)
{
    const bool capitals = random() % 2 == 0;
    std::string text;
    for (std::size_t parts = random() % 30; parts > 0; --parts) {
        switch (random() % 6) {
        case 0:
        case 1:
            text += words[random() % words.size()].first;
            text += random() % 4 == 0 ? "s" : "";
            break;
        case 2:
            text.append(random() % 500, '.');
            break;
        default:
            text += std::string(1 + random() % 12, char('a' + random() % 26));
        }
        text += " ,.=\n"[random() % 5];
    }
    if (capitals)
        std::ranges::transform(text, text.begin(), [](char c) { return c >= 'a' && c <= 'z' ? char(c - 32) : c; });
    return text;
}

}

class ContextWordsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatStandsNearAsASearchByHandDoes()
    {
        ContextWords compiled;
        for (const auto& [word, label] : words)
            compiled.add(word, label);
        compiled.compile();
        std::mt19937 random(3);
        std::size_t near = 0;
        for (int round = 0; round < 400; ++round) {
            const std::string text = someText(random);
            ContextMap map(compiled, text, {});
            // Questions come nearly in order, and now and then from far away.
            std::size_t start = 0;
            for (int question = 0; question < 60 && !text.empty(); ++question) {
                start = random() % 5 == 0 ? random() % text.size() : std::min(start + random() % 40, text.size() - 1);
                const std::size_t end = std::min(text.size(), start + 1 + random() % 20);
                for (const auto& [word, label] : words) {
                    const bool expected = isNearByHand(text, start, end, label);
                    near += expected ? 1 : 0;
                    // The quicker questions may only err by saying more.
                    QVERIFY(!expected || map.mayBeNear(start, end, label));
                    QVERIFY(!expected || label >= mostAskedEntities || map.labelsNear(start, end)[label]);
                    QCOMPARE(map.isNear(start, end, label), expected);
                }
            }
        }
        QVERIFY(near > 1000);
    }

    void textWithoutAWordIsSilentForEveryLabel()
    {
        ContextWords compiled;
        for (const auto& [word, label] : words)
            compiled.add(word, label);
        compiled.compile();
        const std::string text(5000, '7');
        ContextMap map(compiled, text, {});
        for (std::size_t start = 0; start + 10 < text.size(); start += 11) {
            QVERIFY(map.labelsNear(start, start + 10).none());
            QVERIFY(!map.mayBeNear(start, start + 10, 0));
            QVERIFY(map.mayBeNear(start, start + 10, mostAskedEntities)); // those are not told beforehand
        }
    }
};

QTEST_GUILESS_MAIN(ContextWordsTest)
#include "context_words_test.moc"
