#pragma once

#include "core/trust/detect/candidate/candidate_sink.h"
#include "core/trust/detect/candidate/finding.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ephor::detect {

/// An entity as the matcher that looks for it describes it.
struct EntityRow {
    Entity entity;
    /// Words that make a finding likelier where one stands near it, compared without case, as whole words or phrases:
    /// the set looks for them and adds contextGain. A matcher with hotword rules of its own leaves this empty.
    std::vector<std::string> contextWords;
    /// Looked for where nobody names the entities that are wanted. Presidio leaves most countries' numbers out.
    bool byDefault = true;
    /// No finding has a letter, a digit or "_" right beside it, in any script: a matcher tells them all the same.
    bool wholeWords = false;
};

/// Context words raise a score by this much, and to no less than contextFloor.
inline constexpr float contextGain = 0.35F;
inline constexpr float contextFloor = 0.4F;

/// What Ephor's own profile reports scores at least this. Below it lie shapes that ordinary numbers have as well (nine
/// digits, a letter and seven digits): reported everywhere, they would bury what matters, so they count only
/// where a word such as "passport" stands near. A weak one whose check digit holds also counts where somebody asks for
/// its entity by name, or where it is all there is of the text. Presidio reports all and leaves the threshold to its
/// caller.
inline constexpr float ephorThreshold = 0.35F;

/// One family of detectors. Immutable once made and used by many threads at once.
class CandidateMatcher {
public:
    CandidateMatcher() = default;
    CandidateMatcher(const CandidateMatcher&) = delete;
    CandidateMatcher& operator=(const CandidateMatcher&) = delete;
    virtual ~CandidateMatcher() = default;

    /// Constant; names are unique in a set.
    virtual const std::vector<EntityRow>& entities() const = 0;

    /// Tells what is found, in any order; candidates may overlap, the set chooses among them. `text` is valid UTF-8,
    /// has less than 4 GiB and is in the matching form (core/trust/sanitize/matching_form.h): no invisible characters,
    /// ASCII digits. Letters keep their case. Takes time linear in the text, whatever stands there.
    virtual void match(std::string_view text, CandidateSink& found) const = 0;

    /// No candidate has more bytes.
    virtual std::size_t longest() const = 0;
};

}
