#include "tests/bench/bench_desk.h"
#include "tests/bench/console/driven_console.h"
#include "tests/bench/console/long_record.h"
#include "tests/bench/peer.h"
#include "tests/bench/report.h"
#include "tests/bench/scratch_folder.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <sstream>

using namespace ephor;
using namespace ephor::bench;

namespace {

constexpr std::uint64_t usualEntries = 10'000'000;
constexpr std::uint64_t fewestEntries = 20'000; // fewer would be the demo itself
constexpr std::uint64_t diskToLeave = std::uint64_t(4) << 30; // to whoever else uses the disk
constexpr std::uint64_t provedEntries = 500;
constexpr int starts = 7;
constexpr double aimedStartSeconds = 0.5;
constexpr double aimedFrameMilliseconds = 8;
constexpr double aimedMegabytes = 250;

std::uint64_t wantedEntries()
{
    const char* text = std::getenv("EPHOR_BENCH_ENTRIES");
    return text ? std::max<std::uint64_t>(std::strtoull(text, nullptr, 10), fewestEntries) : usualEntries;
}

std::string aim(double value, double wanted, const std::string& unit)
{
    return fmt::format("aim {:g} {}: {}", wanted, unit, value <= wanted ? "met" : "NOT MET");
}

double secondsSince(std::chrono::steady_clock::time_point begin)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// False, having said why, when there is no room for the workspace.
bool makeRecord(Report& report, const LongRecord& record)
{
    report.section(fmt::format("A workspace with {} entries", record.entries));
    if (record.isThere()) {
        record.useItsKeys();
        report.remark("kept from an earlier run in " + record.folder);
        return true;
    }
    const auto free = std::filesystem::space(std::filesystem::path(record.folder).parent_path()).available;
    if (free < record.bytesNeeded() + diskToLeave) {
        report.skipped("the console over a long record",
            fmt::format("it takes {:.1f} GB and leaves 4 to others, and {} has {:.1f}: name another folder in "
                        "EPHOR_BENCH_DISK or fewer entries in EPHOR_BENCH_ENTRIES",
                double(record.bytesNeeded()) / 1e9, ScratchFolder::parent(), double(free) / 1e9));
        return false;
    }
    const auto begin = std::chrono::steady_clock::now();
    record.make();
    report.figure("made, the demo in it included", double(record.entries) / secondsSince(begin), "entries/s",
        fmt::format("{:.0f} s", secondsSince(begin)));
    const auto proving = std::chrono::steady_clock::now();
    record.proveSome(provedEntries);
    report.figure("proofs of entries all over it, each verified", double(provedEntries) / secondsSince(proving), "/s");
    return true;
}

void measureStart(Report& report, const LongRecord& record)
{
    report.section("Start to first data: from starting the process until Home has all its answers");
    std::vector<double> whole;
    std::vector<double> inside;
    for (int start = 0; start < starts; ++start) {
        const FirstLine first = firstLineOf(
            {EPHOR_BENCH_CONSOLE, "--workspace", record.workspace(), "--as", "ines", "--exit-after-startup"});
        whole.push_back(first.seconds);
        double milliseconds = 0;
        if (std::sscanf(first.line.c_str(), "first data after %lf ms", &milliseconds) != 1)
            throw std::runtime_error("ephor-console printed: " + first.line);
        inside.push_back(milliseconds / 1'000);
    }
    const double median = percentile(whole, 0.5);
    report.figure(fmt::format("median of {}", starts), median, "s", aim(median, aimedStartSeconds, "s"));
    report.figure("of it after main began, median", percentile(inside, 0.5), "s");
    report.figure("slowest", percentile(whole, 1), "s");
}

void measureDriven(Report& report, const std::string& self, const LongRecord& record)
{
    report.section("The record in the real window, live traffic on: work of the UI thread in a frame of 16.7 ms");
    std::istringstream lines(outputOf({self, "--drive", record.workspace()}));
    for (std::string line; std::getline(lines, line);) {
        std::istringstream fields(line);
        std::string name, value, unit, note;
        std::getline(fields, name, '\t');
        std::getline(fields, value, '\t');
        std::getline(fields, unit, '\t');
        std::getline(fields, note, '\t');
        const double number = std::strtod(value.c_str(), nullptr);
        if (name.ends_with(", p99"))
            note = aim(number, aimedFrameMilliseconds, "ms") + "; " + note;
        else if (unit == "MB")
            note = aim(number, aimedMegabytes, "MB") + "; " + note;
        report.figure(name, number, unit, note);
    }
}

int measure(const std::string& self)
{
    Report report("console_bench");
    LongRecord record;
    record.entries = wantedEntries();
    std::unique_ptr<ScratchFolder> scratch;
    // A folder that somebody named keeps the workspace, since making it takes minutes.
    if (std::getenv("EPHOR_BENCH_DISK")) {
        record.folder = fmt::format("{}/console-{}", ScratchFolder::parent(), record.entries);
    } else {
        scratch = std::make_unique<ScratchFolder>();
        record.folder = scratch->path() + "/console";
    }
    if (makeRecord(report, record)) {
        measureStart(report, record);
        measureDriven(report, self, record);
    }
    report.save();
    return 0;
}

}

int main(int count, char** values)
{
    ::setenv("QT_QPA_PLATFORM", "offscreen", 1);
    if (count == 3 && std::strcmp(values[1], "--drive") == 0)
        return driveConsole(count, values, values[2]);
    try {
        return measure(std::filesystem::read_symlink("/proc/self/exe").string());
    } catch (const std::exception& exception) {
        std::fprintf(stderr, "console_bench: %s\n", exception.what());
        return 1;
    }
}
