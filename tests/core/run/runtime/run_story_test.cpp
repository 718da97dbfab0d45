#include "core/run/runtime/run_story.h"

#include "core/domain/reflect.h"
#include "core/trust/guard/label.h"
#include "tests/core/run/runtime/protected_house.h"

#include <QTest>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::runtime;
using namespace ephor::runtime::testing;

namespace {

constexpr Label strange{Integrity::Untrusted, Confidentiality::Secret};

RecordedTexts added(std::initializer_list<Json> entries)
{
    RecordedTexts texts;
    for (const Json& data : entries) {
        if (const auto done = addTexts(compactJson(Json{{"data", data}}), texts); !done)
            qFatal("%s", done.error().message.c_str());
    }
    return texts;
}

Json inspectedResult(std::uint64_t message)
{
    return toJson(std::vector<Inspected>{
        {TextSurface::Result, "look", message, strange, {{"CREDIT_CARD", ProtectAction::Mask, 1}}}});
}

PlacedPart placed(std::string role, std::string source, std::optional<std::uint64_t> message)
{
    PlacedPart made;
    made.part.role = std::move(role);
    made.part.source = std::move(source);
    made.message = message;
    return made;
}

}

/// What is known of the messages of a run is told with exactly these, whatever of them is erased.
class RunStoryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void messagesKeepTheirPlacesBehindErasedOnes();
    void withoutANumberNothingIsTiedToANeighbour();
    void whatNobodyRecordedIsUnknown();
    void theAnswerIsCitedInItsOwnEntry();
    void runsSayTheirLabelAndWhereMessagesBegin();
};

void RunStoryTest::messagesKeepTheirPlacesBehindErasedOnes()
{
    const RecordedTexts texts = added({{{"messages", "sealed"}, {"label", toJson(guard::callerLabel)}},
        {{"verdicts", Json::array()}},
        {{"messages", "sealed"}, {"firstMessage", 3}, {"inspected", inspectedResult(3)}, {"label", toJson(strange)}},
        {{"messages", "sealed"}, {"firstMessage", 5}}});
    StoryPlaces places;
    QVERIFY(places.begin(texts.steps[0]) == 0U);
    places.erased(texts.steps[0]);
    QVERIFY(!places.begin(texts.steps[1]));
    places.opened(0);
    QVERIFY(places.begin(texts.steps[2]) == 3U);
    places.opened(2);
    QVERIFY(places.begin(texts.steps[3]) == 5U);
    PlacedPart result = placed("tool", "tool", 3);
    labelPart(result, texts);
    QVERIFY(result.part.label == strange && result.part.noticed.size() == 1);
    PlacedPart neighbour = placed("tool", "tool", 4);
    labelPart(neighbour, texts);
    QVERIFY(!neighbour.part.label && neighbour.part.noticed.empty());
    PlacedPart answer = placed("assistant", "model", 5);
    labelPart(answer, texts);
    QVERIFY(answer.part.label == strange);
}

void RunStoryTest::withoutANumberNothingIsTiedToANeighbour()
{
    const RecordedTexts texts = added({{{"messages", "sealed"}, {"label", toJson(guard::callerLabel)}},
        {{"messages", "sealed"}, {"inspected", inspectedResult(3)}}});
    StoryPlaces places;
    places.begin(texts.steps[0]);
    places.erased(texts.steps[0]);
    QVERIFY(!places.begin(texts.steps[1]));
    for (const auto& [role, source] : {std::pair("tool", "tool"), std::pair("assistant", "model")}) {
        PlacedPart part = placed(role, source, std::nullopt);
        labelPart(part, texts);
        QVERIFY(!part.part.label && part.part.noticed.empty());
    }
    PlacedPart prompt = placed("system", "system", std::nullopt);
    labelPart(prompt, texts);
    QVERIFY(prompt.part.label == guard::callerLabel);
    // Nothing erased: counting says it.
    StoryPlaces whole;
    whole.begin(texts.steps[0]);
    whole.opened(3);
    QVERIFY(whole.begin(texts.steps[1]) == 3U);
}

void RunStoryTest::whatNobodyRecordedIsUnknown()
{
    const RecordedTexts texts = added({{{"messages", "sealed"}}, {{"messages", "sealed"}}});
    QVERIFY(!texts.label);
    PlacedPart answer = placed("assistant", "model", 4);
    labelPart(answer, texts);
    QVERIFY(!answer.part.label);
    PlacedPart result = placed("tool", "tool", 3);
    labelPart(result, texts);
    QVERIFY(!result.part.label);
}

void RunStoryTest::theAnswerIsCitedInItsOwnEntry()
{
    const std::vector<Citation> citations{{0, 4, 90, "call_1", true, false}};
    const RecordedTexts texts
        = added({{{"messages", "sealed"}}, {{"messages", "sealed"}, {"citations", toJson(citations)}}});
    QVERIFY(!texts.steps[0].cites && texts.steps[1].cites);
    std::vector<PlacedPart> parts{placed("assistant", "model", 2), placed("assistant", "model", 4)};
    for (PlacedPart& each : parts)
        each.part.text = "Paid.";
    citeAnswer(parts, texts);
    QVERIFY(parts[0].part.citations.empty() && parts[1].part.citations == citations);
}

void RunStoryTest::runsSayTheirLabelAndWhereMessagesBegin()
{
    RunHouse house;
    Story story;
    house.model->call("look", {{"amount", 1}});
    house.model->say("Done.");
    const auto handle = house.start(story, "Look");
    QVERIFY(handle && story.waitFor(RunEventKind::Finished));
    RecordedTexts texts;
    std::uint64_t counted = 0;
    const auto read = house.database->read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(const auto steps, journal(snapshot, (*handle)->id()));
        for (const JournalStep& step : steps) {
            EPHOR_TRY(const std::string body, house.ledger->body(snapshot, step.entry));
            EPHOR_TRY_VOID(addTexts(body, texts));
            if (steps.front().entry == step.entry && texts.label != guard::callerLabel)
                return fail(ErrorKind::CheckFailed, "test", "The first entry has no label.");
            EPHOR_TRY(const auto fields, house.ledger->open(snapshot, step.entry));
            for (const ledger::SealedField& field : fields) {
                if (field.path != "/messages")
                    continue;
                if (counted > 0 && texts.steps.back().firstMessage != counted)
                    return fail(ErrorKind::CheckFailed, "test", "A step names another first message than it has.");
                counted += jsonOf(field.value).size();
            }
        }
        return {};
    });
    QVERIFY2(read.has_value(), read ? "" : read.error().message.c_str());
    QCOMPARE(counted, std::uint64_t(5)); // prompt, request, call, result, answer
    QVERIFY(texts.label == strange);
}

QTEST_GUILESS_MAIN(RunStoryTest)
#include "run_story_test.moc"
