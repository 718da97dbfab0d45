#pragma once

#include "core/proof/merkle.h"

namespace ephor::proof {

/// C2SP tlog-tiles: the tree as files of up to 256 hashes, the entries in bundles of up to 256.

inline constexpr unsigned tileHeight = 8;
inline constexpr unsigned tileWidth = 1u << tileHeight;
/// A bundle prefixes each entry with its length in 16 bits.
inline constexpr std::size_t maxBundledEntryBytes = 65'535;
/// 256 entries of the greatest length, each with its prefix.
inline constexpr std::size_t maxBundleBytes = tileWidth * (maxBundledEntryBytes + 2);

/// One tile: hashes index·256 … of level `level`, where a hash of level L covers 256^L leaves. `width` is 1 to 256.
struct TileRef {
    unsigned level = 0;
    std::uint64_t index = 0;
    unsigned width = tileWidth;
    bool operator==(const TileRef&) const = default;
};
/// One bundle: the entries under the tile of level 0 with the same index and width.
struct BundleRef {
    std::uint64_t index = 0;
    unsigned width = tileWidth;
    bool operator==(const BundleRef&) const = default;
};

/// "tile/0/x001/x234/067", with ".p/112" for a partial tile.
std::string tilePath(const TileRef& tile);
/// "tile/entries/x001/x234/067", likewise.
std::string bundlePath(const BundleRef& bundle);
/// The exact inverses; nothing else is a tile's path. Code: proof.tile.path.
Result<TileRef> parseTilePath(std::string_view path);
Result<BundleRef> parseBundlePath(std::string_view path);

/// How many tiles a level has at a tree size: `full` of 256 hashes, then one of `partial` unless that is 0.
struct TileRow {
    unsigned level = 0;
    std::uint64_t full = 0;
    unsigned partial = 0;
    bool operator==(const TileRow&) const = default;
};
std::vector<TileRow> tileRows(std::uint64_t size);
/// Every tile of a tree, level by level: one for each 256 hashes, so for trees that fit memory. See tileRows for
/// others.
std::vector<TileRef> tilesFor(std::uint64_t size);
/// The tiles of the newer tree that the older one does not have.
std::vector<TileRef> tilesBetween(std::uint64_t older, std::uint64_t newer);
std::vector<BundleRef> bundlesFor(std::uint64_t size);
std::vector<BundleRef> bundlesBetween(std::uint64_t older, std::uint64_t newer);

Bytes encodeTile(std::span<const Digest> hashes);
/// Code: proof.tile.width when the bytes are not exactly `width` hashes.
Result<std::vector<Digest>> parseTile(BytesView bytes, unsigned width);
/// The hash of the complete subtree over 1, 2, 4 … 256 hashes; of 256, the hash that stands in the level above.
Digest subtreeHash(std::span<const Digest> hashes);

/// Code: proof.bundle.entry-too-large; bodies that long belong into blobs (leaf.h).
Result<Bytes> encodeEntryBundle(std::span<const std::string> bodies);
/// The bodies, as views into `bytes`. Codes: proof.bundle.short, proof.bundle.long.
Result<std::vector<BytesView>> parseEntryBundle(BytesView bytes, unsigned width);

/// Serves proofs over a tree of `size` leaves from its tiles. `load` is asked for a tile at most once in a row.
using TileLoader = std::function<Result<std::vector<Digest>>(const TileRef&)>;
HashSource tileSource(std::uint64_t size, TileLoader load);

}
