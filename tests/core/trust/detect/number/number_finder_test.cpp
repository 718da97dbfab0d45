#include "core/trust/detect/number/number_finder.h"

#include "core/trust/detect/candidate/byte_class.h"
#include "core/trust/detect/candidate/personal_entities.h"

#include <QTest>
#include <random>
#include <set>
#include <string>
#include <tuple>

using namespace ephor::detect;

namespace {

using Place = std::tuple<std::uint32_t, std::size_t, std::size_t>; ///< entity, start, end

std::vector<NumberRow> allRows()
{
    std::vector<NumberRow> rows;
    for (const auto table :
        {worldNumbers(), americanNumbers(), britishNumbers(), germanNumbers(), europeanNumbers(), asianNumbers()})
        rows.insert(rows.end(), table.begin(), table.end());
    return rows;
}

struct PlainRow {
    Layout layout;
    CheckFunction check;
    std::uint32_t entity;
};

std::vector<PlainRow> presidioRows()
{
    std::vector<PlainRow> rows;
    for (const NumberRow& row : allRows()) {
        if (row.presidio == unknownRow)
            continue;
        for (const Layout& layout : Layout::compile(row.layout))
            rows.push_back({layout, row.check, personalEntity(row.entity)});
    }
    return rows;
}

/// Every row against any words that follow each other: what all the tables of shapes must not hide.
std::set<Place> numbersIn(std::string_view text, WordList& words, const std::vector<PlainRow>& rows)
{
    std::set<Place> found;
    for (std::size_t first = 0; words.has(first); ++first) {
        std::string characters;
        std::array<std::uint8_t, maxPieceLength> gapKinds{};
        Piece piece;
        piece.gapKinds = gapKinds.data();
        for (std::size_t last = first; words.has(last) && (last == first || words[last].gap != NoGap); ++last) {
            const TextWord& word = words[last];
            if (characters.size() + word.length() > maxPieceLength)
                break;
            if (last > first) {
                piece.gaps |= std::uint64_t(1) << characters.size();
                gapKinds[characters.size()] = word.gap;
            }
            piece.digits |= word.digits << characters.size();
            for (std::size_t at = word.start; at < word.end; ++at)
                characters += capital(text[at]);
            piece.text = characters;
            for (const PlainRow& row : rows) {
                if (row.layout.length() == characters.size() && row.layout.matches(piece)
                    && (row.check == nullptr || row.check(piece.text) != Check::Fails))
                    found.insert({row.entity, words[first].start, word.end});
            }
        }
    }
    return found;
}

/// Words of digits and letters as numbers are made of, so that many are.
std::string randomStretch(std::mt19937& random)
{
    constexpr std::string_view separators = "  --..//_:+";
    constexpr std::string_view letters = "ABDEGHRSTXabde";
    std::string text;
    for (std::size_t count = 1 + random() % 5; count > 0; --count) {
        const bool mixed = random() % 3 == 0;
        for (std::size_t length = 1 + random() % 6; length > 0; --length)
            text += mixed && random() % 2 == 0 ? letters[random() % letters.size()] : char('0' + random() % 10);
        if (count > 1)
            text += separators[random() % separators.size()];
    }
    return text;
}

}

class NumberFinderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Of Presidio's profile, which has no rules about what stands around: its finder tells what every row says.
    void noShapeIsHiddenByTheTables()
    {
        const NumberFinder finder(Profile::Presidio);
        const std::vector<PlainRow> rows = presidioRows();
        const std::uint32_t iban = personalEntity("IBAN_CODE");
        std::mt19937 random(11);
        std::size_t told = 0;
        for (int turn = 0; turn < 2000; ++turn) {
            // A digit in front, so that the stretch begins with the first word.
            const std::string text = "1;" + randomStretch(random) + " 1;";
            WordList words(text);
            CandidateCollection collection;
            std::size_t done = 0;
            for (std::size_t i = 0; words.has(i); ++i) {
                if (words[i].digits != 0 && words[i].start >= done)
                    done = finder.scan(words, i, collection);
            }
            std::set<Place> found;
            for (const Candidate& candidate : collection.candidates) {
                if (candidate.entity != iban)
                    found.insert({candidate.entity, candidate.start, candidate.end});
            }
            const std::set<Place> expected = numbersIn(text, words, rows);
            told += expected.size();
            if (found != expected)
                QFAIL(("It differs in " + text).c_str());
        }
        QVERIFY(told > 1000);
    }

    void wordsInFrontBelongToTheNumber()
    {
        const std::string text = "by train: HR B 12345 B, HRB 12345";
        WordList words(text);
        const NumberFinder finder(Profile::Ephor);
        CandidateCollection collection;
        std::size_t done = 0;
        for (std::size_t i = 0; words.has(i); ++i) {
            if (words[i].digits != 0 && words[i].start >= done)
                done = finder.scan(words, i, collection);
        }
        bool found = false;
        for (const Candidate& candidate : collection.candidates)
            found = found || text.substr(candidate.start, candidate.end - candidate.start) == "HRB 12345";
        QVERIFY(found);
    }
};

QTEST_GUILESS_MAIN(NumberFinderTest)
#include "number_finder_test.moc"
