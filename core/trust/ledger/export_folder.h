#pragma once

#include "core/store/database.h"

#include <filesystem>
#include <string>
#include <vector>

namespace ephor::ledger {

/// A new directory that receives an export's files.
class ExportFolder {
public:
    /// Code: ledger.export.exists (Conflict) when anything is in it already; ledger.export.io.
    static Result<ExportFolder> create(const std::string& directory);
    Result<void> write(std::string_view path, BytesView content) const;
    Result<void> sync() const;

private:
    explicit ExportFolder(std::filesystem::path root)
        : m_root(std::move(root))
    {
    }
    std::filesystem::path m_root;
};

/// Reads entries in order, a bundle at a time, each bundle under a snapshot of its own.
class EntryReader {
public:
    static constexpr std::uint64_t atOnce = 256;
    explicit EntryReader(const store::Database& database)
        : m_database(database)
    {
    }
    Result<std::string> entry(std::uint64_t index);

private:
    const store::Database& m_database;
    std::uint64_t m_first = 0;
    std::vector<std::string> m_entries;
};

}
