#include "tests/contract/http_ask.h"

#include <arpa/inet.h>
#include <array>
#include <cstring>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace ephor::contract_tests {

std::string askPort(std::uint16_t port, const std::string& request)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sockaddr generic{};
    static_assert(sizeof generic == sizeof address);
    std::memcpy(&generic, &address, sizeof address);
    if (::connect(socket, &generic, sizeof generic) != 0
        || ::send(socket, request.data(), request.size(), 0) != ssize_t(request.size())) {
        ::close(socket);
        throw std::runtime_error("the server cannot be reached");
    }
    std::string answer;
    std::array<char, 4'096> piece{};
    for (ssize_t got = 0; (got = ::recv(socket, piece.data(), piece.size(), 0)) > 0;)
        answer.append(piece.data(), std::size_t(got));
    ::close(socket);
    return answer;
}

std::string postOf(const std::string& path, const std::string& headers, const std::string& body)
{
    return "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/json\r\n"
        + headers + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}
