#include "core/api/backtest_pages.h"

#include <algorithm>
#include <chrono>
#include <iterator>

namespace ephor {

void addPage(Backtest::Response& whole, Backtest::Response page)
{
    whole.from = page.from;
    whole.runs += page.runs;
    whole.calls += page.calls;
    whole.unjudged += page.unjudged;
    whole.flips += page.flips;
    whole.loosened += page.loosened;
    whole.tightened += page.tightened;
    whole.judgingMicros += page.judgingMicros;
    whole.tookMicros += page.tookMicros;
    whole.until = page.until;
    whole.through = page.through;
    whole.next = std::move(page.next);
    page.first.insert(
        page.first.end(), std::make_move_iterator(whole.first.begin()), std::make_move_iterator(whole.first.end()));
    whole.first = std::move(page.first);
}

double fractionJudged(const Backtest::Response& whole)
{
    if (whole.next.empty() || whole.until <= whole.from)
        return 1;
    const double judged = std::chrono::duration<double>(whole.through - whole.from)
        / std::chrono::duration<double>(whole.until - whole.from);
    return std::clamp(judged, 0.0, 1.0);
}

}
