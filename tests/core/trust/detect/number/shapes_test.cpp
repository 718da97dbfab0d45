#include "core/trust/detect/number/layout.h"
#include "core/trust/detect/number/number_table.h"

#include <QTest>
#include <random>
#include <string>

using namespace ephor::detect;

namespace {

std::vector<NumberRow> allRows()
{
    std::vector<NumberRow> rows;
    for (const auto table :
        {worldNumbers(), americanNumbers(), britishNumbers(), germanNumbers(), europeanNumbers(), asianNumbers()})
        rows.insert(rows.end(), table.begin(), table.end());
    return rows;
}

}

class ShapesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // A check reads what its table promises and nothing else: whatever has the shape, it answers.
    void everyCheckAnswersForEveryNumberOfItsShape()
    {
        constexpr int turns = 200;
        constexpr std::string_view characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        std::mt19937 random(1);
        std::size_t asked = 0;
        for (const NumberRow& row : allRows()) {
            if (row.check == nullptr)
                continue;
            for (const Layout& layout : Layout::compile(row.layout)) {
                for (int turn = 0; turn < turns; ++turn) {
                    std::string number;
                    for (std::size_t at = 0; at < layout.length(); ++at) {
                        const std::size_t first = random();
                        for (std::size_t i = 0; i < characters.size(); ++i) {
                            const char c = characters[(first + i) % characters.size()];
                            if ((layout.allowedAt(at) & Layout::bitOf(c)) == 0)
                                continue;
                            number += c;
                            break;
                        }
                    }
                    QCOMPARE(number.size(), layout.length());
                    const Check check = row.check(number);
                    QVERIFY(check == Check::Fails || check == Check::Holds || check == Check::Open);
                    ++asked;
                }
            }
        }
        QVERIFY(asked > 10'000);
    }

    void aVatNumberOfItalyHoldsWithItsCountryInFront()
    {
        QVERIFY(checkItVat("00743110157") == Check::Holds);
        QVERIFY(checkItVat("IT00743110157") == Check::Holds);
        QVERIFY(checkItVat("IT00743110158") == Check::Fails);
    }
};

QTEST_GUILESS_MAIN(ShapesTest)
#include "shapes_test.moc"
