#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace ephor::detect {

/// What a matcher found, before words around it and other findings have their say.
struct Candidate {
    std::uint32_t entity = 0; ///< place in the matcher's own entities()
    std::uint32_t start = 0; ///< bytes of the text given to match()
    std::uint32_t end = 0; ///< greater than start
    float score = 0; ///< 0 to 1
    bool validated = false; ///< a checksum or a registry of prefixes agreed
};

/// Entities of one matcher, by their places; the sets that custom detectors make may have more, and never ask for one.
inline constexpr std::size_t mostAskedEntities = 128;
using EntitySet = std::bitset<mostAskedEntities>;

/// Whoever takes what a matcher finds. It drops what comes to nothing, and says beforehand what that would be, so that
/// nobody computes a check digit for it.
class CandidateSink {
public:
    virtual ~CandidateSink() = default;

    /// In any order, but candidates of the same range are told apart by the order in which they come.
    virtual void take(const Candidate& candidate) = 0;

    /// Candidates of at least this score count by themselves; weaker ones only of the entities that weakIn() names.
    float enough() const { return m_enough; }

    /// Of which entities a weak candidate somewhere in [start, end) may count. Costs a look at the words around.
    virtual EntitySet weakIn(std::size_t start, std::size_t end) = 0;

    /// Whether a weak candidate of this entity somewhere in [start, end) may count: the same, for less.
    virtual bool mayCountWeak(std::uint32_t entity, std::size_t start, std::size_t end) = 0;

    /// Entities that nobody asks for are not among them, however strong the candidate.
    const EntitySet& wanted() const { return m_wanted; }

protected:
    explicit CandidateSink(float enough)
        : m_enough(enough)
        , m_wanted(EntitySet().set())
    {
    }
    CandidateSink(const CandidateSink&) = default;
    CandidateSink& operator=(const CandidateSink&) = default;
    void setWanted(const EntitySet& wanted) { m_wanted = wanted; }

private:
    float m_enough;
    EntitySet m_wanted;
};

/// Keeps all there is.
class CandidateCollection final : public CandidateSink {
public:
    CandidateCollection()
        : CandidateSink(0)
    {
    }
    void take(const Candidate& candidate) override { candidates.push_back(candidate); }
    EntitySet weakIn(std::size_t, std::size_t) override { return EntitySet().set(); }
    bool mayCountWeak(std::uint32_t, std::size_t, std::size_t) override { return true; }

    std::vector<Candidate> candidates;
};

}
