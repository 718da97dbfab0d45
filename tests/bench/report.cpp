#include "tests/bench/report.h"

#include "tests/bench/json_file.h"
#include "tests/bench/scratch_folder.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sqlite3.h>
#include <sys/utsname.h>
#include <thread>

namespace ephor::bench {

namespace {

std::string cpuModel()
{
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("model name"))
            return line.substr(line.find(':') + 2);
    }
    return "unknown";
}

// The mount whose path is the longest beginning of the folder's.
std::string fileSystemOf(const std::string& folder)
{
    std::ifstream mounts("/proc/mounts");
    std::string best;
    std::string type = "unknown";
    std::string device, path, kind, rest;
    while (mounts >> device >> path >> kind && std::getline(mounts, rest)) {
        const bool holds = folder == path || folder.starts_with(path.ends_with('/') ? path : path + '/');
        if (holds && path.size() >= best.size()) {
            best = path;
            type = kind + " on " + device;
        }
    }
    return type;
}

double loadAverage()
{
    double load = 0;
    return ::getloadavg(&load, 1) == 1 ? load : -1;
}

Json machine()
{
    utsname names{};
    ::uname(&names);
    return {{"cpu", cpuModel()}, {"cores", std::thread::hardware_concurrency()}, {"kernel", names.release},
        {"compiler", "GCC " __VERSION__}, {"sqlite", sqlite3_libversion()},
        {"filesystem", fileSystemOf(std::filesystem::absolute(ScratchFolder::parent()).string())}};
}

std::string shown(double value)
{
    if (value >= 1'000)
        return fmt::format("{:.0f}", value);
    return value >= 10 ? fmt::format("{:.1f}", value) : fmt::format("{:.3f}", value);
}

}

Report::Report(std::string program)
    : m_program(std::move(program))
    , m_loadBefore(loadAverage())
{
    const Json named = machine();
    fmt::print("{}: {}, {} cores, Linux {}, SQLite {}, {}, load average before {:.2f}\n", m_program,
        named["cpu"].get<std::string>(), named["cores"].get<unsigned>(), named["kernel"].get<std::string>(),
        named["sqlite"].get<std::string>(), named["filesystem"].get<std::string>(), m_loadBefore);
}

void Report::section(const std::string& title)
{
    m_section = title;
    fmt::print("\n{}\n", title);
    std::fflush(stdout);
}

void Report::figure(const std::string& name, double value, const std::string& unit, const std::string& note)
{
    m_rows.push_back({m_section, name, value, unit, note, true});
    fmt::print("  {:<56} {:>12} {:<14} {}\n", name, shown(value), unit, note);
    std::fflush(stdout);
}

void Report::skipped(const std::string& name, const std::string& why)
{
    m_rows.push_back({m_section, name, 0, {}, why, false});
    fmt::print("  {:<56} {:>12} {:<14} {}\n", name, "skipped", "", why);
    std::fflush(stdout);
}

void Report::remark(const std::string& text)
{
    fmt::print("  {}\n", text);
    std::fflush(stdout);
}

void Report::save() const
{
    const char* path = std::getenv("EPHOR_BENCH_JSON");
    if (!path)
        return;
    Json rows = Json::array();
    for (const Row& row : m_rows) {
        Json value{{"section", row.section}, {"name", row.name}, {"note", row.note}};
        if (row.measured)
            value.update({{"value", row.value}, {"unit", row.unit}});
        else
            value["skipped"] = true;
        rows.push_back(std::move(value));
    }
    Json all = Json::object();
    if (std::filesystem::exists(path)) {
        try {
            all = readJsonFile(path);
        } catch (const std::exception& exception) {
            fmt::print(stderr, "{}; it is written anew.\n", exception.what());
            all = Json::object();
        }
    }
    all["machine"] = machine();
    all["programs"][m_program]
        = {{"figures", std::move(rows)}, {"loadBefore", m_loadBefore}, {"loadAfter", loadAverage()}};
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << all.dump(1) << '\n';
    if (!file.flush())
        fmt::print(stderr, "The figures could not be written to {}.\n", path);
}

bool ReportReporter::ReportContext(const Context&)
{
    return true;
}

void ReportReporter::ReportRuns(const std::vector<Run>& runs)
{
    for (const Run& run : runs) {
        if (run.error_occurred) {
            m_report.skipped(run.benchmark_name(), run.error_message);
            continue;
        }
        const auto items = run.counters.find("items_per_second");
        const auto bytes = run.counters.find("bytes_per_second");
        if (items != run.counters.end())
            m_report.figure(run.benchmark_name(), items->second, "/s", run.report_label);
        else
            m_report.figure(run.benchmark_name(), run.GetAdjustedRealTime(), "ns", run.report_label);
        if (bytes != run.counters.end())
            m_report.figure(run.benchmark_name() + ", bytes", bytes->second / 1e6, "MB/s", run.report_label);
    }
}

double percentile(std::vector<double>& samples, double share)
{
    if (samples.empty())
        return 0;
    const auto at = std::min(samples.size() - 1, std::size_t(double(samples.size()) * share));
    std::nth_element(samples.begin(), samples.begin() + std::ptrdiff_t(at), samples.end());
    return samples[at];
}

}
