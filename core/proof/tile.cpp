#include "core/proof/tile.h"

#include "core/proof/decimal.h"

#include <algorithm>
#include <memory>
#include <optional>

namespace ephor::proof {

namespace {

/// Level 7 already covers 2^64 leaves, but the format allows numbers up to 63.
constexpr unsigned maxPathLevel = 63;

std::string groupedIndex(std::uint64_t index)
{
    std::string digits = std::to_string(index);
    digits.insert(0, (3 - digits.size() % 3) % 3, '0');
    std::string path;
    for (std::size_t i = 0; i < digits.size(); i += 3)
        path += (i + 3 < digits.size() ? "x" : "") + digits.substr(i, 3) + (i + 3 < digits.size() ? "/" : "");
    return path;
}

std::string pathWithWidth(std::string path, unsigned width)
{
    return width == tileWidth ? path : path + ".p/" + std::to_string(width);
}

std::unexpected<Error> pathFailure(std::string_view path)
{
    return fail(Error(ErrorKind::Invalid, "proof.tile.path", "This is not the path of a tile.")
            .with("path", std::string(path)));
}

/// Reads "<N>[.p/<W>]". Comparing with what the writer makes refuses every second spelling at once.
std::optional<BundleRef> parseIndexAndWidth(std::string_view text)
{
    BundleRef parsed;
    std::string_view indexText = text;
    if (const std::size_t mark = text.find(".p/"); mark != std::string_view::npos) {
        const auto width = parseDecimal(text.substr(mark + 3));
        if (!width || *width == 0 || *width >= tileWidth)
            return std::nullopt;
        parsed.width = static_cast<unsigned>(*width);
        indexText = text.substr(0, mark);
    }
    for (const char c : indexText) {
        if (c == 'x' || c == '/')
            continue;
        if (c < '0' || c > '9' || parsed.index > maxTreeSize / 10 - 1)
            return std::nullopt;
        parsed.index = parsed.index * 10 + static_cast<std::uint64_t>(c - '0');
    }
    if (pathWithWidth(groupedIndex(parsed.index), parsed.width) != text)
        return std::nullopt;
    return parsed;
}

void addRow(std::vector<TileRef>& tiles, const TileRow& row, std::uint64_t from)
{
    for (std::uint64_t index = from; index < row.full; ++index)
        tiles.push_back({row.level, index, tileWidth});
    if (row.partial != 0)
        tiles.push_back({row.level, row.full, row.partial});
}

std::vector<BundleRef> bundlesOf(const std::vector<TileRef>& tiles)
{
    std::vector<BundleRef> bundles;
    for (const TileRef& tile : tiles) {
        if (tile.level == 0)
            bundles.push_back({tile.index, tile.width});
    }
    return bundles;
}

}

std::string tilePath(const TileRef& tile)
{
    return pathWithWidth("tile/" + std::to_string(tile.level) + "/" + groupedIndex(tile.index), tile.width);
}

std::string bundlePath(const BundleRef& bundle)
{
    return pathWithWidth("tile/entries/" + groupedIndex(bundle.index), bundle.width);
}

Result<TileRef> parseTilePath(std::string_view path)
{
    constexpr std::string_view prefix = "tile/";
    if (!path.starts_with(prefix))
        return pathFailure(path);
    const std::string_view rest = path.substr(prefix.size());
    const std::size_t slash = rest.find('/');
    const auto level = parseDecimal(rest.substr(0, slash));
    if (slash == std::string_view::npos || !level || *level > maxPathLevel)
        return pathFailure(path);
    const auto place = parseIndexAndWidth(rest.substr(slash + 1));
    if (!place)
        return pathFailure(path);
    return TileRef{static_cast<unsigned>(*level), place->index, place->width};
}

Result<BundleRef> parseBundlePath(std::string_view path)
{
    constexpr std::string_view prefix = "tile/entries/";
    const auto place = path.starts_with(prefix) ? parseIndexAndWidth(path.substr(prefix.size())) : std::nullopt;
    if (!place)
        return pathFailure(path);
    return *place;
}

std::vector<TileRow> tileRows(std::uint64_t size)
{
    std::vector<TileRow> rows;
    unsigned level = 0;
    for (std::uint64_t hashes = size; hashes != 0; hashes >>= tileHeight)
        rows.push_back({level++, hashes >> tileHeight, static_cast<unsigned>(hashes % tileWidth)});
    return rows;
}

std::vector<TileRef> tilesFor(std::uint64_t size)
{
    return tilesBetween(0, size);
}

std::vector<TileRef> tilesBetween(std::uint64_t older, std::uint64_t newer)
{
    std::vector<TileRef> tiles;
    for (const TileRow& row : tileRows(newer)) {
        const std::uint64_t olderHashes = older >> (tileHeight * row.level);
        const bool unchanged = olderHashes == newer >> (tileHeight * row.level);
        if (!unchanged)
            addRow(tiles, row, olderHashes >> tileHeight);
    }
    return tiles;
}

std::vector<BundleRef> bundlesFor(std::uint64_t size)
{
    return bundlesBetween(0, size);
}

std::vector<BundleRef> bundlesBetween(std::uint64_t older, std::uint64_t newer)
{
    return bundlesOf(tilesBetween(older, newer));
}

Bytes encodeTile(std::span<const Digest> hashes)
{
    Bytes bytes;
    bytes.reserve(hashes.size() * 32);
    for (const Digest& hash : hashes)
        bytes.insert(bytes.end(), hash.begin(), hash.end());
    return bytes;
}

Result<std::vector<Digest>> parseTile(BytesView bytes, unsigned width)
{
    if (width == 0 || width > tileWidth || bytes.size() != width * std::size_t{32})
        return fail(
            Error(ErrorKind::CheckFailed, "proof.tile.width", "A tile does not hold as many hashes as its name says.")
                .with("width", std::to_string(width))
                .with("bytes", std::to_string(bytes.size())));
    std::vector<Digest> hashes(width);
    for (unsigned i = 0; i < width; ++i)
        std::ranges::copy(bytes.subspan(i * std::size_t{32}, 32), hashes[i].begin());
    return hashes;
}

Digest subtreeHash(std::span<const Digest> hashes)
{
    std::vector<Digest> level(hashes.begin(), hashes.end());
    while (level.size() > 1) {
        for (std::size_t i = 0; i < level.size() / 2; ++i)
            level[i] = nodeHash(level[2 * i], level[2 * i + 1]);
        level.resize(level.size() / 2);
    }
    return level.front();
}

Result<Bytes> encodeEntryBundle(std::span<const std::string> bodies)
{
    Bytes bytes;
    for (const std::string& body : bodies) {
        if (body.size() > maxBundledEntryBytes)
            return fail(Error(ErrorKind::TooLarge, "proof.bundle.entry-too-large", "An entry does not fit a bundle.",
                "Store its body as a blob and let the leaf hold the digest.")
                    .with("bytes", std::to_string(body.size())));
        bytes.push_back(static_cast<std::uint8_t>(body.size() >> 8));
        bytes.push_back(static_cast<std::uint8_t>(body.size()));
        bytes.insert(bytes.end(), body.begin(), body.end());
    }
    return bytes;
}

Result<std::vector<BytesView>> parseEntryBundle(BytesView bytes, unsigned width)
{
    std::vector<BytesView> bodies;
    bodies.reserve(std::min(width, tileWidth));
    while (bodies.size() < width) {
        const std::size_t length = bytes.size() < 2 ? 0 : std::size_t{bytes[0]} << 8 | bytes[1];
        if (bytes.size() < 2 + length)
            return fail(
                Error(ErrorKind::CheckFailed, "proof.bundle.short", "An entry bundle ends before its last entry.")
                    .with("width", std::to_string(width))
                    .with("whole-entries", std::to_string(bodies.size())));
        bodies.push_back(bytes.subspan(2, length));
        bytes = bytes.subspan(2 + length);
    }
    if (!bytes.empty())
        return fail(Error(ErrorKind::CheckFailed, "proof.bundle.long", "An entry bundle goes on after its last entry.")
                .with("width", std::to_string(width))
                .with("bytes-left", std::to_string(bytes.size())));
    return bodies;
}

HashSource tileSource(std::uint64_t size, TileLoader load)
{
    struct Last {
        TileRef tile;
        std::vector<Digest> hashes;
    };
    auto last = std::make_shared<Last>();
    return [size, load = std::move(load), last](unsigned level, std::uint64_t index) -> Result<Digest> {
        const unsigned tileLevel = level / tileHeight;
        const unsigned height = level % tileHeight;
        const std::uint64_t first = index << height;
        const std::uint64_t hashes = size >> (tileLevel * tileHeight);
        if (level >= 63 || index >= size >> level)
            return fail(ErrorKind::Internal, "proof.tile.outside", "A subtree outside the tree was asked for.");
        const TileRef tile{tileLevel, first / tileWidth,
            static_cast<unsigned>(std::min<std::uint64_t>(tileWidth, hashes - first / tileWidth * tileWidth))};
        if (last->hashes.empty() || last->tile != tile) {
            EPHOR_TRY(last->hashes, load(tile));
            last->tile = tile;
        }
        if (last->hashes.size() != tile.width)
            return fail(
                ErrorKind::CheckFailed, "proof.tile.width", "A tile does not hold as many hashes as its name says.");
        return subtreeHash(std::span(last->hashes).subspan(first % tileWidth, std::size_t{1} << height));
    };
}

}
