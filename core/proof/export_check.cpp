#include "core/proof/export_check.h"

#include "core/base/hash.h"
#include "core/proof/body_check.h"
#include "core/proof/frontier.h"
#include "core/proof/leaf.h"
#include "core/proof/tile.h"

#include <algorithm>

namespace ephor::proof {

namespace {

Error exportFailure(const char* code, std::string message, std::string path)
{
    return Error(ErrorKind::CheckFailed, code, std::move(message)).with("file", std::move(path));
}

void keepEarliest(std::optional<Error>& slot, Error error)
{
    if (!slot)
        slot = std::move(error);
}

/// What is known of the earlier checkpoint, read before the entries are.
struct EarlierHead {
    std::optional<Checkpoint> checkpoint;
    std::optional<Error> error;
    std::optional<std::uint64_t> witnessedAt;
};

EarlierHead readEarlier(const std::string& note, const Trust& trust)
{
    EarlierHead earlier;
    Result<OpenedCheckpoint> opened = openCheckpoint(note, trust.logKeys);
    if (!opened) {
        earlier.error = std::move(opened).error();
        return earlier;
    }
    earlier.checkpoint = std::move(opened->checkpoint);
    if (!trust.witnessPolicy)
        return earlier;
    const auto cosigned = verifyNote(opened->note, trust.witnessPolicy->witnessKeys());
    for (const VerifiedSignature& signature : cosigned.value_or(std::vector<VerifiedSignature>{}))
        earlier.witnessedAt = std::min(earlier.witnessedAt.value_or(signature.time), signature.time);
    return earlier;
}

/// One pass over the entries. A finding about an entry waits until the root is known, since only the root tells
/// whether the entry or the tile beside it was changed.
class ExportRun {
public:
    ExportRun(const Files& files, const CheckedHead& head, std::optional<EarlierHead> earlier, Report& report)
        : m_files(files)
        , m_checkpoint(head.checkpoint)
        , m_earlier(std::move(earlier))
        , m_report(report)
        , m_bodies(TimeBounds{head.witnessedAt, m_earlier && m_earlier->checkpoint ? m_earlier->checkpoint->size : 0,
              m_earlier ? m_earlier->witnessedAt : std::nullopt})
    {
    }

    Result<void> run()
    {
        rememberEarlierRoot();
        for (const TileRow& row : tileRows(m_checkpoint.size)) {
            if (row.level == 0) {
                EPHOR_TRY_VOID(readEntries(row));
            } else if (!m_stopped) {
                EPHOR_TRY_VOID(readUpperTiles(row));
            }
        }
        reportTree();
        reportBlobs();
        m_bodies.report(m_report, m_stopped ? BodyCheck::Coverage::SomeEntries : BodyCheck::Coverage::AllEntries);
        reportEarlier();
        return {};
    }

private:
    Result<void> readEntries(const TileRow& row)
    {
        for (std::uint64_t index = 0; index < row.full && !m_stopped; ++index) {
            EPHOR_TRY_VOID(readBundle({index, tileWidth}));
        }
        if (row.partial != 0 && !m_stopped) {
            EPHOR_TRY_VOID(readBundle({row.full, row.partial}));
        }
        return {};
    }

    Result<void> readBundle(const BundleRef& bundle)
    {
        EPHOR_TRY(const std::optional<Bytes> bytes, m_files.read(bundlePath(bundle), maxBundleBytes));
        const std::uint64_t first = bundle.index * tileWidth;
        if (!bytes) {
            m_stopped = exportFailure("export.bundle.missing", "A file of entries is missing.", bundlePath(bundle))
                            .with("entry", std::to_string(first));
            return {};
        }
        Result<std::vector<BytesView>> bodies = parseEntryBundle(*bytes, bundle.width);
        if (!bodies) {
            m_stopped = brokenBundle(std::move(bodies).error(), bundle, *bytes);
            return {};
        }
        std::vector<Digest> hashes;
        for (const BytesView body : *bodies) {
            hashes.push_back(leafHash(body));
            EPHOR_TRY_VOID(readBody(first + hashes.size() - 1, textOf(body)));
            append(hashes.back());
        }
        return compareTile({0, bundle.index, bundle.width}, hashes);
    }

    /// Names the first entry that is not whole: reads ever fewer entries until they fit.
    static Error brokenBundle(Error error, const BundleRef& bundle, const Bytes& bytes)
    {
        unsigned whole = bundle.width;
        if (error.code == "proof.bundle.short") {
            whole = 0;
            BytesView rest = bytes;
            while (rest.size() >= 2 && rest.size() >= std::size_t{2} + (std::size_t{rest[0]} << 8 | rest[1])) {
                rest = rest.subspan(2 + (std::size_t{rest[0]} << 8 | rest[1]));
                ++whole;
            }
        }
        return std::move(error)
            .with("file", bundlePath(bundle))
            .with("entry", std::to_string(bundle.index * tileWidth + whole));
    }

    Result<void> readBody(std::uint64_t index, std::string_view leafBody)
    {
        const std::optional<BlobReference> reference = parseBlobReference(leafBody);
        if (!reference) {
            m_bodies.add(index, leafBody);
            return {};
        }
        ++m_blobs;
        const std::string path = blobPath(reference->digest);
        EPHOR_TRY(const std::optional<Bytes> blob, m_files.read(path, maxBlobBytes));
        if (!blob)
            keepEarliest(m_badBlob,
                exportFailure("export.blob.missing", "An entry's blob is missing.", path)
                    .with("entry", std::to_string(index)));
        else if (blob->size() != reference->bytes || sha256(*blob) != reference->digest)
            keepEarliest(m_badBlob,
                exportFailure("export.blob.digest", "A blob is not the one its entry names.", path)
                    .with("entry", std::to_string(index)));
        else
            m_bodies.add(index, textOf(*blob));
        return {};
    }

    void append(const Digest& leaf)
    {
        m_frontier.append(leaf, [this](unsigned level, std::uint64_t, const Digest& hash) {
            if (level == 0 || level % tileHeight != 0)
                return;
            m_upper.resize(std::max<std::size_t>(m_upper.size(), level / tileHeight));
            m_upper[level / tileHeight - 1].push_back(hash);
        });
        rememberEarlierRoot();
    }

    void rememberEarlierRoot()
    {
        if (m_earlier && m_earlier->checkpoint && m_earlier->checkpoint->size == m_frontier.size())
            m_rootAtEarlier = m_frontier.root();
    }

    Result<void> readUpperTiles(const TileRow& row)
    {
        const std::span<const Digest> hashes(m_upper[row.level - 1]);
        for (std::uint64_t index = 0; index < row.full; ++index) {
            EPHOR_TRY_VOID(compareTile({row.level, index, tileWidth}, hashes.subspan(index * tileWidth, tileWidth)));
        }
        if (row.partial != 0) {
            EPHOR_TRY_VOID(
                compareTile({row.level, row.full, row.partial}, hashes.subspan(row.full * tileWidth, row.partial)));
        }
        return {};
    }

    /// Compares a tile with the hashes recomputed from the entries.
    Result<void> compareTile(const TileRef& tile, std::span<const Digest> recomputed)
    {
        const std::string path = tilePath(tile);
        EPHOR_TRY(const std::optional<Bytes> bytes, m_files.read(path, tileWidth * std::size_t{32}));
        if (!bytes) {
            keepEarliest(m_badTile, exportFailure("export.tile.missing", "A file of hashes is missing.", path));
            return {};
        }
        Result<std::vector<Digest>> recorded = parseTile(*bytes, tile.width);
        if (!recorded) {
            keepEarliest(m_badTile, std::move(recorded).error().with("file", path));
            return {};
        }
        const auto differing = std::ranges::mismatch(recomputed, *recorded);
        if (differing.in1 == recomputed.end())
            return {};
        const auto position = static_cast<std::size_t>(differing.in1 - recomputed.begin());
        if (tile.level == 0 && !m_badEntry)
            m_badEntry = judgeEntry(tile.index * tileWidth, position, recomputed, *recorded);
        const std::uint64_t first = (tile.index * tileWidth + position) << (tileHeight * tile.level);
        keepEarliest(m_badTile,
            exportFailure("export.tile.hash", "A recorded hash is not that of the entries under it.", path)
                .with("first-entry", std::to_string(first))
                .with("last-entry", std::to_string(first + (std::uint64_t{1} << (tileHeight * tile.level)) - 1)));
        return {};
    }

    /// `position` is the first entry of the tile whose hash is not the recorded one.
    static Error judgeEntry(std::uint64_t first, std::size_t position, std::span<const Digest> recomputed,
        const std::vector<Digest>& recorded)
    {
        const std::string entry = std::to_string(first + position);
        const Digest& found = recomputed[position];
        const auto home = std::ranges::find(recorded, found);
        if (home == recorded.end())
            return Error(ErrorKind::CheckFailed, "export.entry.changed",
                "An entry is not the one that was recorded at its place.")
                .with("entry", entry);
        const auto homeAt = static_cast<std::size_t>(home - recorded.begin());
        const bool stillAtHome = recomputed[homeAt] == found;
        return Error(ErrorKind::CheckFailed, stillAtHome ? "export.entry.duplicated" : "export.entry.moved",
            stillAtHome ? "An entry stands a second time where another was recorded."
                        : "An entry stands where another was recorded: entries were reordered, or one was removed.")
            .with("entry", entry)
            .with("recorded-at", std::to_string(first + homeAt));
    }

    void reportTree()
    {
        m_report.entries = m_frontier.size();
        const bool rootHolds = !m_stopped && m_frontier.root() == m_checkpoint.root;
        if (m_badEntry && !rootHolds)
            m_report.addFailure("entries", *m_badEntry);
        else if (m_stopped)
            m_report.addFailure("entries", *m_stopped);
        else
            m_report.add("entries", CheckState::Held,
                std::to_string(m_frontier.size())
                    + (m_frontier.size() == 1 ? " entry hashed again" : " entries hashed again"));
        if (m_badTile && (rootHolds || !m_badEntry))
            m_report.addFailure("tiles", *m_badTile);
        else if (m_badTile || m_stopped)
            m_report.add("tiles", CheckState::NotReached, "the entries do not hold");
        else
            m_report.add("tiles", CheckState::Held, "every recorded hash is that of its entries");
        if (m_stopped)
            m_report.add("root", CheckState::NotReached, "not every entry could be read");
        else if (!rootHolds)
            m_report.addFailure("root",
                Error(
                    ErrorKind::CheckFailed, "export.root", "The entries do not lead to the root the checkpoint states.")
                    .with("stated", toBase64(m_checkpoint.root))
                    .with("recomputed", toBase64(m_frontier.root())));
        else
            m_report.add("root", CheckState::Held, "the entries lead to the checkpoint's root");
    }

    void reportBlobs()
    {
        if (m_badBlob)
            m_report.addFailure("blobs", *m_badBlob);
        else
            m_report.add("blobs", m_stopped ? CheckState::NotReached : CheckState::Held,
                std::to_string(m_blobs) + " large entries");
    }

    void reportEarlier()
    {
        if (!m_earlier) {
            m_report.add("earlier", CheckState::NotAsked, "no earlier checkpoint given: a log written anew would pass");
            return;
        }
        if (m_earlier->error) {
            m_report.addFailure("earlier", *m_earlier->error);
            return;
        }
        const Checkpoint& earlier = *m_earlier->checkpoint;
        const auto refuse = [&](const char* code, const char* message, const char* hint) {
            m_report.addFailure("earlier",
                Error(ErrorKind::CheckFailed, code, message, hint)
                    .with("earlier-size", std::to_string(earlier.size))
                    .with("size", std::to_string(m_checkpoint.size)));
        };
        if (earlier.origin != m_checkpoint.origin)
            refuse("export.earlier.other-log", "The earlier checkpoint is of another log.",
                "Pass one with the same first line.");
        else if (earlier.size > m_checkpoint.size)
            refuse("export.earlier.rolled-back",
                "The log is shorter than it was: its tail was cut, or an old copy was restored.",
                "Ask for the entries between the two sizes.");
        else if (earlier.size == m_checkpoint.size && earlier.root != m_checkpoint.root)
            refuse("export.earlier.fork", "Two checkpoints of one size have different roots: there are two histories.",
                "Keep both files: together they prove it.");
        else if (!m_rootAtEarlier)
            m_report.add(
                "earlier", CheckState::NotReached, "the entries up to the earlier checkpoint could not be read");
        else if (*m_rootAtEarlier != earlier.root)
            refuse("export.earlier.rewritten",
                "The log's beginning is not the one that was signed earlier: history was rewritten.",
                "Keep both files: together they prove it.");
        else
            m_report.add("earlier", CheckState::Held,
                "continues the checkpoint of " + std::to_string(earlier.size)
                    + (earlier.size == 1 ? " entry" : " entries"));
    }

    const Files& m_files;
    const Checkpoint m_checkpoint;
    const std::optional<EarlierHead> m_earlier;
    Report& m_report;
    BodyCheck m_bodies;
    Frontier m_frontier;
    std::vector<std::vector<Digest>> m_upper; ///< recomputed hashes of tile level 1 and above
    std::optional<Digest> m_rootAtEarlier;
    std::optional<Error> m_stopped; ///< why no further entry could be read
    std::optional<Error> m_badEntry;
    std::optional<Error> m_badTile;
    std::optional<Error> m_badBlob;
    std::uint64_t m_blobs = 0;
};

}

Result<Report> checkExport(const Files& files, const Trust& trust, const std::optional<std::string>& earlierCheckpoint)
{
    Report report;
    EPHOR_TRY(const std::optional<Bytes> note, files.read("checkpoint", maxNoteBytes));
    if (!note) {
        report.addFailure("checkpoint",
            exportFailure("export.checkpoint.missing", "There is no signed checkpoint: this is no complete export.",
                "checkpoint"));
        return report;
    }
    const std::optional<CheckedHead> head = checkHead(textOf(*note), trust, report);
    if (!head)
        return report;
    std::optional<EarlierHead> earlier;
    if (earlierCheckpoint)
        earlier = readEarlier(*earlierCheckpoint, trust);
    ExportRun run(files, *head, std::move(earlier), report);
    EPHOR_TRY_VOID(run.run());
    return report;
}

}
