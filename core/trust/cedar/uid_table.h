#pragma once

#include "core/trust/cedar/value.h"

#include <cstdint>
#include <span>
#include <vector>

namespace ephor::cedar {

/// Finds the place of a uid in a list by its hash, in one or two memory accesses. Built once; reading is thread-safe.
class UidTable {
public:
    static constexpr std::uint32_t none = 0xffff'ffff;

    void reserve(std::size_t count);
    /// The place that is known already, or `place` after remembering it. The uid must outlive the table.
    std::uint32_t insert(const EntityUid* uid, std::uint32_t place);
    std::uint32_t find(const EntityUid& uid) const;

private:
    struct Slot {
        const EntityUid* uid = nullptr;
        std::uint64_t hash = 0;
        std::uint32_t place = none;
    };
    void grow(std::size_t slots);

    std::vector<Slot> m_slots;
    std::size_t m_count = 0;
};

}
