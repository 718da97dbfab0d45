#include "core/trust/guard/joined_findings.h"

#include "core/trust/guard/escape_view.h"

#include <algorithm>
#include <tuple>

namespace ephor::guard {

namespace {

/// One finding, in places of the text.
struct ReadFinding {
    Judged judged;
    bool behind = false; ///< it was found behind escapes
};

/// Where the escape, or the byte, begins and ends that byte `at` belongs to.
std::pair<std::size_t, std::size_t> unitAround(const JsonView& view, std::size_t at)
{
    const auto next = std::ranges::upper_bound(view.origin, std::uint32_t(at));
    return {*std::prev(next), next == view.origin.end() ? view.origin.back() : *next};
}

// What was found as the text stands may take the letters of an escape at its edge for its own: what they spell is the
// other reading's to find.
void leaveCutEscapes(const JsonView& view, detect::Finding& finding)
{
    const auto [first, firstEnd] = unitAround(view, finding.start);
    const auto [last, lastEnd] = unitAround(view, finding.end);
    const std::size_t start = first < finding.start ? firstEnd : finding.start;
    const std::size_t end = last < finding.end ? last : finding.end;
    if (start < end) {
        finding.start = start;
        finding.end = end;
        return;
    }
    finding.start = first;
    finding.end = last < finding.end ? lastEnd : finding.end;
}

bool outranks(const ReadFinding& left, const ReadFinding& right)
{
    if (left.judged.action != right.judged.action)
        return left.judged.action > right.judged.action;
    return left.behind && !right.behind;
}

// The value is what the escapes spell, so that masks, hashes and stand-ins are those of the value anywhere else. Where
// it could not stand in a string of JSON without escapes it stays as it was written, to come back as it was.
std::string speltValue(std::string_view written)
{
    const auto view = behindEscapes(written);
    const bool needsEscapes = view
        && std::ranges::any_of(view->text, [](char c) { return std::uint8_t(c) < ' ' || c == '"' || c == '\\'; });
    return view && !needsEscapes ? view->text : std::string();
}

}

std::vector<Judged> joinedFindings(
    std::string_view text, const JsonView& view, std::vector<Judged> asItStands, std::vector<Judged> behind)
{
    std::vector<ReadFinding> all;
    all.reserve(asItStands.size() + behind.size());
    for (Judged& each : asItStands) {
        leaveCutEscapes(view, each.finding);
        all.push_back({std::move(each), false});
    }
    for (Judged& each : behind) {
        std::tie(each.finding.start, each.finding.end) = view.originalRange(each.finding.start, each.finding.end);
        all.push_back({std::move(each), true});
    }
    std::ranges::stable_sort(all, {}, [](const ReadFinding& each) { return each.judged.finding.start; });
    std::vector<Judged> joined;
    for (std::size_t i = 0; i < all.size();) {
        ReadFinding best = all[i];
        const std::size_t start = best.judged.finding.start;
        std::size_t end = best.judged.finding.end;
        bool spelt = best.behind;
        for (++i; i < all.size() && all[i].judged.finding.start < end; ++i) {
            end = std::max(end, all[i].judged.finding.end);
            spelt = spelt || all[i].behind;
            if (outranks(all[i], best))
                best = all[i];
        }
        best.judged.finding.start = start;
        best.judged.finding.end = end;
        if (spelt)
            best.judged.spelt = speltValue(text.substr(start, end - start));
        joined.push_back(std::move(best.judged));
    }
    return joined;
}

}
