#include "core/base/json.h"
#include "core/domain/reflect.h"
#include "core/run/runtime/run_store.h"

#include <QtTest>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::runtime;

class RunHeaderTest : public QObject {
    Q_OBJECT

    static std::string whole(RunSummary run, std::uint64_t first, std::uint64_t last)
    {
        run.firstEntry = first;
        run.lastEntry = last;
        return compactJson(toJson(run));
    }

private Q_SLOTS:
    void theFirstEntryIsTheLastToo()
    {
        RunSummary run;
        run.id = "r-1";
        run.agent = "refunds";
        for (const std::uint64_t entry : {0ULL, 7ULL, 12'345'678'901ULL})
            QCOMPARE(RunHeader(run).with(entry), whole(run, entry, entry));
    }

    void laterEntriesLeaveTheFirst()
    {
        RunSummary run;
        run.firstEntry = 41;
        run.lastEntry = 43;
        run.reason = "over";
        QCOMPARE(RunHeader(run).with(1'000), whole(run, 41, 1'000));
    }

    // Whatever a caller writes stands inside quotes that are escaped.
    void textsThatLookLikeMembersAreTexts()
    {
        RunSummary run;
        const std::string trap = "\"firstEntry\":0,\"lastEntry\":0}";
        run.person = trap;
        run.agent = trap;
        run.conversation = "lastEntry";
        run.decision.reference = trap;
        run.decision.outcome = "\\\"lastEntry\\\":";
        QCOMPARE(RunHeader(run).with(9), whole(run, 9, 9));
    }
};

QTEST_GUILESS_MAIN(RunHeaderTest)
#include "run_header_test.moc"
