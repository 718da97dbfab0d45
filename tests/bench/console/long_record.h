#pragma once

#include <cstdint>
#include <string>

namespace ephor::bench {

/// A workspace made for measuring: the demo's ninety days, with copies of the demo's own runs between its entries until
/// the record is as long as wanted. Bodies are canonical, hashes, tree and signed heads are those the ledger would have
/// written, so that the whole verifies. The copied runs have their entries and their row; journal, spans, rollups and
/// sealed values are those of the demo's own runs alone.
struct LongRecord {
    std::string folder; ///< holds the workspace and the keys, and nothing else of the user's
    std::uint64_t entries = 0;

    std::string workspace() const { return folder + "/workspace"; }
    /// Lets this process, and those it starts, find the keys in the folder instead of in the user's configuration.
    void useItsKeys() const;
    /// Whether it was made before, with as many entries and by this version of the builder.
    bool isThere() const;
    /// Bytes on the disk that making it takes.
    std::uint64_t bytesNeeded() const;
    /// Makes it; some minutes. Throws std::runtime_error.
    void make() const;
    /// Takes the proofs of `count` entries all over the record, each verified against the signed head. Throws where one
    /// does not hold.
    void proveSome(std::uint64_t count) const;
};

}
