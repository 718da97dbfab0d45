#pragma once

#include "core/trust/cedar/authorizer.h"
#include "core/trust/cedar/deciding_form.h"
#include "core/trust/cedar/evaluator.h"
#include "core/trust/cedar/scope_index.h"

#include <array>
#include <memory_resource>
#include <optional>
#include <vector>

namespace ephor::cedar {

/// A request with what every policy set asks of it, worked out once. Points to both.
struct Asked {
    Asked(const Entities& entities, const Request& request);
    /// The same but for the principal; action, resource and context of `request` must be those of `other`.
    Asked(const Asked& other, const Request& request);

    RequestEntities known() const;
    /// Null when there is no such entity.
    const Entity* find(const EntityUid& uid) const;

    const Entities& entities;
    const Request& request;
    ScopeSide principal;
    ScopeSide action;
    ScopeSide resource;
};

/// The policies that hold for a request, by their places in the set: ascending, each once.
struct Heard {
    explicit Heard(std::pmr::memory_resource& memory)
        : permits(&memory)
        , forbids(&memory)
        , errors(&memory)
    {
    }
    std::pmr::vector<std::uint32_t> permits;
    std::pmr::vector<std::uint32_t> forbids; ///< in mode Ephor the erring ones too
    std::pmr::vector<std::uint32_t> errors; ///< of both effects; errorOf() tells why
};

/// Why a policy of the set errs, by its place: it is read whole, with the words for people.
PolicyError errorOf(const PolicySet& policies, const Asked& asked, const History* history, std::uint32_t place);
/// Of all that erred, in the order of the set.
std::vector<PolicyError> errorsOf(
    const PolicySet& policies, const Asked& asked, const History* history, const Heard& heard);

/// Asks one policy set about requests that differ in their principal alone: what conditions look up, and what several
/// of them say alike, is worked out once. Keeps a few kilobytes in itself; an ordinary hearing asks the heap for
/// nothing. One thread at a time.
class Hearing {
public:
    Hearing(const PolicySet& policies, Mode mode, const History* history);
    Hearing(const Hearing&) = delete;
    Hearing& operator=(const Hearing&) = delete;

    /// Every policy that holds. `asked` must outlive the hearing and differ from what was asked before in its principal
    /// alone.
    void hear(const Asked& asked, Heard& heard);

private:
    /// What is known of a place.
    enum class Sight : std::uint8_t {
        Unknown,
        There,
        Missing, ///< what it would be an attribute of is there
        Fault, ///< not even that, or it has no attributes
    };
    struct Place {
        Value value;
        Sight sight = Sight::Unknown;
    };
    /// An outcome that may be asked for again.
    struct Recalled {
        std::uint32_t number = 0; ///< of the expression, and one; 0: none
        std::uint32_t round = 0; ///< of one that reads the principal, else 0
        Outcome outcome = Outcome::False;
    };

    void gather();
    bool isInScope(const DecidingPolicy& policy) const;
    Outcome outcomeOf(const DecidingPolicy& policy);
    Outcome valueOf(const Step& step);
    Outcome valueAt(const Step& step, const Value& value);
    Outcome ofExpression(std::uint32_t number);
    const Place& look(std::uint32_t number);
    Value rootAt(std::uint32_t number) const;
    Sight attributeAt(const Place& of, const Text& name, Value& value) const;
    void count(const DecidingPolicy& policy, Heard& heard);

    const PolicySet& m_policies;
    const DecidingForm& m_form;
    Mode m_mode;
    const History* m_history;
    const Asked* m_asked = nullptr;
    std::uint32_t m_round = 0; ///< requests heard, this one counted
    std::optional<Evaluator> m_evaluator; ///< of the present request, made when something asks for it
    std::array<Recalled, 64> m_recalled; ///< by their numbers' remainders
    alignas(std::max_align_t) std::array<std::byte, 4096> m_first;
    std::pmr::monotonic_buffer_resource m_memory{m_first.data(), m_first.size()};
    std::pmr::vector<Place> m_places;
    std::pmr::vector<ScopeIndex::Posting> m_gathered; ///< all that action and resource leave
    std::pmr::vector<const DecidingPolicy*> m_candidates;
};

}
