#include "core/trust/keys/private_file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace ephor::keys {

namespace {

class PrivateDescriptor {
public:
    PrivateDescriptor(const std::string& path, int flags)
        : m_number(::open(path.c_str(), flags | O_CLOEXEC, 0600))
    {
    }
    ~PrivateDescriptor()
    {
        if (m_number >= 0)
            ::close(m_number);
    }
    PrivateDescriptor(const PrivateDescriptor&) = delete;
    PrivateDescriptor& operator=(const PrivateDescriptor&) = delete;
    int number() const { return m_number; }
    bool valid() const { return m_number >= 0; }

private:
    int m_number;
};

Error fileError(const std::string& path, std::string message)
{
    return Error(
        ErrorKind::Unavailable, "keys.io", std::move(message), "Check the folder, its permissions and the disk.")
        .with("path", path)
        .with("system", std::strerror(errno));
}

Result<void> checkPrivate(int file, const std::string& path)
{
    struct stat status{};
    if (::fstat(file, &status) != 0)
        return fail(fileError(path, "The file cannot be examined."));
    if ((status.st_mode & 0077) != 0)
        return fail(
            Error(ErrorKind::Forbidden, "keys.permissions", "The file holds a secret, but others may read or write it.",
                "Run chmod 600 on it, and consider the secret known to others until it is changed.")
                .with("path", path));
    if (status.st_uid != ::geteuid())
        return fail(Error(ErrorKind::Forbidden, "keys.permissions",
            "The file holds a secret, but belongs to another user.", "Run Ephor as the user who owns it.")
                .with("path", path));
    return {};
}

Result<void> writeAll(const PrivateDescriptor& file, const std::string& path, BytesView content)
{
    while (!content.empty()) {
        const ssize_t written = ::write(file.number(), content.data(), content.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return fail(fileError(path, "The file cannot be written."));
        content = content.subspan(std::size_t(written));
    }
    return ::fsync(file.number()) == 0 ? Result<void>() : fail(fileError(path, "The file cannot be written to disk."));
}

Result<void> makeFolder(const std::filesystem::path& folder)
{
    if (folder.empty() || std::filesystem::exists(folder))
        return {};
    EPHOR_TRY_VOID(makeFolder(folder.parent_path()));
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
        return fail(fileError(folder.string(), "The folder cannot be made."));
    return {};
}

}

Result<Bytes> readPrivateFile(const std::string& path, std::size_t limit)
{
    const PrivateDescriptor file(path, O_RDONLY);
    if (!file.valid() && errno == ENOENT)
        return fail(Error(ErrorKind::NotFound, "keys.missing", "There is no such file.").with("path", path));
    if (!file.valid())
        return fail(fileError(path, "The file cannot be opened."));
    EPHOR_TRY_VOID(checkPrivate(file.number(), path));
    Bytes content(limit + 1);
    std::size_t length = 0;
    while (length < content.size()) {
        const ssize_t got = ::read(file.number(), content.data() + length, content.size() - length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail(fileError(path, "The file cannot be read."));
        if (got == 0)
            break;
        length += std::size_t(got);
    }
    if (length > limit)
        return fail(Error(ErrorKind::TooLarge, "keys.too-large", "The file is larger than any of its kind.")
                .with("path", path));
    content.resize(length);
    return content;
}

Result<void> writePrivateFile(const std::string& path, BytesView content, Replace replace)
{
    const std::filesystem::path folder = std::filesystem::absolute(path).parent_path();
    EPHOR_TRY_VOID(makeFolder(folder));
    if (replace == Replace::Refuse && std::filesystem::exists(path))
        return fail(Error(
            ErrorKind::Conflict, "keys.exists", "The file exists already.", "Choose another path, or remove it first.")
                .with("path", path));
    const std::string fresh = path + ".new";
    ::unlink(fresh.c_str());
    {
        const PrivateDescriptor file(fresh, O_WRONLY | O_CREAT | O_EXCL);
        if (!file.valid())
            return fail(fileError(fresh, "The file cannot be created."));
        EPHOR_TRY_VOID(writeAll(file, fresh, content));
    }
    if (::rename(fresh.c_str(), path.c_str()) != 0)
        return fail(fileError(path, "The file cannot be put in its place."));
    const PrivateDescriptor directory(folder.string(), O_RDONLY | O_DIRECTORY);
    return directory.valid() && ::fsync(directory.number()) == 0
        ? Result<void>()
        : fail(fileError(path, "The folder cannot be written to disk."));
}

}
