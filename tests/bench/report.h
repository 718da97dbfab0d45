#pragma once

#include <benchmark/benchmark.h>
#include <string>
#include <vector>

namespace ephor::bench {

/// The figures of one program: printed as they come, kept as JSON in the file that EPHOR_BENCH_JSON names, beside those
/// of the other programs of that day and the machine they were measured on.
class Report {
public:
    /// Prints the machine.
    explicit Report(std::string program);

    void section(const std::string& title);
    void figure(const std::string& name, double value, const std::string& unit, const std::string& note = {});
    /// What was not measured, and why: never silently.
    void skipped(const std::string& name, const std::string& why);
    void remark(const std::string& text);
    /// Writes the file; a failure is told on the error stream.
    void save() const;

private:
    struct Row {
        std::string section;
        std::string name;
        double value = 0;
        std::string unit;
        std::string note;
        bool measured = true;
    };
    std::string m_program;
    std::string m_section;
    double m_loadBefore = 0;
    std::vector<Row> m_rows;
};

/// Hands what Google Benchmark measured to a report: items a second where a benchmark counts items, else time.
class ReportReporter final : public benchmark::BenchmarkReporter {
public:
    explicit ReportReporter(Report& report)
        : m_report(report)
    {
    }
    bool ReportContext(const Context& context) override;
    void ReportRuns(const std::vector<Run>& runs) override;

private:
    Report& m_report;
};

/// The value below which the share `share` (0 to 1) of the samples lies; sorts them. 0 of none.
double percentile(std::vector<double>& samples, double share);

}
