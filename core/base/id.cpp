#include "core/base/id.h"

#include "core/base/hash.h"

#include <algorithm>
#include <array>
#include <atomic>

namespace ephor {

namespace {

// The last 60 bits of time handed out: milliseconds above, a counter in the 12 bits below (RFC 9562 §6.2, method 1).
std::atomic<std::uint64_t> lastTick{0};

// Ten seconds: more than ids made in a burst run ahead, less than clocks differ on purpose.
constexpr std::uint64_t largestLead = std::uint64_t(10'000) << 12;

std::uint64_t nextTick(const Clock& clock)
{
    const auto millis = std::chrono::duration_cast<std::chrono::milliseconds>(clock.now().time_since_epoch()).count();
    const std::uint64_t floor = std::uint64_t(millis) << 12;
    std::uint64_t last = lastTick.load(std::memory_order_relaxed);
    for (;;) {
        // Ties, a counter that ran over and small steps back are counted up; a simulated clock may stand far from the
        // machine's, and ids then follow that clock.
        const bool slightlyAhead = last >= floor && last - floor < largestLead;
        const std::uint64_t next = slightlyAhead ? last + 1 : floor;
        if (lastTick.compare_exchange_weak(last, next, std::memory_order_relaxed))
            return next;
    }
}

// The random half of an id tells ids of one moment apart and keeps nothing secret, so it may wait in memory: asking the
// generator for eight bytes costs as much as for a page of them.
void fillFromStock(std::span<std::uint8_t> out)
{
    thread_local std::array<std::uint8_t, 512> stock{};
    thread_local std::size_t used = stock.size();
    if (stock.size() - used < out.size()) {
        fillRandom(stock);
        used = 0;
    }
    std::copy_n(stock.begin() + std::ptrdiff_t(used), out.size(), out.begin());
    used += out.size();
}

}

std::string newId(const Clock& clock)
{
    const std::uint64_t tick = nextTick(clock);
    std::array<std::uint8_t, 16> bytes{};
    fillFromStock(std::span(bytes).subspan(8));
    const std::uint64_t millis = tick >> 12;
    for (int i = 0; i < 6; ++i)
        bytes[std::size_t(i)] = std::uint8_t(millis >> (40 - 8 * i));
    bytes[6] = std::uint8_t(0x70 | ((tick >> 8) & 0x0F));
    bytes[7] = std::uint8_t(tick & 0xFF);
    bytes[8] = std::uint8_t(0x80 | (bytes[8] & 0x3F));
    std::string text = toHex(bytes);
    for (const std::size_t at : {8, 13, 18, 23})
        text.insert(at, 1, '-');
    return text;
}

bool isId(std::string_view text)
{
    if (text.size() != 36)
        return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        const char c = text[i];
        const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        if (dash ? c != '-' : !hex)
            return false;
    }
    return true;
}

}
