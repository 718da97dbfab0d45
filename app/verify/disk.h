#pragma once

#include "core/proof/files.h"

#include <filesystem>

namespace ephor::verify {

/// An entry is at most this long; one byte more is read to see that it is longer.
inline constexpr std::size_t maxEntryFileBytes = 64 * 1024 * 1024;

/// The files of an export under a directory. Only regular files count: a pipe would never end.
class DirectoryFiles final : public proof::Files {
public:
    explicit DirectoryFiles(std::filesystem::path root)
        : m_root(std::move(root))
    {
    }
    Result<std::optional<Bytes>> read(std::string_view path, std::size_t limit) const override;

private:
    std::filesystem::path m_root;
};

bool isExportDirectory(const std::string& path);

/// A whole text file. Codes: verify.file.missing, verify.file.unreadable, verify.file.too-large.
Result<std::string> readTextFile(const std::filesystem::path& path, std::size_t limit);
/// The same, but nothing when there is no such file.
Result<std::optional<std::string>> readTextFileIfThere(const std::filesystem::path& path, std::size_t limit);

}
