#pragma once

#include "core/base/json.h"
#include "core/proof/report.h"

namespace ephor::proof {

/// What an export's reader knows about time from outside the log.
struct TimeBounds {
    std::optional<std::uint64_t> witnessedAt; ///< all entries existed at this Unix second
    std::uint64_t earlierSize = 0; ///< entries from this index on came after …
    std::optional<std::uint64_t> earlierWitnessedAt; ///< … about this Unix second
};

/// A clock may be off by zones and slow signing, not by more than a day.
inline constexpr std::uint64_t clockToleranceSeconds = 24 * 60 * 60;

/// Reads entries in order and judges what they say: canonical JSON, one id each, their place, their times.
/// Memory: 24 bytes an entry. Not thread-safe.
class BodyCheck {
public:
    explicit BodyCheck(TimeBounds bounds)
        : m_bounds(bounds)
    {
    }
    void add(std::uint64_t index, std::string_view entry);
    /// Whether every entry of the log was given to add.
    enum class Coverage { AllEntries, SomeEntries };
    /// Adds the checks bodies, order and clock.
    void report(Report& report, Coverage coverage);

private:
    struct Identity {
        std::array<std::uint8_t, 16> hash; ///< the id's SHA-256, cut: a collision by chance does not happen
        std::uint64_t index;
    };
    void addIdentity(std::uint64_t index, const Json& envelope);
    void addTime(std::uint64_t index, const Json& envelope);
    void judgeTime(std::uint64_t index, std::int64_t seconds);
    std::optional<Error> findDuplicate();

    TimeBounds m_bounds;
    std::vector<Identity> m_identities;
    std::optional<std::int64_t> m_previousMicroseconds;
    std::optional<Error> m_badBody;
    std::optional<Error> m_badPlace;
    std::optional<Error> m_badTime;
    std::optional<Error> m_oddTime;
    bool m_simulated = false;
};

}
