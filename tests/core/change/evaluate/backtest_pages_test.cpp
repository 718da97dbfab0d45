#include "core/change/evaluate/backtest.h"
#include "core/trust/policy/tightenings.h"
#include "tests/core/change/evaluate/recorded_house.h"

#include <QTest>

using namespace ephor;
using namespace ephor::evaluate::testing;
using evaluate::BacktestPlace;

namespace {

const std::string twoAnHour = "forbid(principal is Agent, action == Action::\"look\", resource) when temporal { count "
                              "within 1h any::request >= 2 };";

/// Somebody who edits definitions and may open no run.
Principal editor()
{
    Principal principal;
    principal.kind = PrincipalKind::Person;
    principal.id = "person:admin";
    principal.name = "Ada";
    principal.roles = {{"*", "*", Role::Admin}};
    return principal;
}

/// A whole backtest in pages of at most so many calls.
std::vector<Backtest::Response> pagesOf(
    RecordedHouse& recorded, const CandidateRules& candidate, const evaluate::PageBudget& budget)
{
    std::vector<Backtest::Response> pages;
    const Instant now = recorded.house.clock.now();
    BacktestPlace place{now - std::chrono::days(30), now, {}, {}};
    do {
        take(recorded.house.database->read([&](const store::Snapshot& snapshot) -> Result<void> {
            evaluate::BacktestScope scope;
            scope.environment = "production";
            scope.place = place;
            scope.budget = budget;
            scope.told = [](const std::string&) { return evaluate::FlipsTold::Whole; };
            scope.rulesFor = [&](const std::string& agent) -> Result<evaluate::BothRules> {
                EPHOR_TRY(auto inForce,
                    evaluate::AgentRules::inForce(snapshot, agent, "production", recorded.house.tightenings.table()));
                EPHOR_TRY(auto after, inForce.with(candidate, now));
                return evaluate::BothRules{std::move(inForce), std::move(after)};
            };
            EPHOR_TRY(Backtest::Response page, evaluate::runBacktest(*recorded.house.ledger, snapshot, scope));
            pages.push_back(std::move(page));
            return {};
        }));
        if (!pages.back().next.empty())
            place = take(evaluate::placeFrom(pages.back().next));
    } while (!pages.back().next.empty() && pages.size() < 100);
    return pages;
}

std::vector<std::string> flippedRuns(const std::vector<Backtest::Response>& pages)
{
    std::vector<std::string> runs;
    for (const Backtest::Response& page : pages) {
        for (auto flip = page.first.rbegin(); flip != page.first.rend(); ++flip)
            runs.push_back(flip->run + "/" + flip->before + ">" + flip->after);
    }
    return runs;
}

}

/// Who is told what of a backtest, and how its pages make a whole.
class BacktestPagesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pagesMakeAWhole();
    void aPageEndsWithItsFlips();
    void aSessionGoesOnFromPageToPage();
    void aSessionBeganBeforeTheDaysAsked();
    void whoEditsIsToldWithoutValues();
    void whatIsTypedIsForWhoMayOpen();
    void eachPageSaysWhatWasJudged();
    void savedPoliciesAreJudgedAsIfEnforced();
    void oneCandidateAtATime();
    void aPlaceIsReadAsItIsWritten();
};

void BacktestPagesTest::pagesMakeAWhole()
{
    RecordedHouse recorded;
    for (int i = 0; i < 7; ++i)
        recorded.record({{"look", 8 + i}, {"look", 20 - i}});
    const auto whole = recorded.backtest(houseRule(overTen));
    QVERIFY(whole.next.empty());
    QVERIFY(whole.through == whole.until);
    const auto pages = pagesOf(recorded, houseRule(overTen), {3, 100, {}});
    QCOMPARE(pages.size(), std::size_t(4));
    QCOMPARE(flippedRuns(pages), flippedRuns({whole}));
    QVERIFY(whole.flips > 7);
    std::uint64_t calls = 0;
    Instant through = whole.from;
    for (const Backtest::Response& page : pages) {
        calls += page.calls;
        QVERIFY(page.through > through);
        through = page.through;
        QVERIFY(page.from == whole.from && page.until == whole.until);
    }
    QCOMPARE(calls, whole.calls);
}

void BacktestPagesTest::aPageEndsWithItsFlips()
{
    RecordedHouse recorded;
    for (int i = 0; i < 4; ++i)
        recorded.record({{"look", 11}});
    const auto pages = pagesOf(recorded, houseRule(overTen), {0, 1, {}});
    QCOMPARE(pages.size(), std::size_t(4));
    QCOMPARE(flippedRuns(pages).size(), std::size_t(4));
}

void BacktestPagesTest::aSessionGoesOnFromPageToPage()
{
    RecordedHouse recorded;
    for (int i = 0; i < 6; ++i)
        recorded.record({{"look", i}}, i % 3 == 2 ? "talk-2" : "talk-1");
    const auto whole = recorded.backtest(houseRule(twoAnHour));
    QCOMPARE(whole.flips, std::uint64_t(2));
    const auto pages = pagesOf(recorded, houseRule(twoAnHour), {1, 100, {}});
    QCOMPARE(pages.size(), std::size_t(6));
    QCOMPARE(flippedRuns(pages), flippedRuns({whole}));
}

void BacktestPagesTest::aSessionBeganBeforeTheDaysAsked()
{
    RecordedHouse recorded;
    recorded.record({{"look", 1}, {"look", 2}}, "talk-1");
    recorded.house.clock.advance(std::chrono::hours(24) - std::chrono::minutes(10));
    recorded.record({{"look", 3}}, "talk-1");
    // The first two are a day and some minutes old by now, and within an hour of nothing.
    QCOMPARE(recorded.backtest(houseRule(twoAnHour), 1).flips, std::uint64_t(0));
    recorded.record({{"look", 4}, {"look", 5}}, "talk-1");
    recorded.house.clock.advance(std::chrono::hours(24) - std::chrono::minutes(1));
    const auto result = recorded.backtest(houseRule(twoAnHour), 1);
    QCOMPARE(result.calls, std::uint64_t(2));
    QCOMPARE(result.flips, std::uint64_t(1));
}

void BacktestPagesTest::whoEditsIsToldWithoutValues()
{
    RecordedHouse recorded;
    const std::string run = recorded.record({{"look", 11}}, {}, "c-7");
    recorded.savePolicy("limits", overTen);
    Backtest::Request request;
    request.saved.push_back({"limits", 1});
    const auto told = take(recorded.door.call<Backtest>(editor(), request));
    QCOMPARE(told.flips, std::uint64_t(1));
    const VerdictFlip& flip = told.first.front();
    QCOMPARE(flip.run, run);
    QCOMPARE(flip.agent + " " + flip.tool + " " + flip.before + ">" + flip.after + ", was " + flip.recorded,
        std::string("clerk look allow>deny, was allow"));
    QCOMPARE(flip.rule, std::string("limits/0"));
    QVERIFY(flip.at > told.from);
    QCOMPARE(flip.person + flip.reason, std::string());
    const auto whole = take(recorded.door.call<Backtest>(recorded.officer, request));
    QCOMPARE(whole.first.front().person, std::string("c-7"));
    QVERIFY(whole.first.front().reason.ends_with("Looks are small."));
}

void BacktestPagesTest::whatIsTypedIsForWhoMayOpen()
{
    RecordedHouse recorded;
    recorded.record({{"look", 11}});
    Backtest::Request request;
    request.candidate = houseRule(overTen);
    QCOMPARE(codeOf(recorded.door.call<Backtest>(editor(), request)), std::string("policy.unsaved"));
    request.agent = "clerk";
    QCOMPARE(codeOf(recorded.door.call<Backtest>(editor(), request)), std::string("policy.unsaved"));
    // What is in force already tells nobody anything.
    request.candidate = {};
    QCOMPARE(take(recorded.door.call<Backtest>(editor(), request)).flips, std::uint64_t(0));
    // Who edits for another team is told nothing of this one's runs.
    Principal elsewhere = editor();
    elsewhere.roles = {{"elsewhere", "*", Role::Admin}};
    recorded.savePolicy("limits", overTen);
    Backtest::Request saved;
    saved.saved.push_back({"limits", 0});
    QCOMPARE(take(recorded.door.call<Backtest>(elsewhere, saved)).runs, std::uint64_t(0));
    Principal viewer = editor();
    viewer.roles = {{"*", "*", Role::Viewer}};
    QCOMPARE(codeOf(recorded.door.call<Backtest>(viewer, saved)), std::string("forbidden"));
}

void BacktestPagesTest::eachPageSaysWhatWasJudged()
{
    RecordedHouse recorded;
    recorded.record({{"look", 11}, {"look", 12}});
    recorded.savePolicy("limits", overTen);
    Backtest::Request request;
    request.agent = "clerk";
    request.saved.push_back({"limits", 1});
    const auto noteOf = [&](const Principal& principal) {
        take(recorded.door.call<Backtest>(principal, request));
        return recorded.door.note;
    };
    const Note note = noteOf(editor());
    QCOMPARE(note.subject, std::string("agent:clerk"));
    QCOMPARE(note.refs.at("policy:limits"), std::string("1"));
    QVERIFY(note.refs.at("candidate").starts_with("sha256:"));
    const Json data = jsonOf(note.data);
    QVERIFY(data.at("flips") == 2 && data.at("calls") == 2 && data.at("loosened") == 0 && data.at("typed") == false);
    // The same rules have the same digest, others another.
    QCOMPARE(noteOf(recorded.officer).refs.at("candidate"), note.refs.at("candidate"));
    recorded.savePolicy("other", "forbid(principal, action, resource);");
    request.saved.front().name = "other";
    QVERIFY(noteOf(recorded.officer).refs.at("candidate") != note.refs.at("candidate"));
    request.saved.clear();
    request.candidate = houseRule(overTen);
    QVERIFY(jsonOf(noteOf(recorded.officer).data).at("typed") == true);
}

void BacktestPagesTest::savedPoliciesAreJudgedAsIfEnforced()
{
    RecordedHouse recorded;
    recorded.record({{"look", 11}});
    recorded.savePolicy("limits", overTen);
    Backtest::Request request;
    request.saved.push_back({"limits", 2});
    QCOMPARE(
        codeOf(recorded.door.call<Backtest>(recorded.officer, request)), std::string("definition.unknown-version"));
    request.saved.front().version = 0;
    QCOMPARE(take(recorded.door.call<Backtest>(recorded.officer, request)).flips, std::uint64_t(1));
}

void BacktestPagesTest::oneCandidateAtATime()
{
    RecordedHouse recorded;
    Backtest::Request request;
    request.candidate = houseRule(overTen);
    request.change = "CH-1";
    QCOMPARE(codeOf(recorded.door.call<Backtest>(recorded.officer, request)), std::string("policy.one-candidate"));
    request.candidate = {};
    request.saved.push_back({"limits", 0});
    QCOMPARE(codeOf(recorded.door.call<Backtest>(recorded.officer, request)), std::string("policy.one-candidate"));
    Backtest::Request lost;
    lost.cursor = "7.8";
    QCOMPARE(codeOf(recorded.door.call<Backtest>(recorded.officer, lost)), std::string("policy.cursor"));
}

void BacktestPagesTest::aPlaceIsReadAsItIsWritten()
{
    const BacktestPlace place{Instant(Duration(-5)), Instant(Duration(70)), Instant(Duration(60)), "01HZ.7"};
    QVERIFY(take(evaluate::placeFrom(textOf(place))) == place);
    for (const char* text :
        {"", "1", "1.2", "1.2.3", "1.2.3.", "x.2.3.run", "9.2.3.run", "99999999999999999999.2.3.run"})
        QCOMPARE(codeOf(evaluate::placeFrom(text)), std::string("policy.cursor"));
}

QTEST_GUILESS_MAIN(BacktestPagesTest)
#include "backtest_pages_test.moc"
