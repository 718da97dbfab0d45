#include "core/trust/detect/overlap.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace ephor::detect {

namespace {

/// Which of two findings that overlap stays.
struct Better {
    std::span<const Entity> entities;

    bool operator()(const Candidate& left, const Candidate& right) const
    {
        const std::uint32_t leftLength = left.end - left.start;
        const std::uint32_t rightLength = right.end - right.start;
        // What a link holds says more than that there is a link.
        const bool leftSays = entities[left.entity].entityClass != EntityClass::Technical;
        const bool rightSays = entities[right.entity].entityClass != EntityClass::Technical;
        return std::tie(left.score, left.validated, leftSays, leftLength, right.start)
            > std::tie(right.score, right.validated, rightSays, rightLength, left.start);
    }
};

bool startsBefore(const Candidate& left, const Candidate& right)
{
    return std::tie(left.start, left.end) < std::tie(right.start, right.end);
}

// Findings come nearly in order, so that each mostly stays where it is; where they do not, the general sort takes over.
template <class Less>
void sortNearlySorted(std::vector<Candidate>::iterator begin, std::vector<Candidate>::iterator end, Less less)
{
    constexpr std::ptrdiff_t movesEach = 8;
    std::ptrdiff_t moves = movesEach * (end - begin);
    for (auto next = begin; next != end; ++next) {
        if (next == begin || !less(*next, *std::prev(next)))
            continue;
        const Candidate finding = *next;
        auto place = next;
        for (; place != begin && less(finding, *std::prev(place)) && moves > 0; --place, --moves)
            *place = *std::prev(place);
        *place = finding;
        if (moves == 0)
            return std::stable_sort(begin, end, less);
    }
}

// Chooses among findings that hang together by overlaps, a few or as many as one number has readings. The chosen ones
// are moved to `chosen`, which is not behind `begin`; returns their end.
std::vector<Candidate>::iterator chooseBest(std::vector<Candidate>::iterator begin,
    std::vector<Candidate>::iterator end, std::vector<Candidate>::iterator chosen, const Better& isBetter)
{
    constexpr std::ptrdiff_t few = 32; // so many are compared with each other, more are looked up
    sortNearlySorted(begin, end, isBetter);
    const bool areFew = end - begin <= few;
    const auto first = chosen;
    std::map<std::uint32_t, std::uint32_t> taken; // start to end
    for (auto finding = begin; finding != end; ++finding) {
        bool overlaps = false;
        if (areFew) {
            overlaps = std::any_of(first, chosen,
                [&](const Candidate& better) { return better.start < finding->end && finding->start < better.end; });
        } else {
            const auto after = taken.lower_bound(finding->start);
            overlaps = (after != taken.end() && after->first < finding->end)
                || (after != taken.begin() && std::prev(after)->second > finding->start);
            if (!overlaps)
                taken.emplace(finding->start, finding->end);
        }
        if (!overlaps)
            *chosen++ = *finding;
    }
    return chosen;
}

}

std::vector<Candidate> withoutOverlaps(std::vector<Candidate> findings, std::span<const Entity> entities)
{
    sortNearlySorted(findings.begin(), findings.end(), startsBefore);
    auto chosen = findings.begin();
    for (auto begin = findings.begin(); begin != findings.end();) {
        std::uint32_t reach = begin->end;
        auto end = std::next(begin);
        for (; end != findings.end() && end->start < reach; ++end)
            reach = std::max(reach, end->end);
        if (std::next(begin) == end)
            *chosen++ = *begin;
        else
            chosen = chooseBest(begin, end, chosen, Better{entities});
        begin = end;
    }
    findings.erase(chosen, findings.end());
    sortNearlySorted(findings.begin(), findings.end(), startsBefore);
    return findings;
}

std::vector<Candidate> withoutContained(std::vector<Candidate> findings)
{
    std::stable_sort(findings.begin(), findings.end(), [](const Candidate& left, const Candidate& right) {
        return std::tuple(left.start, right.end, right.score) < std::tuple(right.start, left.end, left.score);
    });
    // In this order only earlier findings can hold a later one; those that end before it are forgotten.
    std::vector<Candidate> kept;
    std::vector<std::size_t> open;
    for (const Candidate& finding : findings) {
        std::erase_if(open, [&](std::size_t index) { return kept[index].end <= finding.start; });
        const bool contained = std::ranges::any_of(open, [&](std::size_t index) {
            const Candidate& outer = kept[index];
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
