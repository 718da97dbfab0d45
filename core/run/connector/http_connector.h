#pragma once

#include "core/run/connector/connector.h"
#include "core/run/connector/http_call.h"

namespace ephor {
class Clock;
}
namespace ephor::net {
class HttpClient;
}

namespace ephor::connector {

/// A tool behind an HTTP JSON endpoint. `http` and `clock` outlive it and its calls.
std::shared_ptr<Connector> makeHttpConnector(
    const ToolBody& tool, net::HttpClient& http, const Clock& clock, SecretSource secrets);

}
