#include "core/proof/merkle.h"

#include "core/base/hash.h"

#include <algorithm>
#include <bit>

namespace ephor::proof {

namespace {

Sha256& treeHasher()
{
    thread_local Sha256 hasher;
    return hasher;
}

/// The largest power of two smaller than `count`, for count > 1.
std::uint64_t splitPoint(std::uint64_t count)
{
    return std::bit_floor(count - 1);
}

/// Only ranges that the recursion of RFC 9162 makes: `begin` is a multiple of the power of two at or above `count`.
Result<Digest> rangeHash(std::uint64_t begin, std::uint64_t count, const HashSource& source)
{
    if (std::has_single_bit(count)) {
        const auto level = static_cast<unsigned>(std::countr_zero(count));
        return source(level, begin >> level);
    }
    const std::uint64_t left = splitPoint(count);
    EPHOR_TRY(const Digest leftHash, rangeHash(begin, left, source));
    EPHOR_TRY(const Digest rightHash, rangeHash(begin + left, count - left, source));
    return nodeHash(leftHash, rightHash);
}

std::unexpected<Error> inclusionFailure(const char* code, std::string message, std::uint64_t index, std::uint64_t size)
{
    return fail(Error(ErrorKind::CheckFailed, code, std::move(message))
            .with("index", std::to_string(index))
            .with("size", std::to_string(size)));
}

std::unexpected<Error> consistencyFailure(
    const char* code, std::string message, std::uint64_t older, std::uint64_t newer)
{
    return fail(Error(ErrorKind::CheckFailed, code, std::move(message))
            .with("earlier", std::to_string(older))
            .with("later", std::to_string(newer)));
}

/// One step up from a node at position `node` of a level whose last position is `last`.
struct ClimbPosition {
    std::uint64_t node;
    std::uint64_t last;

    bool siblingIsLeft() const { return (node & 1) != 0 || node == last; }
    void skipMissingSiblings()
    {
        while (node != 0 && (node & 1) == 0)
            up();
    }
    void up()
    {
        node >>= 1;
        last >>= 1;
    }
};

}

Digest leafHash(BytesView body)
{
    return treeHasher().add(std::uint8_t{0}).add(body).finish();
}

Digest nodeHash(const Digest& left, const Digest& right)
{
    std::array<std::uint8_t, 65> joined;
    joined[0] = 1;
    std::ranges::copy(left, joined.begin() + 1);
    std::ranges::copy(right, joined.begin() + 33);
    return treeHasher().add(BytesView(joined)).finish();
}

Digest emptyRoot()
{
    return treeHasher().finish();
}

Result<Digest> treeRoot(std::uint64_t size, const HashSource& source)
{
    if (size == 0)
        return emptyRoot();
    return rangeHash(0, size, source);
}

Result<std::vector<Digest>> inclusionProof(std::uint64_t index, std::uint64_t size, const HashSource& source)
{
    if (size > maxTreeSize || index >= size)
        return inclusionFailure("proof.inclusion.index", "The index lies outside the tree.", index, size);
    std::vector<Digest> path;
    std::uint64_t begin = 0;
    std::uint64_t count = size;
    while (count > 1) {
        const std::uint64_t left = splitPoint(count);
        if (index - begin < left) {
            EPHOR_TRY(path.emplace_back(), rangeHash(begin + left, count - left, source));
            count = left;
        } else {
            EPHOR_TRY(path.emplace_back(), rangeHash(begin, left, source));
            begin += left;
            count -= left;
        }
    }
    std::ranges::reverse(path);
    return path;
}

Result<std::vector<Digest>> consistencyProof(std::uint64_t older, std::uint64_t newer, const HashSource& source)
{
    if (newer > maxTreeSize || older > newer)
        return consistencyFailure(
            "proof.consistency.sizes", "The earlier tree is larger than the later one.", older, newer);
    std::vector<Digest> path;
    if (older == 0 || older == newer)
        return path;
    std::uint64_t begin = 0;
    std::uint64_t count = newer;
    bool olderIsWholeRange = false;
    while (!olderIsWholeRange) {
        const std::uint64_t left = splitPoint(count);
        if (older - begin <= left) {
            EPHOR_TRY(path.emplace_back(), rangeHash(begin + left, count - left, source));
            count = left;
        } else {
            EPHOR_TRY(path.emplace_back(), rangeHash(begin, left, source));
            begin += left;
            count -= left;
        }
        olderIsWholeRange = older - begin == count;
    }
    // The verifier knows the older root; it needs this last subtree only where that root is not the subtree itself.
    if (begin != 0) {
        EPHOR_TRY(path.emplace_back(), rangeHash(begin, count, source));
    }
    std::ranges::reverse(path);
    return path;
}

Result<void> verifyInclusion(
    const Digest& leaf, std::uint64_t index, std::uint64_t size, std::span<const Digest> proof, const Digest& root)
{
    if (size > maxTreeSize || index >= size)
        return inclusionFailure("proof.inclusion.index", "The index lies outside the tree.", index, size);
    ClimbPosition position{index, size - 1};
    Digest hash = leaf;
    for (const Digest& sibling : proof) {
        if (position.last == 0)
            return inclusionFailure("proof.inclusion.length", "The proof has more hashes than the path.", index, size);
        if (position.siblingIsLeft()) {
            hash = nodeHash(sibling, hash);
            position.skipMissingSiblings();
        } else {
            hash = nodeHash(hash, sibling);
        }
        position.up();
    }
    if (position.last != 0)
        return inclusionFailure("proof.inclusion.length", "The proof has fewer hashes than the path.", index, size);
    if (hash != root)
        return inclusionFailure(
            "proof.inclusion.root", "The entry and the proof do not lead to the root.", index, size);
    return {};
}

namespace {

/// The general case: 0 < older.size < newer.size.
Result<void> climbConsistency(const TreeHead& older, const TreeHead& newer, std::span<const Digest> proof)
{
    ClimbPosition position{older.size - 1, newer.size - 1};
    while ((position.node & 1) != 0)
        position.up();
    const bool startsAtOlderRoot = std::has_single_bit(older.size);
    if (proof.empty())
        return consistencyFailure("proof.consistency.length", "The proof is empty.", older.size, newer.size);
    Digest olderHash = startsAtOlderRoot ? older.root : proof.front();
    Digest newerHash = olderHash;
    for (const Digest& sibling : proof.subspan(startsAtOlderRoot ? 0 : 1)) {
        if (position.last == 0)
            return consistencyFailure(
                "proof.consistency.length", "The proof has too many hashes.", older.size, newer.size);
        if (position.siblingIsLeft()) {
            olderHash = nodeHash(sibling, olderHash);
            newerHash = nodeHash(sibling, newerHash);
            position.skipMissingSiblings();
        } else {
            newerHash = nodeHash(newerHash, sibling);
        }
        position.up();
    }
    if (position.last != 0)
        return consistencyFailure("proof.consistency.length", "The proof has too few hashes.", older.size, newer.size);
    if (olderHash != older.root)
        return consistencyFailure(
            "proof.consistency.old-root", "The proof does not lead to the earlier root.", older.size, newer.size);
    if (newerHash != newer.root)
        return consistencyFailure(
            "proof.consistency.new-root", "The proof does not lead to the later root.", older.size, newer.size);
    return {};
}

}

Result<void> verifyConsistency(const TreeHead& older, const TreeHead& newer, std::span<const Digest> proof)
{
    if (newer.size > maxTreeSize || older.size > newer.size)
        return consistencyFailure(
            "proof.consistency.sizes", "The earlier tree is larger than the later one.", older.size, newer.size);
    if (older.size != newer.size && older.size != 0)
        return climbConsistency(older, newer, proof);
    if (!proof.empty())
        return consistencyFailure(
            "proof.consistency.length", "No proof is needed, but one is given.", older.size, newer.size);
    if (older.size == newer.size && older.root != newer.root)
        return consistencyFailure("proof.consistency.fork",
            "Two trees of one size have different roots: there are two histories.", older.size, newer.size);
    if (older.size == 0 && older.root != emptyRoot())
        return consistencyFailure("proof.consistency.old-root",
            "The empty tree does not have the root of the empty tree.", older.size, newer.size);
    return {};
}

}
