#pragma once

#include "core/trust/cedar/expression.h"

#include <cstdint>
#include <unordered_map>

namespace ephor::cedar {

/// The shape of expressions: a seeded hash of all they say, the same for two that say the same in different places.
/// Each is worked out once.
class ShapeTable {
public:
    std::uint64_t of(const Node& node);
    /// Of events that are meant, `negated` aside.
    std::uint64_t ofPattern(const EventPattern& pattern);
    /// Of an attribute of a target with this shape.
    static std::uint64_t ofAttribute(std::uint64_t target, const Text& name);

private:
    std::uint64_t workOut(const Node& node);
    std::uint64_t ofTemporal(const TemporalOperation& operation);

    std::unordered_map<const Node*, std::uint64_t> m_known;
};

}
