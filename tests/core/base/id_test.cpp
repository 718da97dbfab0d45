#include <QtTest>

#include "core/base/id.h"

#include <algorithm>
#include <set>
#include <thread>

using namespace ephor;
using namespace std::chrono_literals;

class IdTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void formIsUuid7()
    {
        // 2022-02-22T19:22:22.000Z, the moment of the example in RFC 9562, appendix A.6
        ManualClock clock(Instant(Duration(0x017F22E279B0 * 1'000)));
        const std::string id = newId(clock);
        QVERIFY(isId(id));
        QVERIFY(id.starts_with("017f22e2-79b0-7"));
        QVERIFY(std::string_view("89ab").find(id[19]) != std::string_view::npos);
    }

    void laterIdsAreGreater()
    {
        ManualClock clock(Instant(std::chrono::days(21'000)));
        std::string last = newId(clock);
        for (int i = 0; i < 20'000; ++i) {
            if (i % 1'000 == 0)
                clock.advance(1ms);
            const std::string id = newId(clock);
            QVERIFY2(last < id, (last + " " + id).c_str());
            last = id;
        }
    }

    void manyInOneMillisecondStayInOrder()
    {
        ManualClock clock(Instant(std::chrono::days(21'001)));
        std::string last = newId(clock);
        for (int i = 0; i < 20'000; ++i) {
            const std::string id = newId(clock);
            QVERIFY2(last < id, (last + " " + id).c_str());
            last = id;
        }
    }

    void threadsNeverShareOne()
    {
        ManualClock clock(Instant(std::chrono::days(21'002)));
        std::array<std::vector<std::string>, 4> made;
        {
            std::vector<std::jthread> threads;
            for (auto& list : made)
                threads.emplace_back([&] {
                    for (int i = 0; i < 5'000; ++i)
                        list.push_back(newId(clock));
                });
        }
        std::set<std::string> prefixes;
        for (const auto& list : made) {
            QVERIFY(std::ranges::is_sorted(list));
            for (const std::string& id : list)
                prefixes.insert(id.substr(0, 18));
        }
        QCOMPARE(prefixes.size(), std::size_t(20'000));
    }

    void recognised_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("good");
        QTest::newRow("version 7") << "017f22e2-79b0-7cc3-98c4-dc0c0c07398f" << true;
        QTest::newRow("upper case") << "017F22E2-79B0-7CC3-98C4-DC0C0C07398F" << true;
        QTest::newRow("short") << "017f22e2-79b0-7cc3-98c4-dc0c0c07398" << false;
        QTest::newRow("long") << "017f22e2-79b0-7cc3-98c4-dc0c0c07398ff" << false;
        QTest::newRow("dash moved") << "017f22e279-b0-7cc3-98c4-dc0c0c07398f" << false;
        QTest::newRow("not hex") << "g17f22e2-79b0-7cc3-98c4-dc0c0c07398f" << false;
        QTest::newRow("braces") << "{17f22e2-79b0-7cc3-98c4-dc0c0c07398}" << false;
        QTest::newRow("empty") << "" << false;
    }
    void recognised()
    {
        QFETCH(QString, text);
        QFETCH(bool, good);
        QCOMPARE(isId(text.toStdString()), good);
    }
};

QTEST_GUILESS_MAIN(IdTest)
#include "id_test.moc"
