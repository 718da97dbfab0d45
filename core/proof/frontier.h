#pragma once

#include "core/proof/merkle.h"

namespace ephor::proof {

/// Told of every subtree that an appended leaf completes, the leaf itself (level 0) first.
using SubtreeVisitor = std::function<void(unsigned level, std::uint64_t index, const Digest& hash)>;

/// The right edge of a growing tree: what a writer must remember to append and to know the root, one hash a level.
/// A value; not thread-safe.
class Frontier {
public:
    void append(const Digest& leaf);
    void append(const Digest& leaf, const SubtreeVisitor& visit);

    std::uint64_t size() const { return m_size; }
    Digest root() const;
    TreeHead head() const { return {m_size, root()}; }

    /// The size as 8 bytes, big-endian, then the hashes of the complete subtrees, largest first.
    Bytes serialise() const;
    /// Code: proof.frontier.format.
    static Result<Frontier> parse(BytesView bytes);
    /// The frontier of an existing tree of `size` leaves.
    static Result<Frontier> load(std::uint64_t size, const HashSource& source);

    bool operator==(const Frontier&) const = default;

private:
    std::uint64_t m_size = 0;
    std::vector<Digest> m_subtrees;
};

}
