#include "app/verify/disk.h"

#include <fstream>
#include <system_error>

namespace ephor::verify {

namespace {

std::unexpected<Error> unreadable(const std::filesystem::path& path)
{
    return fail(Error(ErrorKind::Unavailable, "verify.file.unreadable", "A file could not be read.",
        "Check its permissions and its disk.")
            .with("file", path.string()));
}

/// The first `limit` + 1 bytes at most; nothing when there is no such regular file.
Result<std::optional<Bytes>> readRegularFile(const std::filesystem::path& path, std::size_t limit)
{
    std::error_code failure;
    const std::filesystem::file_status status = std::filesystem::status(path, failure);
    if (status.type() == std::filesystem::file_type::not_found)
        return std::nullopt;
    if (status.type() != std::filesystem::file_type::regular)
        return unreadable(path);
    const std::uintmax_t size = std::filesystem::file_size(path, failure);
    std::ifstream stream(path, std::ios::binary);
    if (failure || !stream)
        return unreadable(path);
    Bytes bytes(static_cast<std::size_t>(std::min<std::uintmax_t>(size, limit + 1)));
    stream.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    if (stream.bad() || static_cast<std::size_t>(stream.gcount()) != bytes.size())
        return unreadable(path);
    return bytes;
}

}

Result<std::optional<Bytes>> DirectoryFiles::read(std::string_view path, std::size_t limit) const
{
    return readRegularFile(m_root / path, limit);
}

bool isExportDirectory(const std::string& path)
{
    std::error_code failure;
    return std::filesystem::is_directory(path, failure);
}

Result<std::optional<std::string>> readTextFileIfThere(const std::filesystem::path& path, std::size_t limit)
{
    EPHOR_TRY(const std::optional<Bytes> bytes, readRegularFile(path, limit));
    if (!bytes)
        return std::nullopt;
    if (bytes->size() > limit)
        return fail(Error(ErrorKind::TooLarge, "verify.file.too-large", "A file is larger than it may be.")
                .with("file", path.string()));
    return std::string(textOf(*bytes));
}

Result<std::string> readTextFile(const std::filesystem::path& path, std::size_t limit)
{
    EPHOR_TRY(std::optional<std::string> text, readTextFileIfThere(path, limit));
    if (!text)
        return fail(Error(ErrorKind::NotFound, "verify.file.missing", "A file does not exist.",
            "Check the path; of an export the whole folder is needed.")
                .with("file", path.string()));
    return *std::move(text);
}

}
