#pragma once

#include "core/proof/verifier_key.h"

#include <span>

namespace ephor::proof {

/// C2SP tlog-policy: which logs are known, and whose cosignatures make a checkpoint acceptable.
struct WitnessPolicy {
    struct Witness {
        std::string name; ///< as the policy calls it
        VerifierKey key;
    };
    /// Holds when at least `threshold` of its members do; a member is a witness or an earlier group.
    struct Group {
        std::string name;
        std::size_t threshold = 1;
        std::vector<std::string> members;
    };
    std::vector<VerifierKey> logs;
    std::vector<Witness> witnesses;
    std::vector<Group> groups;
    std::string quorum; ///< a witness, a group, or "none"

    bool asksForWitness() const { return quorum != "none"; }
    /// The keys of all witnesses, to verify a note with.
    std::vector<VerifierKey> witnessKeys() const;
    /// True when these keys' cosignatures are enough.
    bool satisfiedBy(std::span<const VerifierKey> cosigners) const;
};

/// The specification asks for at least 32 of each; more than this is no policy a person wrote.
inline constexpr std::size_t maxPolicyDefinitions = 256;

/// Codes: proof.policy.syntax, proof.policy.name (unknown, defined twice, or a member twice), proof.policy.key,
/// proof.policy.threshold, proof.policy.quorum, proof.policy.too-large. Errors carry the line as a field.
Result<WitnessPolicy> parseWitnessPolicy(std::string_view text);

}
