#pragma once

#include "core/base/bytes.h"

#include <functional>
#include <span>

namespace ephor::proof {

/// The Merkle tree of RFC 6962 §2.1 (the same tree as RFC 9162 §2.1), over SHA-256.

/// No tree is larger: 2^63 − 1 keeps every sum of indices inside 64 bits, and a cosignature's limits are the same.
inline constexpr std::uint64_t maxTreeSize = (std::uint64_t{1} << 63) - 1;
/// A path from a leaf to the root of the largest tree.
inline constexpr std::size_t maxProofHashes = 63;

/// SHA-256(0x00 ‖ body).
Digest leafHash(BytesView body);
/// SHA-256(0x01 ‖ left ‖ right).
Digest nodeHash(const Digest& left, const Digest& right);
/// The root of the tree without leaves: SHA-256 of nothing.
Digest emptyRoot();

/// Gives the hash of the complete subtree over leaves [index·2^level, (index+1)·2^level).
/// It is asked only for subtrees that lie wholly inside the tree in question.
using HashSource = std::function<Result<Digest>(unsigned level, std::uint64_t index)>;

/// The root of the first `size` leaves.
Result<Digest> treeRoot(std::uint64_t size, const HashSource& source);

/// The audit path of leaf `index` in the tree of `size` leaves, sibling first (RFC 9162 §2.1.3.1).
/// Code: proof.inclusion.index.
Result<std::vector<Digest>> inclusionProof(std::uint64_t index, std::uint64_t size, const HashSource& source);

/// The proof that the tree of `newer` leaves begins with the tree of `older` leaves (RFC 9162 §2.1.4.1);
/// empty when the sizes are equal or the older tree is empty. Code: proof.consistency.sizes.
Result<std::vector<Digest>> consistencyProof(std::uint64_t older, std::uint64_t newer, const HashSource& source);

/// RFC 9162 §2.1.3.2. Codes: proof.inclusion.index, proof.inclusion.length, proof.inclusion.root.
Result<void> verifyInclusion(
    const Digest& leaf, std::uint64_t index, std::uint64_t size, std::span<const Digest> proof, const Digest& root);

/// A tree's size and root, as a checkpoint states them.
struct TreeHead {
    std::uint64_t size = 0;
    Digest root{};
    bool operator==(const TreeHead&) const = default;
};

/// RFC 9162 §2.1.4.2. The empty tree is consistent with every tree, with an empty proof, provided its root is
/// emptyRoot(). Codes: proof.consistency.sizes, proof.consistency.length, proof.consistency.old-root,
/// proof.consistency.new-root, and proof.consistency.fork for two roots of one size.
Result<void> verifyConsistency(const TreeHead& older, const TreeHead& newer, std::span<const Digest> proof);

}
