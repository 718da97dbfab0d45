#pragma once

#include "core/proof/merkle.h"

#include <functional>

namespace ephor::proof {

/// What an export is made of. `signedCheckpoint` says how many entries there are.
struct ExportSource {
    std::string signedCheckpoint;
    /// The canonical JSON of entry `index`, whatever its length; asked for in order, once each.
    std::function<Result<std::string>(std::uint64_t index)> entry;
    /// Verifier keys, for the reader's convenience.
    std::vector<std::string> verifierKeys;
};

/// Receives the files, each once; a file named "checkpoint" comes last, so that an interrupted export is seen as none.
using FileSink = std::function<Result<void>(std::string_view path, BytesView content)>;

/// Writes the whole export (docs/formats/export.md), holding one bundle and one hash for each 256 entries in memory.
/// Recomputes the tree on the way and refuses a checkpoint that does not match it. It does not verify the signature.
/// Codes: those of parseNote, parseCheckpoint, the source and the sink, and export.root.
Result<void> writeExport(const ExportSource& source, const FileSink& sink);

}
