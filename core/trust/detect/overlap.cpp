#include "core/trust/detect/overlap.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace ephor::detect {

namespace {

bool isBetter(const Finding& left, const Finding& right)
{
    const std::size_t leftLength = left.end - left.start;
    const std::size_t rightLength = right.end - right.start;
    // What a link holds says more than that there is a link.
    const bool leftSays = left.entity->entityClass != EntityClass::Technical;
    const bool rightSays = right.entity->entityClass != EntityClass::Technical;
    return std::tie(left.score, left.validated, leftSays, leftLength, right.start)
        > std::tie(right.score, right.validated, rightSays, rightLength, left.start);
}

bool startsBefore(const Finding& left, const Finding& right)
{
    return std::tie(left.start, left.end) < std::tie(right.start, right.end);
}

// Findings come nearly in order, so that each mostly stays where it is; where they do not, the general sort takes over.
template <class Less>
void sortNearlySorted(std::vector<Finding>::iterator begin, std::vector<Finding>::iterator end, Less less)
{
    constexpr std::ptrdiff_t movesEach = 8;
    std::ptrdiff_t moves = movesEach * (end - begin);
    for (auto next = begin; next != end; ++next) {
        if (next == begin || !less(*next, *std::prev(next)))
            continue;
        const Finding finding = *next;
        auto place = next;
        for (; place != begin && less(finding, *std::prev(place)) && moves > 0; --place, --moves)
            *place = *std::prev(place);
        *place = finding;
        if (moves == 0)
            return std::stable_sort(begin, end, less);
    }
}

// Chooses among findings that hang together by overlaps; a few, or as many as one number has readings.
void chooseBest(std::vector<Finding>::iterator begin, std::vector<Finding>::iterator end, std::vector<Finding>& chosen)
{
    constexpr std::ptrdiff_t few = 32; // so many are compared with each other, more are looked up
    sortNearlySorted(begin, end, isBetter);
    const std::size_t first = chosen.size();
    std::map<std::size_t, std::size_t> taken; // start to end
    for (auto finding = begin; finding != end; ++finding) {
        bool overlaps = false;
        if (end - begin <= few) {
            overlaps = std::any_of(chosen.begin() + std::ptrdiff_t(first), chosen.end(),
                [&](const Finding& better) { return better.start < finding->end && finding->start < better.end; });
        } else {
            const auto after = taken.lower_bound(finding->start);
            overlaps = (after != taken.end() && after->first < finding->end)
                || (after != taken.begin() && std::prev(after)->second > finding->start);
            if (!overlaps)
                taken.emplace(finding->start, finding->end);
        }
        if (!overlaps)
            chosen.push_back(*finding);
    }
}

}

std::vector<Finding> withoutOverlaps(std::vector<Finding> findings)
{
    sortNearlySorted(findings.begin(), findings.end(), startsBefore);
    std::vector<Finding> chosen;
    chosen.reserve(findings.size());
    for (auto begin = findings.begin(); begin != findings.end();) {
        std::size_t reach = begin->end;
        auto end = std::next(begin);
        for (; end != findings.end() && end->start < reach; ++end)
            reach = std::max(reach, end->end);
        if (std::next(begin) == end)
            chosen.push_back(*begin);
        else
            chooseBest(begin, end, chosen);
        begin = end;
    }
    sortNearlySorted(chosen.begin(), chosen.end(), startsBefore);
    return chosen;
}

std::vector<Finding> withoutContained(std::vector<Finding> findings)
{
    std::stable_sort(findings.begin(), findings.end(), [](const Finding& left, const Finding& right) {
        return std::tuple(left.start, right.end, right.score) < std::tuple(right.start, left.end, left.score);
    });
    // In this order only earlier findings can hold a later one; those that end before it are forgotten.
    std::vector<Finding> kept;
    std::vector<std::size_t> open;
    for (const Finding& finding : findings) {
        std::erase_if(open, [&](std::size_t index) { return kept[index].end <= finding.start; });
        const bool contained = std::ranges::any_of(open, [&](std::size_t index) {
            const Finding& outer = kept[index];
            return outer.entity == finding.entity && outer.end >= finding.end && outer.score >= finding.score;
        });
        if (contained)
            continue;
        open.push_back(kept.size());
        kept.push_back(finding);
    }
    return kept;
}

}
