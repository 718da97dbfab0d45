#include "core/trust/cedar/flip_search.h"

#include "core/trust/cedar/change_finder.h"

#include <algorithm>
#include <queue>
#include <set>

namespace ephor::cedar {

namespace {

// Weights only order what is tried: one change more outweighs all preferences among kinds.
constexpr unsigned weightOfAChange = 100;
constexpr unsigned weightOfAnotherRequest = 200;

unsigned preferenceOf(const Change& change)
{
    switch (change.kind) {
    case ProposedChange::Kind::Set:
        return change.place.root == ValuePlace::Root::Context ? 0 : 4;
    case ProposedChange::Kind::Remove:
        return change.place.root == ValuePlace::Root::Context ? 1 : 5;
    case ProposedChange::Kind::Join:
        return 6;
    case ProposedChange::Kind::Leave:
        return 7;
    case ProposedChange::Kind::Replace:
        return weightOfAnotherRequest;
    }
    return 0;
}

std::string keyOfChange(const Change& change)
{
    const auto uid = [](const EntityUid* entity) { return entity == nullptr ? std::string() : toText(*entity); };
    const bool sets = change.kind == ProposedChange::Kind::Set;
    return std::to_string(int(change.kind)) + "|" + (change.place.path.empty() ? "" : change.place.text()) + "|"
        + (sets ? std::to_string(hashOf(change.value)) : "") + "|" + uid(change.entity) + "|" + uid(change.group) + "|"
        + std::to_string(int(change.part));
}

/// A list of changes to be tried.
struct Trial {
    std::vector<Change> changes;
    unsigned weight = 0;
    unsigned rank = 0; ///< of the goal among the near ones
    std::size_t order = 0;
    const Policy* goal = nullptr; ///< the permit, or forbid, that should hold in the end; null: not chosen yet

    bool operator<(const Trial& other) const
    {
        return weight != other.weight ? weight > other.weight : order > other.order;
    }
};

/// Tries lists of changes, the lightest first, each made longer where it does not do.
class FlipSearch {
public:
    FlipSearch(const FlipQuestion& question, Arena& arena)
        : m_question(question)
        , m_arena(arena)
        , m_entities(std::shared_ptr<const Entities>(), &question.entities)
        , m_most(question.decision == Decision::Allow ? 1 : maximumFlipChanges)
    {
    }

    std::optional<std::vector<Change>> run()
    {
        m_open.push({});
        for (std::size_t left = trials() + 1; left > 0 && !m_open.empty(); --left) {
            const Trial trial = m_open.top();
            m_open.pop();
            const auto changed = applied(trial.changes, m_entities, m_question.request, m_arena);
            if (!changed)
                continue;
            const Verdict verdict = decideWith(
                m_question.policies, *changed->entities, changed->request, m_question.mode, m_question.history);
            if (verdict.decision != m_question.decision)
                return trial.changes;
            extend(trial, verdict, *changed);
        }
        return std::nullopt;
    }

private:
    std::size_t trials() const
    {
        return std::min(maximumFlipTrials, maximumFlipText / std::max<std::size_t>(m_question.textPerTrial, 1));
    }

    void extend(const Trial& trial, const Verdict& verdict, const ChangedCase& changed)
    {
        ChangeFinder finder(*changed.entities, changed.request, m_question.history, m_arena);
        if (m_question.decision == Decision::Allow) {
            for (const Policy* permit : verdict.reasons)
                push(trial, finder.against(*permit), nullptr, 0);
        } else if (!verdict.reasons.empty()) {
            push(trial, finder.against(*verdict.reasons.front()), trial.goal, 0);
            return;
        }
        for (std::size_t rank = 0; rank < m_question.near.size(); ++rank) {
            const Policy* const goal = m_question.near[rank];
            if (trial.goal == nullptr || trial.goal == goal)
                push(trial, finder.toward(*goal), goal, trial.goal == nullptr ? unsigned(rank) : 0);
        }
    }

    void push(const Trial& trial, std::vector<Change> guesses, const Policy* goal, unsigned rank)
    {
        for (Change& guess : guesses) {
            if (needsEntities(guess) && m_question.entities.size() > maximumFlipEntities)
                continue;
            Trial longer = trial;
            longer.goal = goal;
            std::erase_if(longer.changes, [&](const Change& known) { return known.concernsTheSame(guess); });
            longer.changes.push_back(std::move(guess));
            if (longer.changes.size() > m_most || !isNew(longer))
                continue;
            longer.rank += rank;
            longer.weight = weightOf(longer);
            longer.order = ++m_count;
            m_open.push(std::move(longer));
        }
    }

    static bool needsEntities(const Change& change)
    {
        using Kind = ProposedChange::Kind;
        return change.kind == Kind::Join || change.kind == Kind::Leave
            || (change.kind != Kind::Replace && change.place.root != ValuePlace::Root::Context);
    }

    static unsigned weightOf(const Trial& trial)
    {
        unsigned weight = trial.rank;
        for (const Change& change : trial.changes)
            weight += weightOfAChange + preferenceOf(change);
        return weight;
    }

    bool isNew(const Trial& trial)
    {
        std::set<std::string> keys;
        for (const Change& change : trial.changes)
            keys.insert(keyOfChange(change));
        std::string all;
        for (const std::string& key : keys)
            all += key + "\n";
        return m_met.insert(std::move(all)).second;
    }

    const FlipQuestion& m_question;
    Arena& m_arena;
    std::shared_ptr<const Entities> m_entities;
    std::size_t m_most;
    std::priority_queue<Trial> m_open;
    std::set<std::string> m_met;
    std::size_t m_count = 0;
};

}

std::optional<std::vector<Change>> findFlip(const FlipQuestion& question, Arena& arena)
{
    return FlipSearch(question, arena).run();
}

}
