#pragma once

#include "core/workspace/workspace_file.h"

namespace ephor {
class HandlerTable;
}
namespace ephor::ledger {
class Ledger;
}
namespace ephor::store {
class Database;
}

namespace ephor::workspace {

/// Copies the workspace to `folder`, which must not exist or be empty, while it runs: database first, then the blobs it
/// refers to, then workspace.json, whose presence says that the copy is whole. Keys are not copied: without them sealed
/// values stay sealed. Codes: backup.folder, store.backup, workspace.write.
Result<void> backUp(const store::Database& database, const WorkspacePaths& paths, const std::string& folder);

/// workspace.backup.
void addBackupHandler(
    HandlerTable& table, const store::Database& database, const WorkspacePaths& paths, const ledger::Ledger& ledger);

}
