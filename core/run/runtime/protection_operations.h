#pragma once

#include "core/trust/guard/stand_in.h"

namespace ephor {
class Clock;
class HandlerTable;
}

namespace ephor::runtime {

class Routing;

struct ProtectionServices {
    const Routing& routing;
    const Clock& clock;
    guard::ProtectionKeys keys;
};

/// protections.check, protections.try, protections.except, protections.exposure, protections.standard. Counts and
/// outages are told by core/insight, which keeps them; saving is a definition's (core/definition).
void addProtectionHandlers(HandlerTable& table, const ProtectionServices& services);

}
