#pragma once

#include "core/base/bytes.h"

#include <optional>

namespace ephor::proof {

/// What stands in the tree for an entry: its canonical JSON, or, where that is longer than a bundle can hold,
/// a reference to it: {"blob":"sha256:<64 hex digits>","bytes":<length>}.

/// A larger entry is no record but a document; the limit bounds what a verifier must hold in memory.
inline constexpr std::size_t maxBlobBytes = 64 * 1024 * 1024;

struct BlobReference {
    Digest digest{};
    std::uint64_t bytes = 0;
    bool operator==(const BlobReference&) const = default;
};

struct Leaf {
    std::string body; ///< what is hashed, and what stands in the bundle
    std::optional<BlobReference> blob; ///< set when the entry itself belongs into blobPath(blob->digest)
};
Leaf leafFor(std::string_view canonicalEntry);

std::string formatBlobReference(const BlobReference& reference);
/// Recognises exactly what leafFor makes; empty for any other body.
std::optional<BlobReference> parseBlobReference(std::string_view leafBody);

/// "blobs/<64 hex digits>" within an export.
std::string blobPath(const Digest& digest);

}
