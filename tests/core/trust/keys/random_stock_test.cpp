#include "core/trust/keys/random_stock.h"

#include <QtTest>
#include <algorithm>
#include <array>
#include <set>
#include <thread>
#include <vector>

using namespace ephor::keys;

class RandomStockTest : public QObject {
    Q_OBJECT

    using Salt = std::array<std::uint8_t, 32>;
    static Salt drawn()
    {
        Salt salt{};
        fillFromStock(salt);
        return salt;
    }

private Q_SLOTS:
    // Far more than a page holds.
    void noTwoAreAlike()
    {
        std::set<Salt> seen;
        for (int i = 0; i < 1'000; ++i)
            seen.insert(drawn());
        QCOMPARE(seen.size(), std::size_t(1'000));
    }

    void everyByteOfAnyLengthIsFilled()
    {
        for (const std::size_t length : {0, 1, 12, 1'000, 1'023, 1'024, 1'025, 5'000}) {
            std::vector<std::uint8_t> touched(length, 0);
            // A byte that stays zero in forty draws was not filled.
            for (int draw = 0; draw < 40; ++draw) {
                std::vector<std::uint8_t> bytes(length, 0);
                fillFromStock(bytes);
                for (std::size_t i = 0; i < length; ++i)
                    touched[i] |= bytes[i];
            }
            QVERIFY(std::ranges::count(touched, 0) == 0);
        }
    }

    void threadsDoNotShare()
    {
        std::set<Salt> seen{drawn()};
        for (int i = 0; i < 8; ++i) {
            Salt salt{};
            std::thread([&] { salt = drawn(); }).join();
            seen.insert(salt);
        }
        QCOMPARE(seen.size(), std::size_t(9));
    }
};

QTEST_GUILESS_MAIN(RandomStockTest)
#include "random_stock_test.moc"
