#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <sys/types.h>
#include <vector>

namespace ephor::bench {

/// The Node of the benchmarks' packages, or empty when they are not installed (npm ci in tests/bench/node).
std::string nodeProgram();
/// The folder of those packages.
std::string nodeFolder();

/// Runs a program to its end and gives back what it printed; throws std::runtime_error when it fails.
std::string outputOf(const std::vector<std::string>& command);

/// What a program that was started told first.
struct FirstLine {
    std::string line;
    double seconds = 0; ///< from starting the process until the line was there
};
/// Runs a program to its end; throws std::runtime_error when it fails.
FirstLine firstLineOf(const std::vector<std::string>& command);

/// npm @portkey-ai/gateway as a process of its own, ended with the object.
class Portkey {
public:
    /// Null when it is not installed or does not listen within ten seconds; then `why` says so.
    static std::unique_ptr<Portkey> start(std::string& why);
    ~Portkey();
    std::uint16_t port() const { return m_port; }
    /// Of the process now, in MB.
    double residentMegabytes() const;

private:
    Portkey(pid_t process, std::uint16_t port)
        : m_process(process)
        , m_port(port)
    {
    }
    pid_t m_process;
    std::uint16_t m_port;
};

/// Of a process ("self" or its number), in MB; 0 when it is gone.
double residentMegabytes(const std::string& process);
/// The most that this process ever held, in MB.
double peakMegabytes();

}
