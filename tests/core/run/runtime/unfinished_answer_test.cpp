#include "core/api/run_event_data.h"
#include "core/domain/reflect.h"
#include "tests/core/run/runtime/run_house.h"

#include <QTest>

using namespace ephor;
using namespace ephor::runtime;
using namespace ephor::runtime::testing;

/// What a caller hears of an answer that the model did not finish, or did not give.
class UnfinishedAnswerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tellsWhyItEnds_data();
    void tellsWhyItEnds();
    void showsARefusal_data();
    void showsARefusal();
    void saysWhoCanMendAFailure_data();
    void saysWhoCanMendAFailure();
};

namespace {

StartRun::Request asked(bool stream)
{
    StartRun::Request request;
    request.stream = stream;
    return request;
}

template <class T> T dataOfLast(const Story& story)
{
    return fromJson<T>(jsonOf(story.events().back().data), UnknownMembers::Ignore).value();
}

}

void UnfinishedAnswerTest::tellsWhyItEnds_data()
{
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QString>("told");
    QTest::newRow("whole") << "stop" << "stop";
    QTest::newRow("cut off") << "length" << "length";
    QTest::newRow("filtered") << "content_filter" << "content_filter";
    QTest::newRow("a word of the provider's own") << "eos" << "stop";
    QTest::newRow("none") << QString() << "stop";
}

void UnfinishedAnswerTest::tellsWhyItEnds()
{
    QFETCH(QString, reason);
    QFETCH(QString, told);
    RunHouse house;
    provider::ModelResult answer;
    answer.text = "As I was say";
    if (!reason.isNull())
        answer.finishReason = reason.toStdString();
    house.model->answer(answer);
    Story story;
    const auto handle = house.start(story, "Hello");
    QVERIFY(story.waitFor(RunEventKind::Finished));
    QCOMPARE(dataOfLast<RunFinished>(story).finishReason, told.toStdString());
    QCOMPARE(story.text(), std::string("As I was say"));
}

void UnfinishedAnswerTest::showsARefusal_data()
{
    QTest::addColumn<bool>("stream");
    QTest::newRow("whole") << false;
    QTest::newRow("in pieces") << true;
}

void UnfinishedAnswerTest::showsARefusal()
{
    QFETCH(bool, stream);
    RunHouse house;
    provider::ModelResult answer;
    answer.refusal = "I will not.";
    house.model->answer(answer);
    Story story;
    const auto handle = house.start(story, "Hello", asked(stream));
    QVERIFY(story.waitFor(RunEventKind::Finished));
    QCOMPARE(story.text(), std::string("I will not."));
}

void UnfinishedAnswerTest::saysWhoCanMendAFailure_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("mend");
    const auto row = [](const char* name, provider::FailureKind kind, int status, const char* mend) {
        QTest::newRow(name) << int(kind) << status << QByteArray(mend);
    };
    row("busy", provider::FailureKind::Status, 429, "Try again");
    row("down", provider::FailureKind::Status, 503, "Try again");
    row("key", provider::FailureKind::Status, 401, "check its key");
    row("too long", provider::FailureKind::Status, 400, "would be refused again");
    row("broke off", provider::FailureKind::Reported, 500, "Try again");
    row("cut off", provider::FailureKind::Truncated, 0, "Try again");
    row("too large", provider::FailureKind::TooLarge, 0, "shorter answer");
    row("late", provider::FailureKind::Timeout, 0, "Try again");
    row("not let out", provider::FailureKind::Denied, 0, "allow its provider's address");
}

void UnfinishedAnswerTest::saysWhoCanMendAFailure()
{
    QFETCH(int, kind);
    QFETCH(int, status);
    QFETCH(QByteArray, mend);
    RunHouse house;
    house.model->failWith(provider::FailureKind(kind), status == 0 ? std::optional<int>() : status);
    Story story;
    const auto handle = house.start(story, "Hello");
    QVERIFY(story.waitFor(RunEventKind::Failed));
    const auto failed = dataOfLast<RunFailed>(story);
    QVERIFY2(failed.hint.find(mend.toStdString()) != std::string::npos, failed.hint.c_str());
    QVERIFY2(failed.message.starts_with("The model did not answer: "), failed.message.c_str());
}

QTEST_GUILESS_MAIN(UnfinishedAnswerTest)
#include "unfinished_answer_test.moc"
