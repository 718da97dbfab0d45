#include "core/change/lifecycle/budget_limits.h"

#include <algorithm>
#include <array>

namespace ephor::lifecycle {

namespace {

struct CountedLimit {
    const char* name;
    std::uint64_t Budget::* member;
};

constexpr std::array countedLimits{
    CountedLimit{"steps", &Budget::steps},
    CountedLimit{"tool calls", &Budget::toolCalls},
    CountedLimit{"tokens", &Budget::tokens},
    CountedLimit{"seconds", &Budget::wallClockSeconds},
};

std::uint64_t moneyOf(const Budget& budget)
{
    return budget.money && budget.money->nanos > 0 ? std::uint64_t(budget.money->nanos) : 0;
}

bool raises(std::uint64_t before, std::uint64_t after)
{
    return before != 0 && (after == 0 || after > before);
}

std::uint64_t lower(std::uint64_t left, std::uint64_t right)
{
    return left == 0 || right == 0 ? std::max(left, right) : std::min(left, right);
}

std::string limitWord(std::uint64_t limit)
{
    return limit == 0 ? "no limit" : std::to_string(limit);
}

}

std::vector<std::string> raisedLimits(const Budget& before, const Budget& after)
{
    std::vector<std::string> raised;
    for (const auto& [name, member] : countedLimits) {
        if (raises(before.*member, after.*member))
            raised.push_back(std::string(name) + " " + limitWord(before.*member) + " → " + limitWord(after.*member));
    }
    if (raises(moneyOf(before), moneyOf(after)))
        raised.push_back("money " + formatMoney(*before.money) + " → "
            + (moneyOf(after) == 0 ? std::string("no limit") : formatMoney(*after.money)));
    return raised;
}

Budget lowerOf(const Budget& left, const Budget& right)
{
    Budget low = left;
    for (const auto& [name, member] : countedLimits)
        low.*member = lower(left.*member, right.*member);
    const std::uint64_t money = lower(moneyOf(left), moneyOf(right));
    low.money = money == 0 ? std::nullopt : std::optional(Money{std::int64_t(money)});
    return low;
}

}
