#include "core/trust/ledger/export_folder.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <unistd.h>

namespace ephor::ledger {

namespace {

Error exportError(const std::filesystem::path& path, const std::string& detail)
{
    return Error(ErrorKind::Unavailable, "ledger.export.io", "A file of the export cannot be written.",
        "Choose a folder with enough room that this user may write.")
        .with("path", path.string())
        .with("system", detail);
}

}

Result<ExportFolder> ExportFolder::create(const std::string& directory)
{
    const std::filesystem::path root(directory);
    std::error_code failure;
    std::filesystem::create_directories(root, failure);
    if (failure)
        return fail(exportError(root, failure.message()));
    const bool empty = std::filesystem::is_empty(root, failure);
    if (failure)
        return fail(exportError(root, failure.message()));
    if (!empty)
        return fail(Error(ErrorKind::Conflict, "ledger.export.exists", "The folder is not empty.",
            "Choose a new folder for the export.")
                .with("path", directory));
    return ExportFolder(root);
}

Result<void> ExportFolder::write(std::string_view path, BytesView content) const
{
    const std::filesystem::path file = m_root / path;
    std::error_code failure;
    std::filesystem::create_directories(file.parent_path(), failure);
    if (failure)
        return fail(exportError(file, failure.message()));
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    const std::string_view text = textOf(content);
    out.write(text.data(), std::streamsize(text.size()));
    out.close();
    return out ? Result<void>() : fail(exportError(file, std::strerror(errno)));
}

// One sync of the whole file system rather than one a file: an export has thousands.
Result<void> ExportFolder::sync() const
{
    const int folder = ::open(m_root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = folder >= 0 && ::syncfs(folder) == 0;
    const std::string detail = std::strerror(errno);
    if (folder >= 0)
        ::close(folder);
    return synced ? Result<void>() : fail(exportError(m_root, detail));
}

Result<std::string> EntryReader::entry(std::uint64_t index)
{
    if (index < m_first || index >= m_first + m_entries.size()) {
        m_first = index;
        m_entries.clear();
        EPHOR_TRY_VOID(m_database.read([&](const store::Snapshot& snapshot) {
            return snapshot.query("SELECT idx, body FROM leaf WHERE idx >= ? AND idx < ? ORDER BY idx",
                {std::int64_t(index), std::int64_t(index + atOnce)}, [&](const store::Row& row) -> Result<void> {
                    if (std::uint64_t(row.integer(0)) == m_first + m_entries.size())
                        m_entries.push_back(row.string(1));
                    return {};
                });
        }));
    }
    if (m_entries.empty())
        return fail(Error(ErrorKind::CheckFailed, "ledger.entry.missing", "An entry is missing from the ledger.")
                .with("entry", std::to_string(index)));
    return m_entries[index - m_first];
}

}
