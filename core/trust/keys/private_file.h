#pragma once

#include "core/base/bytes.h"

#include <string>

namespace ephor::keys {

/// Files that only their owner may read: mode 0600 (or stricter), owned by the user this process runs as.

/// Reads one of at most `limit` bytes. Codes: keys.missing (NotFound), keys.permissions (Forbidden), keys.too-large,
/// keys.io.
Result<Bytes> readPrivateFile(const std::string& path, std::size_t limit);

enum class Replace { Allow, Refuse };
/// Writes a new file beside it, syncs, and renames: the old or the new content survives a crash, never half of one.
/// Missing folders are made with mode 0700. Codes: keys.exists (Conflict), keys.io.
Result<void> writePrivateFile(const std::string& path, BytesView content, Replace replace);

}
