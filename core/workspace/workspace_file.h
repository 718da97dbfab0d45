#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/domain/limits.h"

#include <boost/describe.hpp>
#include <string>

namespace ephor::workspace {

/// What stands in a workspace's folder as workspace.json: who it is, not what it holds.
struct WorkspaceFile {
    std::uint64_t format = 1; ///< of the folder; a greater one is a later Ephor's
    std::string id;
    Name name = "Workspace";
    Name environment = "production";
    bool demo = false;
    bool complete = true; ///< false while it is being built and could only be thrown away
    std::uint64_t seed = 1; ///< of the demo's simulated models and traffic
    Instant createdAt;
};
BOOST_DESCRIBE_STRUCT(WorkspaceFile, (), (format, id, name, environment, demo, complete, seed, createdAt))

/// The paths inside a workspace's folder (docs/architecture.md, "The workspace").
struct WorkspacePaths {
    explicit WorkspacePaths(const std::string& folder);
    std::string folder;
    std::string file; ///< workspace.json
    std::string database; ///< ephor.db: governed state and ledger
    std::string telemetry; ///< telemetry.db: may be lost without losing a decision
    std::string blobs;
    std::string socket; ///< ephor.sock, 0600
    std::string demoKey; ///< demo.key, 0600
};

/// Codes: workspace.missing, workspace.unfinished (a copy that was cut off), workspace.damaged, workspace.newer.
Result<WorkspaceFile> readWorkspaceFile(const std::string& path);
/// What is said of a folder that holds a part of a workspace.
Error unfinished(const std::string& path);
/// Writes beside and renames, so that a crash leaves the old one or the new one. Code: workspace.write.
Result<void> writeWorkspaceFile(const std::string& path, const WorkspaceFile& file);

}
