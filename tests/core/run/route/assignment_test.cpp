#include "core/run/route/assignment.h"

#include <QTest>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::route;

class AssignmentTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void meetsThePublishedVectors();
    void hashesUtf16CodeUnits();
    void exposureOnlyGrows();
    void splitsEvenly();
    void withoutAUnitThereIsNoCanary();
    void answersItems();
};

// Vectors of growthbook/packages/sdk-js/test/cases.json, specVersion 0.8.0, "hash".
void AssignmentTest::meetsThePublishedVectors()
{
    QCOMPARE(bucketV2("seed", "a"), 0.0505);
    QCOMPARE(bucketV2("foo", "def"), 0.2019);
    QCOMPARE(bucketV1("", "a"), 0.22);
}

void AssignmentTest::hashesUtf16CodeUnits()
{
    // One code unit above 0xFF is added whole: 0x811C9DC5 xor 0x20AC, times the prime.
    const std::uint32_t expected = (0x811C9DC5u ^ 0x20ACu) * 16'777'619u;
    QCOMPARE(fnv1a32("\u20AC"), expected);
    const std::uint32_t high = (0x811C9DC5u ^ 0xD83Du) * 16'777'619u;
    QCOMPARE(fnv1a32("\U0001F600"), (high ^ 0xDE00u) * 16'777'619u);
}

void AssignmentTest::exposureOnlyGrows()
{
    for (int unit = 0; unit < 2'000; ++unit) {
        const std::string name = "unit-" + std::to_string(unit);
        bool canary = false;
        for (const double share : {0.05, 0.25, 0.5, 1.0}) {
            const bool now = assign("sha256:abc", name, share) == Variant::Canary;
            QVERIFY(now || !canary);
            canary = now;
        }
        QVERIFY(canary);
    }
}

void AssignmentTest::splitsEvenly()
{
    int canary = 0;
    for (int unit = 0; unit < 20'000; ++unit)
        canary += assign("sha256:def", "person-" + std::to_string(unit), 0.05) == Variant::Canary;
    // Binomial with p = 0.05: 1,000 ± 31; six deviations never fail by chance.
    QVERIFY(canary > 815 && canary < 1'185);
}

void AssignmentTest::withoutAUnitThereIsNoCanary()
{
    QVERIFY(assign("s", "", 0.99) == Variant::Baseline);
    QVERIFY(assign("s", "", 1.0) == Variant::Canary);
}

void AssignmentTest::answersItems()
{
    QCOMPARE(assignItem(Json::parse("{\"seed\":\"seed\",\"unit\":\"a\"}"))["bucket"].get<double>(), 0.0505);
    QVERIFY(assignItem(Json::parse("{\"seed\":\"seed\"}")).contains("error"));
    QVERIFY(assignItem(Json::parse("{\"seed\":\"s\",\"unit\":\"a\",\"version\":3}")).contains("error"));
    QVERIFY(assignItem(Json::parse("[]")).contains("error"));
}

QTEST_GUILESS_MAIN(AssignmentTest)
#include "assignment_test.moc"
