#pragma once

#include "core/domain/limits.h"

#include <boost/describe.hpp>

namespace ephor {

/// The part of a list that a request asks for. Keyset paging: a cursor is opaque and stays valid while rows are added.
struct PageRequest {
    Text<256> cursor; ///< empty: the newest
    std::uint64_t limit = 256; ///< at most largestPage
};
BOOST_DESCRIBE_STRUCT(PageRequest, (), (cursor, limit))

constexpr std::uint64_t largestPage = 1'000;

/// What comes back beside the rows.
struct PageInfo {
    std::string next; ///< empty: this was the last page
    std::optional<std::uint64_t> total; ///< nothing when counting would cost too much
    bool exact = true; ///< false: `total` is the cap at which counting stopped
    bool operator==(const PageInfo&) const = default;
};
BOOST_DESCRIBE_STRUCT(PageInfo, (), (next, total, exact))

/// Half-open range of time; an unset end is open.
struct TimeRange {
    Instant from;
    Instant to;
    bool operator==(const TimeRange&) const = default;
};
BOOST_DESCRIBE_STRUCT(TimeRange, (), (from, to))

}
