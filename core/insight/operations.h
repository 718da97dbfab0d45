#pragma once

#include <string>

namespace ephor {
class Clock;
class HandlerTable;
}

namespace ephor::insight {

class TelemetryStore;

/// What the handlers read besides the snapshot; all of it outlives the table.
struct Services {
    const TelemetryStore& telemetry;
    const Clock& clock;
    std::string environment;
};

/// protections.findings, protections.outages, insight.overview, insight.agent, insight.changed, insight.first-request,
/// insight.find, inbox.list and workspace.metrics. Each answers with what the caller may view, team by team.
void addHandlers(HandlerTable& table, const Services& services);

}
