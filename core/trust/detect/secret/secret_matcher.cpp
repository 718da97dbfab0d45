#include "core/trust/detect/secret/secret_matcher.h"

#include "core/trust/detect/secret/secret_encoding.h"
#include "core/trust/detect/secret/secret_scan.h"

#include <algorithm>
#include <tuple>

namespace ephor::detect {

namespace {

class SecretMatcher final : public CandidateMatcher {
public:
    SecretMatcher()
    {
        for (Entity& entity : secretEntities())
            m_entities.push_back({std::move(entity), {}, true});
    }

    const std::vector<EntityRow>& entities() const override { return m_entities; }

    void match(std::string_view text, CandidateSink& found) const override
    {
        std::vector<Candidate> candidates;
        const auto report = [&](SecretEntity entity, Span span, double score, bool validated) {
            candidates.push_back(
                {std::uint32_t(entity), std::uint32_t(span.start), std::uint32_t(span.end), float(score), validated});
        };
        m_scan.find(text, report);
        const auto reportEncoded = [&](Span outer, std::string_view inner, const auto& outerOf) {
            m_scan.find(inner, [&](SecretEntity entity, Span span, double score, bool validated) {
                const Span mapped = outerOf(span);
                report(entity, {outer.start + mapped.start, outer.start + mapped.end}, score, validated);
            });
        };
        eachBase64Text(text, reportEncoded);
        eachPercentText(text, reportEncoded);
        keepOnce(candidates);
        for (const Candidate& candidate : candidates)
            found.take(candidate);
    }

    std::size_t longest() const override { return longestKeyBlock; }

private:
    // Several keywords may lead to one value; the likeliest of the same entity stays.
    static void keepOnce(std::vector<Candidate>& candidates)
    {
        std::ranges::sort(candidates, [](const Candidate& left, const Candidate& right) {
            return std::tie(left.start, left.end, left.entity, right.score)
                < std::tie(right.start, right.end, right.entity, left.score);
        });
        const auto again = std::ranges::unique(candidates, [](const Candidate& left, const Candidate& right) {
            return left.start == right.start && left.end == right.end && left.entity == right.entity;
        });
        candidates.erase(again.begin(), again.end());
    }

    SecretScan m_scan;
    std::vector<EntityRow> m_entities;
};

}

std::unique_ptr<const CandidateMatcher> makeSecretMatcher()
{
    return std::make_unique<SecretMatcher>();
}

}
