#include "core/trust/temporal/event_reading.h"

namespace ephor::temporal {

namespace {

constexpr std::uint64_t firstKey = 0x51;

EventReading failedReading(std::string failure)
{
    EventReading reading;
    reading.outcome = EventReading::Outcome::Failed;
    reading.failure = std::move(failure);
    return reading;
}

bool readSummand(const cedar::Node& of, cedar::Evaluator& evaluator, EventReading& reading)
{
    cedar::Value value;
    if (!evaluator.evaluate(of, value)) {
        reading = failedReading(evaluator.fault().message);
        return false;
    }
    if (value.kind != cedar::Kind::Long && value.kind != cedar::Kind::Decimal) {
        reading = failedReading("Only longs and decimals are summed, not a " + std::string(nameOf(value.kind)) + ".");
        return false;
    }
    reading.summand = {value.number, value.kind == cedar::Kind::Decimal ? 1U : 0U};
    return true;
}

}

EventReading readEvent(const Watch& watch, cedar::Evaluator& evaluator)
{
    EventReading reading;
    for (const cedar::Node* part : watch.event) {
        bool holds = false;
        if (!evaluator.evaluateBoolean(*part, holds))
            return failedReading(evaluator.fault().message);
        if (!holds)
            return reading;
    }
    reading.key = firstKey;
    for (const Watch::Key& key : watch.keys) {
        cedar::Value value;
        if (!evaluator.evaluate(*key.event, value))
            return failedReading(evaluator.fault().message);
        reading.key = cedar::mixed(reading.key, hashOf(value));
    }
    if (watch.of != nullptr && !readSummand(*watch.of, evaluator, reading))
        return reading;
    reading.outcome = EventReading::Outcome::Met;
    return reading;
}

bool keyOfRequest(const Watch& watch, cedar::Evaluator& evaluator, std::uint64_t& key)
{
    key = firstKey;
    for (const Watch::Key& part : watch.keys) {
        cedar::Value value;
        if (!evaluator.evaluate(*part.request, value))
            return false;
        key = cedar::mixed(key, hashOf(value));
    }
    return true;
}

}
