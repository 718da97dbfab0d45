#pragma once

#include "core/proof/files.h"
#include "core/proof/report.h"

namespace ephor::proof {

/// Verifies a whole export (docs/formats/export.md): the signed checkpoint, every entry and every tile, from the bytes
/// alone. `earlierCheckpoint` is a signed checkpoint of the same log the reader kept: the export must continue it.
///
/// Checks, in the report's order: checkpoint, signature, origin, witnesses, entries, tiles, root, blobs, bodies, order,
/// clock, earlier. Codes: those of checkHead, and
///   entries: export.bundle.missing, proof.bundle.short, proof.bundle.long, export.entry.changed, export.entry.moved,
///            export.entry.duplicated
///   tiles:   export.tile.missing, proof.tile.width, export.tile.hash
///   root:    export.root
///   blobs:   export.blob.missing, export.blob.digest
///   bodies:  export.body.json, .canonical, .object, .id, .time
///   order:   export.order.index, export.order.duplicate-id
///   clock:   export.clock.ahead-of-witness; as warnings export.clock.simulated, .stepped-back, .behind-witness
///   earlier: those of openCheckpoint, export.earlier.other-log, .rolled-back, .fork, .rewritten
/// Fails as a Result only when `files` does.
Result<Report> checkExport(
    const Files& files, const Trust& trust, const std::optional<std::string>& earlierCheckpoint = std::nullopt);

}
