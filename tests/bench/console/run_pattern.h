#pragma once

#include "core/base/json.h"
#include "tests/bench/console/leaf_writer.h"
#include "tests/bench/console/open_text.h"

#include <optional>
#include <string>
#include <vector>

namespace ephor::bench {

/// A run as the table of runs holds it.
struct RunRow {
    std::vector<std::string> texts; ///< agent, environment, release, person, conversation, reference, requester
    std::vector<std::int64_t> numbers; ///< variant, state, denied
    std::string body;
};

/// The places of a copied run's texts: its own id and when it began, then what each entry says for itself, then the
/// calls in their order.
enum Place : std::size_t { placeRun, placeBegan, placeFirst, placeLast, placeIndex, placeId, placeAt, placeCalls };

/// A finished run of the demo, to be written again as other runs: its entries and its row, without what was sealed
/// (whoever copies a run has not its keys).
class RunPattern {
public:
    struct Entry {
        OpenText body;
        std::array<std::optional<OpenText>, computedPaths.size()> columns;
    };

    /// `entries` in order, as envelopes.
    RunPattern(const std::vector<Json>& entries, const RunRow& row);

    const std::vector<Entry>& entries() const { return m_entries; }
    const RunRow& row() const { return m_row; }
    const OpenText& rowBody() const { return m_rowBody; }
    std::size_t calls() const { return m_calls; }

private:
    std::vector<Entry> m_entries;
    RunRow m_row;
    OpenText m_rowBody;
    std::size_t m_calls = 0;
};

/// The values that columns are computed from.
ComputedValues computedValuesOf(const Json& envelope);

}
