#include "core/trust/detect/detector_set.h"

#include "core/base/text.h"
#include "core/trust/detect/candidate/byte_class.h"
#include "core/trust/detect/candidate/word_boundary.h"
#include "core/trust/detect/context_tokens.h"
#include "core/trust/detect/context_words.h"
#include "core/trust/detect/matchers.h"
#include "core/trust/detect/overlap.h"
#include "core/trust/sanitize/matching_form.h"

#include <algorithm>

namespace ephor::detect {

namespace {

// A text is looked through in parts, so that what is found and dropped again never takes more memory than a part's
// worth.
constexpr std::size_t partSize = std::size_t(1) << 20;

// Asked for by name, or all there is of a text: then a check digit that holds is enough to be told, though not to win
// over what is likelier.
constexpr float askedForScore = 0.36F;

std::string formOf(std::string_view word)
{
    auto form = sanitize::matchingForm(word);
    return form ? std::move(form->text) : std::string(word);
}

/// The text without blanks and quotes around it.
std::pair<std::size_t, std::size_t> insideOf(std::string_view text)
{
    constexpr std::string_view around = " \t\r\n\"'.,;";
    const std::size_t first = text.find_first_not_of(around);
    if (first == std::string_view::npos)
        return {0, 0};
    return {first, text.find_last_not_of(around) + 1};
}

}

struct DetectorSet::Parts {
    Profile profile = Profile::Ephor;
    Matchers matchers;
    std::vector<std::size_t> offsets; ///< of each matcher's entities in `entities`
    std::vector<Entity> entities;
    std::vector<bool> byDefault;
    std::vector<bool> wholeWords;
    ContextWords words; ///< labelled with places in `entities`
    std::size_t longest = 0;

    Result<std::vector<Finding>> scan(std::string_view text, const std::vector<bool>& wanted, bool named) const;
    Result<std::vector<Candidate>> scanForm(std::string_view text, const std::vector<bool>& wanted, bool named) const;
    bool isAnyWanted(std::size_t matcher, const std::vector<bool>& wanted) const;
};

/// Makes findings of candidates: what is wanted, and likely enough with the words around it.
class DetectorSet::Weighing final : public CandidateSink {
public:
    struct Range {
        std::size_t start = 0;
        std::size_t end = 0;
    };

    Weighing(const Parts& parts, std::string_view text, const std::vector<bool>& wanted, bool named)
        : CandidateSink(parts.profile == Profile::Ephor ? ephorThreshold : 0)
        , m_text(text)
        , m_parts(parts)
        , m_wanted(wanted)
        , m_ephor(parts.profile == Profile::Ephor)
        , m_named(named)
        , m_inside(insideOf(text))
        , m_context(parts.words, text, ContextMap::Window())
        , m_tokens(parts.words, text)
    {
    }

    /// From now on candidates come from a matcher whose first entity is the set's `offset`-th. Their places count from
    /// `base`, and only those that begin in `own` are kept.
    void begin(std::size_t offset, std::size_t entities, std::size_t base, Range own)
    {
        m_offset = offset;
        m_base = base;
        m_own = own;
        EntitySet wanted;
        for (std::size_t i = 0; i < std::min(entities, wanted.size()); ++i)
            wanted[i] = m_wanted[offset + i];
        setWanted(wanted);
    }

    void take(const Candidate& candidate) override
    {
        const auto entity = std::uint32_t(m_offset + candidate.entity);
        const std::size_t start = m_base + candidate.start;
        const std::size_t end = m_base + candidate.end;
        if (!m_wanted[entity] || start < m_own.start || start >= m_own.end)
            return;
        if (m_parts.wholeWords[entity] && isWithinWord(start, end))
            return;
        float score = candidate.score;
        if (score < 1 && isSpokenFor(start, end, entity))
            score = std::min(1.0F, std::max(score + contextGain, contextFloor));
        else if (m_ephor && candidate.validated && (m_named || isAllThereIs(start, end)))
            score = std::max(score, askedForScore);
        if (score >= enough())
            m_findings.push_back({entity, std::uint32_t(start), std::uint32_t(end), score, candidate.validated});
    }

    EntitySet weakIn(std::size_t start, std::size_t end) override
    {
        if (!m_ephor || m_named || isAllThereIs(m_base + start, m_base + end))
            return wanted();
        return (m_context.labelsNear(m_base + start, m_base + end) >> m_offset) & wanted();
    }

    bool mayCountWeak(std::uint32_t entity, std::size_t start, std::size_t end) override
    {
        if (!m_ephor || m_named || isAllThereIs(m_base + start, m_base + end))
            return wanted()[entity];
        return m_context.mayBeNear(m_base + start, m_base + end, std::uint32_t(m_offset + entity)) && wanted()[entity];
    }

    std::size_t count() const { return m_findings.size(); }
    void expect(std::size_t count) { m_findings.reserve(count); }
    /// Of the whole text, with places in the set's entities.
    std::vector<Candidate> findings() { return std::move(m_findings); }

private:
    bool isWithinWord(std::size_t start, std::size_t end) const
    {
        return (isWordBefore(m_text, start) && isWordAt(m_text, start))
            || (isWordBefore(m_text, end) && isWordAt(m_text, end));
    }

    bool isSpokenFor(std::size_t start, std::size_t end, std::uint32_t entity)
    {
        if (m_ephor)
            return m_context.isNear(start, end, entity);
        return entity < mostAskedEntities && m_tokens.labelsBefore(start)[entity];
    }

    bool isAllThereIs(std::size_t start, std::size_t end) const
    {
        return start <= m_inside.first && end >= m_inside.second;
    }

    std::string_view m_text;
    const Parts& m_parts;
    const std::vector<bool>& m_wanted;
    bool m_ephor;
    bool m_named;
    std::pair<std::size_t, std::size_t> m_inside;
    ContextMap m_context;
    ContextTokens m_tokens;
    std::size_t m_offset = 0;
    std::size_t m_base = 0;
    Range m_own;
    std::vector<Candidate> m_findings;
};

DetectorSet::DetectorSet(std::unique_ptr<const Parts> parts)
    : m_parts(std::move(parts))
{
}

DetectorSet::~DetectorSet() = default;

Result<std::shared_ptr<const DetectorSet>> DetectorSet::compile(Profile profile, std::span<const CustomDetector> custom)
{
    auto parts = std::make_unique<Parts>();
    parts->profile = profile;
    EPHOR_TRY(parts->matchers, matchersOf(profile, custom));
    for (const auto& matcher : parts->matchers) {
        parts->offsets.push_back(parts->entities.size());
        parts->longest = std::max(parts->longest, matcher->longest());
        for (const EntityRow& row : matcher->entities()) {
            const auto label = std::uint32_t(parts->entities.size());
            for (const std::string& word : row.contextWords) {
                if (profile == Profile::Ephor || ContextTokens::mayBeInToken(word))
                    parts->words.add(formOf(word), label);
            }
            parts->entities.push_back(row.entity);
            parts->byDefault.push_back(row.byDefault);
            parts->wholeWords.push_back(row.wholeWords);
        }
    }
    parts->words.compile();
    return std::shared_ptr<const DetectorSet>(new DetectorSet(std::move(parts)));
}

std::span<const Entity> DetectorSet::entities() const
{
    return m_parts->entities;
}

std::size_t DetectorSet::longestFinding() const
{
    return m_parts->longest;
}

Result<std::vector<Finding>> DetectorSet::scan(std::string_view text) const
{
    EPHOR_TRY_VOID(checkText(text));
    return m_parts->scan(text, m_parts->byDefault, false);
}

Result<std::vector<Finding>> DetectorSet::scanFor(std::string_view text, std::span<const std::string> names) const
{
    std::vector<bool> wanted(m_parts->entities.size());
    for (const std::string& name : names) {
        const auto found
            = std::ranges::find_if(m_parts->entities, [&](const Entity& entity) { return entity.name == name; });
        if (found == m_parts->entities.end())
            return fail(Error(ErrorKind::Invalid, "detect.unknown-entity",
                "No detector looks for an entity of this name.", "Name one of those that the set lists.")
                    .with("entity", name));
        wanted[std::size_t(found - m_parts->entities.begin())] = true;
    }
    EPHOR_TRY_VOID(checkText(text));
    return m_parts->scan(text, wanted, true);
}

Result<void> DetectorSet::checkText(std::string_view text)
{
    if (text.size() > largestScannedText)
        return fail(Error(ErrorKind::TooLarge, "detect.too-large",
            "The text has more than " + std::to_string(largestScannedText >> 20) + " MiB.", "Scan it in parts.")
                .with("limit", std::to_string(largestScannedText)));
    if (!isUtf8(text))
        return fail(
            ErrorKind::Invalid, "detect.utf8", "The text is not valid UTF-8.", "Repair it before it is scanned.");
    return {};
}

Result<std::vector<Finding>> DetectorSet::Parts::scan(
    std::string_view text, const std::vector<bool>& wanted, bool named) const
{
    const auto form = sanitize::matchingForm(text);
    EPHOR_TRY(const std::vector<Candidate> found, scanForm(form ? std::string_view(form->text) : text, wanted, named));
    std::vector<Finding> findings;
    findings.reserve(found.size());
    for (const Candidate& each : found) {
        const auto [start, end] = form ? form->originalRange(each.start, each.end)
                                       : std::pair<std::size_t, std::size_t>(each.start, each.end);
        findings.push_back({&entities[each.entity], start, end, each.score, each.validated});
    }
    return findings;
}

bool DetectorSet::Parts::isAnyWanted(std::size_t matcher, const std::vector<bool>& wanted) const
{
    const auto first = wanted.begin() + std::ptrdiff_t(offsets[matcher]);
    const auto count = std::ptrdiff_t(matchers[matcher]->entities().size());
    return std::find(first, first + count, true) != first + count;
}

Result<std::vector<Candidate>> DetectorSet::Parts::scanForm(
    std::string_view text, const std::vector<bool>& wanted, bool named) const
{
    Weighing weighing(*this, text, wanted, named);
    for (std::size_t from = 0; from < text.size(); from += partSize) {
        // A part is matched with as much before and after it as a finding may be long; what begins in it is its own.
        const auto atCharacter = [&](std::size_t at) {
            while (at < text.size() && isContinuation(text[at]))
                ++at;
            return std::min(at, text.size());
        };
        const std::size_t first = atCharacter(from > longest ? from - longest : 0);
        const std::size_t last = atCharacter(from + partSize + longest);
        for (std::size_t i = 0; i < matchers.size(); ++i) {
            if (!isAnyWanted(i, wanted))
                continue;
            weighing.begin(offsets[i], matchers[i]->entities().size(), first, {from, from + partSize});
            matchers[i]->match(text.substr(first, last - first), weighing);
        }
        // What the first part has tells of the others; growing step by step would touch as much memory again.
        if (from == 0)
            weighing.expect(std::min(weighing.count() * (text.size() / partSize + 1), mostFindings));
        if (weighing.count() > mostFindings)
            return fail(Error(ErrorKind::TooLarge, "detect.too-many-findings",
                "The text has more than " + std::to_string(mostFindings) + " findings.", "Scan it in parts.")
                    .with("limit", std::to_string(mostFindings)));
    }
    std::vector<Candidate> findings = weighing.findings();
    return profile == Profile::Ephor ? withoutOverlaps(std::move(findings), entities)
                                     : withoutContained(std::move(findings));
}

}
