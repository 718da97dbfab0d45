#pragma once

#include "core/http/service.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace ephor::http {

/// What one caller may cost. Every one has a number, since a server that waits or keeps without end falls to one
/// client.
struct ServerLimits {
    std::size_t bodyBytes = 8 * 1024 * 1024; ///< as the JSON reader's own limit
    std::size_t headerBytes = 32 * 1024; ///< request line and fields together
    std::size_t connections = 2'000; ///< each costs a file descriptor and some 40 KiB
    std::size_t backlogBytes = 4 * 1024 * 1024; ///< of a stream whose client reads too slowly; then it is closed
    std::size_t workers = 16; ///< threads that block on the backend, which commits groups of writes together
    std::size_t queuedRequests = 512; ///< waiting for a worker; beyond it 503 with Retry-After
};

struct ServerTimes {
    std::chrono::milliseconds header{10'000}; ///< from the first byte of a request to the end of its fields
    std::chrono::milliseconds body{60'000}; ///< from there to the end of the body
    std::chrono::milliseconds idle{75'000}; ///< between requests: longer than clients keep unused connections
    std::chrono::milliseconds write{30'000}; ///< for one write to be taken
    std::chrono::milliseconds linger{2'000}; ///< reading on after the last reply, so that it is not lost to a reset
    std::chrono::milliseconds stop{5'000}; ///< for replies under way when the server stops
};

struct ServerOptions {
    /// An address, not a name; nothing: no TCP at all.
    std::optional<std::string> address = "127.0.0.1";
    std::uint16_t port = 0; ///< 0: any that is free
    std::string unixSocket; ///< path; made with mode 0600; empty: none
    std::string certificateFile; ///< PEM chain; with it TCP speaks TLS only
    std::string keyFile; ///< PEM
    PlainText plainText = PlainText::LoopbackOnly;
    ServerLimits limits;
    ServerTimes times;
    ServiceOptions service;
    unsigned ioThreads = 0; ///< 0: as many as suit the machine
};

}
