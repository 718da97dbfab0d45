#include <QtTest>

#include "core/api/protection.h"
#include "tests/core/insight/seeded_workspace.h"

using namespace ephor;

/// Counts of findings carry the words that detectors have for what was found.
class EntityTitlesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void countsSayWhatDetectorsCallIt();
};

void EntityTitlesTest::countsSayWhatDetectorsCallIt()
{
    test::SeededWorkspace workspace;
    const std::string owner = workspace.addPerson("Priya Raman", "priya");
    workspace.addAgent("refunds", "Customer refunds", "cards", owner);
    workspace.addDefinition("protection", "house", "House protection", "cards", owner,
        Json{{"title", "House protection"},
            {"detectors",
                Json::array(
                    {Json{{"entity", "PROJECT_CODE"}, {"title", "Project code"}, {"pattern", "PX-[0-9]{4}"}}})}});
    insight::RunReport report
        = test::report("0192f3b0-7a11-7c3e-9d10-8f3a21aa0001", "refunds", workspace.clock.now(), 1);
    Inspected text;
    for (const char* what : {"CREDIT_CARD", "PROJECT_CODE", "removed:invisible", "LONG_GONE"})
        text.noticed.push_back({what, ProtectAction::Observe, 1});
    report.inspected.push_back(std::move(text));
    workspace.telemetry->report(std::move(report));
    workspace.need(workspace.telemetry->flush());
    std::map<std::string, std::string> titles;
    const auto counted = workspace.need(workspace.door->call<CountFindings>(
        test::SeededWorkspace::person("person:olga", {{"*", "*", Role::Officer}}), {}));
    for (const FindingCount& each : counted.counts)
        titles[each.what] = each.title;
    QCOMPARE(titles.size(), std::size_t(4));
    QVERIFY(!titles["CREDIT_CARD"].empty() && titles["CREDIT_CARD"] != "CREDIT_CARD");
    QCOMPARE(titles["PROJECT_CODE"], std::string("Project code"));
    QVERIFY(titles["removed:invisible"].empty() && titles["LONG_GONE"].empty());
}

QTEST_GUILESS_MAIN(EntityTitlesTest)
#include "entity_titles_test.moc"
