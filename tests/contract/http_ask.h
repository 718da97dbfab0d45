#pragma once

#include <cstdint>
#include <string>

namespace ephor::contract_tests {

/// Sends these bytes to a port of this machine and returns all that comes until the other side closes, which the
/// request must ask for ("Connection: close").
std::string askPort(std::uint16_t port, const std::string& request);

/// A POST of JSON with more header lines, each with its line break.
std::string postOf(const std::string& path, const std::string& headers, const std::string& body);

}
