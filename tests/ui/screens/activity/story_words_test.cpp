#include "ui/screens/activity/story_words.h"

#include "tests/ui/screens/activity/activity_data.h"
#include "ui/bridge/label_words.h"
#include "ui/bridge/noticed_words.h"

#include <QTest>
#include <set>

using namespace ephor;
using namespace ephor::ui;
using namespace ephor::ui::activity;
using namespace ephor::ui::test;

class StoryWordsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyLabelHasWordsAndAMarkOfItsOwn()
    {
        std::set<QString> words;
        std::set<Icon> marks;
        for (const auto sensitivity : {std::optional(Confidentiality::Public), std::optional(Confidentiality::Internal),
                 std::optional(Confidentiality::Confidential), std::optional(Confidentiality::Secret),
                 std::optional<Confidentiality>()}) {
            words.insert(sensitivityWords(sensitivity));
            marks.insert(sensitivityIcon(sensitivity));
        }
        QCOMPARE(words.size(), std::size_t(5));
        QCOMPARE(marks.size(), std::size_t(5));
        QVERIFY(trustWords({}).state == State::unknown);
        QVERIFY(trustWords(Integrity::Untrusted).state == State::warning);
    }

    void whatIsNotRecordedIsUnknown()
    {
        QVERIFY(!labelOf(std::nullopt).trust && !labelOf(std::nullopt).sensitivity);
        const KnownLabel known = labelOf(ephor::Label{Integrity::Trusted, Confidentiality::Public});
        QVERIFY(known.trust == Integrity::Trusted && known.sensitivity == Confidentiality::Public);
        QVERIFY(labelSentence(labelOf(std::nullopt)) != labelSentence(known));
    }

    void unseenCharactersAreWrittenOut()
    {
        QCOMPARE(revealed(QStringLiteral("a\tb\n\u00E9 \U0001F600")), QStringLiteral("a\tb\n\u00E9 \U0001F600"));
        QCOMPARE(revealed(QStringLiteral("a\u200B\u200B\u202Eb")), QStringLiteral("a‹U+200B × 2›‹U+202E›b"));
        QCOMPARE(revealed(QStringLiteral("x\U000E0068\U000E0069\U000E007F")), QStringLiteral("x‹hidden: hi›‹U+E007F›"));
        QCOMPARE(revealed(QStringLiteral("\u001B[31m")), QStringLiteral("‹U+001B›[31m"));
    }

    void sentencesSayWhatTheyRestOn()
    {
        const auto parts = storyOfRun().parts;
        const auto sentences = citedSentences(parts[3], parts);
        QCOMPARE(sentences.size(), std::size_t(2));
        QCOMPARE(
            sentences[0].sentence, QStringLiteral("I cannot pay this invoice: the payee is not one that we know."));
        QCOMPARE(sentences[0].call, QStringLiteral("call_1"));
        QVERIFY(sentences[0].state == State::ok);
        QCOMPARE(sentences[1].sentence, QStringLiteral("It came on Monday."));
        QVERIFY(sentences[1].state == State::warning);
        TranscriptPart answer = parts[3];
        answer.citations = {{0, 9'999, 20, "call_1", true, true}, {5, 2, 20, "call_1", false, false}};
        const auto odd = citedSentences(answer, parts);
        QVERIFY(odd[0].rests.startsWith(QStringLiteral("A judge model finds it in what orders.lookup returned")));
        QVERIFY(odd[0].sentence.endsWith(QStringLiteral("Monday.")));
        QVERIFY(odd[1].rests.startsWith(QStringLiteral("Not borne out.")));
        QVERIFY(odd[1].sentence.isEmpty());
        QCOMPARE(citedSummary(answer.citations),
            QStringLiteral("1 of 2 telling sentences are borne out by what tools returned"));
    }

    void whatTellsMostComesFirst()
    {
        const std::vector<Noticed> noticed{{"DATE_TIME", ProtectAction::Observe, 4},
            {"instruction", ProtectAction::Observe, 1}, {"CREDIT_CARD", ProtectAction::Mask, 2},
            {"API_KEY", ProtectAction::Deny, 1}, {"PERSON", ProtectAction::Observe, 1}};
        const Entities known{{"CREDIT_CARD", "Card number", "financial"}, {"DATE_TIME", "Date or time", "personal"},
            {"PERSON", "Name", "personal"}, {"API_KEY", "Key", "secret"}};
        const NoticedSummary summary = noticedSummary(noticed, known);
        QCOMPARE(summary.telling.size(), std::size_t(3));
        QCOMPARE(summary.telling[0].words, QStringLiteral("Key, stopped"));
        QVERIFY(summary.telling[0].state == State::denied);
        QCOMPARE(summary.telling[1].words, QStringLiteral("Card number × 2, masked"));
        QVERIFY(summary.telling[2].state == State::warning);
        QCOMPARE(summary.counted, QStringLiteral("Date or time × 4, Name"));
        QVERIFY(noticedLine({}, known).isEmpty());
    }
};

QTEST_GUILESS_MAIN(StoryWordsTest)

#include "story_words_test.moc"
