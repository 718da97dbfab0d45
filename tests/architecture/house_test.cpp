#include "tests/architecture/coroutine_rules.h"
#include "tests/architecture/include_rules.h"
#include "tests/architecture/length_rules.h"
#include "tests/architecture/source_text.h"

#include <QTest>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

using namespace ephor::architecture;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t listed = 10;

struct Source {
    std::string path;
    std::string text;

    bool isProduct() const { return !path.starts_with("tests/"); }
};

struct Length {
    std::size_t lines = 0;
    std::string name;
};

std::string contentsOf(const fs::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::vector<Source> readSources(const fs::path& root)
{
    std::vector<Source> sources;
    for (const char* top : {"core", "ui", "app", "tests"}) {
        if (!fs::exists(root / top))
            continue;
        fs::recursive_directory_iterator entries(root / top);
        for (auto entry = fs::begin(entries); entry != fs::end(entries); ++entry) {
            if (entry->path().filename() == "node_modules")
                entry.disable_recursion_pending();
            const fs::path kind = entry->path().extension();
            if (entry->is_regular_file() && (kind == ".h" || kind == ".cpp" || kind == ".cc"))
                sources.push_back({fs::relative(entry->path(), root).generic_string(), contentsOf(entry->path())});
        }
    }
    std::ranges::sort(sources, {}, &Source::path);
    return sources;
}

void printLongest(const char* title, std::vector<Length> lengths)
{
    std::ranges::sort(lengths, std::ranges::greater(), &Length::lines);
    lengths.resize(std::min(lengths.size(), listed));
    std::printf("longest: %s\n", title);
    for (const Length& length : lengths)
        std::printf("longest: %6zu  %s\n", length.lines, length.name.c_str());
    std::fflush(stdout);
}

void report(const std::vector<std::string>& faults)
{
    QString text;
    for (const std::string& fault : faults)
        text += QString::fromStdString("\n" + fault);
    if (!faults.empty())
        QFAIL(qPrintable(text));
}

}

/// The rules of the house on the house itself.
class HouseTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void everyIncludePointsUpwards();
    void nothingIsTooLong();
    void noCoroutineTripsTheCompiler();
    void everyHeaderIsGuarded();
    void printTheLongest();

private:
    std::vector<Source> m_sources;
    std::vector<std::string> m_rooms;
};

void HouseTest::initTestCase()
{
    const fs::path root = EPHOR_SOURCE_DIR;
    m_rooms = roomsOf(contentsOf(root / "cmake/rooms.txt"));
    QVERIFY(m_rooms.size() > 10);
    m_sources = readSources(root);
    QVERIFY(m_sources.size() > 10);
}

void HouseTest::everyIncludePointsUpwards()
{
    std::vector<std::string> faults;
    for (const Source& source : m_sources) {
        if (source.isProduct())
            std::ranges::copy(includeFaults(source.path, includesOf(source.text), m_rooms), std::back_inserter(faults));
    }
    report(faults);
}

void HouseTest::nothingIsTooLong()
{
    std::vector<std::string> faults;
    for (const Source& source : m_sources)
        std::ranges::copy(lengthFaults(source.path, source.text), std::back_inserter(faults));
    report(faults);
}

void HouseTest::noCoroutineTripsTheCompiler()
{
    std::vector<std::string> faults;
    for (const Source& source : m_sources)
        std::ranges::copy(coroutineFaults(source.path, source.text), std::back_inserter(faults));
    report(faults);
}

void HouseTest::everyHeaderIsGuarded()
{
    std::vector<std::string> faults;
    for (const Source& source : m_sources) {
        if (source.path.ends_with(".h") && source.text.find("#pragma once") == std::string::npos)
            faults.push_back(source.path + " lacks #pragma once.");
    }
    report(faults);
}

void HouseTest::printTheLongest()
{
    std::vector<Length> files;
    std::vector<Length> functions;
    for (const Source& source : m_sources) {
        files.push_back({lineCount(source.text), source.path});
        for (const FunctionSpan& function : functionsOf(source.text)) {
            functions.push_back(
                {function.lines, function.name + "  " + source.path + ":" + std::to_string(function.line)});
        }
    }
    QVERIFY(!files.empty() && !functions.empty());
    printLongest("the ten longest files", std::move(files));
    printLongest("the ten longest functions", std::move(functions));
}

QTEST_GUILESS_MAIN(HouseTest)
#include "house_test.moc"
