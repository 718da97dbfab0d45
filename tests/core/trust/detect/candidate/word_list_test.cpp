#include "core/trust/detect/candidate/word_list.h"

#include "core/trust/detect/candidate/byte_class.h"
#include "core/trust/detect/candidate/gap.h"

#include <QTest>
#include <random>
#include <string>

using namespace ephor::detect;

namespace {

bool isWordByte(std::string_view text, std::size_t at)
{
    return (classAt(text, at) & WordByte) != 0;
}

/// The words of a text, read byte by byte.
std::vector<TextWord> wordsOf(std::string_view text)
{
    std::vector<TextWord> words;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!isWordByte(text, at))
            continue;
        TextWord word;
        word.start = std::uint32_t(at);
        for (; isWordByte(text, at); ++at) {
            word.classes |= classOf(text[at]);
            if (at - word.start < 64 && (classOf(text[at]) & DigitByte) != 0)
                word.digits |= std::uint64_t(1) << (at - word.start);
        }
        word.end = std::uint32_t(at);
        if (!words.empty()) {
            const std::string_view between = text.substr(words.back().end, word.start - words.back().end);
            word.gap = between == " - " ? DashGap : between.size() == 1 ? Gap(gapOf(between[0])) : NoGap;
        }
        words.push_back(word);
    }
    return words;
}

/// Whether some finder would do something about the word.
bool isTelling(std::string_view text, const TextWord& word)
{
    const char after = charAt(text, word.end);
    return (word.classes & DigitByte) != 0 || (classOf(text[word.start]) & CapitalByte) != 0
        || (word.start > 0 && text[word.start - 1] == ':') || after == '.' || after == ':' || after == '-'
        || (after == ' ' && (classAt(text, word.end + 1) & DigitByte) != 0);
}

std::string randomText(std::mt19937& random, std::string_view alphabet, std::size_t longestRun)
{
    std::string text;
    for (std::size_t size = random() % 400; text.size() < size;)
        text.append(1 + random() % longestRun, alphabet[random() % alphabet.size()]);
    return text;
}

}

class WordListTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWhatAByteByByteReaderReads_data()
    {
        QTest::addColumn<std::string>("alphabet");
        QTest::addColumn<int>("longestRun");
        QTest::newRow("short words") << std::string("aB7 -.:/_+,") << 3;
        QTest::newRow("long words") << std::string("abAB0189 ") << 40;
        QTest::newRow("other scripts") << std::string("aB7 \xC3\xA9\xE6\x97\xA5") << 4;
        QTest::newRow("dashes between blanks") << std::string("a1 - ") << 1;
    }

    void readsWhatAByteByByteReaderReads()
    {
        QFETCH(const std::string, alphabet);
        QFETCH(const int, longestRun);
        std::mt19937 random(5);
        for (int turn = 0; turn < 3000; ++turn) {
            const std::string text = randomText(random, alphabet, std::size_t(longestRun));
            const std::vector<TextWord> expected = wordsOf(text);
            WordList words(text);
            for (std::size_t i = 0; i < expected.size(); ++i) {
                QVERIFY(words.has(i));
                QCOMPARE(words[i].start, expected[i].start);
                QCOMPARE(words[i].end, expected[i].end);
                QCOMPARE(words[i].digits, expected[i].digits);
                QCOMPARE(words[i].classes, expected[i].classes);
                QCOMPARE(words[i].gap, expected[i].gap);
                QVERIFY(words[i].telling || !isTelling(text, expected[i]));
            }
            QVERIFY(!words.has(expected.size()));
        }
    }

    void kindAndLengthAreInTheCode()
    {
        const std::string text = "2024 abc A1 " + std::string(40, '7');
        WordList words(text);
        QVERIFY(words.has(3));
        QCOMPARE(words[0].kind(), DigitWord);
        QCOMPARE(words[1].kind(), LetterWord);
        QCOMPARE(words[2].kind(), MixedWord);
        QCOMPARE(std::size_t(words[0].code), wordCode(DigitWord, 4));
        QCOMPARE(std::size_t(words[1].code), wordCode(LetterWord, 3));
        QCOMPARE(std::size_t(words[2].code), wordCode(MixedWord, 2));
        QCOMPARE(std::size_t(words[3].code), wordCode(DigitWord, codedLengths - 1));
    }

    void forgottenWordsLeaveTheOthersInPlace()
    {
        std::string text;
        for (int i = 0; i < 5000; ++i)
            text += std::to_string(i) + " ";
        const std::vector<TextWord> expected = wordsOf(text);
        WordList words(text);
        std::size_t forgotten = 0;
        for (std::size_t i = 0; i < expected.size(); ++i) {
            QVERIFY(words.has(i - forgotten));
            QCOMPARE(words[i - forgotten].start, expected[i].start);
            QCOMPARE(words[i - forgotten].gap, expected[i].gap);
            if (i - forgotten > 100) {
                words.forget(i - forgotten);
                forgotten = i;
            }
        }
        QVERIFY(!words.has(expected.size() - forgotten));
    }

    void aTextWithoutWordsHasNone()
    {
        QVERIFY(!WordList("").has(0));
        QVERIFY(!WordList(" - \xE6\x97\xA5 ").has(0));
    }
};

QTEST_GUILESS_MAIN(WordListTest)
#include "word_list_test.moc"
