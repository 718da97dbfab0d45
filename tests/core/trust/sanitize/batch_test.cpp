#include "core/trust/sanitize/batch.h"

#include <QFile>
#include <QTest>
#include <nlohmann/json.hpp>

using namespace ephor;
using sanitize::sanitizeItem;

namespace {

struct PageExample {
    std::string item;
    std::string answer;
};

/// The lines "$ echo '…' | ephor sanitize --batch" of the page, each with the line that follows.
std::vector<PageExample> examples()
{
    QFile file(QStringLiteral(EPHOR_SOURCE_DIR "/docs/formats/verbs.md"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("the page is not there");
    const QStringList lines = QString::fromUtf8(file.readAll()).split('\n');
    std::vector<PageExample> found;
    for (qsizetype i = 0; i + 1 < lines.size(); ++i) {
        const QString opening = QStringLiteral("$ echo '");
        const QString closing = QStringLiteral("' | ephor sanitize --batch");
        if (lines[i].startsWith(opening) && lines[i].endsWith(closing))
            found.push_back(
                {lines[i].sliced(opening.size(), lines[i].size() - opening.size() - closing.size()).toStdString(),
                    lines[i + 1].toStdString()});
    }
    return found;
}

std::string codeOf(const Json& answer)
{
    return answer.contains("error") ? answer["error"]["code"].get<std::string>() : std::string("none");
}

}

class BatchTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void thePageIsRight()
    {
        const auto all = examples();
        QVERIFY(all.size() >= 3);
        for (const PageExample& example : all) {
            const auto item = parseJson(example.item);
            QVERIFY2(item, example.item.c_str());
            QCOMPARE(QString::fromStdString(compactJson(sanitizeItem(*item))), QString::fromStdString(example.answer));
        }
    }

    void placesAreInCodePoints()
    {
        const Json answer = sanitizeItem({{"text", "ü\u200b漢\U000E0041b"}});
        QCOMPARE(answer["text"].get<std::string>(), std::string("ü漢b"));
        QVERIFY(answer["removed"]
            == Json::array({{{"kind", "invisible"}, {"start", 1}, {"end", 2}},
                {{"kind", "tag-characters"}, {"start", 3}, {"end", 4}, {"revealed", "A"}}}));
    }

    void everySinkHasItsWord()
    {
        for (const char* const sink : {"model", "text", "markdown", "html", "terminal", "spreadsheet", "log", "code"})
            QVERIFY2(sanitizeItem({{"text", "a"}, {"sink", sink}}) == Json({{"text", "a"}, {"removed", Json::array()}}),
                sink);
    }

    void hostsAreHeard()
    {
        const Json item = {{"text", "[a](https://a.example) [b](https://x.b.example)"}, {"sink", "markdown"},
            {"allow", {"a.example", ".b.example"}}};
        QCOMPARE(sanitizeItem(item)["text"].get<std::string>(), item["text"].get<std::string>());
    }

    void wrongItemsAreSaid()
    {
        QCOMPARE(codeOf(sanitizeItem(Json::array())), std::string("sanitize.item"));
        QCOMPARE(codeOf(sanitizeItem(Json::object())), std::string("sanitize.item"));
        QCOMPARE(codeOf(sanitizeItem({{"text", 1}})), std::string("sanitize.item"));
        QCOMPARE(codeOf(sanitizeItem({{"text", ""}, {"sink", "Model"}})), std::string("sanitize.item"));
        QCOMPARE(codeOf(sanitizeItem({{"text", ""}, {"sink", nullptr}})), std::string("sanitize.item"));
        QCOMPARE(codeOf(sanitizeItem({{"text", ""}, {"allow", "a.example"}})), std::string("sanitize.item"));
        QCOMPARE(codeOf(sanitizeItem({{"text", ""}, {"allow", {1}}})), std::string("sanitize.item"));
        QCOMPARE(codeOf(sanitizeItem({{"text", ""}})), std::string("none"));
    }
};

QTEST_GUILESS_MAIN(BatchTest)
#include "batch_test.moc"
