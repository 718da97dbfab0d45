#include "tests/story/visitor.h"

#include "core/api/runs.h"
#include "core/domain/reflect.h"
#include "tests/contract/planted.h"
#include "ui/kit/theme.h"

#include <QApplication>
#include <QTest>
#include <future>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::story_tests;

namespace {

// Sealed, and for those alone who open the run.
const QString sentence = QStringLiteral("the parcel goes to 12 Elm Lane");

template <class T> T take(Result<T> result)
{
    if (!result)
        qFatal("%s: %s", result.error().code.c_str(), result.error().message.c_str());
    return std::move(*result);
}

// The keys of each entrance: the protection of an agent that names none hides secrets wherever they pass.
std::vector<Planted> plantedKeys()
{
    std::vector<Planted> keys;
    unsigned number = 0;
    for (const char* entrance : {"message", "person", "conversation", "reference"})
        keys.push_back(plantedFor(entrance, ++number).back());
    return keys;
}

std::string runWith(Desk& desk, const std::vector<Planted>& planted)
{
    StartRun::Request request;
    request.agent = "clerk";
    const std::string said = "What stock is there? " + sentence.toStdString() + ", key " + planted[0].text;
    request.messages = documentOf(Json::array({Json{{"role", "user"}, {"content", said}}}));
    request.person = planted[1].text;
    request.conversation = planted[2].text;
    request.reference = planted[3].text;
    const auto ended = std::make_shared<std::promise<void>>();
    auto handle = take(desk.backend().start(request, desk.key(), [ended](const RunEvent& event) {
        if (event.kind == RunEventKind::Finished || event.kind == RunEventKind::Failed)
            ended->set_value();
    }));
    ended->get_future().wait();
    return handle->id();
}

// All that is to be read on every page where the run, its texts or its findings are told.
QString readEverywhere(Visitor& visitor, const std::string& run)
{
    const QString page = QStringLiteral("activity/runs/") + QString::fromStdString(run);
    QString all;
    for (const QString& route : {QStringLiteral("home"), QStringLiteral("inbox"), QStringLiteral("activity"), page,
             page + QStringLiteral("?tab=story"), page + QStringLiteral("?tab=record"), QStringLiteral("policies"),
             QStringLiteral("policies/protection"), QStringLiteral("changes"), QStringLiteral("assurance")}) {
        if (!visitor.go(route))
            qFatal("%s does not come to rest", qPrintable(route));
        all += visitor.everything();
    }
    return all;
}

}

/// What may not be read is on no page of the console, in no model behind it and in no tool tip.
class LeakStoryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::instance().install(); }
    void pagesTellNoMoreThanWhoReadsThemMay();
};

void LeakStoryTest::pagesTellNoMoreThanWhoReadsThemMay()
{
    Desk desk{Way::Local};
    const std::vector<Planted> planted = plantedKeys();
    const std::string run = runWith(desk, planted);
    if (!desk.workspace().flushTelemetry())
        qFatal("telemetry");

    // An administrator sees runs and never what was said in them.
    Visitor admin(desk, desk.admin());
    const QString seen = readEverywhere(admin, run);
    QVERIFY(seen.contains(QString::fromStdString(run)));
    QVERIFY(!seen.contains(sentence));

    Visitor officer(desk, desk.officer());
    QString opened = readEverywhere(officer, run);
    QVERIFY(!opened.contains(sentence));
    QVERIFY(officer.go(QStringLiteral("activity/runs/") + QString::fromStdString(run) + QStringLiteral("?tab=story")));
    QVERIFY(officer.button(QStringLiteral("Open the story")) != nullptr);
    officer.button(QStringLiteral("Open the story"))->click();
    QVERIFY(officer.settle());
    opened += officer.everything();
    QVERIFY(opened.contains(sentence));
    QVERIFY(opened.contains(QStringLiteral("hidden:")));

    const std::string all = (seen + opened).toStdString();
    for (const Planted& each : planted) {
        const std::string found = foundIn(all, each);
        QVERIFY2(found.empty(), found.c_str());
    }
}

QTEST_MAIN(LeakStoryTest)
#include "leak_story_test.moc"
