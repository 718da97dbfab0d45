#include "tests/ui/screens/policies/protection_data.h"

#include "ui/bridge/definition_words.h"
#include "ui/bridge/exposure_gauge.h"
#include "ui/bridge/outage_banner.h"
#include "ui/bridge/route.h"
#include "ui/bridge/values.h"
#include "ui/screens/policies/found_rows.h"
#include "ui/screens/policies/marked_text.h"
#include "ui/screens/policies/protection_values.h"

#include <QTest>
#include <set>

using namespace ephor;
using namespace ephor::ui;
using namespace ephor::ui::policies;
using namespace ephor::ui::test;

class ProtectionRowsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyActionAndPlaceHasWordsOfItsOwn()
    {
        std::set<QString> words;
        for (const ProtectAction action : everyAction()) {
            words.insert(actionWords(action).words);
            QVERIFY(actionSentence(action).endsWith(u'.') || actionSentence(action).endsWith(u']'));
        }
        QCOMPARE(words.size(), typeOf<ProtectAction>().words.size());
        words.clear();
        for (const TextSurface surface : everySurface())
            words.insert(surfaceWords(surface));
        QCOMPARE(words.size(), typeOf<TextSurface>().words.size());
        for (const FlowMode mode : everyFlow())
            QVERIFY2(flowWords(mode) != text(wordOf(mode)), wordOf(mode).c_str());
    }

    void entitiesAreToldByTheirTitles()
    {
        const Entities known = knownEntities();
        QCOMPARE(entityWords("CREDIT_CARD", known), QStringLiteral("Card number"));
        QCOMPARE(entityWords("financial", known), QStringLiteral("Everything financial"));
        QCOMPARE(entityWords("instruction", {}), QStringLiteral("Signs of injected instructions"));
        QCOMPARE(entityWords("removed:invisible", known), QStringLiteral("Invisible characters, removed"));
        QCOMPARE(entityWords("removed:hidden-markup", known), QStringLiteral("Text hidden in markup, removed"));
        QCOMPARE(entityWords("removed:something-new", known), QStringLiteral("something-new, removed"));
        QCOMPARE(entityWords("OF_A_NEWER_SERVER", known), QStringLiteral("OF_A_NEWER_SERVER"));
        const std::vector<std::string> four{"CREDIT_CARD", "IBAN_CODE", "PERSON", "AWS_KEY"};
        QCOMPARE(entityList(four, known, Extent::brief), QStringLiteral("Card number, IBAN and 2 more"));
        QVERIFY(entityList(four, known, Extent::all).endsWith(QStringLiteral("Amazon key")));
    }

    void rulesAreRowsAndSayWhatIsWrong()
    {
        Problem problem;
        problem.at = "/rules/1/tools/0";
        problem.message = "No tool of that name.";
        const auto rows = protectionRuleCells(customerData(), knownEntities(), {problem});
        QCOMPARE(rows.size(), std::size_t(3));
        QCOMPARE(rows[0].cells[0].text, QStringLiteral("Card number, IBAN"));
        QVERIFY(!rows[0].cells[0].icon);
        QCOMPARE(rows[1].cells[2].text, QStringLiteral("mail.send"));
        QCOMPARE(rows[1].cells[4].text, QStringLiteral("70 %"));
        QCOMPARE(rows[1].cells[0].toolTip, QStringLiteral("No tool of that name."));
        QVERIFY(rows[1].cells[0].icon.has_value());
        QCOMPARE(rows[2].cells[1].text, QStringLiteral("Everywhere"));
    }

    void pointersDoNotReachNeighbours()
    {
        Problem tenth;
        tenth.at = "/rules/10/what";
        QVERIFY(problemsAt({tenth}, "/rules/1").empty());
        QCOMPARE(problemsAt({tenth}, "/rules/10").size(), std::size_t(1));
    }

    void textKeepsTheWholeProtection()
    {
        const auto back = protectionBody({utf8(protectionText(customerData()))});
        QVERIFY(back.has_value());
        QVERIFY(*back == customerData());
    }

    void typedListsLoseBlanksAndDoubles()
    {
        const auto words = wordsOf(QStringLiteral(" a, b\n\n a ,c "));
        QCOMPARE(words, (std::vector<std::string>{"a", "b", "c"}));
    }

    void detectorsAndExceptionsNeverShowAWholeDigest()
    {
        const auto detectors = detectorCells(customerData(), {});
        QCOMPARE(detectors[0].cells[2].text, QStringLiteral("NWB-[0-9]{6}"));
        QCOMPARE(detectors[0].cells[4].text, QStringLiteral("project, code"));
        const auto exceptions = exceptionCells(customerData(), knownEntities(), {});
        QCOMPARE(exceptions[0].cells[0].text, QStringLiteral("Card number"));
        QCOMPARE(exceptions[0].cells[2].text, QStringLiteral("5f2b9c0d17"));
    }

    void whatMattersMostComesFirst()
    {
        const FoundNames names{knownEntities(), {{QStringLiteral("hr-helper"), QStringLiteral("HR helper")}}};
        const auto all = foundCells(countsOfBank(), names, {}, fixedNow());
        QCOMPARE(all.size(), std::size_t(3));
        QCOMPARE(all[0].key.toULongLong(), 2ULL); // orders to a model that were stopped
        QCOMPARE(all[0].cells[2].text, QStringLiteral("HR helper"));
        QCOMPARE(all[1].cells[2].text, QStringLiteral("customer-refunds"));
        QCOMPARE(all[1].cells[5].text, QStringLiteral("1,204"));
        QCOMPARE(all[2].cells[0].text, QStringLiteral("Invisible characters, removed"));
        QCOMPARE(all[2].cells[4].text, QStringLiteral("Taken out"));
        QCOMPARE(foundSummary(countsOfBank(), 30), QStringLiteral("Found 1,244 times in the last 30 days"));
    }

    void aKindIsCalledAsItsDetectorCallsIt()
    {
        auto counts = countsOfBank();
        counts.front().what = "PROJECT_CODE";
        counts.front().title = "Project code";
        const auto rows = foundCells(counts, {}, {}, fixedNow());
        QVERIFY(std::ranges::any_of(
            rows, [](const CellRow& row) { return row.cells[0].text == QStringLiteral("Project code"); }));
    }

    void countsAreFilteredByWordsAndClass()
    {
        const FoundNames names{knownEntities(), {}};
        FoundFilter filter;
        filter.words = QStringLiteral("hr mail.send");
        const auto some = foundCells(countsOfBank(), names, filter, fixedNow());
        QCOMPARE(some.size(), std::size_t(1));
        QCOMPARE(some[0].key.toULongLong(), 2ULL);
        filter.words.clear();
        for (const QString& each :
            {QStringLiteral("financial"), QStringLiteral("removed"), QStringLiteral("instruction")}) {
            filter.entityClass = each;
            QCOMPARE(foundCells(countsOfBank(), names, filter, fixedNow()).size(), std::size_t(1));
            QVERIFY(!foundClassWords(each).isEmpty());
        }
        filter.entityClass = QStringLiteral("secret");
        QVERIFY(foundCells(countsOfBank(), names, filter, fixedNow()).empty());
    }

    void onlyCountedDatesAndPlacesAreFoldedAway()
    {
        const FoundNames names{knownEntities(), {}};
        auto counts = countsOfBank();
        for (const char* what : {"DATE_TIME", "LOCATION", "IP_ADDRESS"}) {
            counts.push_back(counts[0]);
            counts.back().what = what;
            counts.back().action = ProtectAction::Observe;
        }
        counts.push_back(counts[0]);
        counts.back().what = "DATE_TIME"; // a rule hides it: that one wanted it
        FoundFilter filter;
        QCOMPARE(foundCells(counts, names, filter, fixedNow()).size(), std::size_t(4));
        QCOMPARE(weakRows(counts, names, filter), std::size_t(3));
        filter.weak = true;
        QCOMPARE(foundCells(counts, names, filter, fixedNow()).size(), std::size_t(7));
    }

    void codePointsAreCountedAsPeopleWrite()
    {
        const auto starts = codePointStarts(triedText());
        QCOMPARE(triedText().mid(starts[12], starts[31] - starts[12]), QStringLiteral("4111 1111 1111 1111"));
        QCOMPARE(starts.back(), int(triedText().size()));
    }

    void allThreeIsAWarning()
    {
        const auto agents = exposureOfBank();
        QCOMPARE(exposureCount(agents[0]), 2);
        QCOMPARE(exposureCount(agents[1]), 3);
        QVERIFY(exposureSentence(agents[1]).contains(QStringLiteral("all three")));
        QVERIFY(!exposureSentence(agents[0]).contains(QStringLiteral("all three")));
        QCOMPARE(exposureTools(agents[0]),
            QStringLiteral("Strangers' text: none. Sensitive data: orders.lookup. Acts: payments.send."));
    }

    void onlyALastingOutageIsTold()
    {
        const auto outages = outagesOfBank();
        const Outage* lasting = lastingOutage(outages);
        QVERIFY(lasting);
        QCOMPARE(lasting->cause, std::string("detector"));
        QVERIFY(outageDetail(*lasting, 0, fixedNow()).contains(QStringLiteral("4,113 calls and texts are held back")));
        QVERIFY(!lastingOutage({outages[1]}));
    }

    void protectionsHaveAPlaceOfTheirOwn()
    {
        QCOMPARE(routes::definition(QStringLiteral("protections"), QStringLiteral("customer-data")).format(),
            QStringLiteral("policies/protection/customer-data"));
    }
};

QTEST_GUILESS_MAIN(ProtectionRowsTest)

#include "protection_rows_test.moc"
