#include "core/trust/detect/secret/keyword_index.h"

#include <QtTest>
#include <random>
#include <set>

using namespace ephor::detect;

namespace {

using Found = std::multiset<std::pair<std::uint32_t, std::size_t>>;

char lowered(char c)
{
    return c >= 'A' && c <= 'Z' ? char(c + 32) : c;
}

Found foundOneByOne(const std::vector<std::string>& keywords, std::string_view text)
{
    Found found;
    for (std::uint32_t keyword = 0; keyword < keywords.size(); ++keyword) {
        const std::string& word = keywords[keyword];
        for (std::size_t at = 0; word.size() >= KeywordIndex::shortest && at + word.size() <= text.size(); ++at) {
            if (std::equal(word.begin(), word.end(), text.begin() + std::ptrdiff_t(at),
                    [](char left, char right) { return lowered(left) == lowered(right); }))
                found.insert({keyword, at});
        }
    }
    return found;
}

Found foundByIndex(const KeywordIndex& index, std::string_view text)
{
    Found found;
    index.each(text, [&](std::uint32_t keyword, std::size_t start) { found.insert({keyword, start}); });
    return found;
}

class Letters {
public:
    std::string word(std::size_t length)
    {
        // Few of them, so that keywords occur; "`" and "@" differ by the bit that cases differ by.
        constexpr std::string_view some("abAB-_@`\0\x80\xE9", 11);
        std::string made;
        for (std::size_t i = 0; i < length; ++i)
            made += some[m_random() % some.size()];
        return made;
    }
    std::size_t below(std::size_t limit) { return m_random() % limit; }

private:
    std::mt19937 m_random{20261123};
};

}

class KeywordIndexTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsWhatASearchForEachKeywordFinds()
    {
        Letters letters;
        std::size_t occurrences = 0;
        for (int round = 0; round < 60; ++round) {
            std::vector<std::string> keywords;
            for (std::size_t i = 0; i < 12; ++i)
                keywords.push_back(letters.word(2 + letters.below(6)));
            const KeywordIndex index(keywords);
            for (std::size_t length = 0; length < 40; ++length) {
                std::string text = letters.word(length);
                if (length % 3 != 0)
                    text.insert(letters.below(length + 1), keywords[letters.below(keywords.size())]);
                const Found expected = foundOneByOne(keywords, text);
                occurrences += expected.size();
                QVERIFY2(foundByIndex(index, text) == expected, text.c_str());
            }
        }
        QVERIFY(occurrences > 1000);
    }

    void findsAKeywordWhereverItStands()
    {
        const std::vector<std::string> keywords{"sk-", "-us", "pat", "pwd", "akia", "password"};
        const KeywordIndex index(keywords);
        for (std::uint32_t keyword = 0; keyword < keywords.size(); ++keyword) {
            for (std::size_t before = 0; before < 4; ++before) {
                for (std::size_t after = 0; after < 4; ++after) {
                    const std::string text = std::string(before, '~') + keywords[keyword] + std::string(after, '~');
                    QVERIFY2(foundByIndex(index, text) == Found({{keyword, before}}), text.c_str());
                }
            }
        }
    }

    void findsNoKeywordThatIsTooShort()
    {
        const KeywordIndex index({"ab", ""});
        QVERIFY(foundByIndex(index, "ab ab abc").empty());
    }
};

QTEST_GUILESS_MAIN(KeywordIndexTest)
#include "keyword_index_test.moc"
