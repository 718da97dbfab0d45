#include "core/trust/detect/own/custom_matcher.h"

#include "core/base/text.h"
#include "core/trust/detect/own/custom_pattern.h"
#include "core/trust/detect/own/word_search.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace ephor::detect {

namespace {

Error customError(
    const CustomDetector& detector, ErrorKind kind, const char* code, std::string message, std::string hint)
{
    return Error(kind, code, std::move(message), std::move(hint)).with("entity", detector.entity);
}

bool isCustomName(std::string_view name)
{
    constexpr std::size_t longestName = 64;
    const auto isPart = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; };
    return name.size() >= 2 && name.size() <= longestName && name.front() >= 'A' && name.front() <= 'Z'
        && std::ranges::all_of(name, isPart);
}

Result<void> checkHotwords(const CustomDetector& detector)
{
    for (const HotwordRule& rule : detector.hotwords) {
        const bool words = !rule.words.empty() && std::ranges::all_of(rule.words, [](const std::string& word) {
            return !trim(word).empty() && word.size() <= longestCustomWord && isUtf8(word);
        });
        if (!words || rule.within < 1 || rule.within > furthestHotword || !std::isfinite(rule.change)
            || std::abs(rule.change) > 1)
            return fail(customError(detector, ErrorKind::Invalid, "detector.hotwords",
                "Words nearby need a word, 1 to 500 characters, and a change between -1 and 1.",
                "Mend or remove them."));
    }
    return {};
}

Result<void> checkWords(const CustomDetector& detector)
{
    for (const std::string& word : detector.words) {
        if (trim(word).empty() || word.size() > longestCustomWord || !isUtf8(word))
            return fail(customError(detector, ErrorKind::Invalid, "detector.word",
                "A word is empty, has more than 256 bytes, or is not UTF-8.", "Remove it or shorten it."));
    }
    return {};
}

struct Hotword {
    WordSearch words;
    std::size_t within = 0;
    float change = 0;
};

class CustomMatcher final : public CandidateMatcher {
public:
    Result<void> add(const CustomDetector& detector)
    {
        const auto place = std::uint32_t(m_entities.size());
        m_entities.push_back({{detector.entity, detector.title, detector.entityClass}, {}, true});
        m_scores.push_back(float(detector.score));
        std::vector<Hotword>& hotwords = m_hotwords.emplace_back();
        for (const HotwordRule& rule : detector.hotwords)
            hotwords.push_back({WordSearch(rule.words), rule.within, float(rule.change)});
        if (!detector.pattern.empty()) {
            if (auto added = m_patterns.add(detector.pattern); !added)
                return fail(std::move(added.error()).with("entity", detector.entity));
            m_entityOfPattern.push_back(place);
        }
        for (const std::string& word : detector.words) {
            m_words.push_back(word);
            m_entityOfWord.push_back(place);
        }
        return {};
    }

    void finish()
    {
        m_patterns.finish();
        m_search = WordSearch(m_words);
        m_words.clear();
    }

    const std::vector<EntityRow>& entities() const override { return m_entities; }

    void match(std::string_view text, CandidateSink& found) const override
    {
        const auto report = [&](std::uint32_t entity, std::size_t start, std::size_t end) {
            const float score = scoreAt(entity, text, start);
            if (score > 0)
                found.take({entity, std::uint32_t(start), std::uint32_t(end), score, false});
        };
        m_patterns.each(text, [&](std::size_t pattern, std::size_t start, std::size_t end) {
            report(m_entityOfPattern[pattern], start, end);
        });
        m_search.each(text, 0, text.size(),
            [&](std::size_t word, std::size_t start, std::size_t end) { report(m_entityOfWord[word], start, end); });
    }

    // White space between the words of a phrase counts once, however much of it there is.
    std::size_t longest() const override { return std::max(longestPatternMatch, 2 * longestCustomWord); }

private:
    float scoreAt(std::uint32_t entity, std::string_view text, std::size_t start) const
    {
        float score = m_scores[entity];
        for (const Hotword& hotword : m_hotwords[entity]) {
            std::size_t from = start;
            for (std::size_t left = hotword.within; left > 0 && from > 0; --left) {
                --from;
                while (from > 0 && (std::uint8_t(text[from]) & 0xC0) == 0x80)
                    --from;
            }
            if (hotword.words.anyIn(text, from, start))
                score += hotword.change;
        }
        return std::clamp(score, 0.0F, 1.0F);
    }

    std::vector<EntityRow> m_entities;
    std::vector<float> m_scores;
    std::vector<std::vector<Hotword>> m_hotwords; ///< by entity
    CustomPatterns m_patterns;
    std::vector<std::uint32_t> m_entityOfPattern;
    std::vector<std::string> m_words;
    std::vector<std::uint32_t> m_entityOfWord;
    WordSearch m_search;
};

}

Result<void> checkCustomDetector(const CustomDetector& detector)
{
    if (!isCustomName(detector.entity))
        return fail(customError(detector, ErrorKind::Invalid, "detector.entity",
            "A detector needs a name of 2 to 64 capitals, digits and underscores.", "Write it like PROJECT_CODE."));
    if (detector.pattern.empty() == detector.words.empty())
        return fail(customError(detector, ErrorKind::Invalid, "detector.nothing",
            "A detector looks for a pattern or for words, one of the two.", "Give one and leave the other empty."));
    if (!(detector.score >= 0 && detector.score <= 1))
        return fail(customError(
            detector, ErrorKind::Invalid, "detector.score", "A score lies between 0 and 1.", "Choose one of them."));
    EPHOR_TRY_VOID(checkHotwords(detector));
    EPHOR_TRY_VOID(checkWords(detector));
    if (!detector.pattern.empty()) {
        if (auto compiled = CustomPatterns().add(detector.pattern); !compiled)
            return fail(std::move(compiled.error()).with("entity", detector.entity));
    }
    return {};
}

Result<std::unique_ptr<const CandidateMatcher>> makeCustomMatcher(
    std::span<const CustomDetector> custom, std::span<const std::string> taken)
{
    if (custom.size() > mostCustomDetectors)
        return fail(ErrorKind::TooLarge, "detector.too-many",
            "There are more than " + std::to_string(mostCustomDetectors) + " detectors.", "Join some of them.");
    auto matcher = std::make_unique<CustomMatcher>();
    std::set<std::string_view> names(taken.begin(), taken.end());
    std::size_t letters = 0;
    for (const CustomDetector& detector : custom) {
        EPHOR_TRY_VOID(checkCustomDetector(detector));
        if (!names.insert(detector.entity).second)
            return fail(customError(detector, ErrorKind::Conflict, "detector.entity-taken",
                "There is an entity " + detector.entity + " already.", "Choose another name."));
        for (const std::string& word : detector.words)
            letters += word.size();
        if (letters > mostCustomLetters)
            return fail(customError(detector, ErrorKind::TooLarge, "detector.words-too-large",
                "The lists of words have more than " + std::to_string(mostCustomLetters) + " bytes together.",
                "Shorten them."));
        EPHOR_TRY_VOID(matcher->add(detector));
    }
    matcher->finish();
    return std::unique_ptr<const CandidateMatcher>(std::move(matcher));
}

}
