#pragma once

#include "core/api/operation.h"

#include <chrono>
#include <optional>

namespace ephor {

/// What is known of a person whom callers named, by the name as it was given or by the hash that the record has of it.
struct ErasureReach {
    std::uint64_t runs = 0;
    std::uint64_t underWay = 0; ///< of them; nothing is erased before they have ended
    std::uint64_t namedOpenly = 0; ///< of them, whose conversation or reference holds the name: see people.erase
    bool sealed = false; ///< there are values that erasing takes
    Instant first; ///< of the runs
    Instant last;
    bool operator==(const ErasureReach&) const = default;
};
BOOST_DESCRIBE_STRUCT(ErasureReach, (), (runs, underWay, namedOpenly, sealed, first, last))

/// How long a second person has for it: after that what was asked is asked anew.
inline constexpr std::chrono::days erasureWishHolds(14);

/// Who has asked for it.
struct ErasureWish {
    std::string by; ///< principal id
    std::string byName;
    Instant at;
    std::string reason;
    bool operator==(const ErasureWish&) const = default;
};
BOOST_DESCRIBE_STRUCT(ErasureWish, (), (by, byName, at, reason))

struct PreviewErasure {
    static constexpr Operation operation{
        "people.erase-preview", Permission::ReadRecord, Effect::Read, "Say what erasing a person would take"};
    struct Request {
        SecretText<256, 1> person; ///< the name as callers give it, or its hash
    };
    struct Response {
        ErasureReach reach;
        std::optional<ErasureWish> wish; ///< that waits for a second person
        std::string sentence;
    };
};
BOOST_DESCRIBE_STRUCT(PreviewErasure::Request, (), (person))
BOOST_DESCRIBE_STRUCT(PreviewErasure::Response, (), (reach, wish, sentence))

/// The first of two people asks; nothing is erased yet. The name is kept nowhere, and must not stand in the reason.
/// Codes: erasure.nobody, erasure.asked, erasure.reason-names.
struct AskErasure {
    static constexpr Operation operation{"people.erase", Permission::ManagePeople, Effect::Write,
        "Ask for everything of a person to be erased for good"};
    struct Request {
        SecretText<256, 1> person;
        Reason reason;
    };
    struct Response {
        ErasureReach reach;
        std::string sentence;
    };
};
BOOST_DESCRIBE_STRUCT(AskErasure::Request, (), (person, reason))
BOOST_DESCRIBE_STRUCT(AskErasure::Response, (), (reach, sentence))

/// The second carries it out, by naming the same person: the keys are destroyed under which the person's values are
/// sealed, and the name is taken out of the list of runs. It cannot be undone. The record keeps its entries and its
/// proofs. Codes: erasure.nobody, erasure.not-asked, erasure.own-proposal, erasure.runs-under-way,
/// erasure.reason-names.
struct ConfirmErasure {
    static constexpr Operation operation{"people.erase-confirm", Permission::ApproveChanges, Effect::Write,
        "Erase everything of a person for good, as somebody else asked"};
    struct Request {
        SecretText<256, 1> person;
        Reason reason;
    };
    struct Response {
        ErasureReach erased; ///< as it was before
        std::string sentence;
    };
};
BOOST_DESCRIBE_STRUCT(ConfirmErasure::Request, (), (person, reason))
BOOST_DESCRIBE_STRUCT(ConfirmErasure::Response, (), (erased, sentence))

}
