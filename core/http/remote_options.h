#pragma once

#include "core/http/access_rules.h"

#include <chrono>
#include <string>

namespace ephor::http {

struct RemoteTimes {
    std::chrono::milliseconds connect{5'000}; ///< name look-up, connection and TLS together
    std::chrono::milliseconds silence{120'000}; ///< of a call: the longest wait for the next byte of its answer
    std::chrono::milliseconds streamSilence{45'000}; ///< of a stream: three missed heartbeats of the server
    std::chrono::milliseconds unused{30'000}; ///< a connection is kept: well below the server's own patience
    std::chrono::milliseconds firstRetry{200}; ///< of a broken stream; doubled each time
    std::chrono::milliseconds longestRetry{10'000};
};

struct RemoteOptions {
    std::string url; ///< "https://host:port"
    std::string unixSocket; ///< instead of the URL: the path of the owner's socket
    std::string caFile; ///< PEM; trusted instead of the system's authorities
    PlainText plainText = PlainText::LoopbackOnly; ///< may "http://" go beyond this machine
    RemoteTimes times;
};

/// Where to connect, taken from the options.
struct RemotePlace {
    std::string host; ///< name or address, without brackets
    std::string port;
    bool tls = false;
    std::string unixSocket;
    std::string hostField; ///< of the Host header
};

/// Codes remote.url and remote.plain-text.
Result<RemotePlace> remotePlaceOf(const RemoteOptions& options);

}
