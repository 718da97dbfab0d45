#pragma once

namespace ephor {
class Clock;
class HandlerTable;
}

namespace ephor::policy {

class StopOrders;
class Tightenings;

/// grants.tighten, the house rules and the stops. The services live as long as the table.
struct Services {
    Tightenings& tightenings;
    StopOrders& stops;
    const Clock& clock;
};
void addHandlers(HandlerTable& table, const Services& services);

}
