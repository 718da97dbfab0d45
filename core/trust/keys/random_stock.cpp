#include "core/trust/keys/random_stock.h"

#include "core/base/hash.h"
#include "core/trust/keys/sealing.h"

#include <algorithm>
#include <array>

namespace ephor::keys {

void fillFromStock(std::span<std::uint8_t> out)
{
    constexpr std::size_t page = 1'024;
    thread_local std::array<std::uint8_t, page> stock{};
    thread_local std::size_t used = page;
    if (out.size() > page)
        return fillRandom(out);
    if (page - used < out.size()) {
        fillRandom(stock);
        used = 0;
    }
    const auto taken = std::span(stock).subspan(used, out.size());
    std::ranges::copy(taken, out.begin());
    wipe(taken);
    used += out.size();
}

}
