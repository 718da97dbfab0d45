#include "core/proof/export_write.h"

#include "core/proof/checkpoint.h"
#include "core/proof/frontier.h"
#include "core/proof/leaf.h"
#include "core/proof/tile.h"

#include <algorithm>

namespace ephor::proof {

namespace {

class ExportWriter {
public:
    ExportWriter(const ExportSource& source, const FileSink& sink)
        : m_source(source)
        , m_sink(sink)
    {
    }

    Result<void> writeBundle(const BundleRef& bundle)
    {
        std::vector<std::string> bodies;
        std::vector<Digest> hashes;
        for (unsigned i = 0; i < bundle.width; ++i) {
            EPHOR_TRY(const std::string entry, m_source.entry(bundle.index * tileWidth + i));
            Leaf leaf = leafFor(entry);
            if (leaf.blob) {
                EPHOR_TRY_VOID(m_sink(blobPath(leaf.blob->digest), bytesOf(entry)));
            }
            hashes.push_back(leafHash(bytesOf(leaf.body)));
            m_frontier.append(
                hashes.back(), [this](unsigned level, std::uint64_t, const Digest& hash) { keepUpper(level, hash); });
            bodies.push_back(std::move(leaf.body));
        }
        EPHOR_TRY(const Bytes bytes, encodeEntryBundle(bodies));
        EPHOR_TRY_VOID(m_sink(bundlePath(bundle), bytes));
        return m_sink(tilePath({0, bundle.index, bundle.width}), encodeTile(hashes));
    }

    Result<void> writeUpperTiles()
    {
        for (const TileRef& tile : tilesFor(m_frontier.size())) {
            if (tile.level == 0)
                continue;
            const std::span<const Digest> row(m_upper[tile.level - 1]);
            EPHOR_TRY_VOID(m_sink(tilePath(tile), encodeTile(row.subspan(tile.index * tileWidth, tile.width))));
        }
        return {};
    }

    TreeHead head() const { return m_frontier.head(); }

private:
    void keepUpper(unsigned level, const Digest& hash)
    {
        if (level == 0 || level % tileHeight != 0)
            return;
        m_upper.resize(std::max<std::size_t>(m_upper.size(), level / tileHeight));
        m_upper[level / tileHeight - 1].push_back(hash);
    }

    const ExportSource& m_source;
    const FileSink& m_sink;
    Frontier m_frontier;
    std::vector<std::vector<Digest>> m_upper; ///< the hashes of tile level 1 and above
};

}

Result<void> writeExport(const ExportSource& source, const FileSink& sink)
{
    EPHOR_TRY(const Note note, parseNote(source.signedCheckpoint));
    EPHOR_TRY(const Checkpoint checkpoint, parseCheckpoint(note.text));
    ExportWriter writer(source, sink);
    for (const TileRow& row : tileRows(checkpoint.size)) {
        if (row.level != 0)
            break;
        for (std::uint64_t index = 0; index < row.full; ++index) {
            EPHOR_TRY_VOID(writer.writeBundle({index, tileWidth}));
        }
        if (row.partial != 0) {
            EPHOR_TRY_VOID(writer.writeBundle({row.full, row.partial}));
        }
    }
    if (writer.head() != checkpoint.head())
        return fail(Error(ErrorKind::CheckFailed, "export.root",
            "The entries do not make the tree the checkpoint was signed for.",
            "Verify the ledger: an entry was changed after signing.")
                .with("size", std::to_string(checkpoint.size)));
    EPHOR_TRY_VOID(writer.writeUpperTiles());
    std::string keys;
    for (const std::string& key : source.verifierKeys)
        keys += key + "\n";
    EPHOR_TRY_VOID(sink("keys", bytesOf(keys)));
    return sink("checkpoint", bytesOf(source.signedCheckpoint));
}

}
