#pragma once

#include <cstddef>

namespace ephor::temporal {

/// Events that one session keeps: an agent that makes more calls than seven a minute for a whole day is no conversation
/// any more. What comes beyond is not kept, and conditions whose window reaches back to it err.
inline constexpr std::size_t maximumSessionEvents = 10'000;
/// Of one session's state, as its entries and the events it keeps come to: a thousand sessions of ordinary calls stay
/// far below, and a hostile one cannot take a server's memory.
inline constexpr std::size_t maximumSessionBytes = 16 * 1024 * 1024;

}
